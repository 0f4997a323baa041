"""The desk: what waits for this person, and where everything stands."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from accounts.roles import is_humas, is_komisioner
from news.approval import approvable_by, countersignable_by
from news.models import Article, Edition, Transition
from news.models.article import State

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


def sections(user, everyone):
    """Return the sections of a person's desk, the most pressing first.

    `everyone` is the switch "Saya | Semua": without it a Humas officer sees what is
    theirs, by writing or by assignment.
    """
    own = Q() if everyone else Q(created_by=user) | Q(assignee=user)
    chosen = []
    if is_komisioner(user):
        chosen += [waiting_for(user), released(), scheduled(Q())]
        if not is_humas(user):
            chosen.insert(1, assigned(user))
    if is_humas(user):
        chosen += [
            returned(own),
            drafts(own),
            submitted(own),
            approved(own),
            scheduled(own),
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


def _section(title, rows, empty, url="", urgent=False):
    found = list(rows[: ROWS + 1])
    return Section(
        title=title,
        rows=found[:ROWS],
        count=len(found) if len(found) <= ROWS else rows.count(),
        url=reverse("admin:news_article_changelist") + url,
        empty=empty,
        urgent=urgent and bool(found),
    )


def _of_state(state):
    return f"?state__exact={state}"


def waiting_for(user):
    articles = _with_last_word()
    rows = approvable_by(user, articles) | countersignable_by(user, articles)
    return _section(
        "Menunggu Anda",
        rows.order_by("last_at"),
        "Tidak ada naskah yang menunggu Anda.",
        _of_state(State.SUBMITTED),
        urgent=True,
    )


def released():
    """On every commissioner's desk until countersigned or withdrawn."""
    rows = _with_last_word().filter(
        pk__in=Edition.objects.awaiting_countersign().values("pk")
    )
    return _section(
        "Siaran darurat belum disahkan",
        rows.order_by("last_at"),
        "Tidak ada siaran darurat yang belum disahkan.",
        _of_state(State.LIVE),
        urgent=True,
    )


def assigned(user):
    rows = _with_last_word().filter(assignee=user).exclude(state=State.LIVE)
    return _section(
        "Ditugaskan kepada Anda",
        rows.order_by("due_at"),
        "Tidak ada naskah yang ditugaskan kepada Anda.",
    )


def returned(own):
    return _section(
        "Dikembalikan",
        _with_last_word().filter(own, state=State.RETURNED),
        "Tidak ada naskah yang dikembalikan.",
        _of_state(State.RETURNED),
        urgent=True,
    )


def drafts(own):
    return _section(
        "Draf",
        _with_last_word().filter(own, state=State.DRAFT),
        "Tidak ada draf.",
        _of_state(State.DRAFT),
    )


def submitted(own):
    return _section(
        "Diajukan",
        _with_last_word().filter(own, state=State.SUBMITTED).order_by("last_at"),
        "Tidak ada naskah yang menunggu persetujuan.",
        _of_state(State.SUBMITTED),
    )


def approved(own):
    return _section(
        "Disetujui, belum terbit",
        _with_last_word().filter(own, state=State.APPROVED),
        "Tidak ada naskah yang tinggal diterbitkan.",
        _of_state(State.APPROVED),
    )


def scheduled(own):
    rows = _with_last_word().filter(
        own, pk__in=Edition.objects.scheduled().values("pk")
    )
    return _section(
        "Terjadwal",
        rows.select_related("edition").order_by("edition__publish_at"),
        "Tidak ada naskah yang menunggu jadwal terbit.",
        _of_state(State.LIVE),
    )


def newest():
    rows = list(Edition.objects.for_list()[:ROWS])
    return Section(
        title="Terbit terbaru",
        rows=rows,
        count=None,
        url=reverse("admin:news_article_changelist") + _of_state(State.LIVE),
        empty="Belum ada naskah yang terbit.",
    )
