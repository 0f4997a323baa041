"""A picture's words in its own file, so that they go where it goes.

Pure functions on bytes. The words are an XMP packet (ISO 16684-1), which picture
desks, photo libraries and search engines read: in a JPEG an APP1 segment, in a PNG an
iTXt chunk. The picture itself is copied byte for byte.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from xml.sax.saxutils import escape

# An APP1 segment has 64 kB; of this many characters for each, all words have room.
LONGEST = 2000

_SOI = b"\xff\xd8"
_APP0, _APP1, _SOS = 0xE0, 0xE1, 0xDA
_XMP_IN_JPEG = b"http://ns.adobe.com/xap/1.0/\x00"
_PNG = b"\x89PNG\r\n\x1a\n"
# Keyword, then: not compressed, of no language.
_XMP_IN_PNG = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_PLAIN = "<{0}>{1}</{0}>"
_IN_A_LANGUAGE = (
    '<{0}><rdf:Alt><rdf:li xml:lang="x-default">{1}</rdf:li></rdf:Alt></{0}>'
)
_IN_ORDER = "<{0}><rdf:Seq><rdf:li>{1}</rdf:li></rdf:Seq></{0}>"


@dataclass(frozen=True)
class Words:
    """What a picture's file says of it; what is empty is left out."""

    description: str
    credit: str
    rights: str
    source: str
    address: str


def with_words(content: bytes, words: Words) -> bytes:
    """Return a JPEG or PNG with its words in it, in place of any that it had.

    Idempotent, and total: what is neither, or is cut off, comes back as it was.
    """
    packet = xmp(words)
    try:
        if content.startswith(_SOI):
            return _in_jpeg(content, _XMP_IN_JPEG + packet)
        if content.startswith(_PNG):
            return _in_png(content, _XMP_IN_PNG + packet)
    except struct.error:
        pass
    return content


def xmp(words: Words) -> bytes:
    """Return the words as an XMP packet, read-only and without padding."""
    properties = (
        (_IN_A_LANGUAGE, "dc:description", words.description),
        (_IN_ORDER, "dc:creator", words.credit),
        (_IN_A_LANGUAGE, "dc:rights", words.rights),
        (_PLAIN, "dc:identifier", words.address),
        (_PLAIN, "photoshop:Credit", words.credit),
        (_PLAIN, "photoshop:Source", words.source),
    )
    lines = [
        form.format(name, escape(_NOT_IN_XML.sub("", text)[:LONGEST]))
        for form, name, text in properties
        if text
    ]
    return _PACKET.format(properties="\n".join(lines)).encode()


def _in_jpeg(content, payload):
    segments, rest = _segments(content)
    kept = [each for each in segments if not each[4:].startswith(_XMP_IN_JPEG)]
    # JFIF wants to be first (ITU-T T.871), so ours follows it.
    place = sum(1 for _ in takewhile(lambda each: each[1] == _APP0, kept))
    ours = struct.pack(">BBH", 0xFF, _APP1, len(payload) + 2) + payload
    return b"".join((_SOI, *kept[:place], ours, *kept[place:], rest))


def _segments(content):
    """Return the segments before the picture's data, each whole, and what follows."""
    found, start = [], len(_SOI)
    while True:
        marker, kind, length = struct.unpack_from(">BBH", content, start)
        if marker != 0xFF or kind == _SOS:
            return found, content[start:]
        found.append(content[start : start + 2 + length])
        start += 2 + length


def _in_png(content, payload):
    kept = [
        chunk
        for chunk in _chunks(content)
        if not chunk[4:].startswith(b"iTXt" + _XMP_IN_PNG[:18])
    ]
    body = b"iTXt" + payload
    ours = struct.pack(">I", len(payload)) + body + struct.pack(">I", zlib.crc32(body))
    # The header is always the first.
    return b"".join((_PNG, kept[0], ours, *kept[1:]))


def _chunks(content) -> Iterator[bytes]:
    start = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", content, start)
        yield content[start : start + 12 + length]
        start += 12 + length
        if start == len(content):
            return
