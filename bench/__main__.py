"""Run every measurement, one after another; end with an error if any misses its bar."""

import shutil
import subprocess
import sys

from bench.site import CHECKOUT

# Each module with the program that it cannot do without.
MEASUREMENTS = {
    "bench.pictures": None,
    "bench.pages": "chromium",
    "bench.counting": None,
    "bench.weights": None,
    "bench.lighthouse": "chromium",
    "bench.authenticity": None,
    "bench.search": None,
}
# What it has made stays in the database of measurements, since that takes minutes.
KEPT = {"bench.search"}
BESIDE_DATABASE = ["-m", "kpuweb.embedded", "run", "--for", "bench", "--"]


def main() -> int:
    missed = 0
    for module, program in MEASUREMENTS.items():
        if program and not shutil.which(program):
            print(f"{module} dilewati: {program} tidak terpasang.")
            continue
        command = [sys.executable, "-m", module]
        if module in KEPT:
            command = [sys.executable, *BESIDE_DATABASE, *command]
        missed += subprocess.run(command, cwd=CHECKOUT).returncode  # noqa: S603 - ours
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
