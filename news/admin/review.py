"""The review page: the article as the public will see it, and what may be done now."""

import json

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import HUMAS, KOMISIONER, is_humas, is_newsroom
from news import approval, changes, conditions, drafting, notifications, presenting
from news.admin.attachments import STAFF_ATTACHMENT
from news.admin.buttons import BOUNDS, DONE, REASONS, ActionForm, buttons
from news.models import Article, Edition
from news.models.article import ChangeClass, Release, State, Verb
from news.workflow import TransitionNotAllowed, perform


class PlanForm(forms.Form):
    """Whose an article is and by when: beside the document, never in it."""

    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True, groups__name__in=[HUMAS, KOMISIONER])
        .order_by("name")
        .distinct(),
        label="Ditugaskan kepada",
        required=False,
        empty_label="Belum ada",
    )
    due_at = forms.DateTimeField(
        label="Tenggat",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
        ),
        validators=BOUNDS,
        error_messages={
            "invalid": "Tenggat belum benar. Tulis seperti 2026-11-25 09:00."
        },
    )


def preview(article, revision):
    """Return an edition, unsaved, of the text as it would be published now."""
    now = article.publish_at or timezone.now()
    edition = Edition(
        article=article,
        version=0,
        round=article.round,
        publish_at=now,
        published_on=timezone.localdate(now),
    )
    edition.present(revision)
    return edition


def approval_status(article, revision):
    """Return who has approved this text and who could still, with the quorum."""
    given = approval.valid_approvals(article, article.round, revision.digest)
    given = list(given.select_related("approver").order_by("at"))
    people = User.objects.filter(is_active=True, groups__name=KOMISIONER)
    # Also whose approval lapsed: they gave it in this round, and give it once.
    done = set(
        article.approvals.filter(round=article.round).values_list("approver", flat=True)
    ) | approval.contributors(article)
    return {
        "quorum": settings.APPROVAL_QUORUM,
        "approvals": given,
        "approvers_left": people.exclude(pk__in=done).order_by("name"),
    }


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
            path(
                "<int:pk>/rencana/",
                view(require_POST(self.plan_view)),
                name="news_article_plan",
            ),
            path(
                "<int:pk>/salin/",
                view(require_POST(self.copy_view)),
                name="news_article_copy",
            ),
        ]

    def article_for(self, request, pk):
        if not is_newsroom(request.user):
            raise PermissionDenied("Halaman ini untuk Humas dan komisioner.")
        article = (
            Article.objects.select_related(
                "category", "created_by", "assignee", "imported"
            )
            .filter(pk=pk)
            .first()
        )
        if article is None:
            raise Http404("Naskah itu tidak ada.")
        return article

    def review_view(self, request, pk):
        return self.show(request, self.article_for(request, pk))

    def show(self, request, article, *, form=None, plan=None, refusal="", status=200):
        revision = article.latest_revision
        public = (
            Edition.objects.filter(pk=article.pk)
            .select_related("revision", "category", "series")
            .first()
        )
        waiting = self.waiting_for(request.user).exclude(pk=article.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Tinjau: {article.title}",
            "desk_article": article,
            "revision": revision,
            "public": public,
            "is_public": Edition.objects.visible().filter(pk=article.pk).exists(),
            "is_scheduled": Edition.objects.scheduled().filter(pk=article.pk).exists(),
            "buttons": buttons(article, request.user, revision, public),
            "releases": [
                choice
                for choice in Release.choices
                if public is None or choice[0] != Release.AT_TIME
            ],
            "zone": timezone.localtime().tzname(),
            "reasons": REASONS,
            "plan": plan
            or PlanForm(
                initial={"assignee": article.assignee, "due_at": article.due_at}
            ),
            "transitions": article.transitions.select_related("by")[:10],
            "refusal": refusal,
            # What was typed with a verb that was refused, to be typed no second time.
            "typed": form.data if form else {},
            "waiting": waiting.count(),
            "following": waiting.first(),
            "can_edit": article.is_editable
            and self.has_change_permission(request, article),
            "whatsapp_reminder": notifications.whatsapp_reminder_url(article)
            if article.state == State.SUBMITTED
            else "",
            "preview": True,
        }
        if revision and revision.document:
            shown = self.shown(request, article, revision, public)
            context |= presenting.story(
                shown,
                presenting.place_in_series(shown, shown.series_siblings()),
                attachment_view=STAFF_ATTACHMENT,
            )
            context["shows_public"] = shown is public
            context |= self.examine(article, revision, public)
        return render(request, "admin/news/article/review.html", context, status=status)

    def shown(self, request, article, revision, public):
        """Return what this person is to read: a release that waits for their word, or
        the text that stands on the desk."""
        if public and public.is_release and article.is_editable:
            mine = Article.objects.filter(pk=article.pk)
            if approval.countersignable_by(request.user, mine).exists():
                return public
        return preview(article, revision)

    def waiting_for(self, user):
        articles = Article.objects.all()
        waiting = approval.approvable_by(user, articles) | approval.countersignable_by(
            user, articles
        )
        return waiting.order_by("updated_at")

    def examine(self, article, revision, public):
        """Return what a reviewer looks at: differences, findings, approvals."""
        document = json.loads(revision.document)
        found = {}
        if article.is_editable:
            found["findings"] = conditions.findings(article, document)
        if article.state in {State.SUBMITTED, State.APPROVED}:
            found |= approval_status(article, revision)
        if public and public.revision.document and article.state != State.LIVE:
            found["comparison"] = changes.compare(public.document, document)
            # The document's, since that is what the digest on this page binds.
            kind = document["change_class"]
            found["change_class"] = ChangeClass(kind).label if kind else ""
            found["change_note"] = document["change_note"]
        return found

    def action_view(self, request, pk):
        article = self.article_for(request, pk)
        form = ActionForm(request.POST)
        if not form.is_valid():
            said = " ".join(text for field in form.errors.values() for text in field)
            return self.show(request, article, form=form, refusal=said, status=400)
        verb = Verb(form.cleaned_data["verb"])
        try:
            article = perform(verb, article, request.user, **form.asks())
        except TransitionNotAllowed as refused:
            article = self.article_for(request, pk)
            return self.show(
                request, article, form=form, refusal=str(refused), status=409
            )
        messages.success(request, self.what_was_done(verb, article))
        return self.after(verb, article)

    def what_was_done(self, verb, article):
        if verb == Verb.APPROVE and article.state == State.LIVE:
            if Edition.objects.scheduled().filter(pk=article.pk).exists():
                return "Disetujui. Naskah terbit pada waktunya."
            return "Disetujui. Naskah kini tayang."
        return DONE[verb]

    def after(self, verb, article):
        if not Article.objects.filter(pk=article.pk).exists():
            return redirect("admin:index")
        if verb in {Verb.REVISE, Verb.RESTORE}:
            return redirect("admin:news_article_change", article.pk)
        return redirect("admin:news_article_review", article.pk)

    def plan_view(self, request, pk):
        article = self.article_for(request, pk)
        form = PlanForm(request.POST)
        if not form.is_valid():
            said = " ".join(text for field in form.errors.values() for text in field)
            return self.show(request, article, plan=form, refusal=said, status=400)
        # Not save(): who does it and by when is no change of the text.
        Article.objects.filter(pk=pk).update(**form.cleaned_data)
        messages.success(request, "Penugasan dan tenggat tersimpan.")
        return redirect("admin:news_article_review", pk)

    def copy_view(self, request, pk):
        """Begin a new draft with the words of a text that is public."""
        if not is_humas(request.user):
            raise PermissionDenied("Hanya Humas yang dapat menulis naskah.")
        public = Edition.objects.visible().select_related("revision").filter(pk=pk)
        if not (edition := public.first()):
            raise Http404("Naskah itu tidak sedang tayang.")
        copy = drafting.copy(edition.document, request.user)
        messages.success(request, "Salinan dibuat sebagai draf baru.")
        return redirect("admin:news_article_change", copy.pk)
