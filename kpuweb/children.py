"""Programs that the demo starts, and the signals that end them and it."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from kpuweb.embedded import CHECKOUT

SIGNALS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}
PATIENCE = 10  # seconds that a child gets to end by itself


@contextlib.contextmanager
def child(
    command: list[str], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a process group of its own, and leave none of it behind.

    The terminal's Ctrl-C does not reach it: we stop it, in our order.
    """
    process = subprocess.Popen(  # noqa: S603 - our own fixed commands
        command,
        env=environment,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        process_group=0,
    )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and then make it and all that it started."""
    if process.poll() is None:
        process.terminate()
    for _ in range(PATIENCE):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
            break
        # Granian waits for ever for a worker that was just starting: ask all again.
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ignore(signum: int, frame: FrameType | None) -> None:
    """Do nothing; unlike SIG_IGN, our children do not inherit this."""


def stop_on_signals() -> None:
    """Turn the first signal into KeyboardInterrupt; let no other disturb the end."""

    def stop(signum: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, ignore)
        raise KeyboardInterrupt

    for each in SIGNALS:
        signal.signal(each, stop)


def follow(make: int) -> None:
    """Stop when make was killed, or was interrupted without us.

    Make passes SIGTERM on to us, but after a SIGINT or SIGHUP of its own it only
    waits, for the terminal sends those to all.
    """

    def watch() -> None:
        while os.getppid() == make and not was_interrupted(make):
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def was_interrupted(make: int) -> bool:
    """Tell whether make has taken its handlers away, as it does when one was called."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{make}/status").read_text()
        masks = dict(line.split(":\t", 1) for line in status.splitlines())
        handled = int(masks["SigCgt"], 16) | int(masks["SigIgn"], 16)
        return any(not handled >> (each - 1) & 1 for each in SIGNALS)
    return False
