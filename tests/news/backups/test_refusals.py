"""What restore refuses, before it touches anything, and what a proof finds."""

import dataclasses
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from news.backups import BackupError, manifest, proving, restoring
from news.backups.progress import Progress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(photo, media, back_up):
    """A backup, beside a site that has nothing but its empty database."""
    made = back_up()
    shutil.rmtree(media)
    return made


def check(backup):
    progress = Progress(lambda line: None, "")
    return manifest.check(backup, manifest.read(backup), progress)


def test_each_damaged_or_missing_part_is_found(backup, tmp_path):
    check(backup)
    photo = next(path.relative_to(backup) for path in backup.glob("media/foto/*.jpg"))
    for name in (*("manifest.json", "files.jsonl", "database.dump"), photo):
        damaged = shutil.copytree(backup, tmp_path / "rusak")
        content = bytearray((damaged / name).read_bytes())
        content[len(content) // 2] ^= 1
        (damaged / name).write_bytes(content)
        with pytest.raises(BackupError, match="rusak"):
            check(damaged)
        (damaged / name).unlink()
        with pytest.raises(BackupError, match="tidak lengkap|bukan cadangan yang utuh"):
            check(damaged)
        shutil.rmtree(damaged)


def test_a_damaged_backup_changes_nothing(backup, elsewhere):
    (backup / "journal.jsonl").write_text("{}\n")
    code, said = elsewhere.manage("restore", backup)
    assert (code, "rusak: isi journal.jsonl" in said) == (1, True)
    assert not elsewhere.media.exists()
    code, said = elsewhere.manage("showmigrations", "news")
    assert "[X]" not in said


def test_nothing_is_restored_over_a_site(backup, media):
    with pytest.raises(CommandError, match="tidak kosong: ada tabel"):
        call_command("restore", backup)


def test_nothing_is_restored_over_files(backup, elsewhere):
    elsewhere.media.mkdir()
    (elsewhere.media / "lama.jpg").write_text("lama")
    code, said = elsewhere.manage("restore", backup)
    assert (code, "tidak kosong: ada lama.jpg" in said) == (1, True)


def rewritten(backup, **changes):
    said = manifest.read(backup)
    manifest.write(dataclasses.replace(said, **changes), backup)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"migrations": [["news", "9999_masa_depan"]]}, "news.9999_masa_depan belum"),
        ({"versions": {"postgresql": "99.1", "pg_dump": "99.1"}}, "dari PostgreSQL 99"),
        ({"versions": {"postgresql": "15.1", "pg_dump": "99.1"}}, "dari pg_dump 99.1"),
        ({"format": 2}, "kpuweb yang lebih baru"),
    ],
)
def test_what_is_newer_than_the_site_is_refused(
    changes, reason, folder, media, back_up
):
    backup = back_up()
    rewritten(backup, **changes)
    with pytest.raises(BackupError, match=reason):
        restoring.check_fit(manifest.read(backup))


def test_a_database_that_fails_takes_its_files_back(backup, elsewhere):
    """The dump is whole by its digest, and yet none that pg_restore can read."""
    said = manifest.read(backup)
    (backup / "database.dump").write_bytes(b"bukan cadangan")
    part = manifest.measure(backup / "database.dump")
    rewritten(backup, parts={**said.parts, "database.dump": part})
    code, said = elsewhere.manage("restore", backup)
    assert (code, "pg_restore gagal" in said) == (1, True)
    assert [path for path in elsewhere.media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("text", ["bukan catatan\n", '{"article": 1}\n'])
def test_another_file_is_no_journal(text, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    with pytest.raises(BackupError, match="bukan catatan penghapusan"):
        restoring.read_journal(path)


def test_a_backup_is_proven_and_nothing_of_it_left(backup, folder, capsys):
    call_command("prove_backup", folder)
    assert f"TERBUKTI: {backup.name}" in capsys.readouterr().out
    proof = proving.last(folder)
    assert (proof.backup, 0 < proof.seconds < 60) == (backup.name, True)
    assert scratch() == []


def test_a_backup_that_cannot_be_restored_is_not_proven(backup, folder, capsys):
    (backup / "database.dump").write_bytes(b"")
    with pytest.raises(CommandError, match="TIDAK TERBUKTI.*rusak"):
        call_command("prove_backup", folder)
    assert (proving.last(folder), scratch()) == (None, [])


def scratch():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            [proving.scratch()],
        )
        return cursor.fetchall()
