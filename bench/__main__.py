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
}


def main() -> int:
    missed = 0
    for module, program in MEASUREMENTS.items():
        if program and not shutil.which(program):
            print(f"{module} dilewati: {program} tidak terpasang.")
            continue
        missed += subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, "-m", module], cwd=CHECKOUT
        ).returncode
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
