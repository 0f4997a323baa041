"""The desk: what waits for this person, and where everything stands."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from accounts.roles import is_humas, is_komisioner
from news.models import Article, Edition, Transition
from news.models.article import State
from news.workflow import approvable_by

ROWS = 5


@dataclass(frozen=True)
class Section:
    """A part of the desk: its first rows, how many there are, and where the rest is."""

    title: str
    rows: list
    count: int | None
    url: str
    empty: str
    urgent: bool = False


def sections(user):
    """Return the sections of a person's desk, the most pressing first."""
    chosen = []
    if is_komisioner(user):
        chosen += [waiting_for(user), approved()]
    if is_humas(user):
        chosen += [
            returned(user),
            drafts(user),
            submitted(),
            approved(),
        ]
    if chosen:
        chosen.append(newest())
    return chosen


def _with_last_word():
    """Return articles with what was said last about them, and when."""
    last = Transition.objects.filter(article=OuterRef("pk")).order_by("-pk")[:1]
    return Article.objects.for_list().annotate(
        last_note=Subquery(last.values("note")), last_at=Subquery(last.values("at"))
    )


def _section(title, rows, state, empty, urgent=False):
    found = list(rows[: ROWS + 1])
    return Section(
        title=title,
        rows=found[:ROWS],
        count=len(found) if len(found) <= ROWS else rows.count(),
        url=reverse("admin:news_article_changelist") + f"?state__exact={state}",
        empty=empty,
        urgent=urgent and bool(found),
    )


def waiting_for(user):
    rows = approvable_by(user, _with_last_word()).order_by("last_at")
    return _section(
        "Menunggu Anda",
        rows,
        State.SUBMITTED,
        "Tidak ada naskah yang menunggu Anda.",
        urgent=True,
    )


def returned(user):
    rows = _with_last_word().filter(state=State.RETURNED, created_by=user)
    return _section(
        "Dikembalikan kepada Anda",
        rows,
        State.RETURNED,
        "Tidak ada naskah yang dikembalikan.",
        urgent=True,
    )


def drafts(user):
    rows = _with_last_word().filter(state=State.DRAFT, created_by=user)
    return _section("Draf saya", rows, State.DRAFT, "Anda belum punya draf.")


def submitted():
    rows = _with_last_word().filter(state=State.SUBMITTED).order_by("last_at")
    return _section(
        "Diajukan", rows, State.SUBMITTED, "Tidak ada naskah yang menunggu persetujuan."
    )


def approved():
    rows = _with_last_word().filter(state=State.APPROVED)
    return _section(
        "Disetujui, belum terbit",
        rows,
        State.APPROVED,
        "Tidak ada naskah yang tinggal diterbitkan.",
    )


def newest():
    rows = list(Edition.objects.for_list()[:ROWS])
    return Section(
        title="Terbit terbaru",
        rows=rows,
        count=None,
        url=reverse("admin:news_article_changelist") + f"?state__exact={State.LIVE}",
        empty="Belum ada naskah yang terbit.",
    )
