"""How deep elements may stand within each other in a text; pure, on strings.

Every step of reading markup takes a time that grows with its depth, a browser's too:
100 kB of `<b>` alone would keep a server busy for a minute.
"""

import re
from collections import Counter
from collections.abc import Collection

# How many of one element may be open at once; no text that people write has as many.
DEEPEST = 40
_TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)[^<>]*>", re.IGNORECASE)
# Those that end where the next one begins, or at once, nest in nothing by themselves.
_ENDS_BY_ITSELF = frozenset(
    ("p", "li", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd", "option")
    + ("br", "hr", "img", "col", "wbr", "input", "meta")
)


def shallow(source: str, names: Collection[str]) -> str:
    """Take away the tags that open an element too deep within others of its kind.

    All elements but `names` count as one kind. End tags stay; whoever sanitises the
    text next drops those that end nothing. Exact where no attribute and no comment
    holds `<` or `>`, as in what a sanitiser wrote; elsewhere a first, cheap estimate.
    """
    if source.count("<") <= DEEPEST:
        return source
    opened: Counter[str] = Counter()

    def kept(tag: re.Match) -> str:
        name = tag[2].lower()
        if name in _ENDS_BY_ITSELF:
            return tag[0]
        name = name if name in names else ""
        if tag[1]:
            opened[name] -= opened[name] > 0
        elif opened[name] == DEEPEST:
            return ""
        else:
            opened[name] += 1
        return tag[0]

    return _TAG.sub(kept, source)
