"""The review page: the article as the public will see it, and what may be done now."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import is_newsroom
from news import presenting
from news.models import Article, Edition
from news.models.article import Release, State, Verb
from news.workflow import (
    RULES,
    TransitionNotAllowed,
    actions,
    approvable_by,
    perform,
)

# What a person reads on the button, where the verb's own name says too little.
LABELS = {
    Verb.SUBMIT: "Ajukan ke komisioner",
    Verb.RECALL: "Tarik kembali untuk diperbaiki",
    Verb.RETURN: "Kembalikan kepada penulis",
    Verb.APPROVE: "Setujui",
    Verb.PUBLISH: "Terbitkan sekarang",
    Verb.WITHDRAW: "Tarik dari publik",
}
DONE = {
    Verb.SUBMIT: "Naskah diajukan. Komisioner kini dapat membacanya.",
    Verb.RECALL: "Naskah kembali menjadi draf dan dapat diubah.",
    Verb.RETURN: "Naskah dikembalikan kepada penulisnya dengan catatan Anda.",
    Verb.APPROVE: "Persetujuan Anda tercatat.",
    Verb.PUBLISH: "Naskah terbit.",
    Verb.WITHDRAW: "Naskah ditarik; publik kini membaca alasannya.",
}


class ActionForm(forms.Form):
    """One press of a button: the verb, and what the verb asks for."""

    verb = forms.ChoiceField(
        choices=LABELS.items(),
        error_messages={
            "required": "Pilih tindakannya.",
            "invalid_choice": "Tindakan itu tidak dikenal. Muat ulang halaman ini.",
        },
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        error_messages={"max_length": "Catatan paling panjang 2.000 huruf."},
    )
    digest = forms.CharField(required=False, max_length=64)
    release = forms.ChoiceField(
        choices=Release,
        required=False,
        error_messages={"invalid_choice": "Pilih kapan naskah terbit."},
    )

    def clean_release(self):
        return self.cleaned_data["release"] or Release.ON_APPROVAL


@dataclass(frozen=True)
class Button:
    """A verb on the page: what it says, and why it cannot be pressed when it cannot."""

    verb: Verb
    label: str
    refusal: str | None
    asks_note: bool
    note_label: str
    asks_release: bool
    primary: bool


def buttons(article, by):
    """Return a person's buttons for an article, those that work first."""
    found = []
    for verb, refused in actions(article, by):
        label = LABELS[verb]
        if verb == Verb.APPROVE and article.release == Release.ON_APPROVAL:
            label = "Setujui dan terbitkan"
        found.append(
            Button(
                verb=verb,
                label=label,
                refusal=refused,
                asks_note=bool(RULES[verb].note_says),
                note_label="Alasan, dibaca publik"
                if verb == Verb.WITHDRAW
                else "Apa yang perlu diperbaiki",
                asks_release=verb == Verb.SUBMIT,
                primary=verb in {Verb.SUBMIT, Verb.APPROVE, Verb.PUBLISH},
            )
        )
    return sorted(found, key=lambda one: (one.refusal is not None, not one.primary))


def preview(article, revision):
    """Return an edition, unsaved, of the text as it would be published now."""
    now = timezone.now()
    edition = Edition(
        article=article,
        version=0,
        round=article.round,
        publish_at=now,
        published_on=timezone.localdate(now),
    )
    edition.present(revision)
    return edition


class ReviewViews:
    """The review page and its actions, mixed into the article's admin."""

    def review_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/tinjau/",
                view(require_safe(self.review_view)),
                name="news_article_review",
            ),
            path(
                "<int:pk>/tindakan/",
                view(require_POST(self.action_view)),
                name="news_article_act",
            ),
        ]

    def article_for(self, request, pk):
        if not is_newsroom(request.user):
            raise PermissionDenied("Halaman ini untuk Humas dan komisioner.")
        article = (
            Article.objects.select_related("category", "created_by", "imported")
            .filter(pk=pk)
            .first()
        )
        if article is None:
            raise Http404("Naskah itu tidak ada.")
        return article

    def review_view(self, request, pk):
        return self.show(request, self.article_for(request, pk))

    def show(self, request, article, form=None, refusal="", status=200):
        revision = article.latest_revision
        public = Edition.objects.filter(pk=article.pk).first()
        waiting = approvable_by(
            request.user, Article.objects.exclude(pk=article.pk)
        ).order_by("updated_at")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Tinjau: {article.title}",
            "desk_article": article,
            "revision": revision,
            "public": public,
            "is_public": public is not None
            and Edition.objects.visible().filter(pk=article.pk).exists(),
            "buttons": buttons(article, request.user),
            "releases": Release.choices,
            "transitions": article.transitions.select_related("by")[:30],
            "refusal": refusal,
            # What was typed with a verb that was refused, to be typed no second time.
            "note": form.data.get("note", "") if form else "",
            "refused_verb": form.data.get("verb", "") if form else "",
            "waiting": waiting.count(),
            "following": waiting.first(),
            "can_edit": article.is_editable
            and self.has_change_permission(request, article),
            "preview": True,
        }
        if revision:
            context |= presenting.story(preview(article, revision))
        return render(request, "admin/news/article/review.html", context, status=status)

    def action_view(self, request, pk):
        article = self.article_for(request, pk)
        form = ActionForm(request.POST)
        if not form.is_valid():
            said = " ".join(said for field in form.errors.values() for said in field)
            return self.show(request, article, form, said, status=400)
        asked = form.cleaned_data
        verb = Verb(asked.pop("verb"))
        try:
            article = perform(verb, article, request.user, **asked)
        except TransitionNotAllowed as refused:
            article = self.article_for(request, pk)
            return self.show(request, article, form, str(refused), status=409)
        done = DONE[verb]
        if verb == Verb.APPROVE and article.state == State.LIVE:
            done = "Disetujui. Naskah kini tayang."
        messages.success(request, done)
        return redirect("admin:news_article_review", article.pk)
