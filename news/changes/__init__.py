"""What differs between two documents, and which of the differences are critical.

The one place that says it, for the review of a change, the page of an older version,
the clash of two editors, the history, the refusal of "salah ketik" and the checker.
Pure: no models and no request; bounded, for it also reads what strangers paste.
"""

from news.changes.display import segments
from news.changes.documents import (
    compare,
    critical_changes,
    text_changes,
    typo_refusal,
)
from news.changes.result import Block, Change, Comparison, Critical, Segment

__all__ = [
    "Block",
    "Change",
    "Comparison",
    "Critical",
    "Segment",
    "compare",
    "critical_changes",
    "segments",
    "text_changes",
    "typo_refusal",
]
