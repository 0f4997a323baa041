"""What word processors and messengers put on the clipboard, said as plain structure.

Pure functions on strings. What they return is not safe: `news.richtext.clean` applies
its policy afterwards, and is the only one who calls them.
"""

import html
import re
from collections import Counter

# A word processor says by style what elements should say. The patterns that read it
# need not be safe, since the policy comes afterwards; none reads a character often.
_PASTED = re.compile(
    r"""<[a-z][^<>]*\s(?:style\s*=|class\s*=\s*["']?mso)""", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[[^<>]*>", re.DOTALL)
_TAG = re.compile(
    r"""<(/?)([a-z][a-z0-9:]*)((?:[^'"<>]|"[^"<>]*"|'[^'<>]*')*+)>""", re.IGNORECASE
)
_STYLE = re.compile(r"""\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", re.IGNORECASE)
_EMPHASIS = [
    ("strong", re.compile(r"(?:^|;)\s*font-weight\s*:\s*(?:bold|[6-9]00)")),
    ("em", re.compile(r"(?:^|;)\s*font-style\s*:\s*(?:italic|oblique)")),
    ("s", re.compile(r"(?:^|;)\s*text-decoration[a-z-]*\s*:[^;]*line-through")),
]
_NO_EMPHASIS = re.compile(r"(?:^|;)\s*font-(?:weight|style)\s*:\s*(?:normal|400)")
_WORD_ITEM = re.compile(r"(?:^|;)\s*mso-list\s*:\s*(l[0-9]+)\s+level([1-9])")
_WORD_MARKER = re.compile(r"(?:^|;)\s*mso-list\s*:\s*ignore")
_WORD_TITLE = re.compile(r"""\sclass\s*=\s*["']?msotitle\b""", re.IGNORECASE)
_COUNTED = re.compile(r"\(?(?:([0-9]{1,4})|[a-z]|[ivxlcdm]+)[.)]", re.IGNORECASE)
_VOID = {"br", "hr", "img", "col", "meta", "link", "input", "area", "base", "wbr"}

# What WhatsApp writes around words and before a message. Addresses come first, so that
# no mark is seen within them.
_MARK = re.compile(
    r"(?:https?://|www\.)\S*[^\s*_~]|(?<![\w.+-])[\w.+-]+@\w|```([^`]+)```"
    + "".join(
        rf"|(?<![\w/\\@=&?#{mark}]){mark}(?=\S)([^{mark}\n]+)(?<=\S){mark}(?![\w/@={mark}])"
        for mark in (r"\*", "_", "~")
    )
)
_FORWARDED = re.compile(
    r"^[^\S\n]*(?:Diteruskan|Forwarded)(?: berkali-kali| many times)?[^\S\n]*(?:\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_SENDER = re.compile(
    r"^\[(?:[0-9/]{6,10},? [0-9.:]{4,8}|[0-9.:]{4,8}, [0-9/]{6,10})\] [^:\n]{1,60}:"
    r"[^\S\n]*",
    re.MULTILINE,
)


class _Pasted:
    """Rewrite what Word and Google Docs put on the clipboard, tag by tag."""

    def __init__(self):
        self.out: list[str] = []
        # Of each open element: name, place in `out`, and what its end tag becomes, or
        # the match that makes it an item of one of Word's lists.
        self.opened: list[tuple] = []
        self.count = Counter()
        self.lists: list[tuple[str, str]] = []
        self.in_item, self.marker = False, ""

    def rewrite(self, source: str) -> str:
        at = 0
        for tag in _TAG.finditer(source):
            self.text(source[at : tag.start()])
            at = tag.end()
            (self.end if tag[1] else self.start)(tag[2].lower(), tag)
        self.text(source[at:])
        while self.opened:
            self.close()
        self.end_lists(0)
        return "".join(self.out)

    def text(self, text: str) -> None:
        if text.strip() and not self.in_item:
            self.end_lists(0)
        if text:
            self.out.append(text)

    def start(self, name: str, tag: re.Match) -> None:
        found = _STYLE.search(tag[3])
        style = "".join(found.groups("")).lower() if found else ""
        item = _WORD_ITEM.search(style) if name == "p" else None
        if name == "p" and self.in_item:
            self.end(name, tag)
        if not item and not self.in_item:
            self.end_lists(0)
        if name in _VOID:
            self.out.append(tag[0])
            return
        begin, end = "", item
        if item:
            self.in_item, self.marker = True, ""
        elif not _WORD_MARKER.search(style):
            begin, end = self.rewritten(name, tag, style)
        self.opened.append((name, len(self.out), end))
        self.count[name] += 1
        self.out.append(begin)

    def rewritten(self, name: str, tag: re.Match, style: str) -> tuple[str, str]:
        begin, end = tag[0], f"</{name}>"
        if name in {"b", "strong", "i", "em"} and _NO_EMPHASIS.search(style):
            return "", ""
        if name == "p" and _WORD_TITLE.search(tag[3]):
            return "<h2>", "</h2>"
        if name in {"span", "font", "p"}:
            for element, pattern in _EMPHASIS:
                if pattern.search(style):
                    begin, end = f"{begin}<{element}>", f"</{element}>{end}"
        if {name, self.opened[-1][0] if self.opened else ""} <= {"ul", "ol"}:
            end += self.reopened_item()
        return begin, end

    def reopened_item(self) -> str:
        """Open the last item again: Google Docs puts its list beside it, not in it."""
        while not self.out[-1].strip():
            self.out.pop()
        return self.out.pop() if self.out[-1] == "</li>" else ""

    def end(self, name: str, tag: re.Match) -> None:
        if not self.in_item:
            self.end_lists(0)
        if not self.count[name]:
            self.out.append(tag[0])
            return
        while self.opened[-1][0] != name:
            self.close()
        self.close()

    def close(self) -> None:
        name, place, end = self.opened.pop()
        self.count[name] -= 1
        if isinstance(end, str):
            self.out.append(end)
            return
        held = self.out[place:]
        del self.out[place:]
        if end:
            self.in_item = False
            self.add_item(end, held)
        else:
            shown = html.unescape(_TAG.sub("", "".join(held)))
            self.marker = "".join(shown.split())

    def add_item(self, item: re.Match, held: list[str]) -> None:
        counted = _COUNTED.fullmatch(self.marker)
        kind = ("ol" if counted else "ul", item[1])
        level = min(int(item[2]), len(self.lists) + 1)
        self.end_lists(level)
        if self.lists[level - 1 :] == [kind]:
            self.out.append("</li><li>")
        else:
            self.end_lists(level - 1)
            number = int(counted[1] or 1) if counted else 1
            start = f' start="{number}"' if number > 1 else ""
            self.out.append(f"<{kind[0]}{start}><li>")
            self.lists.append(kind)
        self.out += held

    def end_lists(self, level: int) -> None:
        while len(self.lists) > level:
            self.out.append(f"</li></{self.lists.pop()[0]}>")


def structured(source: str) -> str:
    """Say by elements what a word processor's styles say, where there are any."""
    if not _PASTED.search(source):
        return source
    return _Pasted().rewrite(_COMMENT.sub("", source))


def without_marks(text: str) -> str:
    """Take from plain text what WhatsApp wrote into it, and leave every word."""
    text = _SENDER.sub("\n", _FORWARDED.sub("", text))
    return _MARK.sub(_unmarked, text)


def _unmarked(found: re.Match) -> str:
    words = found[found.lastindex] if found.lastindex else None
    return found[0] if words is None else _MARK.sub(_unmarked, words)
