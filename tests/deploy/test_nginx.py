"""What the public gets through the real nginx of deploy/, and what it never gets."""

import re
import socket
import subprocess
import threading
import time

import pytest
from django.db import connection

from news.models import Edition
from news.models.article import Verb
from news.warming import Warmer
from news.workflow import perform
from tests.deploy.conftest import DEPLOY, HOST

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Rapat pleno terbuka di Ciruas"


def text_of(answer):
    status, _, body = answer
    assert status == 200
    return body.decode()


def within_a_second(holds):
    """Ask again and again; return how long it took until something held."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < 1, "tidak terlihat dalam satu detik"
        time.sleep(0.02)


def test_every_public_act_is_seen_by_everyone_within_a_second(
    front, publish, change, humas, commissioner
):
    assert TITLE not in text_of(front.ask("/berita/"))
    article = publish(
        humas, commissioner, title=TITLE, body="<p>Dihadiri 29 orang.</p>"
    )
    address = article.edition.get_absolute_url()
    within_a_second(lambda: TITLE in text_of(front.ask("/berita/")))
    assert "29 orang" in text_of(front.ask(address))
    change(article, humas, commissioner, body="<p>Dihadiri 30 orang.</p>")
    within_a_second(lambda: "30 orang" in text_of(front.ask(address)))
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    within_a_second(lambda: front.ask(address)[0] == 410)
    within_a_second(lambda: TITLE not in text_of(front.ask("/berita/")))


def test_a_page_is_kept_and_asked_for_once(front, publish, humas, commissioner):
    publish(humas, commissioner, title=TITLE)
    front.ask("/berita/")
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(front.ask("/berita/?page=1")))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _, _ in answers} == {200}
    kept = [line for line in log(front) if '"uri":"/berita/"' in line]
    asked = [line for line in kept if '"cache":"MISS"' in line]
    # One for each of the two addresses.
    assert len(asked) == 2


def log(front):
    # A line is written after the answer has gone out.
    time.sleep(0.3)
    return (front.folder / "log" / "access.log").read_text().splitlines()


def test_only_known_parameters_reach_the_site(front, publish, humas, commissioner):
    publish(humas, commissioner, title=TITLE)
    front.ask("/berita/?page=1&page=2&utm_source=x")
    # The site reads the last of two; nginx sends on the first alone.
    assert front.ask("/berita/?page=1&page=2")[0] == 200
    for query in ("?utm_source=wa", "?v=0", "?v=01", "?v=99999", "?V=x"):
        front.ask(f"/{query}")
    asked = [line for line in log(front) if '"uri":"/"' in line]
    assert sum('"cache":"MISS"' in line for line in asked) == 1


def test_who_has_a_cookie_gets_no_kept_page_and_leaves_none(
    front, publish, humas, commissioner, browser_of
):
    article = publish(humas, commissioner, title=TITLE)
    address = article.edition.get_absolute_url()
    session = browser_of(humas).cookies["sesi"].value
    for path in (address, "/berita/", "/admin/"):
        front.ask(path, Cookie=f"__Host-sesi={session}")
    assert all('"cache":""' in line or "BYPASS" in line for line in log(front))
    status, headers, body = front.ask(address)
    assert status == 200
    assert b"humas@" not in body
    assert "Set-Cookie" not in headers
    assert [line for line in log(front) if '"cache":"MISS"' in line]


def test_with_the_site_down_kept_pages_are_shown_and_others_said_to_be_away(
    front, publish, humas, commissioner
):
    article = publish(humas, commissioner, title=TITLE)
    address = article.edition.get_absolute_url()
    front.ask(address)
    front.ask("/berita/")
    front.stop()
    time.sleep(2.1)
    assert TITLE in text_of(front.ask(address))
    assert TITLE in text_of(front.ask("/berita/"))
    began = time.monotonic()
    status, headers, body = front.ask("/arsip/")
    assert (status, headers["Retry-After"]) == (503, "30")
    assert "Situs sedang tidak dapat dibuka" in body.decode()
    assert time.monotonic() - began < 2
    front.server = front.start("b")
    assert front.ask("/arsip/")[0] == 200


def test_a_new_release_takes_over_without_a_failed_read(
    front, publish, humas, commissioner
):
    publish(humas, commissioner, title=TITLE)
    statuses, ended = [], threading.Event()

    def read():
        number = 0
        while not ended.is_set():
            number += 1
            # Each an address that nothing was kept of.
            statuses.append(front.ask(f"/cari/?q=kata{number}")[0])

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    time.sleep(0.5)
    old, front.server = front.server, front.start("b")
    old.terminate()
    old.wait(20)
    time.sleep(0.5)
    ended.set()
    for reader in readers:
        reader.join()
    assert set(statuses) == {200}
    assert len(statuses) > 10


def test_no_other_name_is_answered(front):
    with pytest.raises(OSError):
        front.ask("/", host="jahat.example")
    raw = socket.create_connection(("127.0.0.1", front.plain_port), 5)
    with raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: jahat.example\r\n\r\n")
        assert raw.recv(100) == b""
    raw = socket.create_connection(("127.0.0.1", front.plain_port), 5)
    with raw:
        raw.sendall(f"GET /a?b=1 HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        answer = raw.recv(1000).decode()
    assert f"Location: https://{HOST}:{front.port}/a?b=1" in answer


def test_what_a_client_says_of_itself_is_overwritten(
    front, publish, humas, commissioner
):
    article = publish(humas, commissioner, title=TITLE)
    for n in range(3):
        status, _, _ = front.ask(
            f"/berita/{article.pk}/dibaca/",
            "POST",
            body="",
            User_Agent="Mozilla/5.0 (Android 14; Mobile) Firefox/120.0",
            X_Real_IP=f"203.0.113.{n}",
            X_Forwarded_For=f"203.0.113.{n}",
            X_Forwarded_Host="jahat.example",
            X_Forwarded_Proto="http",
            Content_Type="application/x-www-form-urlencoded",
        )
        assert status == 204
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(readings) FROM news_tally")
        assert cursor.fetchone() == (1,)
    page = front.ask("/", X_Forwarded_Host="jahat.example")[2].decode()
    assert "jahat.example" not in page
    assert f'href="https://{HOST}:{front.port}/"' in page


def test_no_address_and_no_question_is_in_a_log(front):
    front.ask("/cari/?q=rahasia-saya", User_Agent="Peramban-Saya/1.0")
    front.ask("/akun/masuk/", "POST", body="sandi=rahasia-saya")
    front.stop()
    front.ask("/arsip/")
    written = "".join(path.read_text() for path in (front.folder / "log").iterdir())
    assert '"uri":"/cari/"' in written
    assert not re.search(r"127\.0\.0\.1|rahasia|Peramban-Saya", written)


def test_files_are_served_with_their_headers(front, picture):
    folder = front.folder / "media" / "foto"
    folder.mkdir()
    name = "a" * 64
    (folder / f"{name}.jpg").write_bytes(picture())
    (folder / "lain.html").write_text("<script>alert(1)</script>")
    status, headers, _ = front.ask(f"/media/foto/{name}.jpg")
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("foto/lain.html", "penghapusan.jsonl", "foto/../foto/lain.html", ""):
        assert front.ask(f"/media/{path}")[0] == 404
    page = front.ask("/")[2].decode()
    sheet = re.search(r'href="(/static/css/site\.[0-9a-f]+\.css)"', page)[1]
    status, headers, body = front.ask(sheet, Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in headers["Cache-Control"]
    assert len(body) < 15_000


def test_what_is_too_large_is_refused_before_the_site(front):
    front.stop()
    for path, size in (("/cek-keaslian/", 2 * 2**20), ("/berita/1/dibaca/", 5000)):
        assert front.ask(path, "POST", body="x" * size)[0] == 413


def test_a_public_page_is_compressed_and_the_sign_in_is_not(front):
    _, headers, _ = front.ask("/akun/masuk/", Accept_Encoding="gzip")
    assert "Content-Encoding" not in headers
    assert "no-store" in headers["Cache-Control"]
    _, headers, _ = front.ask("/berita/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"


def test_a_value_that_is_missing_is_said():
    done = subprocess.run(  # noqa: S603 - our own script
        [str(DEPLOY / "render"), str(DEPLOY / "nginx" / "kpuweb.conf"), "HOST=a.go.id"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "CERTIFICATE" in done.stderr


def test_the_newest_pages_are_held_before_anybody_asks(
    front, publish, humas, commissioner
):
    article = publish(humas, commissioner, title=TITLE)
    Warmer()()
    front.stop()
    assert TITLE in text_of(front.ask(article.edition.get_absolute_url()))
    assert Edition.objects.count() == 1
