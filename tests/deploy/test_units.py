"""The files of deploy/ that no test starts: they must at least be read as meant."""

import re
import subprocess

import pytest
from django.core.management import get_commands

from tests.conftest import needs
from tests.deploy.conftest import DEPLOY, ROOT

UNITS = sorted((DEPLOY / "systemd").iterdir())
# What is not there is the site itself, on a machine that only tests.
_ABSENT = re.compile(r"Command /opt/kpuweb/\S+ is not executable: No such file")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_it(unit):
    needs("systemd-analyze")
    done = subprocess.run(  # noqa: S603 - fixed words
        ["/usr/bin/systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if not _ABSENT.search(line)]
    assert said == []


def test_each_timer_calls_a_command_that_exists():
    called = {
        name
        for unit in UNITS
        if unit.suffix == ".timer"
        for name in re.findall(r"Unit=kpuweb@(\w+)\.service", unit.read_text())
    }
    assert called <= set(get_commands())
    assert len(called) == sum(unit.suffix == ".timer" for unit in UNITS)


def test_the_example_names_settings_that_are_read():
    read = (ROOT / "kpuweb" / "settings.py").read_text()
    named = re.findall(
        r"^#?([A-Z_]+)=", (DEPLOY / "kpuweb.env.example").read_text(), re.M
    )
    assert [name for name in named if f'"{name}"' not in read] == []
