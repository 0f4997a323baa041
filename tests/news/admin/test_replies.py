"""The form of a reply, and the review of one."""

import re

import pytest

from news.models import Article, Category, Edition
from news.models.article import Verb
from news.workflow import perform

ADD = "/admin/news/article/add/"


def change(article):
    return f"/admin/news/article/{article.pk}/change/"


@pytest.fixture
def public(publish, humas, commissioner):
    return publish(humas, commissioner, "Rapat dengan <Forum>")


@pytest.fixture
def typed(db):
    """Return a function that gives a reply's form as a browser would send it."""

    def form(reply_to="", base=0, **fields):
        return {
            "base_revision": base,
            "title": "Tanggapan",
            "body": "<p>Isi tanggapan.</p>",
            "category": Category.objects.get(slug="siaran-pers").pk,
            "byline_name": "Ratna Dewi",
            "reply_to": reply_to,
            "_save": "Simpan dan tinjau",
            **fields,
        }

    return form


def box(page):
    """Return what the box of the address holds."""
    return re.search(r'name="reply_to" value="([^"]*)"', page)[1]


@pytest.mark.parametrize("by_number", [True, False])
def test_the_address_or_the_number_of_the_article_is_enough(
    by_number, browser_of, humas, typed, public, settings
):
    client = browser_of(humas)
    address = settings.SITE_ORIGIN + public.edition.get_absolute_url()
    client.post(ADD, typed(str(public.pk) if by_number else f"{address}?v=1"))
    article = Article.objects.get(title="Tanggapan")
    assert article.reply_to_id == public.pk
    assert f'"reply_to":{public.pk},' in article.latest_revision.document
    page = client.get(change(article)).content.decode()
    assert box(page) == address
    found = f'<a href="{public.edition.get_absolute_url()}">Rapat dengan &lt;Forum&gt;'
    assert found in page
    client.post(change(article), typed(address, base=1))
    assert article.revisions.count() == 1
    client.post(change(article), typed("", base=1))
    article.refresh_from_db()
    assert (article.reply_to, article.revisions.count()) == (None, 2)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("Rapat dengan Forum", "bukan alamat naskah di situs ini"),
        ("https://lain.go.id/berita/1/x/", "bukan alamat naskah di situs ini"),
        ("9" * 30, "bukan alamat naskah di situs ini"),
        ("x" * 501, "500"),
        ("a\x00b", "null|Karakter"),
        ("{draft}", "tidak sedang tampil di situs"),
        ("999999", "tidak sedang tampil di situs"),
    ],
)
def test_another_address_gets_a_sentence_and_keeps_what_was_typed(
    address, said, browser_of, humas, write, typed
):
    address = address.format(draft=write(humas, "Rahasia").pk)
    response = browser_of(humas).post(ADD, typed(address, lead="Teras yang diketik"))
    page = response.content.decode()
    assert response.status_code == 200
    assert re.search(said, page)
    assert "Teras yang diketik" in page
    assert "Rahasia" not in page
    if "\x00" not in address:
        assert box(page) == address
    # The section with the mistake stands open.
    section = page[: page.index('name="reply_to"')].rpartition("<fieldset")[2]
    assert "<details" not in section
    assert Article.objects.count() == 1


def test_an_error_elsewhere_shows_what_the_address_leads_to(
    browser_of, humas, typed, public
):
    form = typed(str(public.pk), title="")
    page = browser_of(humas).post(ADD, form).content.decode()
    assert box(page) == str(public.pk)
    assert "Rapat dengan &lt;Forum&gt;</a>" in page


def test_a_reply_does_not_answer_itself(browser_of, humas, write, typed, publish):
    article = write(humas)
    page = browser_of(humas).post(change(article), typed(str(article.pk), base=1))
    assert "tidak dapat menanggapi dirinya sendiri" in page.content.decode()


def test_a_draft_is_saved_though_its_article_was_withdrawn_meanwhile(
    browser_of, humas, write, typed, public, commissioner
):
    article = write(humas, reply_to=public.edition, byline_name="Ratna Dewi")
    perform(Verb.WITHDRAW, public, commissioner, note="Keliru.")
    client = browser_of(humas)
    form = typed(box(client.get(change(article)).content.decode()), base=1)
    response = client.post(change(article), form, follow=True)
    article.refresh_from_db()
    assert (article.title, article.reply_to_id) == ("Tanggapan", public.pk)
    page = response.content.decode()
    assert "Harus diperbaiki:</strong> Naskah yang ditanggapi tidak sedang" in page
    assert f"Hak jawab atas:</strong> naskah nomor {public.pk}, yang tidak" in page


def test_the_section_is_folded_but_in_a_reply(browser_of, humas, write, public):
    client = browser_of(humas)
    answer = write(humas, reply_to=public.edition)
    for address, folded in (
        (ADD, True),
        (f"{ADD}?reply_to={public.pk}", False),
        (f"{ADD}?reply_to=%3Cscript%3E", False),
        (change(write(humas)), True),
        (change(answer), False),
    ):
        page = client.get(address).content.decode()
        before = page[: page.index('name="reply_to"')]
        assert ("<details" in before.rpartition("<fieldset")[2]) is folded
        assert "<script>" not in page


def test_a_public_article_offers_to_write_a_reply_to_it(
    browser_of, humas, commissioner, public
):
    client = browser_of(humas)
    address = f"{ADD}?reply_to={public.pk}"
    assert address in client.get(public.desk_url).content.decode()
    page = client.get(address).content.decode()
    assert box(page) == str(public.pk)
    assert "Rapat dengan &lt;Forum&gt;</a>" in page
    page = browser_of(commissioner).get(public.desk_url).content.decode()
    assert address not in page


def test_the_commissioner_sees_what_is_replied_to(
    browser_of, humas, commissioner, write, submit, public, publish, reply
):
    waiting = submit(
        write(
            humas,
            "Tanggapan",
            byline_name="Ratna Dewi",
            byline_office="Ketua Forum",
            reply_to=public.edition,
        ),
        humas,
    )
    page = browser_of(commissioner).get(waiting.desk_url).content.decode()
    link = f'<a href="{public.edition.get_absolute_url()}">Rapat dengan &lt;Forum&gt;'
    assert f"Hak jawab atas:</strong> {link}" in page
    assert "Hak jawab · pernyataan dari Ratna Dewi, Ketua Forum</strong>" in page
    other = publish(humas, commissioner, "Lain")
    answer = reply(public)
    perform(Verb.REVISE, answer, humas)
    answer.refresh_from_db()
    client = browser_of(humas)
    change_of = {"change_class": "ralat", "change_note": "Keliru alamat."}
    fields = {"byline_office": "Ketua Forum Warga", "body": answer.body}
    form = typed_change(answer, reply_to=str(other.pk), **change_of, **fields)
    client.post(change(answer), form)
    perform(Verb.SUBMIT, answer, humas)
    page = browser_of(commissioner).get(answer.desk_url).content.decode()
    sentence = f"Naskah yang ditanggapi nomor {public.pk} menjadi nomor {other.pk}."
    assert f"{sentence} <strong" in page
    assert "Penting: hak jawab." in page
    assert "Hak jawab atas:</strong> " in page
    assert Edition.objects.get(pk=answer.pk).reply_to_id == public.pk


def typed_change(article, **fields):
    return {
        "base_revision": article.latest_revision.number,
        "title": article.title,
        "category": article.category_id,
        "byline_name": article.byline_name,
        "_save": "Simpan dan tinjau",
        **fields,
    }
