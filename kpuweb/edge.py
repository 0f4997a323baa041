"""The cache in front of the site: telling it that the public pages have changed.

nginx keeps pages under the generation that it finds in a file (deploy/nginx). The site
writes another one at every public act, so no page from before it is shown again. The
worker then fetches the pages that most people read, for the time when the site cannot.
"""

import contextlib
import functools
import http.client
import logging
import os
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

logger = logging.getLogger(__name__)

type View = Callable[..., HttpResponse]

# nginx tells generations apart by the file's length and the second of its writing.
_LENGTHS = 8192
_TIMEOUT = 5


def kept(seconds: int) -> Callable[[View], View]:
    """Let the cache in front keep a view's pages so long within their generation."""

    def decorate(view):
        @functools.wraps(view)
        def answer(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if settings.EDGE_DIR and response.status_code == 200:
                response.headers["X-Accel-Expires"] = str(seconds)
            return response

        return answer

    return decorate


def changed() -> None:
    """Begin another generation, after a commit; without a cache in front, do nothing.

    A failure is logged and no more: what was done is done, and pages are renewed by
    their age anyway.
    """
    if not settings.EDGE_DIR:
        return
    path = Path(settings.EDGE_DIR) / "generation"
    try:
        length = path.stat().st_size % _LENGTHS + 1 if path.exists() else 1
        # Another name for each process: two of them may do this at once.
        new = path.with_name(f".generation-{os.getpid()}")
        new.write_bytes(b"." * length)
        new.replace(path)
    except OSError:
        logger.exception("Tembolok di depan situs tidak dapat diberi tahu")


def generation() -> tuple[int, int] | None:
    """Return what tells this generation from others; None without a cache in front."""
    if not settings.EDGE_DIR:
        return None
    with contextlib.suppress(FileNotFoundError):
        found = (Path(settings.EDGE_DIR) / "generation").stat()
        return found.st_mtime_ns, found.st_size
    return None


def fetch(addresses: Iterable[str]) -> int:
    """Ask the cache in front for pages, which it then holds; return how many it got."""
    connection = _Connection(str(Path(settings.EDGE_DIR) / "edge.sock"))
    host = urlsplit(settings.SITE_ORIGIN).netloc
    held = 0
    with contextlib.closing(connection):
        for address in addresses:
            connection.request("GET", address, headers={"Host": host})
            response = connection.getresponse()
            response.read()
            held += response.status < 500
    return held


class _Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=_TIMEOUT)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)
