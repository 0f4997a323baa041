from django.db import InterfaceError, OperationalError
from django.shortcuts import render


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
