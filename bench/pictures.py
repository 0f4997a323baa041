"""How long a 12-megapixel photo takes from upload to stored, and what memory it needs.

`python -m bench.pictures`: each picture by a process of its own, as the web server's
would do it, with everything that `news.images.store` does before it answers.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.photographs import photograph
from bench.site import CHECKOUT, newsroom

RUNS = 5
SECONDS, MEBIBYTES = 2, 400


def main() -> int:
    times, memory = [], []
    with newsroom(), tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            path = Path(folder) / f"{run}.jpg"
            path.write_bytes(photograph(run))
            seconds, peak = map(float, in_a_process("store", str(path)).split())
            times.append(seconds)
            memory.append(peak)
    print(f"Foto 12 megapiksel, {RUNS} kali, dari unggahan sampai tersimpan:")
    print(f"  waktu paling lama   {max(times):.2f} detik (batas {SECONDS})")
    print(f"  memori paling besar {max(memory):.0f} MiB (batas {MEBIBYTES})")
    return int(max(times) >= SECONDS or max(memory) >= MEBIBYTES)


def in_a_process(*arguments: str) -> str:
    return subprocess.run(  # noqa: S603 - this module itself
        [sys.executable, "-m", "bench.pictures", *arguments],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def store(path: str) -> None:
    import django

    django.setup()
    from django.core.files import File

    from bench.people import humas
    from news import images

    by = humas()
    with open(path, "rb") as file:
        began = time.perf_counter()
        images.store(File(file, name="foto.jpg"), by)
        seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, peak)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", nargs="?", choices=["store"])
    parser.add_argument("path", nargs="?")
    asked = parser.parse_args()
    sys.exit(store(asked.path) if asked.act else main())
