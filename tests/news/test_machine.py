"""Random people do random things; after every step the promises hold."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from news import drafting, ledger
from news.drafting import digest_of
from news.models import Approval, Article, Category, Edition, Publication, Transition
from news.models.article import EDITABLE, ChangeClass, Release, State, Verb
from news.workflow import RULES, TransitionNotAllowed, perform

PEOPLE = ["humas", "humas_two", "commissioner", "commissioner_two", "both", "pengelola"]
WORDS = st.sampled_from(["pleno", "rapat 47", "tidak jadi", "Siti", "hoaks", "sah"])
VERBS = sorted(set(RULES) - {Verb.IMPORT})


class Newsroom(RuleBasedStateMachine):
    people = {}
    quorum = 1

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint_create()

    def teardown(self):
        transaction.savepoint_rollback(self.savepoint)

    def article(self, data):
        found = list(Article.objects.order_by("pk"))
        return data.draw(st.sampled_from(found)) if found else None

    @rule(words=WORDS, by=st.sampled_from(["humas", "humas_two", "both"]))
    def write(self, words, by):
        article = Article.objects.create(
            title=f"Judul {words}",
            body=f"<p>Isi {words}.</p>",
            category=Category.objects.get(slug="siaran-pers"),
            created_by=self.people[by],
        )
        drafting.record(article, self.people[by])

    @precondition(lambda self: Article.objects.filter(state__in=EDITABLE).exists())
    @rule(
        data=st.data(),
        words=WORDS,
        kind=st.sampled_from(["", *ChangeClass.values]),
        by=st.sampled_from(["humas", "humas_two", "both"]),
    )
    def save(self, data, words, kind, by):
        article = data.draw(
            st.sampled_from(list(Article.objects.filter(state__in=EDITABLE)))
        )
        article.body = f"<p>Isi {words}, lagi.</p>"
        article.change_class, article.change_note = kind, "Keterangan."
        article.save()
        drafting.record(article, self.people[by])

    @precondition(lambda self: Article.objects.exists())
    @rule(
        data=st.data(),
        verb=st.sampled_from(VERBS),
        by=st.sampled_from(PEOPLE),
        release=st.sampled_from(Release.values),
        old=st.booleans(),
    )
    def act(self, data, verb, by, release, old):
        article = self.article(data)
        revisions = list(article.revisions.order_by("number"))
        if not revisions:
            return
        seen = revisions[0 if old else -1].digest
        edition = Edition.objects.filter(pk=article.pk).first()
        if verb == Verb.COUNTERSIGN and edition:
            seen = edition.revision.digest
        try:
            perform(
                verb,
                article,
                self.people[by],
                note="Alasan.",
                digest=seen,
                release=release,
                publish_at=timezone.now() + timedelta(hours=1),
            )
        except TransitionNotAllowed as refused:
            assert str(refused)

    @rule()
    def the_hour_comes(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE news_edition SET publish_at = clock_timestamp()"
                " WHERE publish_at > clock_timestamp()"
            )

    @invariant()
    def nothing_is_public_without_approval_or_release(self):
        for edition in Edition.objects.due().select_related("revision"):
            if edition.erased_at:
                continue
            released = Publication.objects.filter(
                article=edition.pk, version=edition.version, kind="siaran darurat"
            ).exists()
            approvals = Approval.objects.filter(
                article=edition.pk, round=edition.round, digest=edition.revision.digest
            )
            assert released or approvals.count() >= self.quorum
            savers = set(
                edition.revision.article.revisions.filter(
                    digest=edition.revision.digest
                ).values_list("saved_by", flat=True)
            )
            assert not savers & set(approvals.values_list("approver", flat=True))

    @invariant()
    def the_public_text_is_a_revision(self):
        for edition in Edition.objects.select_related("revision"):
            if edition.erased_at is None:
                assert digest_of(edition.revision.document) == edition.revision.digest
                assert edition.title == edition.document["title"]
                assert edition.body == edition.document["body"]

    @invariant()
    def the_log_replays_to_the_state(self):
        for article in Article.objects.all():
            state = State.DRAFT
            for line in Transition.objects.filter(article=article).order_by("pk"):
                assert line.before == state
                state = line.after
            assert state == article.state

    @invariant()
    def the_ledger_is_one_chain(self):
        previous = ledger.GENESIS
        for number, line in enumerate(Publication.objects.all(), 1):
            assert (line.sequence, line.previous) == (number, previous)
            assert ledger.line_hash(ledger.line(line)) == line.hash
            previous = line.hash

    @invariant()
    def every_visible_version_is_in_the_ledger(self):
        ledger.record_due()
        assert set(Edition.objects.due().values_list("pk", "version")) <= set(
            Publication.objects.values_list("article", "version")
        )


@pytest.mark.parametrize("quorum", [1, 2])
def test_the_promises_hold_whatever_people_do(
    quorum,
    db,
    settings_quorum,
    humas,
    humas_two,
    commissioner,
    commissioner_two,
    pengelola,
):
    both = commissioner.__class__.objects.create_user("both", name="Rangkap")
    both.groups.add(humas.groups.get(), commissioner.groups.get())
    settings_quorum(quorum)
    Newsroom.quorum = quorum
    Newsroom.people = {
        "humas": humas,
        "humas_two": humas_two,
        "commissioner": commissioner,
        "commissioner_two": commissioner_two,
        "both": both,
        "pengelola": pengelola,
    }
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def settings_quorum(settings):
    def choose(number):
        settings.APPROVAL_QUORUM = number

    return choose
