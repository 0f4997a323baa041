"""Files that browsers and crawlers ask for at an address of their own choice."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.public.machine_text import absolute

# Nobody's news is there. What a search finds says itself that it is not to be listed,
# which a crawler that may not ask for it could never read.
NOT_FOR_CRAWLERS = ("/admin/", "/akun/")
PAPER = "#ffffff"


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Allow: /",
        *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS),
        "",
        f"Sitemap: {absolute(reverse('news:sitemap'))}",
        f"Sitemap: {absolute(reverse('news:sitemap_news'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def manifest(request):
    """Describe the site to a phone that puts it on its home screen."""
    home = reverse("news:home")
    return JsonResponse(
        {
            "name": settings.OFFICE["name"],
            "description": f"Kabar resmi dari {settings.OFFICE['full_name']}",
            "lang": settings.LANGUAGE_CODE,
            "dir": "ltr",
            "id": home,
            "start_url": home,
            "scope": home,
            "display": "browser",
            "theme_color": PAPER,
            "background_color": PAPER,
            "icons": [
                icon("img/icon-192.png", "192x192", "any"),
                icon("img/icon-512.png", "512x512", "any"),
                icon("img/icon-maskable-512.png", "512x512", "maskable"),
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def icon(name, sizes, purpose):
    return {
        "src": static(name),
        "sizes": sizes,
        "type": "image/png",
        "purpose": purpose,
    }


@require_safe
def favicon(request):
    return redirect(static("img/favicon.ico"))


@require_safe
def touch_icon(request):
    return redirect(static("img/apple-touch-icon.png"))
