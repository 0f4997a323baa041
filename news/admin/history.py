"""An article's history: every save and every act, and what differs between any two."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from news import changes, presenting
from news.admin.attachments import STAFF_ATTACHMENT
from news.admin.review import preview
from news.models import Revision

# Saves of one person with no longer pause between them are one sitting.
PAUSE = timedelta(minutes=30)


@dataclass
class Sitting:
    """The saves of one person in one go."""

    by: object
    revisions: list = field(default_factory=list)

    @property
    def first(self):
        return self.revisions[0]

    @property
    def last(self):
        return self.revisions[-1]


def sittings(revisions):
    """Group revisions, oldest first, by person and sitting; return newest first."""
    found = []
    for revision in revisions:
        current = found[-1] if found else None
        if (
            current is None
            or current.by != revision.saved_by
            or revision.saved_at - current.last.saved_at > PAUSE
        ):
            current = Sitting(revision.saved_by)
            found.append(current)
        current.revisions.append(revision)
    return found[::-1]


class HistoryViews:
    """The history and the preview of any revision, mixed into the article's admin."""

    def history_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/riwayat/",
                view(require_safe(self.story_view)),
                name="news_article_story",
            ),
            path(
                "<int:pk>/revisi/<int:number>/",
                view(require_safe(self.revision_view)),
                name="news_article_revision",
            ),
        ]

    def story_view(self, request, pk):
        article = self.article_for(request, pk)
        revisions = list(
            article.revisions.select_related("saved_by")
            .defer("document")
            .order_by("number")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"Riwayat: {article.title}",
            "desk_article": article,
            "revisions": revisions,
            "sittings": sittings(revisions),
            "transitions": article.transitions.select_related("by"),
        }
        older, newer = request.GET.get("dari"), request.GET.get("ke")
        if older or newer:
            before, after = self.revision(pk, older), self.revision(pk, newer)
            context |= {
                "before": before,
                "after": after,
                "comparison": changes.compare(
                    json.loads(before.document), json.loads(after.document)
                ),
            }
        return render(request, "admin/news/article/story.html", context)

    def revision_view(self, request, pk, number):
        article = self.article_for(request, pk)
        revision = self.revision(pk, str(number))
        return render(
            request,
            "admin/news/article/revision.html",
            {
                **self.admin_site.each_context(request),
                "title": f"Revisi {number}: {article.title}",
                "desk_article": article,
                "revision": revision,
                "preview": True,
                **presenting.story(
                    preview(article, revision), attachment_view=STAFF_ATTACHMENT
                ),
            },
        )

    def revision(self, pk, number):
        """Return one revision of an article that still has its text; 404 otherwise."""
        if not (number or "").isdecimal() or len(number) > 9:
            raise Http404("Revisi itu tidak ada.")
        found = (
            Revision.objects.filter(article=pk, number=number)
            .exclude(document="")
            .select_related("saved_by")
            .first()
        )
        if found is None:
            raise Http404("Revisi itu tidak ada, atau isinya sudah dihapus.")
        return found
