from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import checker, presenting
from news.authenticity import Kind
from news.models import Edition, Publication
from news.models.article import Release, Verb
from news.workflow import perform

TITLE = "Rapat koordinasi data pemilih"
FIRST = (
    "Ketua KPU Kabupaten Serang membuka rapat koordinasi pemutakhiran data pemilih di "
    "aula kantor. Rapat itu dihadiri 29 panitia pemilihan kecamatan."
)
SECOND = (
    "Pemilih yang belum terdaftar dapat melapor sampai 27 Januari 2022 dengan membawa "
    "kartu tanda penduduk. Layanan ini tidak dipungut biaya."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
ALTERED = SECOND.replace("27 Januari", "29 Januari")


@pytest.fixture
def article(publish, humas, commissioner):
    return publish(humas, commissioner, title=TITLE, body=BODY)


def numbers(answer):
    return [(origin.edition.pk, origin.number) for origin in answer.sources]


def everything(answer):
    """Return all words of an answer that the page may show, but for the pasted."""
    return " ".join(
        [
            answer.for_group,
            *(change.sentence for change in answer.changes),
            *(mark.text for mark in answer.marks),
            *answer.verdict.notes,
            *(origin.title for origin in answer.sources),
            *(edition.title for edition in answer.found),
        ]
    )


def test_the_six_answers(article, publish, humas, commissioner):
    other = publish(
        humas,
        commissioner,
        title="Gudang logistik",
        body="<p>Gudang logistik di Ciruas menampung kotak suara dan bilik suara untuk "
        "seluruh tempat pemungutan suara.</p>",
    )
    asked = {
        Kind.SAME: f"{TITLE}\n\n{FIRST}\n\n{SECOND}",
        Kind.EXCERPT: SECOND,
        Kind.ALTERED: ALTERED,
        Kind.MIXED: f"{SECOND}\n\nGudang logistik di Ciruas menampung kotak suara dan "
        "bilik suara untuk seluruh tempat pemungutan suara.",
        Kind.NOT_FOUND: "Besok pagi semua warga diminta berkumpul di alun-alun untuk "
        " pembagian sembako gratis dari panitia.",
        Kind.TOO_SHORT: "Data pemilih",
    }
    answers = {kind: checker.check(text) for kind, text in asked.items()}
    assert {kind: answer.kind for kind, answer in answers.items()} == {
        kind: kind for kind in Kind
    }
    assert numbers(answers[Kind.ALTERED]) == [(article.pk, 1)]
    assert [change.sentence for change in answers[Kind.ALTERED].changes] == [
        "Tanggal 27 Januari 2022 menjadi 29 Januari 2022."
    ]
    assert sorted(numbers(answers[Kind.MIXED])) == [(article.pk, 1), (other.pk, 1)]
    assert [one.pk for one in answers[Kind.TOO_SHORT].found] == [article.pk]


def test_what_the_site_itself_shares_is_unaltered(article):
    edition = Edition.objects.get()
    answer = checker.check(presenting.share_text(edition))
    assert answer.kind in (Kind.SAME, Kind.EXCERPT)
    assert numbers(answer) == [(article.pk, 1)]
    # It stops where the excerpt does, and nothing else is to be said of it.
    (note,) = answer.verdict.notes
    assert note.startswith("Kutipan berhenti di tengah kalimat")
    false = presenting.share_text(edition).replace("29 panitia", "92 panitia")
    assert checker.check(false).kind is Kind.ALTERED


def test_the_answer_for_a_group_never_holds_what_was_pasted(article):
    answer = checker.check(ALTERED)
    assert "29 Januari" not in answer.for_group
    assert answer.for_group == (
        "Cek Keaslian KPU Kabupaten Serang: Diubah.\n"
        "Teks yang beredar berbeda dari naskah resmi:\n"
        f"“{TITLE}”, {Edition.objects.get().published_text}\n"
        f"{settings.SITE_ORIGIN}/berita/{article.pk}/rapat-koordinasi-data-pemilih/\n\n"
        f"Periksa keasliannya: {settings.SITE_ORIGIN}/cek-keaslian/"
    )
    assert checker.check("Data pemilih").for_group == ""


def test_an_older_version_is_named_as_that(article, change, humas, commissioner):
    change(article, humas, commissioner, body=BODY.replace("29 panitia", "30 panitia"))
    answer = checker.check(f"{FIRST} {SECOND}")
    assert answer.kind is Kind.SAME
    assert numbers(answer) == [(article.pk, 1)]
    (origin,) = answer.sources
    assert origin.replaced_text.startswith("sudah diralat pada ")
    assert origin.older_url == f"/berita/{article.pk}/versi/1/"
    assert "Naskah lama, sudah diralat" in answer.for_group
    # A sentence that both have is the one's that is shown now.
    assert numbers(checker.check(SECOND)) == [(article.pk, 2)]


@pytest.mark.parametrize("pasted", [f"{FIRST} {SECOND}", SECOND, ALTERED])
def test_of_a_withdrawn_text_no_word_but_the_title_is_told(
    article, commissioner, pasted
):
    perform(Verb.WITHDRAW, article, commissioner, note="Datanya keliru.")
    answer = checker.check(pasted)
    (origin,) = answer.sources
    assert origin.withdrawal.note == "Datanya keliru."
    assert answer.is_withheld
    assert answer.changes == answer.marks == ()
    assert "sudah ditarik pada" in answer.for_group
    assert "27 Januari" not in everything(answer)
    assert TITLE in answer.for_group


def test_a_withdrawn_version_stays_so_when_another_is_shown(
    article, change, humas, commissioner
):
    perform(Verb.WITHDRAW, article, commissioner, note="Datanya keliru.")
    change(
        article,
        humas,
        commissioner,
        verb=Verb.RESTORE,
        body=BODY.replace("27 Januari", "28 Februari"),
    )
    answer = checker.check(SECOND)
    assert answer.is_withheld
    assert numbers(answer) == [(article.pk, 1)]
    assert numbers(checker.check(FIRST)) == [(article.pk, 2)]


def test_nothing_before_publication_is_matched(
    write, submit, publish, humas, commissioner
):
    canary = "Burung kenari kuning hinggap di pagar kantor sebelum fajar menyingsing."
    fields = {"title": "Burung kenari kuning", "body": f"<p>{canary}</p>"}
    write(humas, **fields)
    returned = submit(write(humas, **fields), humas)
    perform(Verb.RETURN, returned, commissioner, note="Perbaiki.")
    approved = submit(write(humas, **fields), humas, release=Release.BY_AUTHOR)
    perform(
        Verb.APPROVE, approved, commissioner, digest=approved.latest_revision.digest
    )
    moment = timezone.now() + timedelta(hours=1)
    scheduled = submit(
        write(humas, **fields), humas, release=Release.AT_TIME, publish_at=moment
    )
    perform(
        Verb.APPROVE, scheduled, commissioner, digest=scheduled.latest_revision.digest
    )
    erased = publish(humas, commissioner, **fields)
    perform(Verb.ERASE, erased, commissioner, note="Nomor induk.")
    address = f"{settings.SITE_ORIGIN}/berita/{scheduled.pk}/x/"
    for text in (canary, f"{canary} {address}", "Burung kenari kuning", address):
        answer = checker.check(text)
        assert answer.kind in (Kind.NOT_FOUND, Kind.TOO_SHORT)
        assert answer.sources == answer.found == ()
        assert all(one.edition is None for one in answer.addresses)
    Edition.objects.filter(pk=scheduled.pk).update(publish_at=timezone.now())
    assert checker.check(canary).kind is Kind.SAME


def test_links_are_told_apart(article, publish, humas, commissioner):
    gone = publish(humas, commissioner, title="Ditarik")
    perform(Verb.WITHDRAW, gone, commissioner, note="Keliru.")
    own = settings.SITE_ORIGIN
    texts = [
        f"{own}/berita/{article.pk}/slug-lain/?v=1",
        f"{own}/berita/{gone.pk}/ditarik/",
        f"{own}/berita/99999999999999999/x/",
        "https://kpu-serang.contoh.com/berita/1/x/",
    ]
    answer = checker.check("\n".join(texts))
    told = [
        (one.text, one.is_ours, one.edition and one.edition.pk)
        for one in answer.addresses
    ]
    assert told == [
        (texts[0], True, article.pk),
        (texts[1], True, gone.pk),
        (texts[2], True, None),
        (texts[3], False, None),
    ]
    assert answer.addresses[1].withdrawn_text
    assert not answer.addresses[0].withdrawn_text


def test_a_true_link_makes_no_false_claim_true(article):
    address = f"{settings.SITE_ORIGIN}/berita/{article.pk}/x/"
    claim = "Pemungutan suara dipindahkan ke hari lain karena banjir besar di kota."
    answer = checker.check(f"{claim}\n{address}")
    assert answer.kind is Kind.NOT_FOUND
    assert answer.addresses[0].edition.pk == article.pk


def test_a_decision_is_found_by_its_number(publish, humas, commissioner):
    number = "542/HM.03.5-Kpt/06/KPU/VIII/2021"
    article = publish(
        humas,
        commissioner,
        title="Keputusan",
        body=f"<p>Penetapan itu tertuang dalam Keputusan KPU Nomor {number}.</p>",
    )
    answer = checker.check(number)
    assert article.pk in [
        *(origin.edition.pk for origin in answer.sources),
        *(edition.pk for edition in answer.found),
    ]
    assert answer.kind is not Kind.ALTERED
    other = checker.check("543/HM.03.5-Kpt/06/KPU/VIII/2021")
    assert other.kind in (Kind.NOT_FOUND, Kind.ALTERED)


def test_an_opinion_is_told_as_its_authors(publish, humas, commissioner):
    publish(
        humas,
        commissioner,
        title="Menjaga suara",
        category="opini",
        byline_name="Sari",
        body=BODY,
    )
    answer = checker.check(SECOND)
    assert answer.sources[0].is_opinion
    assert "pandangan penulisnya" in answer.for_group


@pytest.mark.parametrize("count", [1, 30])
def test_a_check_takes_so_many_queries(count, publish, humas, commissioner):
    for n in range(count):
        publish(humas, commissioner, title=f"Naskah {n}", body=BODY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert checker.check(ALTERED).kind is Kind.ALTERED
    assert len(queries) == 3
    assert Publication.objects.count() == count


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 50,
        "\ud800 kata " * 20,
        "‮" + SECOND,
        "a" * 30_000,
        "% _ \\ ' \" ( ) & | ! : * <-> " * 50,
        "🦜" * 3000,
    ],
    ids=["nul", "surrogate", "bidi", "long", "operators", "emoji"],
)
def test_any_text_has_an_answer(article, text):
    assert checker.check(text).kind in Kind
