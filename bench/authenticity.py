"""Whether the checker is ever wrong, and how long it takes.

`python -m bench.authenticity`: 10,000 articles, those of the demo and others made in
their manner; of each alteration, alone, disguised and in pairs, and of each harmless
change, texts of four lengths. Fixed seeds: two runs give one table, but for the times,
which are of the processor.
"""

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from bench.articles import versions, versions_made
from bench.disguises import DISGUISES
from bench.excerpts import LENGTHS, begun, bridged, ended, whole
from bench.forwarded import (
    ALTERATIONS,
    Step,
    cropped,
    digits,
    ellipsis_hides,
    negation_in,
    negation_out,
)
from news.authenticity import (
    Kind,
    Verdict,
    Version,
    check,
    index_of,
    prepare,
    query_of,
)
from news.changes import Critical

CANDIDATES = 20
# As the database: what more versions have says nothing, and is not read to the end.
READ = 200
OF_EACH = 30
ATTEMPTS = 4000
SHOWN = 20
UNALTERED = (Kind.SAME, Kind.EXCERPT)
MILLISECONDS, HOSTILE_MILLISECONDS = 100, 1000
CALLED_OTHERWISE, SOURCE_RIGHT = 0.02, 0.99
FALSE_CLAIM = (
    "Pemungutan suara dipindahkan ke hari lain karena banjir besar di kota sebelah, "
    "jangan datang ke TPS dahulu."
)
HOSTILE = {
    "10.000 kata “a”": "a " * 10_000,
    "satu kata 20.000 huruf": "a" * 20_000,
    "rangkaian kata berulang": "KPU Kabupaten Serang " * 950,
    "kalimat berulang": "Bawaslu Kabupaten Serang. " * 770,
    "hanya elipsis": "[...] " * 3_300,
    "hanya emoji": "✅" * 20_000,
    "tanda bertumpuk": "a" + "\u0301" * 19_999,
    "alamat berulang": "a.id/b " * 2_800,
    "tanggal berulang": "Senin, 31 Januari 2022 " * 870,
    "titik dua berulang": "a:" * 10_000,
}


class Index:
    """Shingles and the versions that have them; a database can take its place."""

    def __init__(self, published: Sequence[Version]) -> None:
        self._versions = published
        self._having: dict[int, list[int]] = defaultdict(list)
        for number, version in enumerate(published):
            for shingle in index_of(version):
                self._having[shingle].append(number)

    def candidates(self, pasted: str) -> list[Version]:
        """Return the likeliest: a shingle says more the fewer versions have it."""
        weights: Counter[int] = Counter()
        for shingle in query_of(prepare(pasted)):
            having = self._having.get(shingle, ())[:READ]
            for number in having:
                weights[number] += 1 / len(having)
        return [self._versions[at] for at, _ in weights.most_common(CANDIDATES)]


@dataclass
class Row:
    """The results of one kind of text; `wrong` are those that were called otherwise."""

    wrong: list[str] = field(default_factory=list)
    missed: int = 0
    named: int = 0
    to_name: int = 0
    source: int = 0
    to_source: int = 0
    times: list[float] = field(default_factory=list)

    def __iadd__(self, other: "Row") -> "Row":
        for name in ("wrong", "missed", "named", "to_name", "source", "to_source"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.times += other.times
        return self


HARMLESS: dict[str, Step] = {
    "disalin": lambda _, text: f"{text} ",
    **DISGUISES,
    "dipotong dengan “…”": ended,
    "mulai dengan “…”": begun,
    "dijembatani elipsis": bridged,
}


class Measure:
    """Rows by table, by what was done to the text, and by its length."""

    def __init__(self, published: Sequence[Version]) -> None:
        self.published = published
        self.index = Index(published)
        self.tables: dict[str, dict[tuple[str, str], Row]] = defaultdict(
            lambda: defaultdict(Row)
        )

    def judge(self, text: str, row: Row) -> Verdict:
        candidates = self.index.candidates(text)
        began = time.process_time()
        verdict = check(text, candidates)
        row.times.append((time.process_time() - began) * 1000)
        return verdict

    def texts(self, steps: Sequence[Step], lengths: Sequence[str], seed: str):
        """Yield texts that every step has something to do with."""
        chance = random.Random(f"{seed} {lengths}")  # noqa: S311 - no secret
        found = 0
        for _ in range(ATTEMPTS):
            version = chance.choice(self.published)
            original = text = LENGTHS[chance.choice(lengths)](chance, version)
            for step in steps:
                text = text and step(chance, text)
            if text and text != original and not _restored(version, text, steps):
                yield version, text
                found += 1
            if found == OF_EACH:
                return

    def altered(self, row: Row, texts, must: frozenset[Critical]) -> None:
        for version, text in texts:
            verdict = self.judge(text, row)
            if verdict.kind in UNALTERED:
                row.wrong.append(text)
            elif verdict.kind is Kind.NOT_FOUND:
                row.missed += 1
            elif verdict.kind is Kind.ALTERED:
                row.to_source += 1
                row.source += _has(verdict, version)
                row.to_name += bool(must)
                row.named += bool(must) and _names(verdict, must)

    def harmless(self, row: Row, texts) -> None:
        for version, text in texts:
            verdict = self.judge(text, row)
            if verdict.kind not in UNALTERED:
                row.wrong.append(text)
            row.to_source += 1
            row.source += _has(verdict, version)

    def mixed(self) -> None:
        chance = random.Random("gabungan")  # noqa: S311 - no secret
        for length in ("dua kalimat", "paragraf"):
            row = self.tables["gabungan"]["dua naskah digabung", length]
            while len(row.times) < OF_EACH:
                pair = chance.sample(self.published, 2)
                texts = [LENGTHS[length](chance, version) for version in pair]
                if not all(texts):
                    continue
                joined = chance.choice((" ", "\n\n")).join(texts)
                verdict = self.judge(joined, row)
                if verdict.kind is not Kind.MIXED:
                    row.wrong.append(joined)
                row.to_source += 1
                row.source += all(_has(verdict, version) for version in pair)

    def linked(self) -> None:
        row = self.tables["diubah"]["tautan benar, kata lain", "dua kalimat"]
        for version in self.published[:OF_EACH]:
            verdict = self.judge(f"{FALSE_CLAIM} {version.address}", row)
            if verdict.kind in UNALTERED:
                row.wrong.append(version.address)
            row.missed += verdict.kind is Kind.NOT_FOUND


def _restored(version: Version, text: str, steps: Sequence[Step]) -> bool:
    """Whether two alterations undid each other, or left what is a quotation again."""
    return len(steps) > 1 and cropped not in steps and text in whole(None, version)


def _has(verdict: Verdict, version: Version) -> bool:
    return any(source.version.key == version.key for source in verdict.sources)


def _names(verdict: Verdict, must: frozenset[Critical]) -> bool:
    """Whether one of some kinds of change is said, alone or of a longer stretch."""
    said = {change.critical for change in verdict.changes}
    inside = " ".join(
        change.sentence.partition("di dalamnya ada ")[2] for change in verdict.changes
    )
    return bool(said & must) or any(str(one) in inside for one in must)


# What the second does to the word that the first put in leaves nothing to name.
UNDONE = ({negation_in, negation_out}, {negation_in, ellipsis_hides})


def measure_alone(found: Measure) -> None:
    for name, (step, must) in ALTERATIONS.items():
        for length in LENGTHS:
            row = found.tables["diubah"][name, length]
            found.altered(row, found.texts([step], [length], name), must)
    found.linked()
    found.mixed()
    for name, step in HARMLESS.items():
        for length in LENGTHS:
            row = found.tables["tidak diubah"][name, length]
            found.harmless(row, found.texts([step], [length], name))


def measure_pairs(found: Measure) -> None:
    """Measure thirty texts of each pair, of all lengths; one row for each first."""
    lengths = list(LENGTHS)
    for name, (step, must) in ALTERATIONS.items():
        row = found.tables["diubah"][f"{name} + penyamaran", "semua"]
        for other, disguise in DISGUISES.items():
            texts = found.texts([step, disguise], lengths, name + other)
            found.altered(row, texts, must)
    for (one, (first, must)), (two, (second, also)) in combinations(
        ALTERATIONS.items(), 2
    ):
        row = found.tables["diubah"][f"{one} + perubahan lain", "semua"]
        if {first, second} in UNDONE:
            continue
        # The second may hide the first: one of both must be named.
        known = must | also if must and also else frozenset()
        found.altered(row, found.texts([first, second], lengths, one + two), known)
    for one, two in combinations(DISGUISES, 2):
        row = found.tables["tidak diubah"][f"{one} + perlakuan lain", "semua"]
        steps = [DISGUISES[one], DISGUISES[two]]
        found.harmless(row, found.texts(steps, lengths, one + two))


def measure_speed() -> tuple[list[float], dict[str, float]]:
    """Return milliseconds for 20,000 characters against twenty texts of 10 kB, and for
    each hostile text."""
    long = [lengthened(made) for made in batches(CANDIDATES)]
    chance = random.Random("cepat")  # noqa: S311 - no secret
    times = []
    for _ in range(50):
        pair = chance.sample(long, 2)
        text = "\n\n".join(whole(chance, version) for version in pair)[:20_000]
        times.append(_milliseconds(digits(chance, text) or text, long))
    return times, {name: _milliseconds(text, long) for name, text in HOSTILE.items()}


def batches(count: int):
    return [versions_made(at * 10, 10) for at in range(count)]


def lengthened(parts: Sequence[Version]) -> Version:
    """Return one version of 10 kB out of several."""
    kept, size = [], 0
    for part in (part for version in parts for part in version.parts):
        if size < 10_000:
            kept.append(part)
            size += len(part.text)
    return replace(parts[0], parts=tuple(kept))


def _milliseconds(text: str, candidates: Sequence[Version]) -> float:
    began = time.process_time()
    check(text, candidates)
    return (time.process_time() - began) * 1000


HEAD = (
    f"{'':44}{'panjang':12}{'n':>6}{'salah':>7}{'luput':>7}{'disebut':>9}{'sumber':>8}"
)


def report(found: Measure) -> bool:
    """Print the tables; return whether every bar was met."""
    ok = True
    for table, rows in found.tables.items():
        total = Row()
        print(f"\n{table.upper()}\n{HEAD}{'p95 ms':>8}")
        for (name, length), row in rows.items():
            if row.times:
                print(line(name, length, row))
                total += row
        print(line("jumlah", "", total))
        share = len(total.wrong) / len(total.times)
        bar = 0 if table == "diubah" else CALLED_OTHERWISE
        ok = ok and share <= bar and total.named == total.to_name
        ok = ok and total.source >= SOURCE_RIGHT * total.to_source
    return ok


def line(name: str, length: str, row: Row) -> str:
    named = _share(row.named, row.to_name)
    source = _share(row.source, row.to_source)
    return (
        f"{name:44}{length:12}{len(row.times):6}{len(row.wrong):7}{row.missed:7}"
        f"{named:>9}{source:>8}{_p95(row.times):8.1f}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    asked = parser.parse_args()
    times, hostile = measure_speed()
    found = Measure(versions(asked.articles))
    measure_alone(found)
    measure_pairs(found)
    ok = report(found)
    print(
        f"\n20.000 huruf, {CANDIDATES} naskah 10 kB: p95 {_p95(times):.0f} ms "
        f"(batas {MILLISECONDS})"
    )
    for name, took in hostile.items():
        print(f"  {name:30}{took:8.0f} ms (batas {HOSTILE_MILLISECONDS})")
    wrong = [
        text
        for rows in found.tables.values()
        for row in rows.values()
        for text in row.wrong
    ]
    for text in wrong[:SHOWN]:
        print(f"salah: {text!r}")
    fast = _p95(times) < MILLISECONDS and max(hostile.values()) < HOSTILE_MILLISECONDS
    return int(not (ok and fast))


if __name__ == "__main__":
    sys.exit(main())
