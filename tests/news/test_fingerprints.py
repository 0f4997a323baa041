from datetime import timedelta

import pytest
from django.utils import timezone

from kpuweb.tasks import UntilNothing
from news import fingerprints
from news.authenticity import prepare, query_of
from news.models import Edition, Fingerprint
from news.models.article import Release, Verb
from news.workflow import perform

BODY = (
    "<p>Rapat pleno terbuka menetapkan daftar pemilih berkelanjutan untuk dua puluh "
    "sembilan kecamatan di wilayah kabupaten ini.</p>"
)
TEXT = "menetapkan daftar pemilih berkelanjutan untuk dua puluh sembilan kecamatan"


def found(text=TEXT, most=20):
    keys = fingerprints.likely(query_of(prepare(text)), most)
    rows = Fingerprint.objects.in_bulk(keys)
    return [(rows[key].edition_id, rows[key].version) for key in keys]


def kept():
    rows = Fingerprint.objects.order_by("edition", "version")
    return list(rows.values_list("edition", "version"))


def test_each_public_version_is_found_from_the_moment_it_is_public(
    publish, change, humas, commissioner
):
    article = publish(humas, commissioner, body=BODY)
    assert found() == [(article.pk, 1)]
    change(article, humas, commissioner, body=BODY.replace("terbuka", "tertutup"))
    assert sorted(found()) == [(article.pk, 1), (article.pk, 2)]


def test_a_draft_has_none_and_a_scheduled_text_is_not_found(
    write, submit, humas, commissioner
):
    write(humas, body=BODY)
    assert kept() == []
    article = write(humas, title="Terjadwal", body=BODY)
    moment = timezone.now() + timedelta(hours=1)
    submit(article, humas, release=Release.AT_TIME, publish_at=moment)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)
    assert kept() == [(article.pk, 1)]
    assert found() == []
    assert list(Fingerprint.objects.public()) == []
    Edition.objects.update(publish_at=timezone.now())
    assert found() == [(article.pk, 1)]


def test_a_schedule_that_is_called_off_leaves_none(write, submit, humas, commissioner):
    article = write(humas, body=BODY)
    moment = timezone.now() + timedelta(hours=1)
    submit(article, humas, release=Release.AT_TIME, publish_at=moment)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)
    perform(Verb.UNSCHEDULE, article, commissioner)
    assert kept() == []


def test_a_withdrawn_text_is_found_and_an_erased_one_is_not(
    publish, humas, commissioner
):
    article = publish(humas, commissioner, body=BODY)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    assert found() == [(article.pk, 1)]
    perform(Verb.ERASE, article, commissioner, note="Memuat nomor induk.")
    assert found() == kept() == []


def test_what_few_have_says_more_than_what_many_have(publish, humas, commissioner):
    signature = "<p>Demikian siaran pers ini disampaikan untuk diketahui bersama.</p>"
    others = [
        publish(humas, commissioner, title=f"Naskah {n}", body=signature)
        for n in range(4)
    ]
    article = publish(humas, commissioner, title="Daftar", body=BODY + signature)
    text = f"{TEXT}. Demikian siaran pers ini disampaikan untuk diketahui bersama."
    assert found(text)[0] == (article.pk, 1)
    assert len(found(text)) == len(others) + 1
    assert found(text, most=1) == [(article.pk, 1)]


@pytest.mark.parametrize("lost", ["missing", "older"])
def test_what_lacks_a_fingerprint_gets_one(lost, publish, change, humas, commissioner):
    article = publish(humas, commissioner, body=BODY)
    change(article, humas, commissioner, body=BODY.replace("terbuka", "tertutup"))
    before = list(Fingerprint.objects.order_by("version").values_list("shingles"))
    if lost == "missing":
        Fingerprint.objects.all().delete()
    else:
        Fingerprint.objects.update(scheme=0, shingles=[])
    chore = UntilNothing(fingerprints.make_up)
    chore()
    assert not chore.ended
    after = Fingerprint.objects.order_by("version")
    assert list(after.values_list("shingles")) == before
    chore()
    assert chore.ended


def test_an_erased_text_gets_none_again(publish, humas, commissioner):
    article = publish(humas, commissioner, body=BODY)
    perform(Verb.ERASE, article, commissioner, note="Memuat nomor induk.")
    assert fingerprints.make_up() == 0
    assert kept() == []
