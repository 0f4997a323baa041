from django.conf import settings


def site(request):
    """Give every page the office it belongs to, and its own address."""
    return {
        "office": settings.OFFICE,
        "site_origin": settings.SITE_ORIGIN,
        "canonical": settings.SITE_ORIGIN + request.path,
    }
