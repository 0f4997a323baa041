"""Programs between pipes: what they write is read here, and a failure is a sentence."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from news.backups import BackupError


@contextmanager
def reading(
    command: Sequence[str],
    *,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    env: Mapping[str, str] | None = None,
) -> Iterator[IO[bytes]]:
    """Yield what a program writes; raise BackupError if it does not end well.

    Whoever stops reading before the end, because of an error, ends the program.
    """
    with tempfile.TemporaryFile() as said:
        process = _started(command, stdin, subprocess.PIPE, said, env)
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()
        _end(process, command, said)


def feed(
    command: Sequence[str], source: IO[bytes], env: Mapping[str, str] | None = None
) -> None:
    """Run a program on what a file or a pipe holds; raise BackupError if it fails."""
    with tempfile.TemporaryFile() as said:
        process = _started(command, source, subprocess.DEVNULL, said, env)
        try:
            process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        _end(process, command, said)


def _started(command, stdin, stdout, stderr, env):
    try:
        return subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command, stdin=stdin, stdout=stdout, stderr=stderr, env=env
        )
    except FileNotFoundError:
        raise BackupError(
            f"Program {command[0]} tidak ada. Pasang paketnya, atau periksa PATH."
        ) from None


def _end(process, command, said):
    if process.wait() == 0:
        return
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    name = command[0].rpartition("/")[2]
    words = " ".join(lines[-3:]) or f"kode {process.returncode}"
    raise BackupError(f"{name} gagal: {words}")
