"""Making a backup: whole or not there at all, small beside the last, kept by a plan."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from news.backups import keeping, making, manifest, sealing
from news.backups.keeping import Plan
from tests.conftest import needs
from tests.news.backups.conftest import ROOT, files_of, here


def test_a_file_is_stored_once(photo, media, back_up, folder):
    first = back_up()
    time.sleep(1)  # their names tell seconds
    (media / "foto/lain.txt").write_text("baru")
    second = back_up()
    name = f"media/{photo.file.name}"
    assert (first / name).samefile(second / name)
    assert files_of(second / "media") == files_of(media)
    assert (second / "media/foto/lain.txt").read_text() == "baru"
    # Their list and its digests are as of a backup that copied everything.
    time.sleep(1)
    full = back_up("--full")
    assert not (full / name).samefile(second / name)
    assert (full / manifest.FILES).read_bytes() == (
        second / manifest.FILES
    ).read_bytes()


def test_a_damaged_file_is_not_taken_over(photo, media, back_up):
    first = back_up()
    (first / "media" / photo.file.name).write_bytes(b"")
    time.sleep(1)
    assert files_of(back_up() / "media") == files_of(media)


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        (Plan(0, 0, 0), [0]),
        (Plan(3, 0, 0), [0, 1, 2]),
        # 29 July 2026 is a Wednesday: the last of each week are Sundays.
        (Plan(1, 3, 0), [0, 3, 10]),
        (Plan(1, 0, 3), [0, 29, 59]),
        (Plan(2, 2, 2), [0, 1, 3, 29]),
    ],
)
def test_the_last_of_each_period_is_kept(plan, kept):
    newest = datetime(2026, 7, 29, 12, tzinfo=UTC)
    moments = [newest - timedelta(days=day) for day in range(120)]
    that_day = newest - timedelta(hours=1)
    days_before = [day - timedelta(hours=1) for day in moments[1:]]
    found = plan.kept([*moments, that_day, *days_before])
    assert found == {that_day, *(moments[day] for day in kept)}


@pytest.mark.django_db(transaction=True)
def test_old_backups_go_and_the_rest_stays(media, folder, capsys):
    for day in ("20250101", "20250102"):
        make_one(folder, f"{day}T000000Z")
    (folder / "catatan.txt").write_text("milik orang lain")
    call_command("backup", folder, keep_daily=1, keep_weekly=0, keep_monthly=0)
    left = {path.name for path in folder.iterdir()}
    assert {"catatan.txt", ".kunci"} < left
    assert not {"20250101T000000Z", "20250102T000000Z"} & left
    assert len(left) == 3


def make_one(folder, name):
    with keeping.alone(folder):
        linked = keeping.Linked(None, sealing.Plain())
        made, _ = making.make(folder, linked, lambda line: None)
    made.rename(folder / name)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_leaves_no_backup(media, folder, small_disk):
    media.mkdir()
    (media / "besar").write_bytes(os.urandom(3 * 2**20))
    with pytest.raises(CommandError, match="TIDAK ADA CADANGAN BARU.*diska habis"):
        call_command("backup", small_disk)
    assert [path.name for path in small_disk.iterdir()] == [".kunci"]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte."""
    needs("mount")
    place = tmp_path / "kecil"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
    if subprocess.run(mount, capture_output=True).returncode:  # noqa: S603 - ours
        pytest.skip("hanya root dapat memasang diska kecil")
    yield place
    subprocess.run(["umount", place], check=True)  # noqa: S603, S607 - ours


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_killed_is_not_taken_for_one(media, folder):
    media.mkdir()
    (media / "besar").write_bytes(bytes(200 * 2**20))
    process = subprocess.Popen(  # noqa: S603 - the interpreter of this test
        [sys.executable, "manage.py", "backup", folder], cwd=ROOT, env=here()
    )
    deadline = time.monotonic() + 20
    while not list(folder.glob(f"{keeping.DRAFT}*/media/*")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with pytest.raises(CommandError, match="Perintah cadangan lain sedang bekerja"):
        call_command("backup", folder)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert keeping.whole(folder) == []
    (media / "besar").unlink()
    call_command("backup", folder)
    assert len(keeping.whole(folder)) == 1
    assert not list(folder.glob(f"{keeping.DRAFT}*"))


def program(folder, name, said):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {said}'\n")
    path.chmod(0o755)
    return str(folder)


@pytest.mark.django_db(transaction=True)
def test_an_older_pg_dump_is_named(folder, tmp_path, settings):
    settings.POSTGRES_BIN = program(tmp_path / "bin", "pg_dump", "14.2")
    major = connection.pg_version // 10_000
    with pytest.raises(CommandError, match=f"Pasang postgresql-client-{major}"):
        call_command("backup", folder)
    settings.POSTGRES_BIN = str(tmp_path)
    with pytest.raises(CommandError, match="isi POSTGRES_BIN"):
        call_command("backup", folder)
    assert keeping.whole(folder) == []
