"""Addresses of the office's former site, which people still have in chats and papers.

`/blog/category/<number>` was a list and `/blog/read/<number>_<slug>` an article, both
also with `/index.php` before them. Its numbers mean nothing here; the slug does.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Length, Replace, StrIndex
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from news.models import Category, Edition, Publication

SEARCH = "/cari/"
# So many letters of a slug must be the same, if not all, to be more than chance.
ENOUGH = 12


@require_safe
def category(request, number):
    """Send to what a list of the former site has become; its pages had other rows."""
    if number not in settings.FORMER_CATEGORIES:
        return unknown(request)
    slug = settings.FORMER_CATEGORIES[number]
    chosen = Category.objects.filter(slug=slug).first() if slug else None
    return redirect(chosen or "news:list", permanent=True)


@require_safe
def article_page(request, slug):
    """Send to the article, or to a search for the words of its title."""
    words = slugify(slug)
    if not words:
        return unknown(request)
    found = list(matching(words)[:2])
    if len(found) == 1:
        return redirect(found[0], permanent=True)
    return HttpResponsePermanentRedirect(search_address(words.split("-")))


def matching(slug):
    """Return the old site's articles whose slug begins like this one.

    The former site wrote "Kabupaten/Kota" as one word, and either site cut long ones:
    so letters are compared without what parts words, as far as the shorter one goes.
    """
    letters = slug.replace("-", "")
    lines = Publication.objects.filter(
        article=OuterRef("pk"), kind=Publication.Kind.IMPORTED
    )
    same = Q(letters=letters)
    if len(letters) >= ENOUGH:
        same |= Q(letters__startswith=letters) | Q(begins=1, length__gte=ENOUGH)
    return (
        Edition.objects.visible()
        # The first word is the same on both sites, and the index knows it.
        .filter(slug__startswith=slug.partition("-")[0])
        .annotate(
            letters=Replace("slug", Value("-"), Value("")),
            length=Length("letters"),
            begins=StrIndex(Value(letters), "letters"),
        )
        .filter(same, Exists(lines))
        .only("pk", "slug")
    )


def search_address(words):
    # A site may run without the search page; then the list is what there is.
    if not is_valid_path(SEARCH):
        return redirect("news:list")["Location"]
    return f"{SEARCH}?{urlencode({'q': ' '.join(words)})}"


@require_safe
def unknown(request):
    """Say that the address is the former site's, and how to find what it showed."""
    return render(
        request,
        "news/former.html",
        {"categories": Category.objects.all()},
        status=404,
    )
