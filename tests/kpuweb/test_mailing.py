import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import mailers

from kpuweb import mailing

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def options(**more):
    return {
        "host": "surat.contoh.go.id",
        "port": 25,
        "username": None,
        "password": None,
        "use_tls": False,
        "use_ssl": False,
        "timeout": 10,
        **more,
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://surat.contoh.go.id", options()),
        ("submission://surat.contoh.go.id", options(port=587, use_tls=True)),
        (
            "submission://a%40b:s%2Fandi@surat.contoh.go.id:465/?ssl=true&timeout=3",
            options(
                port=465, username="a@b", password="s/andi", use_ssl=True, timeout=3
            ),
        ),
    ],
)
def test_a_mail_server_is_read_from_its_address(url, expected):
    assert mailing.mailers(url) == {
        "default": {"BACKEND": SMTP, "OPTIONS": expected},
    }


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("smtp+tls://a:rahasia@surat.contoh.go.id", "Pakai submission://"),
        ("smtps://a:rahasia@surat.contoh.go.id", "Pakai submission://"),
        ("smtp://a:rahasia@surat.contoh.go.id", "tanpa enkripsi"),
        ("dummy://", "tidak dikenal"),
        ("memory://", "tidak dikenal"),
        ("surat.contoh.go.id", "tidak dikenal"),
        ("submission://", "nama server"),
        ("submission://a:rahasia@surat.contoh.go.id:lima", "tidak dapat dibaca"),
        ("submission://a:rahasia@[surat", "tidak dapat dibaca"),
    ],
)
def test_an_address_that_would_lose_mail_or_a_password_is_refused(url, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence) as refused:
        mailing.mailers(url)
    assert "rahasia" not in str(refused.value)


def test_mail_can_be_written_to_a_folder(settings, tmp_path):
    folder = tmp_path / "surat #1"
    settings.MAILERS = mailing.mailers(folder.as_uri())
    assert mailers.default.file_path == str(folder)


@pytest.mark.parametrize(
    ("url", "warned"), [("", True), ("smtp://surat.contoh.go.id", False)]
)
def test_a_site_that_sends_no_mail_is_warned_of(settings, url, warned):
    settings.MAILERS = mailing.mailers(url)
    found = [each for each in run_checks(tags=["mail"]) if each.id == "kpuweb.W001"]
    assert bool(found) is warned


@pytest.mark.parametrize(
    ("value", "host", "expected"),
    [
        ("", "kab-serang.kpu.go.id", "meja-redaksi@kab-serang.kpu.go.id"),
        ("", "127.0.0.1", "meja-redaksi@localhost"),
        ("humas@kpu.go.id", "127.0.0.1", "humas@kpu.go.id"),
    ],
)
def test_the_sender_is_an_address_under_the_office_s_name(value, host, expected):
    assert mailing.sender(value, host, 'KPU "Kota", Ü') == (
        f'"Meja redaksi KPU \\"Kota\\", Ü" <{expected}>'
    )


def test_a_sender_may_bring_its_name():
    given = "Humas <humas@kpu.go.id>"
    assert mailing.sender(given, "127.0.0.1", "KPU") == given


@pytest.mark.parametrize("value", ["humas", "a@b\nBcc: c@d.id", "a@b, c@d", "<>"])
def test_a_sender_that_is_no_address_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM berisi"):
        mailing.sender(value, "127.0.0.1", "KPU")
