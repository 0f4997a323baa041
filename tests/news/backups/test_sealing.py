"""Encryption by the real age: nothing readable in the backup, all of it restored."""

import subprocess
import time

import pytest
from django.core.management import CommandError, call_command

from news.backups import keeping, manifest
from tests.conftest import needs
from tests.news.backups.conftest import files_of

pytestmark = pytest.mark.django_db(transaction=True)


def run(*command):
    ended = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return ended.stdout


@pytest.fixture
def key(tmp_path):
    """Return a function that makes a key; it returns the secret and the public file."""
    needs("age")

    def make(name):
        secret, public = tmp_path / f"{name}.key", tmp_path / f"{name}.pub"
        run("age-keygen", "-o", secret)
        public.write_text(run("age-keygen", "-y", secret))
        return str(secret), str(public)

    return make


def test_a_sealed_backup_is_restored_by_its_key_alone(
    site, media, back_up, elsewhere, key, settings
):
    secret, settings.BACKUP_RECIPIENTS = key("kantor")
    made = back_up()
    plain = [path.name for path in made.rglob("*") if path.suffix != ".age"]
    assert {name for name in plain if (made / name).is_file()} == {
        *("manifest.json", "files.jsonl")
    }
    everything = b"".join(path.read_bytes() for path in made.rglob("*.age"))
    assert b"JFIF" not in everything
    other, _ = key("lain")
    for identity, reason in (("", "BACKUP_IDENTITY belum diisi"), (other, "age gagal")):
        code, said = elsewhere.manage("restore", made, BACKUP_IDENTITY=identity)
        assert (code, reason in said) == (1, True), said
    code, said = elsewhere.manage("restore", made, BACKUP_IDENTITY=secret)
    assert (code, "Catatan publikasi UTUH" in said) == (0, True), said
    assert files_of(elsewhere.media) == files_of(media)


def test_files_are_sealed_anew_for_another_key(photo, back_up, key, settings):
    name = f"media/{photo.file.name}.age"
    _, settings.BACKUP_RECIPIENTS = key("kantor")
    first = back_up()
    time.sleep(1)  # their names tell seconds
    second = back_up()
    assert (first / name).samefile(second / name)
    _, settings.BACKUP_RECIPIENTS = key("lain")
    time.sleep(1)
    assert not (back_up() / name).samefile(second / name)


def test_a_key_that_is_not_there_makes_no_backup(folder, settings):
    settings.BACKUP_RECIPIENTS = "/tidak/ada"
    with pytest.raises(CommandError, match="TIDAK ADA CADANGAN BARU. Berkas kunci"):
        call_command("backup", folder)
    assert keeping.whole(folder) == []
    assert not list(folder.glob(f"*/{manifest.NAME}"))
