import re

import pytest

from news.models.article import Release, Verb
from news.workflow import perform


def sections(client):
    """Return the desk's sections: each heading with the titles of its cards."""
    page = client.get("/admin/").content.decode()
    parts = [
        part
        for part in re.findall(r"<section.*?</section>", page, re.DOTALL)
        # The device fills its own section; the server knows nothing of it.
        if "desk-section" in part and "data-unsent" not in part
    ]
    return {
        re.search(r"<h2[^>]*>([^<(]+)", part)[1].strip(): re.findall(
            r'class="card-title">(.*?)</span>', part
        )
        for part in parts
    }


def test_humas_see_their_articles_by_state(
    browser_of, humas, humas_two, commissioner, write, submit, publish
):
    write(humas, "Draf saya")
    write(humas_two, "Draf orang lain")
    submit(write(humas, "Menunggu"), humas)
    returned = submit(write(humas, "Kembali"), humas)
    perform(Verb.RETURN, returned, commissioner, note="Nama keliru.")
    approved = submit(write(humas, "Siap"), humas, release=Release.BY_AUTHOR)
    perform(
        Verb.APPROVE, approved, commissioner, digest=approved.latest_revision.digest
    )
    publish(humas, commissioner, "Terbit")
    client = browser_of(humas)
    assert sections(client) == {
        "Dikembalikan": ["Kembali"],
        "Draf": ["Draf saya"],
        "Diajukan": ["Menunggu"],
        "Disetujui, belum terbit": ["Siap"],
        "Terjadwal": [],
        "Terbit terbaru": ["Terbit"],
    }
    page = client.get("/admin/").content.decode()
    assert "“Nama keliru.”" in page
    assert "Tulis naskah baru" in page


def test_komisioner_see_what_waits_for_them(
    browser_of, humas, commissioner, write, submit
):
    submit(write(humas, "Menunggu"), humas)
    write(humas, "Draf")
    client = browser_of(commissioner)
    assert sections(client) == {
        "Menunggu Anda": ["Menunggu"],
        "Ditugaskan kepada Anda": [],
        "Siaran darurat belum disahkan": [],
        "Terjadwal": [],
        "Terbit terbaru": [],
    }
    assert "Tulis naskah baru" not in client.get("/admin/").content.decode()


def test_pengelola_see_no_texts(browser_of, pengelola, humas, write):
    write(humas, "Draf rahasia")
    client = browser_of(pengelola)
    assert sections(client) == {}
    page = client.get("/admin/").content.decode()
    assert "Draf rahasia" not in page
    assert "/admin/accounts/user/" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_takes_a_fixed_number_of_queries(
    count, browser_of, humas, commissioner, write, submit, django_assert_max_num_queries
):
    for n in range(count):
        write(humas, f"Draf {n}")
        submit(write(humas, f"Naskah {n}"), humas)
        returned = submit(write(humas, f"Kembali {n}"), humas)
        perform(Verb.RETURN, returned, commissioner, note="Lagi.")
    for user in (humas, commissioner):
        client = browser_of(user)
        with django_assert_max_num_queries(20):
            page = client.get("/admin/").content.decode()
        assert page.count('class="card"') <= 15
        assert len(page) < 60_000
