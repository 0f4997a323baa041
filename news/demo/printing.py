"""The demo's attachments: a sheet of A4 with a heading and lines, as a small PDF."""

import io

import pikepdf
from pikepdf import Dictionary, Name

A4 = (595, 842)
MARGIN, TOP = 64, 770
LEADING = 20


def sheet(title, lines):
    """Return the bytes of a PDF; the same words always give the same bytes."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=A4)
        page.Resources = Dictionary(Font=Dictionary(F1=font("-Bold"), F2=font("")))
        page.Contents = document.make_stream(drawn(title, lines))
        document.Root.Lang = pikepdf.String("id")
        document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        document.docinfo = document.make_indirect(
            Dictionary(Title=pikepdf.String(title))
        )
        output = io.BytesIO()
        document.save(output, deterministic_id=True, fix_metadata_version=False)
    return output.getvalue()


def font(weight):
    # One of the fourteen that every reader has, so that none need be embedded.
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name(f"/Helvetica{weight}"),
        Encoding=Name.WinAnsiEncoding,
    )


def drawn(title, lines):
    heading = f"BT /F1 16 Tf {MARGIN} {TOP} Td ({escaped(title)}) Tj ET"
    text = [f"BT /F2 11 Tf {LEADING} TL {MARGIN} {TOP - 2 * LEADING} Td"]
    text += [f"({escaped(line)}) Tj T*" for line in lines]
    return "\n".join([heading, *text, "ET"]).encode("cp1252")


def escaped(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
