"""One settings file: everything that differs between sites comes from the environment.

Four variables are required and have no fallback; README.md lists them all.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env
from whitenoise.compress import Compressor

from kpuweb import editor, mailing

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def required(name, what):
    """Return a required variable, or refuse to start with a sentence on what to set."""
    value = env.str(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} belum diisi. {what}")
    return value


def origin(value):
    """Return scheme and host of the site; plain http is for this machine alone."""
    parts = urlsplit(value)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme not in ({"https", "http"} if local else {"https"}) or (
        not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment
    ):
        raise ImproperlyConfigured(
            f"SITE_ORIGIN berisi {value!r}. Isi dengan alamat situs tanpa garis miring "
            "di belakang dan diawali https, misalnya https://kab-serang.kpu.go.id"
        )
    return f"{parts.scheme}://{parts.netloc}"


DEBUG = env.bool("DEBUG", False)

required(
    "DATABASE_URL",
    "Isi dengan alamat PostgreSQL, misalnya postgres://kpuweb:sandi@/kpuweb",
)
SECRET_KEY = required(
    "SECRET_KEY",
    "Isi dengan teks acak paling sedikit 50 huruf; buat dengan "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = [
    host.strip()
    for host in required(
        "ALLOWED_HOSTS",
        "Isi dengan nama situs, dipisah koma, misalnya kab-serang.kpu.go.id",
    ).split(",")
]
SITE_ORIGIN = origin(
    required(
        "SITE_ORIGIN",
        "Isi dengan alamat situs, misalnya https://kab-serang.kpu.go.id",
    )
)
HTTPS = SITE_ORIGIN.startswith("https://")

# Who may say for whom a request is: nginx on this machine, unless told otherwise.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", ["127.0.0.0/8", "::1/128"])

# Where nginx looks for the generation of the pages that it keeps; see kpuweb/edge.py.
EDGE_DIR = env.str("EDGE_DIR", "")

APPROVAL_QUORUM = env.int("APPROVAL_QUORUM", 1)
if APPROVAL_QUORUM < 1:
    raise ImproperlyConfigured(
        f"APPROVAL_QUORUM berisi {APPROVAL_QUORUM}. Isi dengan 1 atau lebih: berapa "
        "komisioner harus menyetujui sebuah naskah."
    )

# The office that runs this site; any of the KPU offices can.
OFFICE = {
    "name": env.str("OFFICE_NAME", "KPU Kabupaten Serang"),
    "full_name": env.str("OFFICE_FULL_NAME", "Komisi Pemilihan Umum Kabupaten Serang"),
    "address": env.str("OFFICE_ADDRESS", ""),
    "email": env.str("OFFICE_EMAIL", ""),
    "phone": env.str("OFFICE_PHONE", ""),
    "ppid_url": env.str("OFFICE_PPID_URL", "https://ppid.kpu.go.id/"),
    "jdih_url": env.str("OFFICE_JDIH_URL", "https://jdih.kpu.go.id/"),
}

# What the numbered lists of the former site, `/blog/category/<number>`, have become:
# a category's address, or nothing for the list of all.
FORMER_CATEGORIES = env.dict(
    "FORMER_CATEGORIES", {"104": "", "135": "opini", "14": "", "96": "kpu-dalam-berita"}
)

# The page /gaya/ with every part of the public pages; the demo alone has it.
STYLE_GUIDE = env.bool("STYLE_GUIDE", False)

INSTALLED_APPS = [
    "kpuweb.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "kpuweb.apps.NewsroomStaticFilesConfig",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_ckeditor_5",
    "django_tasks_db",
    "taggit",
    # Last, so that their admin modules find what the others registered.
    "accounts",
    "news",
]

MIDDLEWARE = [
    "kpuweb.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "kpuweb.middleware.CachingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kpuweb.middleware.ResponseHeadersMiddleware",
    "kpuweb.middleware.NullByteMiddleware",
    "kpuweb.middleware.DatabaseAwayMiddleware",
]

ROOT_URLCONF = "kpuweb.urls"
WSGI_APPLICATION = "kpuweb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kpuweb.context.site",
            ],
        },
    },
]

# Fail within two seconds when the database is away, and recover without a restart.
DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_HEALTH_CHECKS=True,
    OPTIONS={
        **DATABASES["default"].get("OPTIONS", {}),
        "connect_timeout": 2,
        # Only counting prepares its statement; without a number nothing ever is.
        "prepare_threshold": 5,
        "pool": {"min_size": 2, "max_size": 8, "timeout": 1.5},
    },
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the same database as the newsroom: a task is there if, and only if, the act is.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "pictures"],
    }
}

# A copy for each width; a page lets the phone's own density choose among them.
PICTURES = {"PIXEL_DENSITIES": [1], "USE_PLACEHOLDERS": False}

MAILERS = mailing.mailers(env.str("EMAIL_URL", "").strip())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mailing.sender(
    env.str("MAIL_FROM", "").strip(), urlsplit(SITE_ORIGIN).hostname, OFFICE["name"]
)

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation."
        "UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account:login"

LANGUAGE_CODE = "id"
TIME_ZONE = env.str("TIME_ZONE", "Asia/Jakarta")
USE_I18N = True
USE_TZ = True
# Django's own Indonesian formats print "31 Jan. 2022" and read month/day/year.
FORMAT_MODULE_PATH = ["kpuweb.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(BASE_DIR / ".staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Where backups are, and whose keys seal and open them: files of the program age.
BACKUP_DIR = env.str("BACKUP_DIR", "").strip()
BACKUP_RECIPIENTS = env.str("BACKUP_RECIPIENTS", "").strip()
BACKUP_IDENTITY = env.str("BACKUP_IDENTITY", "").strip()
# The folder of pg_dump and pg_restore, where they are not on PATH.
POSTGRES_BIN = env.str("POSTGRES_BIN", "").strip()

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are for developers, and by far the largest files.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    *Compressor.SKIP_COMPRESS_EXTENSIONS,
    "map",
)
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

# Plain http is accepted for a loopback origin only (see `origin`), so everything that
# needs TLS hangs on the one fact.
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "kpuweb.errors.csrf_failure"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "frame-src": ["https://www.youtube-nocookie.com"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# Only staff get messages, and they have a session; the default makes a signer for
# every request of everybody.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "news.topics.parse"
TAGGIT_STRING_FROM_TAGS = "news.topics.join"
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

CKEDITOR_5_CONFIGS = editor.CONFIGS
CK_EDITOR_5_UPLOAD_FILE_VIEW_NAME = "admin:news_photo_upload"
CKEDITOR_5_UPLOAD_FILE_TYPES = ["jpeg", "png", "gif", "webp"]

# Lines of JSON for machines; the demo's terminal has sentences for people.
LOG_FORMAT = env.str("LOG_FORMAT", "json")
if LOG_FORMAT not in {"json", "plain"}:
    raise ImproperlyConfigured(
        f"LOG_FORMAT berisi {LOG_FORMAT!r}. Isi json atau plain."
    )
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "kpuweb.logs.JSONFormatter"},
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "kpuweb.access": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        # What is refused has its line there already.
        "django.request": {"level": "ERROR"},
        # A line for each task that went well; kpuweb.tasks tells of the others.
        "django.tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},
    },
}
