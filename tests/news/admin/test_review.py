import re

import pytest

from news import drafting
from news.models import Article, Edition, Transition
from news.models.article import State, Verb
from news.workflow import RULES, perform


def act(client, article, verb, **asks):
    return client.post(
        f"/admin/news/article/{article.pk}/tindakan/",
        {"verb": verb, "digest": article.latest_revision.digest, **asks},
    )


def refused_at_the_door(client, response):
    """Tell whether someone signed in was sent to the door, and there away."""
    return (
        response.status_code == 302
        and response["Location"].startswith("/admin/login/")
        and client.get(response["Location"]).status_code == 403
    )


def enabled(page):
    """Return the verbs whose forms can be sent."""
    forms = re.findall(r'<form[^>]*class="verb.*?</form>', page, re.DOTALL)
    return {
        re.search(r'name="verb" value="(\w+)"', form)[1]
        for form in forms
        if 'type="submit"' in form
    }


def test_the_page_shows_what_the_public_will_see(
    browser_of, humas, commissioner, write, submit
):
    article = submit(
        write(humas, "Judul & isi", lead="Teras.", body="<p>Isi <em>miring</em>.</p>"),
        humas,
    )
    page = browser_of(commissioner).get(article.desk_url).content.decode()
    assert page.count("<h1") == 1
    assert "Judul &amp; isi</h1>" in page
    assert "<p>Isi <em>miring</em>.</p>" in page
    assert "Setujui dan terbitkan" in page
    assert "data-reading-url" not in page


def test_the_story_by_buttons(browser_of, humas, commissioner, write):
    article = write(humas)
    writer, approver = browser_of(humas), browser_of(commissioner)
    assert enabled(writer.get(article.desk_url).content.decode()) == {
        *("ajukan", "darurat", "buang"),
    }
    assert act(writer, article, "ajukan", release="disetujui").status_code == 302
    assert enabled(approver.get(article.desk_url).content.decode()) == {
        "setujui",
        "kembalikan",
    }
    act(approver, article, "kembalikan", note="Tanggalnya keliru.")
    page = writer.get(article.desk_url).content.decode()
    assert "Tanggalnya keliru." in page
    act(writer, article, "ajukan")
    response = approver.post(
        f"/admin/news/article/{article.pk}/tindakan/",
        {"verb": "setujui", "digest": article.latest_revision.digest},
        follow=True,
    )
    assert "Naskah kini tayang" in response.content.decode()
    assert Edition.objects.visible().count() == 1
    act(approver, article, "tarik", note="Data belum final.")
    assert Edition.objects.visible().count() == 0


def test_a_disabled_button_says_why(browser_of, humas, write):
    article = write(humas)
    page = browser_of(humas).get(article.desk_url).content.decode()
    button = re.search(
        r'<button[^>]*disabled aria-describedby="sebab-terbitkan">Terbitkan sekarang',
        page,
    )
    reason = re.search(r'id="sebab-terbitkan">(.*?)</p>', page)[1]
    assert button
    assert reason == "Untuk naskah berstatus Disetujui; naskah ini Draf."


@pytest.mark.parametrize("verb", [verb for verb in RULES if verb != Verb.IMPORT])
@pytest.mark.parametrize("name", ["humas", "commissioner", "pengelola", "outsider"])
def test_by_address_no_more_is_possible_than_by_button(
    verb, name, request, browser_of, humas, humas_two, write, submit
):
    article = submit(write(humas_two), humas_two)
    who = request.getfixturevalue(name)
    client = browser_of(who)
    response = act(client, article, verb, note="Catatan.")
    allowed = {
        ("humas", Verb.RECALL),
        ("humas", Verb.RELEASE),
        ("commissioner", Verb.RETURN),
        ("commissioner", Verb.APPROVE),
    }
    newsroom = name in {"humas", "commissioner"}
    expected = 302 if (name, verb) in allowed else 409 if newsroom else 403
    if name == "outsider":
        assert refused_at_the_door(client, response)
    else:
        assert response.status_code == expected
    article.refresh_from_db()
    assert (article.state == State.SUBMITTED) == ((name, verb) not in allowed)


def test_nobody_is_sent_to_sign_in_and_back(reader, humas, write):
    article = write(humas)
    response = reader.get(article.desk_url, follow=True)
    assert response.redirect_chain[-1][0].startswith("/akun/masuk/?next=")
    assert article.title not in response.content.decode()
    response = act(reader, article, "ajukan")
    assert response.status_code == 302
    assert not Transition.objects.exists()


def test_a_get_changes_nothing(browser_of, commissioner, humas, write, submit):
    article = submit(write(humas), humas)
    response = browser_of(commissioner).get(
        f"/admin/news/article/{article.pk}/tindakan/?verb=setujui"
    )
    assert response.status_code == 405
    assert Article.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize(
    "asks",
    [
        {"verb": "kembalikan", "note": "a\x00b"},
        {"verb": "kembalikan", "note": "x" * 2001},
        {"verb": "setujui", "digest": "x" * 65},
        {"verb": "setujui", "release": "kapan saja"},
        {"verb": "setujui", "publish_at": "0001-01-01T00:00"},
        {"verb": "setujui", "seen_round": "x"},
    ],
)
def test_bad_input_gets_a_sentence(
    asks, browser_of, commissioner, humas, write, submit
):
    article = submit(write(humas), humas)
    response = act(browser_of(commissioner), article, **asks)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert Article.objects.get().state == State.SUBMITTED


def test_an_old_page_approves_no_other_round(
    browser_of, humas, commissioner, write, submit
):
    """The text is the same, but it was asked for again, to be published otherwise."""
    article = submit(write(humas), humas)
    perform(Verb.RECALL, article, humas)
    submit(article, humas)
    client = browser_of(commissioner)
    assert act(client, article, "setujui", seen_round=1).status_code == 409
    assert act(client, article, "setujui", seen_round=2).status_code == 302


def test_a_release_is_countersigned_while_its_change_is_written(
    browser_of, humas, commissioner, write
):
    article = perform(
        Verb.RELEASE, write(humas, "Naskah tayang"), humas, note="Mendesak."
    )
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.title = "Naskah yang sedang ditulis"
    article.save()
    drafting.record(article, humas)
    client = browser_of(commissioner)
    page = client.get(article.desk_url).content.decode()
    assert "Naskah tayang</h1>" in page
    form = re.search(r"<form[^>]*verb-sahkan.*?</form>", page, re.DOTALL)[0]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields.pop("csrfmiddlewaretoken", None)
    response = client.post(f"/admin/news/article/{article.pk}/tindakan/", fields)
    assert response.status_code == 302
    assert not Edition.objects.get().is_release


def test_importing_is_no_button(browser_of, humas, write):
    article = write(humas)
    for verb in ("impor", "", "hapus semua", "tayang"):
        assert act(browser_of(humas), article, verb).status_code == 400
    assert Article.objects.get().state == State.DRAFT


def test_a_note_that_was_refused_is_not_lost(
    browser_of, humas, commissioner, write, submit
):
    article = submit(write(humas), humas)
    perform(Verb.RECALL, article, humas)
    response = act(
        browser_of(commissioner), article, "kembalikan", note="Catatan panjang"
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Catatan panjang" in page
    assert "naskah ini Draf" in page


def test_the_same_approval_twice_is_one(browser_of, humas, commissioner, write, submit):
    article = submit(write(humas), humas)
    client = browser_of(commissioner)
    assert act(client, article, "setujui").status_code == 302
    assert act(client, article, "setujui").status_code == 409
    assert Transition.objects.filter(verb=Verb.APPROVE).count() == 1


def test_after_one_comes_the_next(browser_of, humas, commissioner, write, submit):
    articles = [submit(write(humas, f"Naskah {n}"), humas) for n in range(3)]
    page = browser_of(commissioner).get(articles[0].desk_url).content.decode()
    assert "Berikutnya (2)" in page
    assert f'href="{articles[1].desk_url}"' in page
    assert (
        "Berikutnya" not in browser_of(humas).get(articles[0].desk_url).content.decode()
    )


def test_what_the_importer_doubted_is_shown(browser_of, humas, archived):
    from_archive = archived("Lama", "2022-01-28T05:00Z", doubts=("Tahun disimpulkan.",))
    page = browser_of(humas).get(from_archive.desk_url).content.decode()
    assert "Tahun disimpulkan." in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_review_page_takes_a_fixed_number_of_queries(
    count, browser_of, humas, commissioner, write, submit, django_assert_max_num_queries
):
    article = write(humas)
    for _ in range(count):
        submit(article, humas)
        perform(Verb.RETURN, article, commissioner, note="Lagi.")
        submit(write(humas), humas)
    submit(article, humas)
    client = browser_of(commissioner)
    with django_assert_max_num_queries(40):
        client.get(article.desk_url)


def test_an_article_that_does_not_exist(browser_of, humas):
    assert browser_of(humas).get("/admin/news/article/99/tinjau/").status_code == 404
