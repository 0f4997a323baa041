import hashlib
import io
import zlib

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, String

from news import attachments
from news.models import Attachment


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(content, name="Pengumuman.pdf"):
    return SimpleUploadedFile(name, content)


def stored_files():
    if not default_storage.exists("lampiran"):
        return []
    return default_storage.listdir("lampiran")[1]


def test_a_pdf_is_stored_as_it_came(pdf, humas):
    content = pdf()
    attachment = attachments.store(upload(content), humas)
    digest = hashlib.sha256(content).hexdigest()
    assert (attachment.digest, attachment.size) == (digest, len(content))
    assert attachment.file.name == f"lampiran/{digest}.pdf"
    assert (attachment.name, attachment.uploaded_by) == ("Pengumuman", humas)
    with attachment.file.open() as file:
        assert file.read() == content


def test_the_same_pdf_twice_is_one_row(pdf, humas, humas_two):
    first = attachments.store(upload(pdf()), humas)
    assert attachments.store(upload(pdf(), "Lain.pdf"), humas_two) == first
    assert Attachment.objects.count() == 1
    assert len(stored_files()) == 1


def test_a_lost_file_comes_back_by_being_sent_again(pdf, humas):
    attachment = attachments.store(upload(pdf()), humas)
    default_storage.delete(attachment.file.name)
    assert attachments.store(upload(pdf()), humas) == attachment
    assert default_storage.exists(attachment.file.name)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Hasil seleksi.pdf", "Hasil seleksi"),
        ("Hasil.PDF.pdf", "Hasil"),
        (r"C:\Users\Laras\Rahasia\Hasil.pdf", "Hasil"),
        ("../../etc/passwd", "passwd"),
        ("Hasil\u202efdp.exe.pdf", "Hasilfdp.exe"),
        ("e\u0301.pdf", "é"),
        (".pdf", "Lampiran"),
        ("x" * 300 + ".pdf", "x" * 150),
    ],
)
def test_what_the_file_was_called_is_only_a_first_name(sent, name):
    assert attachments.proposed_name(sent) == name


def test_only_humas_upload(pdf, commissioner, pengelola, outsider, superuser):
    for by in (commissioner, pengelola, outsider, superuser):
        with pytest.raises(PermissionDenied):
            attachments.store(upload(pdf()), by)
    assert stored_files() == []


# What is refused, each as its maker would write it.


def action(kind, **more):
    return Dictionary(S=Name("/" + kind), **more)


def on_opening(what):
    def spoil(document):
        document.Root.OpenAction = what

    return spoil


def script_in_names(document):
    script = document.make_indirect(action("JavaScript", JS=String("app.alert(1)")))
    names = Dictionary(Names=Array([String("a"), script]))
    document.Root.Names = Dictionary(JavaScript=names)


def script_in_a_stream(document):
    code = document.make_stream(b"app.alert(1)")
    document.Root.OpenAction = document.make_indirect(action("JavaScript", JS=code))


def link(**more):
    def spoil(document):
        document.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **more)]
        )

    return spoil


def embedded(document):
    document.attachments["gaji.xls"] = b"rahasia"


def dynamic_form(document):
    xfa = document.make_stream(b"<xdp/>")
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=xfa)


def page_opens_a_site(document):
    site = action("URI", URI=String("https://contoh.invalid"))
    document.pages[0].AA = Dictionary(O=site)


def content_bomb(document):
    deflate = zlib.compressobj(1)
    zeros = b"\0" * 2**20
    packed = b"".join(deflate.compress(zeros) for _ in range(300)) + deflate.flush()
    bomb = pikepdf.Stream(document, packed)
    bomb.Filter = Name.FlateDecode
    document.pages[0].Contents = bomb


def twice_packed_bomb(document):
    deflate, again = zlib.compressobj(1), zlib.compressobj(1)
    zeros = b"\0" * 2**20
    packed = [again.compress(deflate.compress(zeros)) for _ in range(300)]
    packed += [again.compress(deflate.flush()), again.flush()]
    bomb = pikepdf.Stream(document, b"".join(packed))
    bomb.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    document.pages[0].Contents = bomb


def huge_page_tree(document):
    for _ in range(6000):
        document.add_blank_page(page_size=(9, 9))


def no_page(document):
    del document.pages[0]


SCRIPT = action("JavaScript", JS=String("app.alert(1)"))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (on_opening(SCRIPT), "skrip"),
        (script_in_names, "skrip"),
        (script_in_a_stream, "skrip"),
        (on_opening(action("Launch", F=String("cmd.exe"))), "skrip"),
        (on_opening(action("GoTo", Next=action("URI", URI=String("x")))), "skrip"),
        (on_opening(action("GoTo", Next=Array([action("URI")]))), "skrip"),
        (page_opens_a_site, "skrip"),
        (link(Subtype=Name.Link, A=action("Launch")), "skrip"),
        (link(Subtype=Name.Link, A=action("SubmitForm", F=String("x"))), "skrip"),
        (link(Subtype=Name.Link, A=action("ImportData")), "skrip"),
        (link(Subtype=Name.RichMedia), "skrip"),
        (link(Subtype=Name.Screen), "skrip"),
        (dynamic_form, "skrip"),
        (embedded, "berkas lain"),
        (link(Subtype=Name.FileAttachment), "berkas lain"),
        (content_bomb, "terlalu besar ketika dibuka"),
        (huge_page_tree, "terlalu rumit"),
        (no_page, "rusak"),
    ],
)
@pytest.mark.parametrize("mode", list(ObjectStreamMode)[::2], ids=str)
def test_what_is_dangerous_to_open_is_refused(spoil, said, mode, pdf, humas):
    content = pdf(spoil=spoil, object_stream_mode=mode)
    with pytest.raises(ValidationError, match=said):
        attachments.store(upload(content), humas)
    assert not Attachment.objects.exists()
    assert stored_files() == []


def test_a_script_is_found_in_a_packed_object_stream(pdf, humas):
    content = pdf(spoil=script_in_names, object_stream_mode=ObjectStreamMode.generate)
    assert b"JavaScript" not in content
    with pytest.raises(ValidationError, match="skrip"):
        attachments.store(upload(content), humas)


def test_a_stream_packed_twice_is_unpacked_twice(pdf, humas):
    content = pdf(spoil=twice_packed_bomb, compress_streams=False)
    assert len(content) < 20_000
    with pytest.raises(ValidationError, match="terlalu besar ketika dibuka"):
        attachments.store(upload(content), humas)


def locked(pdf):
    return pdf(encryption=Encryption(user="rahasia", owner="rahasia"))


def packed_objects_bomb(pdf):
    """Return a PDF whose object stream becomes 1 GB, which its reader must unpack."""
    deflate = zlib.compressobj(1)
    zeros = b" " * 2**24
    packed = b"".join(deflate.compress(zeros) for _ in range(64)) + deflate.flush()
    head = b"%PDF-1.5\n"
    stream = (
        b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
    )
    at = len(head) + len(stream)
    rows = [(0, 0, 255), (1, len(head), 0), (2, 1, 0), (1, at, 0)]
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([more])
        for kind, place, more in rows
    )
    xref = (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Length %d>>stream\n"
        % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    )
    return head + stream + xref


def nested(pdf):
    return pdf().replace(b"/Parent", b"[" * 100_000 + b"/Parent", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda pdf: b"", "kosong"),
        (lambda pdf: b"<!doctype html><script>alert(1)</script>", "bukan PDF"),
        (lambda pdf: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "bukan PDF"),
        (lambda pdf: b"PK\x03\x04" + pdf(), "bukan PDF"),
        (lambda pdf: b"\n" + pdf(), "bukan PDF"),
        (lambda pdf: b"%PDF-1.7\n", "rusak"),
        (lambda pdf: b"%PDF-1.7\n" + b"\xff" * 1000, "rusak"),
        (lambda pdf: pdf()[: len(pdf()) // 2], "rusak"),
        (lambda pdf: pdf()[:-8], "rusak"),
        (lambda pdf: pdf() + b"\0" * (20 * 2**20), "20 MB"),
        (locked, "kata sandi"),
        (packed_objects_bomb, "terlalu besar|rusak"),
        (nested, "rusak"),
    ],
)
def test_what_is_no_whole_pdf_gets_a_sentence(content, said, pdf, humas):
    with pytest.raises(ValidationError, match=said):
        attachments.store(upload(content(pdf)), humas)
    assert not Attachment.objects.exists()
    assert stored_files() == []


# What an office does send.


def signature_field(document):
    """Sign as a government's certificate does: a field, a widget, and its bytes."""
    signature = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        ByteRange=Array([0, 100, 200, 300]),
        Contents=String(b"\x30\x82" + b"\0" * 500),
        Reference=Array(
            [Dictionary(Type=Name.SigRef, TransformMethod=Name.DocMDP)],
        ),
    )
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Tanda tangan"),
            Rect=Array([0, 0, 0, 0]),
            V=document.make_indirect(signature),
        )
    )
    document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    document.Root.Perms = Dictionary(DocMDP=field.V)
    document.Root.DSS = Dictionary(Certs=Array([document.make_stream(b"0")]))
    document.pages[0].Annots = Array([field])


def opens_at_its_first_page(document):
    page = document.pages[0].obj
    document.Root.OpenAction = Array([page, Name.XYZ, 0, 842, 0])
    document.Root.Lang = String("id")


def links_to_a_site(document):
    link(Subtype=Name.Link, A=action("URI", URI=String("https://kpu.go.id")))(document)


def scanned(document):
    picture = document.make_stream(b"\xff\xd8\xff\xe0 bukan untuk dibuka")
    picture.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2480,
        Height=3508,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    document.pages[0].Resources = Dictionary(XObject=Dictionary(AA=picture))


@pytest.mark.parametrize(
    "spoil", [signature_field, opens_at_its_first_page, links_to_a_site, scanned]
)
def test_what_an_office_sends_is_taken(spoil, pdf, humas):
    content = pdf(spoil=spoil)
    attachment = attachments.store(upload(content), humas)
    with attachment.file.open() as file:
        assert file.read() == content


def test_a_pdf_that_anyone_can_open_but_not_change_is_taken(pdf, humas):
    content = pdf(encryption=Encryption(user="", owner="rahasia"))
    assert attachments.store(upload(content), humas).size == len(content)


def test_a_pdf_signed_after_it_was_written_is_taken(pdf, humas):
    """A signature is appended, with a second table of where things are."""
    first = pdf(object_stream_mode=ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as document:
        root, size = document.Root.objgen[0], int(document.trailer.Size)
        pages = document.Root.Pages.objgen[0]
    previous = int(first.split(b"startxref\n")[1].split()[0])
    start = len(first)
    catalog = b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R/Lang(id)>>\nendobj\n" % (
        root,
        pages,
    )
    table = (
        b"xref\n%d 1\n%010d 00000 n \n" % (root, start)
        + b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, previous)
        + b"startxref\n%d\n%%%%EOF\n" % (start + len(catalog))
    )
    content = first + catalog + table
    assert attachments.store(upload(content), humas).size == len(content)
