"""Two people at once: each race has one winner, and the other gets a sentence."""

import os
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from news import ledger
from news.models import Approval, Article, Category, Edition, Publication, Transition
from news.models.article import Release, State, Verb
from news.workflow import TransitionNotAllowed, perform

# A short form each time; RACE_ROUNDS=200 is the long one.
ROUNDS = int(os.environ.get("RACE_ROUNDS", "40"))
# Fewer, since each is prepared before its hour comes, on a busy machine too.
SCHEDULED = ROUNDS // 2

pytestmark = pytest.mark.django_db(transaction=True)


def race(*acts):
    """Let acts start at the same moment; return for each its answer or its refusal."""
    barrier = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(position, act):
        try:
            barrier.wait()
            answers[position] = act()
        except TransitionNotAllowed as refused:
            answers[position] = str(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def one_sentence(answers):
    """Assert that all but one were refused in a sentence; return the refusals."""
    refused = [answer for answer in answers if isinstance(answer, str)]
    assert len(refused) == len(answers) - 1
    assert all(sentence.endswith(".") for sentence in refused)
    return refused


def public_is_what_was_approved():
    """Assert for every public text that its bytes are those of an approval."""
    editions = Edition.objects.select_related("revision")
    assert {
        (edition.pk, edition.round, edition.revision.digest) for edition in editions
    } <= set(Approval.objects.values_list("article", "round", "digest"))
    for edition in editions:
        assert edition.body == edition.document["body"]
    lines = list(Publication.objects.all())
    assert [line.previous for line in lines[1:]] == [line.hash for line in lines[:-1]]


def digest(article):
    return article.latest_revision.digest


def form(base, title):
    return {
        "base_revision": base,
        "title": title,
        "body": f"<p>{title}</p>",
        "category": Category.objects.get(slug="siaran-pers").pk,
        "_save": "x",
    }


def test_approving_against_recalling_and_saving(write, submit, humas, commissioner):
    client = Client()
    client.force_login(humas)
    wins = {"approved": 0, "saved": 0}
    for n in range(ROUNDS):
        article = submit(write(humas, f"Naskah {n}"), humas)
        seen, page = digest(article), form(1, f"Diubah {n}")

        def recall_and_save(article=article, page=page):
            perform(Verb.RECALL, article, humas)
            client.post(f"/admin/news/article/{article.pk}/change/", page)

        def approve(article=article, seen=seen):
            perform(Verb.APPROVE, article, commissioner, digest=seen)

        one_sentence(race(recall_and_save, approve))
        fresh = Article.objects.get(pk=article.pk)
        wins["approved" if fresh.state == State.LIVE else "saved"] += 1
        assert (fresh.state == State.LIVE) == (fresh.title == f"Naskah {n}")
    public_is_what_was_approved()
    assert Edition.objects.count() == wins["approved"]


def test_two_commissioners_approve_at_once(
    write, submit, humas, commissioner, commissioner_two
):
    for n in range(ROUNDS):
        article = submit(write(humas, f"Naskah {n}"), humas)
        seen = digest(article)
        one_sentence(
            race(
                *(
                    lambda by=by, article=article, seen=seen: perform(
                        Verb.APPROVE, article, by, digest=seen
                    )
                    for by in (commissioner, commissioner_two)
                )
            )
        )
    assert Edition.objects.count() == Approval.objects.count() == ROUNDS
    assert Publication.objects.count() == ROUNDS
    public_is_what_was_approved()


def test_the_same_commissioner_approves_twice(
    write, submit, humas, commissioner, settings
):
    settings.APPROVAL_QUORUM = 2
    for n in range(ROUNDS):
        article = submit(write(humas, f"Naskah {n}"), humas)

        seen = digest(article)

        def approve(article=article, seen=seen):
            by = User.objects.get(pk=commissioner.pk)
            perform(Verb.APPROVE, article, by, digest=seen)

        assert "sudah menyetujui" in one_sentence(race(approve, approve))[0]
    assert Approval.objects.count() == ROUNDS
    assert not Edition.objects.exists()


def test_publishing_twice(write, submit, humas, humas_two, commissioner):
    for n in range(ROUNDS):
        article = submit(write(humas, f"Naskah {n}"), humas, release=Release.BY_AUTHOR)
        perform(Verb.APPROVE, article, commissioner, digest=digest(article))
        one_sentence(
            race(
                *(
                    lambda by=by, article=article: perform(Verb.PUBLISH, article, by)
                    for by in (humas, humas_two)
                )
            )
        )
    assert Publication.objects.count() == Edition.objects.count() == ROUNDS
    public_is_what_was_approved()


def test_submitting_twice(write, humas):
    for n in range(ROUNDS):
        article = write(humas, f"Naskah {n}")

        def submit_it(article=article):
            perform(Verb.SUBMIT, article, User.objects.get(pk=humas.pk))

        one_sentence(race(submit_it, submit_it))
    assert Transition.objects.count() == ROUNDS
    assert set(Article.objects.values_list("round", flat=True)) == {1}


def test_two_editors_save_at_once(write, humas, humas_two):
    clients = []
    for by in (humas, humas_two):
        clients.append(Client())
        clients[-1].force_login(by)
    for n in range(ROUNDS):
        article = write(humas, f"Naskah {n}")
        pages = [form(1, f"Penulis {who}, naskah {n}") for who in range(2)]
        answers = race(
            *(
                lambda client=client, page=page, article=article: client.post(
                    f"/admin/news/article/{article.pk}/change/", page
                )
                for client, page in zip(clients, pages, strict=True)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        won = [answer.status_code for answer in answers].index(302)
        assert Article.objects.get(pk=article.pk).title == pages[won]["title"]
        lost = answers[1 - won].content.decode()
        assert "Tidak disimpan" in lost
        assert pages[1 - won]["title"] in lost
        assert article.revisions.count() == 2


def test_unscheduling_against_the_hour(write, submit, humas, commissioner):
    """All around the last moment: unscheduled ones never appear, others in time."""
    articles = []
    start = timezone.now() + timedelta(seconds=SCHEDULED * 0.2 + 8)
    for n in range(SCHEDULED):
        article = submit(
            write(humas, f"Naskah {n}"),
            humas,
            release=Release.AT_TIME,
            publish_at=start + timedelta(milliseconds=n),
        )
        perform(Verb.APPROVE, article, commissioner, digest=digest(article))
        articles.append(article)
    # The last moment passes while they are unscheduled, by two people at once.
    pause = (start - timedelta(seconds=5.05) - timezone.now()).total_seconds()
    time.sleep(max(0, pause))
    refused = set()

    def unschedule(half, by):
        for article in half:
            try:
                perform(Verb.UNSCHEDULE, article, by)
            except TransitionNotAllowed:
                refused.add(article.pk)

    race(
        lambda: unschedule(articles[::2], humas),
        lambda: unschedule(articles[1::2], commissioner),
    )
    assert set(Edition.objects.values_list("pk", flat=True)) == refused
    assert not Edition.objects.visible().exists()
    last = start + timedelta(milliseconds=SCHEDULED)
    time.sleep(max(0, (last - timezone.now()).total_seconds()) + 0.05)
    assert set(Edition.objects.visible().values_list("pk", flat=True)) == refused
    assert ledger.record_due() == len(refused)
    assert set(Publication.objects.values_list("article", flat=True)) == refused
    public_is_what_was_approved()
