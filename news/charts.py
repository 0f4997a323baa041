"""Charts as SVG in the page, drawn by pygal; `static/css/charts.css` gives them colour.

The page's policy lets no style and no script into it, so both are taken out, and with
them the numbers that pygal's script would have shown: a point says its own as a title.
"""

from collections.abc import Sequence
from itertools import count

import pygal
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from pygal.style import Style

from news.statistics import Period, Step

# Units of the drawing: a phone shows it at two thirds of this, a desk at half as much
# again, and the style sheet sets the letters accordingly.
WIDTH = 480
HEIGHT = 220
ROW = 44
LONGEST = 18
LETTERS = 18
TICKS = 4

_DROPPED = {"defs", "desc", "title"}
_EMPTY = {"titles", "plot tooltip-overlay"}


def days(
    name: str, title: str, description: str, points: Sequence[tuple[str, str, int]]
) -> SafeString:
    """Return columns, one for each point: its name, its short name, its number."""
    chart = _chart(pygal.Bar, points, spacing=0)
    chart.add("", [_value(point) for point in points])
    return _drawn(chart, name, title, description)


def line(
    name: str,
    title: str,
    description: str,
    points: Sequence[tuple[str, str, int]],
    marks: Sequence[str],
) -> SafeString:
    """Return a line through the points, with a mark for each that has words for it."""
    chart = _chart(pygal.Line, points)
    chart.add("", [_value(point) for point in points], show_dots=False)
    chart.add(
        "",
        [
            {"value": number, "label": mark} if mark else None
            for (_, _, number), mark in zip(points, marks, strict=True)
        ],
        stroke=False,
        dots_size=6,
    )
    return _drawn(chart, name, title, description)


def rows(
    name: str, title: str, description: str, points: Sequence[tuple[str, int]]
) -> SafeString:
    """Return bars that lie one below the other, each with its name and its number."""
    chart = pygal.HorizontalBar(
        **_SETTINGS,
        height=ROW * len(points) + 16,
        range=(0, max([1, *(number for _, number in points)]) * 1.25),
        show_x_labels=False,
        show_y_guides=False,
        show_x_guides=False,
        margin_bottom=4,
        print_values=True,
        print_values_position="top",
        spacing=16,
        formatter=_number,
    )
    # From the top downwards, which pygal counts from below.
    chart.x_labels = [_short(label) for label, _ in reversed(points)]
    chart.add(
        "", [{"value": number, "label": label} for label, number in reversed(points)]
    )
    return _drawn(chart, name, title, description)


def of_steps(period: Period, steps: Sequence[Step]) -> SafeString:
    """Return the readings of a period, day by day or month by month."""
    each = "bulan" if period.by_month else "hari"
    return days(
        "menurut-waktu",
        f"Pembacaan tiap {each}, {period.label}",
        in_words(each, steps),
        [(step.name, step.short, step.readings) for step in steps],
    )


def of_article(
    period: Period, steps: Sequence[Step], marks: Sequence[str]
) -> SafeString:
    """Return the readings of one article, with what was done to it on the line."""
    each = "bulan" if period.by_month else "hari"
    done = "; ".join(
        f"{mark} pada {step.name}"
        for step, mark in zip(steps, marks, strict=True)
        if mark
    )
    return line(
        "menurut-waktu",
        f"Pembacaan naskah tiap {each}, {period.label}",
        f"{in_words(each, steps)} {done and f'Tanda pada garis: {done}.'}".strip(),
        [(step.name, step.short, step.readings) for step in steps],
        marks,
    )


def in_words(each: str, steps: Sequence[Step]) -> str:
    """Return the shape of a chart in two sentences."""
    total = sum(step.readings for step in steps)
    if not total:
        return "Belum ada pembacaan pada periode ini."
    most = max(steps, key=lambda step: step.readings)
    return (
        f"Seluruhnya {_number(total)} pembacaan dalam {len(steps)} {each}. "
        f"Terbanyak {_number(most.readings)} pada {most.name}."
    )


def of_names(
    name: str, title: str, period: Period, points: Sequence[tuple[str, int]]
) -> SafeString:
    """Return the readings of a period by something that has names."""
    said = "; ".join(f"{label}: {_number(number)}" for label, number in points)
    return rows(name, f"{title}, {period.label}", f"{said}.", points)


_SETTINGS = {
    "css": [],
    "js": [],
    "style": Style(label_font_size=LETTERS, major_label_font_size=LETTERS),
    "width": WIDTH,
    "disable_xml_declaration": True,
    # It would cut each label to the width between two points.
    "truncate_label": -1,
    "show_legend": False,
    "margin": 8,
    "margin_right": 24,
}


def _chart(kind, points, **more):
    ticks = scale(max((number for _, _, number in points), default=0))
    chart = kind(
        **_SETTINGS,
        **more,
        height=HEIGHT,
        range=(0, ticks[-1]),
        show_minor_x_labels=False,
        formatter=_number,
    )
    chart.y_labels = [{"value": tick, "label": _number(tick)} for tick in ticks]
    chart.x_labels = [short for _, short, _ in points]
    chart.x_labels_major = spread(chart.x_labels)
    return chart


def scale(most: int) -> list[int]:
    """Return round numbers from nought to one that is not below the most."""
    for step in (unit * 10**power for power in count() for unit in (1, 2, 5)):
        if step * TICKS >= most:
            return list(range(0, max(step, -(-most // step) * step) + 1, step))
    raise AssertionError("some power of ten is large enough")


def spread(labels: Sequence[str]) -> list[str]:
    """Return a few labels at equal distances, beginning with the first."""
    every = -(-len(labels) // TICKS) or 1
    return list(labels[::every])


def _value(point):
    name, _, number = point
    return {"value": number, "label": name}


def _number(value):
    return number_format(round(value), use_l10n=True, force_grouping=True)


def _short(label):
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


def _drawn(chart, name, title, description):
    chart.add_xml_filter(lambda root: _quiet(root, name, title, description))
    # Every text in it was escaped by the library's own XML writer.
    return mark_safe(chart.render(is_unicode=True))  # noqa: S308


def _quiet(root, name, title, description):
    """Leave shapes and words alone, and say to a screen reader what they show."""
    for parent in list(root.iter()):
        if not isinstance(parent.tag, str):
            continue
        said = _said(parent)
        for child in list(parent):
            if _is_noise(child):
                parent.remove(child)
        if said:
            _first(parent, "title", said)
        parent.attrib.pop("style", None)
    root.set("class", "chart")
    root.set("id", name)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-judul")
    root.set("aria-describedby", f"{name}-isi")
    _first(root, "desc", description).set("id", f"{name}-isi")
    _first(root, "title", title).set("id", f"{name}-judul")
    return root


def _is_noise(node):
    # A comment's tag is a function.
    return (
        not isinstance(node.tag, str)
        or _kind(node) in _DROPPED
        or node.get("class") in _EMPTY
    )


def _kind(node):
    return node.tag.rpartition("}")[2]


def _said(node):
    """Return what a point of the chart tells when it is pointed at."""
    told = {child.get("class"): child.text for child in node if child.tag == "desc"}
    if "value" not in told:
        return ""
    return ": ".join(text for text in (told.get("label"), told["value"]) if text)


def _first(parent, tag, text):
    node = parent.makeelement(tag, {})
    node.text = text
    parent.insert(0, node)
    return node
