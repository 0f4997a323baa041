import time

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import split_directive_names

from kpuweb import logs
from kpuweb.clients import is_trusted

# A browser asks each time whether its copy still holds; a cache in front of the site
# may answer for a second. So a withdrawal is seen within a second, everywhere.
PUBLIC = "public, max-age=0, s-maxage=1, must-revalidate"
NEVER_KEPT = "no-store"


class RequestLogMiddleware:
    """Give each request an id, and the log a line for it without its address.

    A trusted proxy may have given the id already. The line names the route, whose
    parts may be what somebody typed, and a method only where it is a known one.
    """

    METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        direct = request.META.get("REMOTE_ADDR", "")
        told = request.META.get("HTTP_X_REQUEST_ID", "")
        number = logs.begin(told if told and is_trusted(direct) else "")
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        took = time.perf_counter() - started
        logs.access.info(
            "Dijawab.", extra={"fields": self.line(request, response, took)}
        )
        return response

    def line(self, request, response, took):
        known = request.method in self.METHODS
        found = request.resolver_match
        return {
            "method": request.method if known else "lain",
            "route": found.view_name if found else None,
            "status": response.status_code,
            "ms": round(took * 1000, 1),
        }


class CachingMiddleware:
    """Let caches keep public pages for a second and ask after them; nothing else.

    Whatever sets a cookie, or differs with one, is not public wherever it is. A view
    that says itself how long it may be kept is otherwise left alone.
    """

    METHODS = frozenset({"GET", "HEAD"})
    KEPT = frozenset({200, 301, 302, 404, 410})

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "public" not in directives(response):
            default = PUBLIC if self.is_public(request, response) else NEVER_KEPT
            response.headers.setdefault("Cache-Control", default)
        elif is_personal(response):
            response.headers["Cache-Control"] = NEVER_KEPT
        return confirmed(request, response)

    def is_public(self, request, response):
        if request.method not in self.METHODS or response.status_code not in self.KEPT:
            return False
        # What no view answers is the same for everybody.
        found = request.resolver_match
        return not is_personal(response) and (
            found is None or found.namespaces[:1] == ["news"]
        )


def is_personal(response):
    return bool(response.cookies) or "Cookie" in response.get("Vary", "")


def directives(response):
    return split_directive_names(response.get("Cache-Control", ""))


def confirmed(request, response):
    """Answer 304 to one who has the same bytes already, also when it asks by HEAD."""
    is_page = response.status_code == 200 and not response.streaming
    if not is_page or "public" not in directives(response):
        return response
    set_response_etag(response)
    return get_conditional_response(request, response.get("ETag"), response=response)


class NullByteMiddleware:
    """Refuse addresses with a NUL, which PostgreSQL cannot hold and nobody types."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            return render(request, "400.html", status=400)
        return self.get_response(request)


class ResponseHeadersMiddleware:
    """Add the security headers that Django has no setting for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response


class DatabaseAwayMiddleware:
    """Answer 503 with a page of our own while the database cannot be reached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OperationalError | InterfaceError):
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = "30"
            return response
        return None
