from datetime import timedelta

import pytest
from django.utils import timezone

from news import drafting
from news.approval import approvable_by, contributors
from news.models import Approval, Article, Edition, Publication, Transition
from news.models.article import EDITABLE, Release, State, Verb
from news.workflow import RULES, TransitionNotAllowed, actions, perform, refusal


def digest(article):
    return article.latest_revision.digest


def situations(write, humas, commissioner):
    """Return for each situation how people bring a new article into it."""

    def by(article, verb, who, **asks):
        return perform(verb, article, who, **asks)

    def draft():
        return write(humas)

    def submitted(**asks):
        return by(draft(), Verb.SUBMIT, humas, **asks)

    def approved(**asks):
        article = submitted(**asks)
        return by(article, Verb.APPROVE, commissioner, digest=digest(article))

    def revised():
        article = by(approved(), Verb.REVISE, humas)
        article.body = "<p>Isi yang baru.</p>"
        article.change_class, article.change_note = "pembaruan", "Ada keterangan baru."
        article.save()
        drafting.record(article, humas)
        return article

    later = timezone.now() + timedelta(days=1)
    return {
        "draf": draft,
        "diajukan": submitted,
        "dikembalikan": lambda: by(
            submitted(), Verb.RETURN, commissioner, note="Lagi."
        ),
        "disetujui": lambda: approved(release=Release.BY_AUTHOR),
        "tayang": approved,
        "terjadwal": lambda: approved(release=Release.AT_TIME, publish_at=later),
        "darurat": lambda: by(draft(), Verb.RELEASE, humas, note="Mendesak."),
        "ditarik": lambda: by(approved(), Verb.WITHDRAW, commissioner, note="Keliru."),
        "dihapus": lambda: by(approved(), Verb.ERASE, commissioner, note="Ada NIK."),
        "dibuka": lambda: by(approved(), Verb.REVISE, humas),
        "disunting": revised,
        "perubahan diajukan": lambda: by(revised(), Verb.SUBMIT, humas),
    }


# All that anyone may do in each situation, by role; everything else is refused.
HUMAS = {
    "draf": {Verb.SUBMIT, Verb.RELEASE, Verb.DISCARD},
    "diajukan": {Verb.RECALL, Verb.RELEASE},
    "dikembalikan": {Verb.SUBMIT, Verb.RELEASE, Verb.DISCARD},
    "disetujui": {Verb.RECALL, Verb.PUBLISH},
    "tayang": {Verb.REVISE},
    "terjadwal": {Verb.UNSCHEDULE},
    "darurat": {Verb.REVISE},
    "ditarik": {Verb.RESTORE},
    "dihapus": set(),
    "dibuka": {Verb.DISCARD},
    "disunting": {Verb.SUBMIT, Verb.RELEASE, Verb.DISCARD},
    "perubahan diajukan": {Verb.RECALL, Verb.RELEASE},
}
COMMISSIONER = {
    "draf": set(),
    "diajukan": {Verb.RETURN, Verb.APPROVE},
    "dikembalikan": set(),
    "disetujui": {Verb.RETURN},
    "tayang": {Verb.WITHDRAW, Verb.ERASE},
    "terjadwal": {Verb.UNSCHEDULE},
    "darurat": {Verb.COUNTERSIGN, Verb.WITHDRAW, Verb.ERASE},
    "ditarik": {Verb.ERASE},
    "dihapus": set(),
    "dibuka": {Verb.WITHDRAW, Verb.ERASE},
    "disunting": {Verb.WITHDRAW, Verb.ERASE},
    "perubahan diajukan": {
        *(Verb.RETURN, Verb.APPROVE, Verb.WITHDRAW, Verb.ERASE),
    },
}
ALLOWED = {"humas": HUMAS, "commissioner": COMMISSIONER}
PEOPLE = ["humas", "commissioner", "pengelola", "outsider", "superuser"]


def at_state(state, write, humas, commissioner):
    return situations(write, humas, commissioner)[state]()


@pytest.mark.parametrize("situation", HUMAS)
@pytest.mark.parametrize("name", PEOPLE)
def test_each_verb_in_each_situation_for_each_role(
    situation, name, request, write, humas, commissioner
):
    article = at_state(situation, write, humas, commissioner)
    by = request.getfixturevalue(name)
    assert {verb for verb in RULES if refusal(verb, article, by) is None} == (
        ALLOWED.get(name, {}).get(situation, set())
    )


@pytest.mark.parametrize("situation", HUMAS)
@pytest.mark.parametrize("name", PEOPLE)
def test_a_refused_verb_changes_nothing(
    situation, name, request, write, humas, commissioner
):
    article = at_state(situation, write, humas, commissioner)
    by = request.getfixturevalue(name)

    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Article, Edition, Approval, Publication, Transition)
        ]

    before = everything()
    for verb in set(RULES) - ALLOWED.get(name, {}).get(situation, set()):
        with pytest.raises(TransitionNotAllowed):
            perform(verb, article, by, note="Catatan.", digest=digest(article))
    assert everything() == before


def test_submission_starts_a_round_and_is_logged(write, humas):
    article = perform(Verb.SUBMIT, write(humas), humas)
    assert (article.state, article.round) == (State.SUBMITTED, 1)
    line = Transition.objects.get()
    assert (line.verb, line.before, line.after, line.round, line.digest, line.by) == (
        Verb.SUBMIT,
        State.DRAFT,
        State.SUBMITTED,
        1,
        digest(article),
        humas,
    )


def test_an_article_that_was_never_recorded_cannot_be_submitted(write, humas):
    article = write(humas)
    article.revisions.all().delete()
    assert "belum pernah disimpan" in refusal(Verb.SUBMIT, article, humas)


def test_approval_publishes_exactly_the_approved_text(publish, humas, commissioner):
    article = publish(humas, commissioner, "Judul", tags=["Bakohumas"])
    edition = Edition.objects.visible().get()
    approval = Approval.objects.get()
    assert article.state == State.LIVE
    assert edition.revision.digest == approval.digest
    assert drafting.digest_of(edition.revision.document) == approval.digest
    assert edition.body == edition.document["body"] == "<p>Isi naskah Judul.</p>"
    assert edition.tag_names == ["Bakohumas"]
    line = Publication.objects.get()
    assert (line.kind, line.article, line.version, line.digest) == (
        Publication.Kind.PUBLISHED,
        article.pk,
        1,
        approval.digest,
    )


def test_only_the_text_that_was_on_the_screen_is_approved(write, humas, commissioner):
    article = write(humas)
    seen = digest(article)
    article.title = "Judul yang lain"
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    with pytest.raises(TransitionNotAllowed, match="berubah sejak Anda membukanya"):
        perform(Verb.APPROVE, article, commissioner, digest=seen)
    with pytest.raises(TransitionNotAllowed, match="berubah"):
        perform(Verb.APPROVE, article, commissioner)
    assert not Approval.objects.exists()


def test_nobody_approves_what_they_wrote(write, humas, commissioner, settings):
    """Also one who is both; and also when another was the last to save."""
    commissioner.groups.add(humas.groups.get())
    article = write(commissioner)
    article.title = "Disunting orang kedua"
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    with pytest.raises(TransitionNotAllowed, match="Anda ikut menulis"):
        perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert contributors(article) == {humas.pk, commissioner.pk}


def test_a_quorum_of_two_waits_for_the_second(
    write, humas, commissioner, commissioner_two, settings
):
    settings.APPROVAL_QUORUM = 2
    article = write(humas)
    perform(Verb.SUBMIT, article, humas)
    article = perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert article.state == State.SUBMITTED
    assert not Edition.objects.exists()
    assert "sudah menyetujui" in refusal(Verb.APPROVE, article, commissioner)
    article = perform(Verb.APPROVE, article, commissioner_two, digest=digest(article))
    assert article.state == State.LIVE


def test_recall_voids_the_approvals(
    write, humas, commissioner, commissioner_two, settings
):
    settings.APPROVAL_QUORUM = 2
    article = write(humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    perform(Verb.RECALL, article, humas)
    perform(Verb.SUBMIT, article, humas)
    article = perform(Verb.APPROVE, article, commissioner_two, digest=digest(article))
    assert article.state == State.SUBMITTED


def test_the_author_publishes_when_that_was_asked_for(write, humas, commissioner):
    article = write(humas)
    perform(Verb.SUBMIT, article, humas, release=Release.BY_AUTHOR)
    article = perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert article.state == State.APPROVED
    assert not Edition.objects.exists()
    article = perform(Verb.PUBLISH, article, humas)
    assert article.state == State.LIVE
    assert Edition.objects.visible().count() == 1


def test_an_approver_who_left_no_longer_counts(write, humas, commissioner):
    article = at_state(State.APPROVED, write, humas, commissioner)
    commissioner.is_active = False
    commissioner.save()
    assert "tidak lagi cukup" in refusal(Verb.PUBLISH, article, humas)


def test_an_approval_lapses_after_fourteen_days(
    write, humas, commissioner, monkeypatch
):
    article = at_state(State.APPROVED, write, humas, commissioner)
    later = timezone.now() + timedelta(days=14, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "tidak lagi cukup" in refusal(Verb.PUBLISH, article, humas)


@pytest.mark.parametrize("note", ["", "   "])
def test_returning_asks_for_a_note(note, write, humas, commissioner):
    article = at_state(State.SUBMITTED, write, humas, commissioner)
    with pytest.raises(TransitionNotAllowed, match="apa yang perlu diperbaiki"):
        perform(Verb.RETURN, article, commissioner, note=note)
    article = perform(Verb.RETURN, article, commissioner, note="Nama keliru.")
    assert article.state == State.RETURNED
    assert article.transitions.first().note == "Nama keliru."


def test_withdrawing_asks_for_a_public_reason(publish, humas, commissioner):
    article = publish(humas, commissioner)
    with pytest.raises(TransitionNotAllowed, match="publik akan membacanya"):
        perform(Verb.WITHDRAW, article, commissioner)
    article = perform(Verb.WITHDRAW, article, commissioner, note="Data belum final.")
    edition = Edition.objects.get()
    assert not Edition.objects.visible().exists()
    assert edition.withdrawn_reason == "Data belum final."
    assert article.state == State.LIVE
    last = Publication.objects.last()
    assert (last.kind, last.note, last.at) == (
        Publication.Kind.WITHDRAWN,
        "Data belum final.",
        edition.withdrawn_at,
    )


def test_an_inactive_person_can_do_nothing(write, humas):
    article = write(humas)
    humas.is_active = False
    assert refusal(Verb.SUBMIT, article, humas) == RULES[Verb.SUBMIT].who_says


def test_nobody_imports_by_hand(write, humas, commissioner, superuser):
    article = write(humas)
    for by in (humas, commissioner, superuser):
        assert refusal(Verb.IMPORT, article, by) == RULES[Verb.IMPORT].who_says


def test_the_list_of_what_waits_agrees_with_the_rule(
    write, publish, humas, humas_two, commissioner, commissioner_two, settings
):
    settings.APPROVAL_QUORUM = 2
    commissioner_two.groups.add(humas.groups.get())
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED):
        at_state(state, write, humas, commissioner)
    own = write(commissioner_two)
    perform(Verb.SUBMIT, own, commissioner_two)
    given = write(humas_two)
    perform(Verb.SUBMIT, given, humas_two)
    perform(Verb.APPROVE, given, commissioner, digest=digest(given))
    for by in (humas, humas_two, commissioner, commissioner_two):
        assert set(approvable_by(by, Article.objects.all())) == {
            article
            for article in Article.objects.all()
            if refusal(Verb.APPROVE, article, by) is None
        }
    assert approvable_by(commissioner, Article.objects.all()).count() == 2


def test_buttons_read_the_table(write, humas, commissioner):
    article = write(humas)
    assert dict(actions(article, humas))[Verb.SUBMIT] is None
    assert {verb for verb, _ in actions(article, commissioner)} == {
        *(Verb.RETURN, Verb.APPROVE, Verb.COUNTERSIGN, Verb.UNSCHEDULE),
        *(Verb.WITHDRAW, Verb.ERASE),
    }


def test_states_that_can_be_saved_are_those_that_can_be_submitted():
    assert RULES[Verb.SUBMIT].sources == EDITABLE
