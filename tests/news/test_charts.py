import re
import xml.etree.ElementTree as ET

import pytest

from news import charts, statistics
from news.statistics import Step

POINTS = [(f"{day} Januari 2026", f"{day} Jan", day * 40) for day in range(1, 31)]
SVG = "{http://www.w3.org/2000/svg}"


def drawn():
    hostile = "<script>alert(1)</script> & \"'"
    yield charts.days("a", hostile, hostile, POINTS)
    yield charts.line(
        "b", hostile, hostile, POINTS, [hostile, *[""] * (len(POINTS) - 1)]
    )
    yield charts.rows("c", hostile, hostile, [(hostile, 3), ("Kosong", 0)])
    yield charts.days("d", "Kosong", "Kosong", [("1 Januari 2026", "1 Jan", 0)])


@pytest.mark.parametrize("chart", list(drawn()), ids=["days", "line", "rows", "empty"])
def test_a_chart_holds_nothing_that_the_policy_refuses(chart):
    tree = ET.fromstring(chart)  # noqa: S314 - we drew it ourselves
    for node in tree.iter():
        assert node.tag.removeprefix(SVG) not in {"script", "style", "a", "image"}
        assert not {name for name in node.attrib if name.startswith(("style", "on"))}
    assert "<script" not in chart


@pytest.mark.parametrize("chart", list(drawn()), ids=["days", "line", "rows", "empty"])
def test_a_chart_says_what_it_is_to_who_does_not_see_it(chart):
    tree = ET.fromstring(chart)  # noqa: S314 - we drew it ourselves
    assert tree.get("role") == "img"
    title, description = tree[0], tree[1]
    assert tree.get("aria-labelledby") == title.get("id")
    assert tree.get("aria-describedby") == description.get("id")
    assert title.text
    assert description.text


def test_the_same_figures_give_the_same_bytes():
    first, second = (charts.days("a", "J", "I", POINTS) for _ in range(2))
    assert first == second


def test_a_point_tells_its_day_and_number():
    chart = charts.days("a", "J", "I", POINTS)
    assert "<title>30 Januari 2026: 1.200</title>" in chart
    assert ">1.500</text>" in chart


def test_what_happened_is_marked_on_the_line():
    chart = charts.line("a", "J", "I", POINTS[:3], ["", "Ralat", ""])
    assert re.findall(r"<title>(.*?)</title>", chart) == ["Ralat: 80"]
    assert chart.count("<circle") == 1


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 2, 4, 6]),
        (40, [0, 10, 20, 30, 40]),
        (1234, [0, 500, 1000, 1500]),
    ],
)
def test_the_scale_is_round_and_reaches_the_most(most, ticks):
    assert charts.scale(most) == ticks


def test_a_chart_is_put_in_words():
    period = statistics.month(2026, 1)
    steps = [
        Step("1 Januari 2026", "1 Jan", "2026-01-01", 1200),
        Step("2 Januari 2026", "2 Jan", "2026-01-02", 30),
    ]
    assert (
        "Seluruhnya 1.230 pembacaan dalam 2 hari. Terbanyak 1.200 pada 1 Januari 2026."
        in charts.of_steps(period, steps)
    )
    assert "Belum ada pembacaan" in charts.of_steps(period, [])
