"""Where mail goes: read from EMAIL_URL once, and refused when it would be lost.

Mail is sent by the worker alone (`kpuweb.tasks`), so a slow server delays no request.
"""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

import dj_email_url
from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend

TIMEOUT = 10  # seconds that a mail server may take for each answer
NOWHERE = "kpuweb.mailing.NowhereBackend"
# Left out: smtp+tls, which dj_email_url reads as no TLS at all; smtps, which it reads
# as STARTTLS; and those that drop mail.
SCHEMES = {"smtp", "submission", "console", "file"}
LOCAL = {"127.0.0.1", "localhost", "::1"}
_ONE_ADDRESS = re.compile(r"[^\s,;<>@]+@[^\s,;<>@]+")
EXAMPLE = "submission://nama:sandi@surat.contoh.go.id"


class NowhereBackend(BaseEmailBackend):
    """Refuse to send while EMAIL_URL is empty, so that mail waits and is not lost."""

    def send_messages(self, email_messages):
        raise ImproperlyConfigured(
            f"EMAIL_URL belum diisi, jadi surat tidak dapat dikirim. Isi misalnya "
            f"{EXAMPLE}"
        )


def mailers(url: str) -> dict:
    """Return MAILERS for an EMAIL_URL, whose password no sentence repeats.

    Accepted are smtp, submission (with STARTTLS, or TLS by ?ssl=true), console, and
    file:///folder. Raises ImproperlyConfigured for all that could lose mail unseen.
    """
    if not url:
        return {"default": {"BACKEND": NOWHERE}}
    try:
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES:
            raise ImproperlyConfigured(
                f"EMAIL_URL diawali {parts.scheme}://, yang tidak dikenal atau tidak "
                f"mengenkripsi. Pakai submission://, misalnya {EXAMPLE} "
                "(port 587, STARTTLS), atau tambahkan :465/?ssl=true"
            )
        parsed = dj_email_url.parse(url)
    except ValueError:
        raise ImproperlyConfigured(
            f"EMAIL_URL tidak dapat dibaca. Isi misalnya {EXAMPLE}"
        ) from None
    options = {}
    if parts.scheme == "file":
        options = {"file_path": unquote(parts.path)}
    elif parts.scheme in {"smtp", "submission"}:
        options = _smtp_options(parsed)
    return {"default": {"BACKEND": parsed["EMAIL_BACKEND"], "OPTIONS": options}}


def _smtp_options(parsed):
    host = parsed["EMAIL_HOST"]
    encrypted = parsed["EMAIL_USE_TLS"] or parsed["EMAIL_USE_SSL"]
    if not host:
        raise ImproperlyConfigured(
            f"EMAIL_URL tidak menyebut nama server. Isi misalnya {EXAMPLE}"
        )
    if parsed["EMAIL_HOST_PASSWORD"] and not encrypted and host not in LOCAL:
        raise ImproperlyConfigured(
            "EMAIL_URL akan mengirim kata sandi tanpa enkripsi. Pakai submission:// "
            "sebagai ganti smtp://"
        )
    return {
        "host": host,
        "port": parsed["EMAIL_PORT"],
        "username": parsed["EMAIL_HOST_USER"],
        "password": parsed["EMAIL_HOST_PASSWORD"],
        "use_tls": parsed["EMAIL_USE_TLS"],
        "use_ssl": parsed["EMAIL_USE_SSL"],
        "timeout": parsed["EMAIL_TIMEOUT"] or TIMEOUT,
    }


def sender(value: str, host: str, office: str) -> str:
    """Return the From of all mail: MAIL_FROM, or an address at the site's own host."""
    domain = "localhost" if host in LOCAL else host
    given = value or f"meja-redaksi@{domain}"
    name, address = parseaddr(given)
    try:
        # Older Pythons let a second line or a second address through.
        if not _ONE_ADDRESS.fullmatch(address) or any(c in value for c in "\r\n,"):
            raise ValueError
        return str(Address(name or f"Meja redaksi {office}", addr_spec=address))
    except (ValueError, IndexError, MessageError):
        raise ImproperlyConfigured(
            f"MAIL_FROM berisi {value!r}. Isi dengan alamat surel, misalnya "
            "meja-redaksi@kab-serang.kpu.go.id"
        ) from None


@register(Tags.mail)
def check_that_mail_is_sent(app_configs, **kwargs):
    if settings.MAILERS["default"]["BACKEND"] != NOWHERE:
        return []
    return [
        Warning(
            "EMAIL_URL belum diisi: tidak ada surat yang terkirim. Tiap surat "
            "dicoba enam kali selama hampir sembilan jam, lalu tampak sebagai gagal.",
            hint=f"Isi misalnya EMAIL_URL={EXAMPLE}",
            id="kpuweb.W001",
        )
    ]
