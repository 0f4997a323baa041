"""What an uploaded PDF holds; a program of its own, for `news.attachments` to run.

It reads the file from standard input and writes one word: "ok", or why the file is
refused. Under limits, so that a bomb, or a file that breaks the parser, ends this
process and none that serves the site. No Django here, and no settings: it has nothing
that a hostile file could reach.
"""

import io
import resource
import sys
import zlib

MEMORY = 512 * 2**20
CPU_SECONDS = 15
MOST_OBJECTS = 150_000
MOST_PAGES = 5000
# Unpacked: a sheet of A3 scanned in colour at 600 dots an inch, and a book of them.
LONGEST_STREAM = 256 * 2**20
LONGEST_FILE = 4 * 2**30
CHUNK = 2**20
NEXT_ACTIONS = 20

# What acts on the reader's machine or sends from it (ISO 32000-2, 12.6.4). A link that
# a reader presses, a jump to a page and a signature field are none of these.
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"),
    *("/Rendition", "/RichMediaExecute", "/Movie", "/Sound", "/GoTo3DView"),
}
# Done without a press: also a link is then a page that opens by itself.
UNASKED = ACTIONS | {"/URI", "/Thread", "/ResetForm"}
SCRIPT_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaSettings", "/RichMediaContent"}
MEDIA = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
FILE_KEYS = {"/EF", "/EmbeddedFiles"}


class Refused(Exception):  # noqa: N818 - what it is, not what went wrong
    """The file is not taken; `str()` is the word for why."""


def limit():
    """Bound what this process may use, before it reads a byte of the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def inspect(pikepdf, content):
    """Raise Refused for a PDF that cannot be read whole, or holds more than pages."""
    # As it stands: what can be read only after a repair is damaged.
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
        if len(pdf.objects) > MOST_OBJECTS:
            raise Refused("complex")
        unpacked = 0
        for thing in pdf.objects:
            examine(pikepdf, thing)
            if isinstance(thing, pikepdf.Stream):
                unpacked += unpacked_size(pikepdf, thing)
                if unpacked > LONGEST_FILE:
                    raise Refused("bomb")
        if not 1 <= len(pdf.pages) <= MOST_PAGES:
            raise Refused("complex" if len(pdf.pages) else "unreadable")


def examine(pikepdf, thing):
    """Look through an object and what is written within it; references come apart."""
    held = [thing]
    while held:
        one = held.pop()
        if isinstance(one, pikepdf.Array):
            held += [each for each in one if not _is_apart(pikepdf, each)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            keys = set(one.keys())
            _judge(pikepdf, one, keys)
            values = (one.get(key) for key in keys)
            held += [each for each in values if not _is_apart(pikepdf, each)]


def _is_apart(pikepdf, value):
    return not isinstance(value, pikepdf.Object) or value.is_indirect


def _judge(pikepdf, one, keys):
    if keys & SCRIPT_KEYS or _name(one, "/S") in ACTIONS:
        raise Refused("active")
    subtype = _name(one, "/Subtype")
    if _name(one, "/Type") in {"/Annot", ""} and subtype in MEDIA:
        raise Refused("active")
    if (
        keys & FILE_KEYS
        or subtype == "/FileAttachment"
        or _name(one, "/Type") == "/EmbeddedFile"
    ):
        raise Refused("holds_files")
    unasked = [one.get("/OpenAction")] if "/OpenAction" in keys else []
    occasions = one.get("/AA") if "/AA" in keys else None
    if isinstance(occasions, pikepdf.Dictionary):
        unasked += [occasions.get(key) for key in occasions.keys()]  # noqa: SIM118
    for action in unasked:
        _judge_unasked(pikepdf, action)


def _judge_unasked(pikepdf, action):
    for _ in range(NEXT_ACTIONS):
        if isinstance(action, pikepdf.Array) and len(action):
            # A place to jump to begins with a page, a list of actions with an action.
            for each in action:
                if (
                    isinstance(each, pikepdf.Dictionary)
                    and _name(each, "/S") in UNASKED
                ):
                    raise Refused("active")
            return
        if not isinstance(action, pikepdf.Dictionary):
            return
        if _name(action, "/S") in UNASKED:
            raise Refused("active")
        action = action.get("/Next")


def _name(one, key):
    value = one.get(key)
    return "" if value is None else str(value)


def unpacked_size(pikepdf, stream):
    """Return how many bytes a stream is when a reader opens it; Refused past bounds."""
    filters = stream.get("/Filter", [])
    filters = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    chunks = iter([stream.read_raw_bytes()])
    for name in filters:
        if str(name) not in {"/FlateDecode", "/Fl"}:
            return _size_of_others(pikepdf, stream, filters)
        chunks = _inflated(chunks)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LONGEST_STREAM:
            raise Refused("bomb")
    return size


def _size_of_others(pikepdf, stream, filters):
    # Pictures keep their own compression (DCT, JPX, CCITT, JBIG2); the rest qpdf undoes
    # in memory, of which there is only so much.
    if {str(name) for name in filters} & {
        *("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF"),
        *("/JBIG2Decode", "/Crypt"),
    }:
        return 0
    return len(stream.read_bytes())


def _inflated(chunks):
    decoder = zlib.decompressobj()
    for chunk in chunks:
        while chunk and not decoder.eof:
            yield decoder.decompress(chunk, CHUNK)
            chunk = decoder.unconsumed_tail


def verdict(content):
    """Return "ok", or the word for why a file is refused; never raises."""
    # After the limits, which hold for the parser's own start as well.
    import pikepdf  # noqa: PLC0415

    try:
        inspect(pikepdf, content)
    except Refused as refused:
        return str(refused)
    except pikepdf.PasswordError:
        return "password"
    except MemoryError:
        return "bomb"
    # Parsers of hostile files raise far more than their documentation lists.
    except Exception:
        return "unreadable"
    return "ok"


if __name__ == "__main__":
    limit()
    sys.stdout.write(verdict(sys.stdin.buffer.read()))
