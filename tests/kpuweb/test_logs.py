"""Lines of JSON, each with its request's id, and nothing of who asked for what."""

import io
import json
import logging

import pytest
from django.test import Client, override_settings

from kpuweb import logs

CANARY = "rahasia"
broken = override_settings(ROOT_URLCONF="tests.kpuweb.broken_urls")


@pytest.fixture
def log():
    """Return a function that gives what was logged since, a dictionary a line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JSONFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def test_each_request_has_a_line(publish, humas, commissioner, visitor, log):
    article = publish(humas, commissioner)
    answer = visitor.get(article.edition.get_absolute_url() + "?utm=x")
    (line,) = log()
    assert line["ms"] > 0
    assert {name: line[name] for name in line if name not in {"at", "ms"}} == {
        "level": "INFO",
        "logger": "kpuweb.access",
        "message": "Dijawab.",
        "request": answer["X-Request-ID"],
        "method": "GET",
        "route": "news:article",
        "status": 200,
    }


@pytest.mark.parametrize(
    ("remote", "told", "taken"),
    [
        ("127.0.0.1", "3f" * 16, True),
        ("", "123e4567-e89b-12d3-a456-426614174000", True),
        ("198.51.100.4", "3f" * 16, False),
        ("127.0.0.1", "budi@contoh.invalid", False),
        ("127.0.0.1", '3f" "x": "', False),
        ("127.0.0.1", "3f" * 64, False),
        ("127.0.0.1", "", False),
    ],
)
def test_only_a_trusted_proxy_gives_an_id(db, visitor, log, remote, told, taken):
    answer = visitor.get(
        "/healthz/", REMOTE_ADDR=remote, headers={"X-Request-ID": told}
    )
    assert (answer["X-Request-ID"] == told) == taken
    assert [line["request"] for line in log()] == [answer["X-Request-ID"]]
    assert len(answer["X-Request-ID"]) in {32, 36}


def test_each_request_has_an_id_of_its_own(db, visitor):
    ids = {visitor.get("/healthz/")["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5


def test_nothing_says_who_asked_or_what_was_typed(
    publish, humas, commissioner, browser_of, visitor, log
):
    article = publish(humas, commissioner, title="Pleno rahasia")
    staff = browser_of(humas)
    visitor.get(f"/berita/{article.pk}/{CANARY}/")
    visitor.get(f"/{CANARY}/tidak-ada/")
    visitor.get("/cari/", {"q": CANARY})
    visitor.get(f"/topik/{CANARY}/")
    visitor.post("/cek-keaslian/", {"teks": f"Teks {CANARY} yang ditempel orang."})
    visitor.post("/akun/masuk/", {"username": CANARY, "password": CANARY})
    visitor.post(f"/berita/{article.pk}/dibaca/", {"dari": CANARY})
    visitor.get("/", headers={"host": f"{CANARY}.example"})
    visitor.get(f"/%00{CANARY}/")
    visitor.generic(CANARY.upper(), "/")
    Client(enforce_csrf_checks=True).post("/akun/masuk/", {"username": CANARY})
    staff.get(f"/admin/news/article/?q={CANARY}")
    staff.post("/admin/news/article/add/", {"title": CANARY})
    staff.get(
        "/",
        REMOTE_ADDR="127.0.0.1",
        headers={"X-Real-IP": "203.0.113.7", "User-Agent": CANARY, "Referer": CANARY},
    )
    written = json.dumps(log())
    assert len(log()) >= 14
    for personal in (CANARY, CANARY.upper(), "203.0.113.7", "127.0.0.1", "humas"):
        assert personal not in written


@broken
def test_an_error_is_told_by_its_place_and_not_by_its_words(db, visitor, log):
    answer = visitor.get(f"/rusak/?{CANARY}")
    error, access = log()
    assert (error["level"], error["message"]) == ("ERROR", "500 Internal Server Error")
    assert error["request"] == access["request"] == answer["X-Request-ID"]
    (told,) = error["errors"]
    assert told["kind"] == "builtins.RuntimeError"
    assert told["frames"][-1].startswith("tests/kpuweb/broken_urls.py:")
    assert told["frames"][0].startswith("django/core/handlers/")
    assert CANARY not in json.dumps(log())


@broken
def test_a_database_error_is_told_without_the_row(db, visitor, log):
    visitor.get("/dua-kali/")
    wrapped, cause = log()[0]["errors"]
    assert wrapped["kind"] == "django.db.utils.IntegrityError"
    assert cause["sqlstate"] == "23505"
    assert cause["constraint"].startswith("news_category_slug")
    assert CANARY not in json.dumps(log())


@broken
def test_a_slow_query_is_told_without_its_values(db, visitor, log):
    answer = visitor.get("/pelan/")
    slow, access = log()
    assert (slow["message"], slow["request"]) == ("Kueri lambat.", access["request"])
    assert slow["sql"] == "SELECT pg_sleep(0.21), %s"
    assert 200 < slow["ms"] <= access["ms"] + 1
    assert access["request"] == answer["X-Request-ID"]


def test_a_system_error_says_which(log):
    try:
        open("/tidak/ada")  # noqa: SIM115 - it is not there
    except OSError:
        logging.getLogger("news.contoh").exception("Berkas %s gagal.", 7)
    (line,) = log()
    assert line["message"] == "Berkas 7 gagal."
    (told,) = line["errors"]
    assert (told["errno"], told["says"]) == (2, "No such file or directory")
