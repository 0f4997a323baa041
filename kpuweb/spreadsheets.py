"""Tables as CSV, which people open in a spreadsheet and programs read as they are.

A comma between cells, numbers without separators, dates as 2026-01-31: the same
wherever it is opened.
"""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> object:
    """Return a value that a spreadsheet does not take for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV by RFC 4180, with no cell that is a formula."""
    output = io.StringIO()
    csv.writer(output).writerows([cell(value) for value in row] for row in rows)
    return output.getvalue()
