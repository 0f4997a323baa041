"""Role × address: who gets in where."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Photo, Series

PEOPLE = ["humas", "commissioner", "pengelola", "superuser", "outsider", None]

SIGN_IN = "masuk"

# For each address, the answer to each of PEOPLE.
MATRIX = {
    "/admin/": (200, 200, 200, 200, 403, SIGN_IN),
    "/admin/news/article/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/add/": (200, 403, 403, 403, 403, SIGN_IN),
    "/admin/news/article/topik/?q=a": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/{pk}/tinjau/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/{pk}/change/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/{pk}/riwayat/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/{pk}/revisi/1/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/{pk}/tindakan/": (405, 405, 405, 405, 403, SIGN_IN),
    "/admin/news/article/{pk}/rencana/": (405, 405, 405, 405, 403, SIGN_IN),
    "/admin/news/article/{pk}/salin/": (405, 405, 405, 405, 403, SIGN_IN),
    "/admin/news/article/{pk}/history/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/article/{pk}/delete/": (403, 403, 403, 403, 403, SIGN_IN),
    "/admin/news/photo/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/photo/add/": (200, 403, 403, 403, 403, SIGN_IN),
    "/admin/news/photo/kata/": (200, 403, 403, 403, 403, SIGN_IN),
    "/admin/news/photo/pustaka/": (200, 200, 403, 403, 403, SIGN_IN),
    "/admin/news/photo/unggah/": (405, 405, 405, 405, 403, SIGN_IN),
    "/admin/news/series/add/": (200, 403, 403, 403, 403, SIGN_IN),
    "/admin/news/category/": (200, 200, 200, 403, 403, SIGN_IN),
    "/admin/news/category/add/": (403, 403, 403, 403, 403, SIGN_IN),
    "/admin/accounts/user/": (403, 403, 200, 200, 403, SIGN_IN),
    "/admin/accounts/user/add/": (403, 403, 200, 200, 403, SIGN_IN),
    "/admin/django_tasks_database/dbtaskresult/": (
        *(403, 403, 200, 200, 403),
        SIGN_IN,
    ),
    "/admin/statistik/": (200, 200, 200, 403, 403, SIGN_IN),
    "/admin/statistik/naskah.csv": (200, 200, 200, 403, 403, SIGN_IN),
    "/admin/taggit/tag/": (404, 404, 404, 404, 403, SIGN_IN),
    "/admin/auth/group/": (404, 404, 404, 404, 403, SIGN_IN),
}


def answer(client, address):
    """Return the last status that an address leads to, or that it asks to sign in."""
    response = client.get(address, follow=True)
    led_to = response.redirect_chain[-1][0] if response.redirect_chain else ""
    return SIGN_IN if led_to.startswith("/akun/masuk/") else response.status_code


@pytest.mark.parametrize("position", range(len(PEOPLE)))
def test_who_may_enter_where(position, request, browser_of, reader, humas, write):
    article = write(humas, "Draf rahasia")
    name = PEOPLE[position]
    client = browser_of(request.getfixturevalue(name)) if name else reader
    answers = {
        address: answer(client, address.format(pk=article.pk)) for address in MATRIX
    }
    assert answers == {address: row[position] for address, row in MATRIX.items()}


def test_a_picture_pasted_into_the_editor_is_stored(browser_of, humas, picture):
    upload = SimpleUploadedFile("image.png", picture("PNG"))
    response = browser_of(humas).post("/admin/news/photo/unggah/", {"upload": upload})
    assert response.json()["url"] == Photo.objects.get().file.url
    shown = browser_of(humas).get(response.json()["url"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    shown.close()


@pytest.mark.parametrize(
    ("name", "files", "status"),
    [
        ("humas", {"upload": b"<svg/>"}, 400),
        ("humas", {}, 400),
        ("pengelola", {"upload": b"x"}, 403),
        ("commissioner", {"upload": b"x"}, 403),
    ],
)
def test_an_upload_is_refused_in_a_sentence(name, files, status, request, browser_of):
    client = browser_of(request.getfixturevalue(name))
    response = client.post(
        "/admin/news/photo/unggah/",
        {key: SimpleUploadedFile("x.png", value) for key, value in files.items()},
    )
    assert response.status_code == status
    assert response.json()["error"]["message"].endswith(".")


def test_a_series_is_renamed_by_pengelola_and_keeps_its_address(
    browser_of, humas, pengelola
):
    series = Series.objects.create(name="Rabu Ngopi", slug="rabu-ngopi")
    address = f"/admin/news/series/{series.pk}/change/"
    new = {"name": "Baru", "slug": "baru"}
    assert browser_of(humas).post(address, new).status_code == 403
    browser_of(pengelola).post(address, new)
    series.refresh_from_db()
    assert (series.name, series.slug) == ("Baru", "rabu-ngopi")
