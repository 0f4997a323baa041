"""The page of Cek Keaslian: what is pasted comes by POST alone, and is not kept."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kpuweb.clients import address_of
from news import authenticity, checker, limits
from news.models import Category

# Many phones share the address of their network; a person checks a few texts.
LIMIT = limits.Limit("cek-keaslian", 60, timedelta(minutes=10))

EMPTY = "Tempelkan dahulu teks, tautan, atau nomor keputusan yang ingin dicek."
TOO_MANY = (
    "Terlalu banyak pemeriksaan dari jaringan Anda. Teks Anda masih di bawah; tunggu "
    "{minutes} menit, lalu tekan Cek lagi."
)


# Nothing changes by it and no cookie is read, so there is nothing to forge; a token
# would need a cookie.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    context = {"pasted": "", "most": authenticity.LONGEST, "status": 200}
    if request.method == "POST":
        context |= answered(request)
    return render(
        request,
        "news/authenticity.html",
        {
            **context,
            "canonical": settings.SITE_ORIGIN + request.path,
            "categories": Category.objects.all(),
        },
        status=context["status"],
    )


def answered(request):
    """Return what the page says to a pasted text, or why it was not looked at."""
    pasted = request.POST.get("teks", "")
    if not pasted.strip():
        return {"problem": EMPTY}
    seconds = limits.wait(LIMIT, address_of(request))
    if seconds:
        problem = TOO_MANY.format(minutes=-(-seconds // 60))
        return {"pasted": pasted, "problem": problem, "status": 429}
    return {"pasted": pasted, "answer": checker.check(pasted)}
