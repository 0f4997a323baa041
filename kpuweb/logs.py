"""What the log says: one JSON object a line, and nothing of who reads or writes.

Our own messages hold numbers of rows and sentences of ours. What Django says of a
request quotes its address, and an exception quotes what somebody typed; of those stand
the kind, the place in the code, and what a database or the system says without values.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path

import psycopg

# These may be quoted: ourselves, and what knows of no request.
TRUSTED = ("kpuweb", "news", "accounts", "psycopg", "granian")
SLOW = 0.2  # seconds
# Of the longest query, as much as shows which one it is.
LONGEST_SQL = 2000
FRAMES = 25

_ID = re.compile(r"[0-9A-Fa-f][0-9A-Fa-f-]{15,63}")
_HERE = f"{Path(__file__).resolve().parent.parent}/"
_PACKAGES = re.compile(r".*/site-packages/")

_request: ContextVar[str] = ContextVar("request", default="")

logger = logging.getLogger(__name__)
access = logging.getLogger("kpuweb.access")


def begin(told: str) -> str:
    """Begin a request's lines, by the id that was told or a new one; return which.

    It stays until the thread's next request, so that what a streaming answer still
    logs has it too.
    """
    number = told if _ID.fullmatch(told) else secrets.token_hex(16)
    _request.set(number)
    return number


class JSONFormatter(logging.Formatter):
    """A line of the log as JSON; see `line_of`."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(line_of(record), ensure_ascii=False, default=str)


def line_of(record: logging.LogRecord) -> dict:
    """Return what a line says: when, how bad, from where, what, in which request."""
    at = datetime.fromtimestamp(record.created, UTC)
    line = {
        "at": at.isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    if number := _request.get():
        line["request"] = number
    line |= getattr(record, "fields", {})
    if record.exc_info and record.exc_info[1]:
        line["errors"] = list(_errors(record.exc_info[1]))
    return line


def _message(record):
    if record.name.partition(".")[0] in TRUSTED:
        return record.getMessage()
    if status := getattr(record, "status_code", None):
        return f"{status} {responses.get(status, '')}".strip()
    # The words of a library without what it puts into them.
    return record.msg if record.args else record.name


def _errors(error: BaseException | None) -> Iterator[dict]:
    """Yield an exception and what led to it, without a word that it quotes."""
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        kind = type(error)
        yield {
            "kind": f"{kind.__module__}.{kind.__qualname__}",
            **_says(error),
            "frames": _frames(error),
        }
        error = error.__cause__ or error.__context__


def _says(error):
    if isinstance(error, psycopg.Error):
        said = {"sqlstate": error.sqlstate, "constraint": error.diag.constraint_name}
        return {name: value for name, value in said.items() if value}
    if isinstance(error, OSError) and error.errno:
        return {"errno": error.errno, "says": error.strerror}
    return {}


def _frames(error):
    found = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in found]


def _short(path):
    return _PACKAGES.sub("", path.removeprefix(_HERE))


def tell_slow(execute, sql, params, many, context):
    """Run a query, and log it without its parameters if it took long."""
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = time.perf_counter() - started
        if took >= SLOW:
            fields = {"ms": round(took * 1000), "sql": str(sql)[:LONGEST_SQL]}
            logger.warning("Kueri lambat.", extra={"fields": fields})


def watch(connection, **kwargs) -> None:
    """Have slow queries of a connection told; Django asks it whenever one is opened."""
    if tell_slow not in connection.execute_wrappers:
        connection.execute_wrappers.append(tell_slow)
