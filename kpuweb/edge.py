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
import secrets
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

logger = logging.getLogger(__name__)

type View = Callable[..., HttpResponse]

# nginx tells generations apart by the file's length and the second of its writing; two
# in one second have another length, but for once in a million.
_LENGTHS = 2**20
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
        # Another name each time: two threads or processes may do this at once.
        new = path.with_name(f".generation-{secrets.token_hex(8)}")
        new.touch()
        # A hole, not bytes: its length takes no room.
        os.truncate(new, 1 + secrets.randbelow(_LENGTHS))
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


def fetch(addresses: Iterable[str]) -> None:
    """Ask the cache in front for pages, which it then holds."""
    connection = _Connection(str(Path(settings.EDGE_DIR) / "edge.sock"))
    host = urlsplit(settings.SITE_ORIGIN).netloc
    with contextlib.closing(connection):
        for address in addresses:
            connection.request("GET", address, headers={"Host": host})
            connection.getresponse().read()


class _Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=_TIMEOUT)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)
