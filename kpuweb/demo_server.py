"""The demo: its private database, its people and articles, and the web server.

Started by `make demo` as `python -m kpuweb.embedded demo`. Everything it makes is in
`.demo/`, `.staticfiles/` and the private server's folder, and `clean` removes it.
"""

import contextlib
import ctypes
import errno
import fcntl
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NoReturn

from kpuweb import embedded_programs as programs
from kpuweb.children import child, follow, ignore, stop_on_signals
from kpuweb.embedded import CHECKOUT, Server, ServerError, running

FOLDER = CHECKOUT / ".demo"
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - no look-alikes
USAGE = """\
Pemakaian: python -m kpuweb.embedded PERINTAH

  demo                          jalankan situs demo (PORT, DEMO_PASSWORD)
  run -- PERINTAH…              jalankan perintah dengan basis data demo
  run --for test -- PERINTAH…   jalankan perintah dengan basis data tes
  run --for bench -- PERINTAH…  jalankan perintah dengan basis data pengukuran
  clean                         hapus semua basis data itu, dan .demo
"""


def main(arguments: list[str]) -> int:
    try:
        return dispatch(arguments)
    except KeyboardInterrupt:
        say("Dihentikan.")
        return 0 if arguments[:1] == ["demo"] else 130
    except ServerError as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or 'Sistem'}: {error.strerror or error}")


def dispatch(arguments: list[str]) -> int:
    match arguments:
        case ["demo"]:
            return demo()
        case ["demo", "--make", pid]:
            return demo(make=int(pid))
        case ["run", "--", *command] if command:
            return run("demo", command)
        case ["run", "--for", "test" | "bench" as purpose, "--", *command] if command:
            return run(purpose, command)
        case ["clean"]:
            return clean()
        case ["serve", port, parent]:
            serve(port, int(parent))
        case ["work", parent]:
            work(int(parent))
    return fail(USAGE)


def say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # nobody listens: go on, or end in good order
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()


def fail(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


# The commands


def demo(make: int | None = None) -> int:
    """Prepare and serve the demo until a signal comes or the web server dies."""
    with reserved_port(os.environ.get("PORT") or "8000") as port:
        stop_on_signals()
        if make:
            follow(make)
        with private_folder(), running("demo") as server:
            environment = site_environment(server, port)
            with alone("prepare"):
                prepare(environment)
            return serve_until_stopped(environment, port)


def run(purpose: str, command: list[str]) -> int:
    """Run a command beside the private server and return its exit code.

    With the demo it gets the whole environment of the site, else the database alone.
    """
    stop_on_signals()
    # The terminal sends Ctrl-C to the command too, and the command decides.
    signal.signal(signal.SIGINT, ignore)
    with contextlib.ExitStack() as stack:
        if purpose == "demo":
            stack.enter_context(private_folder())
        server = stack.enter_context(running(purpose))
        environment = dict(os.environ, **of_database(server))
        if purpose == "demo":
            environment = site_environment(server, os.environ.get("PORT") or "8000")
        process = subprocess.Popen(command, env=environment)  # noqa: S603 - the user's own
        try:
            code = process.wait()
        except KeyboardInterrupt:
            process.terminate()
            code = process.wait()
        return 128 - code if code < 0 else code


def clean() -> int:
    for purpose in ("demo", "test", "bench"):
        Server(purpose).remove()
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    return 0


def serve(port: str, parent: int) -> NoReturn:
    """Become the web server, one that ends with the demo even if that is killed."""
    end_with(parent)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", port]
    # As many threads as a worker's pool has connections. They wait more than they
    # work, so Granian's warning of more than twice the processors is not for us.
    command += ["--workers", "2", "--blocking-threads", "8", "--log-level", "error"]
    command += ["--respawn-failed-workers", "--no-access-log"]
    command += ["kpuweb.wsgi:application"]
    os.execv(command[0], command)  # noqa: S606 - fixed arguments, no shell


def work(parent: int) -> NoReturn:
    """Become the worker, one that ends with the demo even if that is killed."""
    end_with(parent)
    command = [sys.executable, str(CHECKOUT / "manage.py"), "worker"]
    os.execv(command[0], command)  # noqa: S606 - fixed arguments, no shell


def end_with(parent: int) -> None:
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


# The environment


@contextlib.contextmanager
def reserved_port(text: str) -> Iterator[str]:
    """Check the port, and keep every other server away from it.

    Granian shares a port with any server of the same user without a word; whoever
    asks for it alone, as the check below does, is refused while we hold it.
    """
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ServerError(
            f"PORT berisi {text!r}. Isi dengan angka 1 sampai 65535, misalnya "
            "make demo PORT=8080"
        )
    address = ("127.0.0.1", int(text))
    with socket.socket() as check, socket.socket() as held:
        check.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            check.bind(address)
        except OSError as error:
            reason = {
                errno.EADDRINUSE: "sedang dipakai program lain",
                errno.EACCES: "hanya untuk root",
            }.get(error.errno, f"tidak dapat dipakai ({error.strerror})")
            raise ServerError(
                f"Port {text} {reason}. Pilih yang lain, misalnya make demo PORT=8080"
            ) from None
        check.close()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with contextlib.suppress(OSError):  # connections of a server that just ended
            held.bind(address)
        yield str(int(text))


@contextlib.contextmanager
def private_folder() -> Iterator[None]:
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    FOLDER.chmod(0o700)
    yield


@contextlib.contextmanager
def alone(name: str) -> Iterator[None]:
    """Let one demo of this checkout at a time do this."""
    with open(FOLDER / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def site_environment(server: Server, port: str) -> dict[str, str]:
    """Return the environment of manage.py and the web server.

    What the caller has set stays, but for the database: no other one may be filled
    with people whose passwords are printed.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PG")  # libpq would obey PGHOSTADDR, PGOPTIONS, …
    }
    ours = {
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_ORIGIN": f"http://127.0.0.1:{port}",
        "MEDIA_ROOT": str(FOLDER / "media"),
        "SECRET_KEY": kept("secret_key", secrets.token_urlsafe(50)),
        "EMAIL_URL": (FOLDER / "mail").as_uri(),
        "DEMO_PASSWORD": kept("password", readable_password()),
        "STYLE_GUIDE": "1",
        "LOG_FORMAT": "plain",
    }
    for name, value in ours.items():
        environment[name] = environment.get(name) or value
    return environment | of_database(server)


def of_database(server: Server) -> dict[str, str]:
    """Return where the private server is, and the programs of its version."""
    return {"DATABASE_URL": server.url(), "POSTGRES_BIN": str(programs.clients())}


def kept(name: str, fresh: str) -> str:
    """Return the secret kept under this name, or keep the fresh one."""
    path = FOLDER / name
    with alone("secrets"):
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.unlink(missing_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w") as file:
                file.write(fresh)
            draft.rename(path)
        return path.read_text()


def readable_password() -> str:
    groups = ["".join(secrets.choice(PASSWORD_LETTERS) for _ in "1234") for _ in "1234"]
    return "-".join(groups)


# The work


def prepare(environment: dict[str, str]) -> None:
    """Bring the database and the static files up to date."""
    say("Menyiapkan basis data dan berkas situs …")
    statics = [sys.executable, "-m", "kpuweb.demo_static", str(FOLDER / "static")]
    with child(statics, environment) as collecting:
        manage(environment, "migrate", "--no-input", "--verbosity=0")
        if collecting.wait() != 0:
            raise ServerError("Berkas statis gagal dikumpulkan (collectstatic).")
    manage(environment, "demo")


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    with child(command, environment) as process:
        code = process.wait()
    if code != 0:
        raise ServerError(f"manage.py {arguments[0]} gagal (kode {code}).")


def serve_until_stopped(environment: dict[str, str], port: str) -> int:
    command = [sys.executable, "-m", "kpuweb.embedded", "serve", port]
    command.append(str(os.getpid()))
    with child(command, environment) as web:
        status = None
        deadline = time.monotonic() + 60
        while status is None and web.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
            status = status_of_home(port)
        if status is None:
            raise ServerError("Server web tidak menjawab.")
        if status >= 500:
            say(f"Perhatian: beranda menjawab dengan galat {status}.")
        say(f"Situs siap: http://127.0.0.1:{port}/  (Ctrl-C untuk berhenti)")
        if environment["EMAIL_URL"] == (FOLDER / "mail").as_uri():
            say(f"Surat ditulis ke {FOLDER.relative_to(CHECKOUT)}/mail/")
        code = wait_beside_worker(web, environment)
    raise ServerError(f"Server web berhenti sendiri (kode {code}).")


def wait_beside_worker(
    web: subprocess.Popen[bytes], environment: dict[str, str]
) -> int:
    """Wait for the web server to end; start the worker, and again when it ends."""
    command = [sys.executable, "-m", "kpuweb.embedded", "work", str(os.getpid())]
    while True:
        with child(command, environment) as worker:
            while web.poll() is None and worker.poll() is None:
                time.sleep(0.2)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return web.wait(2)
        say(f"Pekerja surat berhenti (kode {worker.returncode}); dijalankan lagi.")


def status_of_home(port: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
