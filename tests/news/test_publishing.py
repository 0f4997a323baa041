"""What each verb does to the public record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from news import drafting, ledger
from news.models import Approval, Article, Edition, Publication, Revision, Transition
from news.models.article import Release, State, Verb
from news.workflow import TransitionNotAllowed, perform, refusal

Kind = Publication.Kind


def digest(article):
    return article.latest_revision.digest


def kinds():
    return list(Publication.objects.values_list("kind", "version"))


@pytest.fixture
def change(publish, humas, commissioner):
    """Return a function that publishes, opens and changes an article."""

    def make(kind="ralat", note="Angka diperbaiki.", **fields):
        article = publish(humas, commissioner, "Judul", body="<p>Hadir 47 orang.</p>")
        perform(Verb.REVISE, article, humas)
        article.refresh_from_db()
        for name, value in {"body": "<p>Hadir 74 orang.</p>", **fields}.items():
            setattr(article, name, value)
        article.change_class, article.change_note = kind, note
        article.save()
        drafting.record(article, humas)
        return article

    return make


def test_while_a_change_waits_the_public_reads_the_old_text(change, humas):
    article = perform(Verb.SUBMIT, change(), humas)
    edition = Edition.objects.visible().get()
    assert (article.state, edition.version) == (State.SUBMITTED, 1)
    assert edition.body == "<p>Hadir 47 orang.</p>"


@pytest.mark.parametrize("kind", ["ralat", "pembaruan"])
def test_an_approved_change_is_a_new_version_with_its_note(
    kind, change, humas, commissioner
):
    article = change(kind)
    first = Edition.objects.get().publish_at
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    edition = Edition.objects.visible().get()
    assert (edition.version, edition.publish_at) == (2, first)
    assert edition.body == "<p>Hadir 74 orang.</p>"
    assert kinds() == [(Kind.PUBLISHED, 1), (kind, 2)]
    assert Publication.objects.last().note == "Angka diperbaiki."
    assert edition.superseded(1).body == "<p>Hadir 47 orang.</p>"
    assert edition.superseded(2) is None


@pytest.mark.parametrize(
    ("kind", "note", "body", "said"),
    [
        ("", "", "<p>Hadir 74 orang.</p>", "jenis perubahannya"),
        ("ralat", "", "<p>Hadir 74 orang.</p>", "keterangan perubahannya"),
        ("pembaruan", " ", "<p>Hadir 74 orang.</p>", "keterangan perubahannya"),
        ("salah ketik", "", "<p>Hadir 74 orang.</p>", "74"),
        ("salah ketik", "", "<p>Tidak hadir 47 orang.</p>", "[Tt]idak"),
        ("ralat", "Ada.", "<p>Hadir 47 orang.</p>", "Belum ada yang berubah"),
    ],
)
def test_a_change_must_be_classed_truly(kind, note, body, said, change, humas):
    article = change(kind, note, body=body)
    for verb in (Verb.SUBMIT, Verb.RELEASE):
        with pytest.raises(TransitionNotAllowed, match=said):
            perform(verb, article, humas, note="Mendesak.")


def test_a_mended_spelling_needs_no_note(publish, humas, commissioner):
    article = publish(humas, commissioner, body="<p>Seeblum acara dimulai.</p>")
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.body, article.change_class = "<p>Sebelum acara dimulai.</p>", "salah ketik"
    article.save()
    drafting.record(article, humas)
    article = perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert kinds() == [(Kind.PUBLISHED, 1), (Kind.TYPO, 2)]


def test_a_release_is_public_at_once_and_says_so(write, humas, commissioner, reader):
    article = perform(Verb.RELEASE, write(humas), humas, note="Gempa.")
    edition = Edition.objects.visible().get()
    assert edition.is_release
    assert kinds() == [(Kind.RELEASED, 1)]
    address = edition.get_absolute_url()
    page = reader.get(address).content.decode()
    assert "Siaran darurat, menunggu persetujuan" in page
    assert "Gempa." not in page
    perform(Verb.COUNTERSIGN, article, commissioner, digest=digest(article))
    edition.refresh_from_db()
    assert not edition.is_release
    assert kinds() == [(Kind.RELEASED, 1), (Kind.COUNTERSIGNED, 1)]
    assert "Siaran darurat" not in reader.get(address).content.decode()
    assert Article.objects.get().state == State.LIVE


def test_whoever_wrote_or_released_cannot_countersign(
    write, humas, commissioner, commissioner_two
):
    commissioner.groups.add(humas.groups.get())
    commissioner_two.groups.add(humas.groups.get())
    article = write(commissioner)
    perform(Verb.RELEASE, article, commissioner_two, note="Mendesak.")
    for by in (commissioner, commissioner_two):
        assert "ikut menulis atau menyiarkan" in refusal(Verb.COUNTERSIGN, article, by)


def test_countersigning_needs_the_quorum_and_the_text_on_the_screen(
    write, humas, commissioner, commissioner_two, settings
):
    settings.APPROVAL_QUORUM = 2
    article = perform(Verb.RELEASE, write(humas), humas, note="Mendesak.")
    with pytest.raises(TransitionNotAllowed, match="berubah"):
        perform(Verb.COUNTERSIGN, article, commissioner, digest="0" * 64)
    perform(Verb.COUNTERSIGN, article, commissioner, digest=digest(article))
    assert Edition.objects.get().is_release
    assert "sudah mengesahkan" in refusal(Verb.COUNTERSIGN, article, commissioner)
    perform(Verb.COUNTERSIGN, article, commissioner_two, digest=digest(article))
    assert not Edition.objects.get().is_release


def test_a_release_out_of_review_takes_no_approval_with_it(
    write, humas, commissioner, commissioner_two, settings
):
    settings.APPROVAL_QUORUM = 2
    article = perform(Verb.SUBMIT, write(humas), humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    perform(Verb.RELEASE, article, humas, note="Mendesak.")
    perform(Verb.COUNTERSIGN, article, commissioner_two, digest=digest(article))
    assert Edition.objects.get().is_release


def test_a_release_opened_for_change_can_still_be_countersigned(
    write, humas, commissioner
):
    article = perform(Verb.RELEASE, write(humas), humas, note="Mendesak.")
    released = digest(article)
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.title = "Judul yang sedang ditulis"
    article.save()
    drafting.record(article, humas)
    with pytest.raises(TransitionNotAllowed):
        perform(Verb.COUNTERSIGN, article, commissioner, digest=digest(article))
    perform(Verb.COUNTERSIGN, article, commissioner, digest=released)
    assert not Edition.objects.get().is_release
    assert Article.objects.get().state == State.DRAFT


def move_clock(article, to):
    """Let an edition's hour come, as if its time had been chosen so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE news_edition SET publish_at = %s WHERE article_id = %s",
            [to, article.pk],
        )


def schedule(write, humas, commissioner, **later):
    article = write(humas)
    moment = timezone.now() + timedelta(**later)
    perform(Verb.SUBMIT, article, humas, release=Release.AT_TIME, publish_at=moment)
    return perform(Verb.APPROVE, article, commissioner, digest=digest(article)), moment


def test_a_schedule_is_kept_by_the_query_alone(write, humas, commissioner, reader):
    article, moment = schedule(write, humas, commissioner, hours=1)
    edition = Edition.objects.get()
    assert (article.state, edition.publish_at) == (State.LIVE, moment)
    assert reader.get(edition.get_absolute_url()).status_code == 404
    assert kinds() == []
    past = timezone.now() - timedelta(seconds=1)
    move_clock(article, past)
    assert reader.get(edition.get_absolute_url()).status_code == 200
    assert article.title in reader.get("/berita/").content.decode()
    assert ledger.record_due() == 1
    line = Publication.objects.get()
    assert (line.kind, line.at) == (Kind.PUBLISHED, past)
    assert ledger.record_due() == 0


def test_the_record_of_a_schedule_comes_before_the_next_line(
    write, humas, commissioner
):
    article, _ = schedule(write, humas, commissioner, hours=1)
    move_clock(article, timezone.now() - timedelta(seconds=1))
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    assert kinds() == [(Kind.PUBLISHED, 1), (Kind.WITHDRAWN, 1)]


@pytest.mark.parametrize(
    ("later", "said"), [(None, "Isi tanggal"), ({"minutes": -1}, "sudah lewat")]
)
def test_a_schedule_asks_for_a_time_to_come(later, said, write, humas):
    moment = timezone.now() + timedelta(**later) if later else None
    with pytest.raises(TransitionNotAllowed, match=said):
        perform(
            Verb.SUBMIT,
            write(humas),
            humas,
            release=Release.AT_TIME,
            publish_at=moment,
        )


def test_a_change_cannot_be_scheduled(change, humas):
    with pytest.raises(TransitionNotAllowed, match="begitu disetujui"):
        perform(
            Verb.SUBMIT,
            change(),
            humas,
            release=Release.AT_TIME,
            publish_at=timezone.now() + timedelta(days=1),
        )


def test_an_approval_after_the_hour_publishes_at_once(write, humas, commissioner):
    article = write(humas)
    soon = timezone.now() + timedelta(seconds=0.3)
    perform(Verb.SUBMIT, article, humas, release=Release.AT_TIME, publish_at=soon)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.4)")
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert Edition.objects.visible().count() == 1
    assert kinds() == [(Kind.PUBLISHED, 1)]


@pytest.mark.parametrize("name", ["humas", "commissioner"])
def test_unscheduling_leaves_a_draft(name, request, write, humas, commissioner):
    article, _ = schedule(write, humas, commissioner, hours=1)
    by = request.getfixturevalue(name)
    article = perform(Verb.UNSCHEDULE, article, by)
    assert article.state == State.DRAFT
    assert not Edition.objects.exists()
    assert kinds() == []


def test_unscheduling_comes_too_late_in_the_last_seconds(write, humas, commissioner):
    article, _ = schedule(write, humas, commissioner, seconds=4)
    assert "beberapa detik" in refusal(Verb.UNSCHEDULE, article, humas)


def test_discarding_a_draft_that_was_never_public_deletes_it(write, humas):
    article = write(humas, tags=["umum"])
    perform(Verb.DISCARD, article, humas)
    assert not Article.objects.exists()
    assert not Revision.objects.exists()
    line = Transition.objects.get()
    assert (line.verb, line.article_id) == (Verb.DISCARD, article.pk)


def test_discarding_a_change_returns_to_the_public_text(change, humas):
    article = change(title="Judul lain", lead="Teras lain.")
    article.tags.add("lain")
    drafting.record(article, humas)
    article = perform(Verb.DISCARD, article, humas)
    edition = Edition.objects.get()
    assert article.state == State.LIVE
    fresh = Article.objects.get()
    assert (fresh.title, fresh.body) == ("Judul", "<p>Hadir 47 orang.</p>")
    assert drafting.document(fresh) == {
        key: value for key, value in edition.document.items() if key != "schema"
    }
    assert fresh.latest_revision.digest == edition.revision.digest


def test_what_was_withdrawn_comes_back_through_approval_alone(
    publish, humas, commissioner, reader
):
    article = publish(humas, commissioner)
    address = article.edition.get_absolute_url()
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    article = perform(Verb.RESTORE, article, humas)
    assert article.state == State.DRAFT
    assert reader.get(address).status_code == 410
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert reader.get(address).status_code == 200
    assert kinds() == [
        (Kind.PUBLISHED, 1),
        (Kind.WITHDRAWN, 1),
        (Kind.RESTORED, 2),
    ]


def test_after_a_quorum_only_the_new_writers_are_contributors(
    change, humas, commissioner, commissioner_two, publish
):
    """Someone who wrote what was approved before may approve the next change."""
    commissioner.groups.add(humas.groups.get())
    article = publish(commissioner, commissioner_two)
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.body = "<p>Isi lain.</p>"
    article.change_class, article.change_note = "pembaruan", "Baru."
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert Edition.objects.get().version == 2


def test_an_imported_text_is_revised_like_any_other(archived, humas, commissioner):
    article = archived("Lama", timezone.now(), baseline=60)
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.body = "<p>Isi yang diperbaiki.</p>"
    article.change_class, article.change_note = "ralat", "Nama diperbaiki."
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    edition = Edition.objects.with_views().get()
    assert (edition.version, edition.views, edition.is_from_archive) == (2, 60, False)
    assert Approval.objects.count() == 1


def test_a_withdrawal_is_not_undone_by_a_release(publish, humas, commissioner):
    article = publish(humas, commissioner)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    article = perform(Verb.RESTORE, article, humas)
    with pytest.raises(TransitionNotAllowed, match="ditarik komisioner"):
        perform(Verb.RELEASE, article, humas, note="Mendesak.")
    assert not Edition.objects.visible().exists()


@pytest.mark.parametrize("release", [Release.ON_APPROVAL, Release.BY_AUTHOR])
def test_a_withdrawal_is_not_undone_by_what_was_submitted_before(
    release, change, humas, commissioner, commissioner_two
):
    article = perform(Verb.SUBMIT, change(), humas, release=release)
    if release == Release.BY_AUTHOR:
        perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    perform(Verb.WITHDRAW, article, commissioner_two, note="Keliru.")
    with pytest.raises(TransitionNotAllowed, match="sesudah perubahan ini diajukan"):
        if release == Release.BY_AUTHOR:
            perform(Verb.PUBLISH, article, humas)
        else:
            perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert not Edition.objects.visible().exists()
    perform(Verb.RECALL, article, humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    assert Edition.objects.visible().count() == 1


def test_a_withdrawn_version_stays_gone_when_other_words_follow(
    publish, humas, commissioner, reader
):
    article = publish(humas, commissioner, body="<p>KATADITARIK</p>")
    perform(Verb.WITHDRAW, article, commissioner, note="Memuat data pribadi.")
    article = perform(Verb.RESTORE, article, humas)
    article.refresh_from_db()
    article.body = "<p>Isi yang bersih.</p>"
    article.save()
    drafting.record(article, humas)
    with pytest.raises(TransitionNotAllowed, match="jenis perubahannya"):
        perform(Verb.SUBMIT, article, humas)
    article.change_class, article.change_note = "ralat", "Data pribadi dihilangkan."
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    page = reader.get(Edition.objects.get().get_absolute_url()).content.decode()
    assert "Data pribadi dihilangkan." in page
    assert "/versi/" not in page
    response = reader.get(f"/berita/{article.pk}/versi/1/")
    assert response.status_code == 404
    assert "KATADITARIK" not in response.content.decode()


def test_a_change_by_release_is_told_on_the_page(change, humas, commissioner, reader):
    article = perform(Verb.RELEASE, change(), humas, note="Mendesak.")
    address = Edition.objects.get().get_absolute_url()
    for _ in range(2):
        page = reader.get(address).content.decode()
        assert "Angka diperbaiki." in page
        assert "Diperbarui" in page
        assert f'href="/berita/{article.pk}/versi/1/"' in page
        if Edition.objects.get().is_release:
            perform(Verb.COUNTERSIGN, article, commissioner, digest=digest(article))


def test_the_kind_of_a_change_is_the_approved_documents(change, humas, commissioner):
    article = perform(Verb.SUBMIT, change("ralat"), humas)
    Article.objects.update(change_class="salah ketik", change_note="")
    perform(Verb.APPROVE, article, commissioner, digest=digest(article))
    last = Publication.objects.last()
    assert (last.kind, last.note) == (Kind.CORRECTED, "Angka diperbaiki.")
