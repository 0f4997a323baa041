import io
import os
import shutil

import pikepdf
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from PIL import Image

from accounts.models import User
from accounts.roles import HUMAS, KOMISIONER, PENGELOLA
from news import drafting
from news.importing import archive
from news.models import Article, Category
from news.models.article import Verb
from news.workflow import perform


def needs(program):
    """Skip a test whose program is missing, or fail where everything must run."""
    if shutil.which(program):
        return
    reason = f"{program} tidak terpasang"
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


def person(username, role, **more):
    # Without a password, which takes long to hash; who signs in by one sets it.
    user = User.objects.create_user(
        username, f"{username}@contoh.invalid", name=username.title(), **more
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def humas(db):
    return person("humas", HUMAS)


@pytest.fixture
def humas_two(db):
    return person("humas_two", HUMAS)


@pytest.fixture
def commissioner(db):
    return person("commissioner", KOMISIONER)


@pytest.fixture
def commissioner_two(db):
    return person("commissioner_two", KOMISIONER)


@pytest.fixture
def pengelola(db):
    return person("pengelola", PENGELOLA)


@pytest.fixture
def outsider(db):
    """An account without a role."""
    return person("outsider", None)


@pytest.fixture
def superuser(db):
    return person("superuser", None, is_superuser=True, is_staff=True)


@pytest.fixture
def reader(db):
    """A browser that nobody signed in with."""
    return Client()


@pytest.fixture
def browser_of():
    """Return a signed-in client for a person."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def write(db):
    """Return a function that writes a draft, and records its first revision."""

    def make(by, title="Pleno terbuka rekapitulasi", tags=(), **fields):
        category = fields.pop("category", "siaran-pers")
        article = Article.objects.create(
            title=title,
            category=Category.objects.get(slug=category),
            created_by=by,
            **{"body": f"<p>Isi naskah {title}.</p>", **fields},
        )
        article.tags.add(*tags)
        drafting.record(article, by)
        return article

    return make


@pytest.fixture
def submit():
    def act(article, by, **asks):
        return perform(Verb.SUBMIT, article, by, **asks)

    return act


@pytest.fixture
def publish(write):
    """Return a function that writes, submits and has approved: a public article."""

    def make(by, approver, title="Pleno terbuka rekapitulasi", **fields):
        article = write(by, title, **fields)
        perform(Verb.SUBMIT, article, by)
        return perform(
            Verb.APPROVE, article, approver, digest=article.latest_revision.digest
        )

    return make


@pytest.fixture
def reply(publish, humas, commissioner):
    """Return a function that publishes somebody's reply to a public article."""

    def make(replied, title="Tanggapan", **fields):
        who = {"byline_name": "Ratna Dewi", "byline_office": "Ketua Forum Warga"}
        fields = {"reply_to_id": replied.pk, **who, **fields}
        return publish(humas, commissioner, title, **fields)

    return make


@pytest.fixture
def change():
    """Return a function that publishes another version of a public article."""

    def make(article, by, approver, kind="ralat", verb=Verb.REVISE, **fields):
        perform(verb, article, by)
        article.refresh_from_db()
        article.change_class, article.change_note = kind, "Angka tertukar."
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()
        drafting.record(article, by)
        perform(Verb.SUBMIT, article, by)
        return perform(
            Verb.APPROVE, article, approver, digest=article.latest_revision.digest
        )

    return make


@pytest.fixture
def archived(db):
    """Return a function that takes over an old article."""

    def make(title, publish_at, **more):
        return archive.take_over(
            archive.Entry(
                raw=title,
                sha256=drafting.digest_of(title),
                fields={
                    "title": title,
                    "body": f"<p>{title}.</p>",
                    **more.pop("fields", {}),
                },
                category=more.pop("category", "siaran-pers"),
                publish_at=publish_at,
                **more,
            )
        )

    return make


@pytest.fixture
def picture():
    """Return a function that draws a picture and returns its bytes."""

    def draw(form="JPEG", size=(1200, 800), colour="#8b1a1e", **options):
        output = io.BytesIO()
        Image.new("RGB", size, colour).save(output, form, **options)
        return output.getvalue()

    return draw


@pytest.fixture
def pdf():
    """Return a function that makes a PDF of one page, and returns its bytes.

    `spoil` is given the document before it is written.
    """

    def make(text="Pengumuman", spoil=None, **options):
        with pikepdf.new() as document:
            page = document.add_blank_page(page_size=(595, 842))
            page.Contents = document.make_stream(f"% {text}\n".encode())
            if spoil:
                spoil(document)
            output = io.BytesIO()
            if "encryption" not in options:
                # As the test packed them, and not packed anew.
                options["stream_decode_level"] = pikepdf.StreamDecodeLevel.none
            document.save(output, static_id=True, **options)
        return output.getvalue()

    return make
