import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from news import attachments, images, renditions
from news.backups import making
from news.models.article import Verb
from news.workflow import perform

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def photo(transactional_db, media, humas, picture):
    upload = SimpleUploadedFile("x.jpg", picture(size=(800, 600)))
    found = images.store(upload, humas, "Rapat pleno")
    renditions.make(found)
    return found


@pytest.fixture
def site(photo, publish, change, write, humas, commissioner, pdf):
    """A newsroom with some of everything; returns its first public article."""
    first = publish(
        *(humas, commissioner, "Rekapitulasi daftar pemilih"),
        body=f'<p>Sebanyak 1.204 pemilih.</p><img src="{photo.file.url}" alt="x">',
        cover=photo,
        cover_alt="Rapat",
        tags=["pemilih"],
    )
    change(first, humas, commissioner, body="<p>Sebanyak 1.240 pemilih.</p>")
    file = SimpleUploadedFile("b.pdf", pdf(), content_type="application/pdf")
    draft = write(humas, "Naskah dengan lampiran")
    attachments.attach(draft, [(attachments.store(file, humas), "Berita acara")])
    perform(Verb.SUBMIT, write(humas, "Menunggu persetujuan"), humas)
    return first


def files_of(root):
    """Return the content of each file of the media, by name."""
    return {name: (root / name).read_bytes() for name in making.names(root)}


def here():
    """Return the environment of a command on the database and media of this test."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DATABASE_URL": address._replace(path=f"/{name}").geturl(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cadangan"


@pytest.fixture
def back_up(folder, capsys):
    """Return a function that makes a backup by the command, and returns its folder."""

    def make(*options):
        before = set(folder.glob("2*"))
        call_command("backup", str(folder), *options)
        (made,) = set(folder.glob("2*")) - before
        return made

    return make


@pytest.fixture
def elsewhere(transactional_db, tmp_path):
    """Another site: a database and a folder of its own, by a process of its own."""
    place = Elsewhere(f"{connection.settings_dict['NAME']}_lain", tmp_path / "lain")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {place.name} TEMPLATE template0")
    yield place
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {place.name} WITH (FORCE)")


class Elsewhere:
    def __init__(self, name, media):
        self.name, self.media = name, media
        address = urlsplit(os.environ["DATABASE_URL"])
        self.url = address._replace(path=f"/{name}").geturl()

    def manage(self, *arguments, **environment):
        """Run manage.py there; return its exit code and what it said."""
        ended = subprocess.run(  # noqa: S603 - the interpreter of this test
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": self.url,
                "MEDIA_ROOT": str(self.media),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return ended.returncode, ended.stdout
