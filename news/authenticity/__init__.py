"""Cek Keaslian: what a forwarded text is, compared with what the office published.

It accuses nobody: the answers say whether words are ours, never whether they are true.
Pure: no models, no request, nothing kept. An index of `index_of` numbers finds the
candidates for `query_of` ones; `check` compares the texts themselves.
"""

from news.authenticity.checking import check
from news.authenticity.documents import version_of
from news.authenticity.shingles import SCHEME, index_of, query_of, shingles
from news.authenticity.texts import LONGEST, Part, Prepared, Role, Version, prepare
from news.authenticity.verdict import Kind, Mark, Source, Verdict
from news.authenticity.wrapping import Link, decision_numbers, links, place

__all__ = [
    "LONGEST",
    "SCHEME",
    "Kind",
    "Link",
    "Mark",
    "Part",
    "Prepared",
    "Role",
    "Source",
    "Verdict",
    "Version",
    "check",
    "decision_numbers",
    "index_of",
    "links",
    "place",
    "prepare",
    "query_of",
    "shingles",
    "version_of",
]
