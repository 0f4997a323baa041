"""What may reply to what, and that nothing else becomes a reply."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news import addresses, changes, drafting, replies
from news.checks import Standing
from news.checks.replies import REFUSALS
from news.models import Edition
from news.models.article import Verb
from news.workflow import TransitionNotAllowed, perform


@pytest.fixture
def public(publish, humas, commissioner):
    return publish(humas, commissioner, "Rapat dengan Forum Warga")


def withdraw(article, by):
    perform(Verb.WITHDRAW, article, by, note="Keliru.")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("{origin}/berita/12/judul/", 12),
        ("{origin}/berita/12/judul/?v=3#isi", 12),
        ("<{origin}/berita/12/versi/2/>", 12),
        ("{host}/berita/12/judul", 12),
        ("/berita/12/judul/", 12),
        ("/berita/12", 12),
        ("https://lain.go.id/berita/12/judul/", None),
        ("{origin}.jahat.id/berita/12/judul/", None),
        ("{origin}/kategori/opini/", None),
        ("/berita/012/", None),
        ("/berita/", None),
        ("0", None),
        ("١٢", None),
        ("9" * 19, None),
        ("https://[x/berita/1/", None),
        ("Judul naskah", None),
        ("", None),
    ],
)
def test_an_address_or_a_number_names_an_article(typed, number, settings):
    settings.SITE_ORIGIN = "https://kab-contoh.kpu.go.id"
    typed = typed.format(origin=settings.SITE_ORIGIN, host="kab-contoh.kpu.go.id")
    assert addresses.number_in(typed) == number


def test_a_reply_is_to_what_the_public_reads(
    public, publish, reply, write, archived, humas, commissioner
):
    answer = reply(public)
    draft = write(humas)
    later = archived("Kelak", timezone.now() + timezone.timedelta(hours=1))
    gone = publish(humas, commissioner, "Lain")
    withdraw(gone, commissioner)
    for number, reply_to, standing in (
        (draft.pk, None, Standing.FREE),
        (draft.pk, public.pk, Standing.ALLOWED),
        (None, public.pk, Standing.ALLOWED),
        (draft.pk, answer.pk, Standing.ALLOWED),
        (draft.pk, draft.pk, Standing.ITSELF),
        (public.pk, public.pk, Standing.ITSELF),
        (public.pk, answer.pk, Standing.LOOP),
        (draft.pk, gone.pk, Standing.UNSEEN),
        (draft.pk, later.pk, Standing.UNSEEN),
        (public.pk, draft.pk, Standing.UNSEEN),
        (draft.pk, 10**17, Standing.UNSEEN),
    ):
        assert replies.standing(number, reply_to) is standing
    second = reply(answer)
    assert replies.standing(public.pk, second.pk) is Standing.LOOP


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"byline_name": ""}, "siapa yang menyatakannya"), ({"reply_to": None}, "")],
)
def test_the_checks_stop_a_reply_before_it_is_submitted(
    fields, said, public, write, submit, humas
):
    who = {"byline_name": "Ratna Dewi", "reply_to": public.edition}
    article = write(humas, **{**who, **fields})
    if not said:
        submit(article, humas)
        return
    with pytest.raises(TransitionNotAllowed, match=said):
        submit(article, humas)
    with pytest.raises(TransitionNotAllowed, match=said):
        perform(Verb.RELEASE, article, humas, note="Mendesak.")


def test_what_was_withdrawn_before_the_approval_has_no_reply(
    public, write, submit, humas, commissioner
):
    fields = {"byline_name": "Ratna Dewi", "reply_to": public.edition}
    waiting = submit(write(humas, "Satu", **fields), humas)
    approved = submit(write(humas, "Dua", **fields), humas, release="penulis")
    digest = approved.latest_revision.digest
    perform(Verb.APPROVE, approved, commissioner, digest=digest)
    withdraw(public, commissioner)
    sentence = REFUSALS[Standing.UNSEEN]
    digest = waiting.latest_revision.digest
    with pytest.raises(TransitionNotAllowed, match=sentence):
        perform(Verb.APPROVE, waiting, commissioner, digest=digest)
    with pytest.raises(TransitionNotAllowed, match=sentence):
        perform(Verb.PUBLISH, approved, humas)
    assert Edition.objects.visible().count() == 0


def test_a_reply_can_be_corrected_after_its_article_was_withdrawn(
    public, reply, change, humas, commissioner
):
    answer = reply(public)
    withdraw(public, commissioner)
    change(answer, humas, commissioner, body="<p>Sudah benar.</p>")
    edition = Edition.objects.get(pk=answer.pk)
    assert (edition.version, edition.reply_to_id, edition.reply_version) == (
        *(2, public.pk),
        1,
    )


def test_publishing_alone_says_what_is_a_reply_and_since_when(
    public, publish, reply, change, humas, commissioner
):
    other = publish(humas, commissioner, "Lain")
    answer = reply(public)

    def now():
        return Edition.objects.values_list("reply_to", "reply_version").get(
            pk=answer.pk
        )

    assert now() == (public.pk, 1)
    answer.reply_to = other.edition
    answer.save()
    assert now() == (public.pk, 1)
    change(answer, humas, commissioner, reply_to=other.edition)
    assert now() == (other.pk, 2)
    change(answer, humas, commissioner, body="<p>Lagi.</p>")
    assert now() == (other.pk, 2)
    change(answer, humas, commissioner, reply_to=None)
    assert now() == (None, 0)


def test_another_target_is_a_critical_change_and_no_typo(public, reply):
    before = reply(public).edition.document
    after = {**before, "reply_to": 77}
    (change,) = changes.compare(before, after).changes
    assert change.critical == "hak jawab"
    assert change.sentence == (
        f"Naskah yang ditanggapi nomor {public.pk} menjadi nomor 77."
    )
    assert changes.typo_refusal(before, after)
    (change,) = changes.compare({**before, "reply_to": None}, before).changes
    assert (change.critical, "ditambahkan" in change.sentence) == ("hak jawab", True)


def test_a_discarded_change_and_a_copy_keep_the_reply(public, reply, humas):
    answer = reply(public)
    perform(Verb.REVISE, answer, humas)
    answer.refresh_from_db()
    answer.reply_to = None
    answer.save()
    drafting.record(answer, humas)
    perform(Verb.DISCARD, answer, humas)
    answer.refresh_from_db()
    assert answer.reply_to_id == public.pk
    assert drafting.copy(answer.edition.document, humas).reply_to_id == public.pk


def test_the_database_refuses_what_the_document_does_not_say(public, reply):
    answer = reply(public)
    for fields in (
        {"reply_to": None, "reply_version": 0},
        {"reply_to": answer.pk},
        {"reply_to": 999_999},
        {"reply_version": 2},
    ):
        with (
            pytest.raises(IntegrityError, match="replies to what its revision does"),
            transaction.atomic(),
        ):
            Edition.objects.filter(pk=answer.pk).update(**fields)


def test_the_database_refuses_a_reply_to_itself(public, reply):
    answer = reply(public)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE news_edition DISABLE TRIGGER USER")
    for fields in ({"reply_to": answer.pk}, {"reply_version": 0}, {"reply_to": None}):
        with pytest.raises(IntegrityError, match="edition_repl"), transaction.atomic():
            Edition.objects.filter(pk=answer.pk).update(**fields)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE news_edition ENABLE TRIGGER USER")


def test_an_erased_reply_replies_to_nothing(public, reply, commissioner):
    answer = reply(public)
    perform(Verb.ERASE, answer, commissioner, note="Memuat data pribadi.")
    answer.refresh_from_db()
    edition = Edition.objects.get(pk=answer.pk)
    assert (edition.reply_to, edition.reply_version, answer.reply_to) == (None, 0, None)
