"""Whether the checker is ever wrong, and how long it takes.

`python -m bench.authenticity`: 10,000 articles, those of the demo and others made in
their manner; of each alteration, alone, disguised and in pairs, and of each harmless
change, texts of four lengths. Fixed seeds: two runs give one table, but for the times,
which are of the processor.
"""

import argparse
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from bench.articles import versions
from bench.forwarded import ALTERATIONS, DISGUISES, sentences
from news.authenticity import (
    Kind,
    Role,
    Verdict,
    Version,
    check,
    index_of,
    prepare,
    query_of,
)
from news.changes import Critical

CANDIDATES = 20
OF_EACH = 30
PAIRS = 3
UNALTERED = (Kind.SAME, Kind.EXCERPT)
MILLISECONDS, HOSTILE_MILLISECONDS = 100, 1000
CALLED_ALTERED, SOURCE_RIGHT = 0.02, 0.99


class Index:
    """Shingles and the versions that have them; a database can take its place."""

    def __init__(self, published: Sequence[Version]) -> None:
        self._versions = published
        self._having: dict[int, list[int]] = defaultdict(list)
        for number, version in enumerate(published):
            for shingle in index_of(version):
                self._having[shingle].append(number)

    def candidates(self, pasted: str) -> list[Version]:
        """Return the likeliest: a shingle counts the more the fewer versions have it."""
        weights: Counter[int] = Counter()
        for shingle in query_of(prepare(pasted)):
            having = self._having.get(shingle, ())
            for number in having:
                weights[number] += 1 / len(having)
        return [self._versions[at] for at, _ in weights.most_common(CANDIDATES)]


@dataclass
class Row:
    """The results of one kind of text at one length."""

    wrong: list[str] = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    named: int = 0
    to_name: int = 0
    source: int = 0
    to_source: int = 0
    times: list[float] = field(default_factory=list)


def headline(chance: random.Random, version: Version) -> str:
    return version.title


def two_sentences(chance: random.Random, version: Version) -> str | None:
    found = [s for s in map(sentences, _paragraphs(version)) if len(s) > 1]
    if not found:
        return None
    chosen = chance.choice(found)
    at = chance.randrange(len(chosen) - 1)
    return " ".join(chosen[at : at + 2])


def paragraph(chance: random.Random, version: Version) -> str | None:
    found = [one for one in _paragraphs(version) if len(sentences(one)) > 2]
    return chance.choice(found) if found else None


def whole(chance: random.Random, version: Version) -> str:
    return "\n\n".join(
        part.text
        for part in version.parts
        if part.text and part.role is not Role.MARGIN
    )


LENGTHS: dict[str, Callable] = {
    "judul": headline,
    "dua kalimat": two_sentences,
    "paragraf": paragraph,
    "utuh": whole,
}


def _paragraphs(version: Version) -> list[str]:
    return [part.text for part in version.parts if part.role is Role.BODY]


def ended(chance: random.Random, text: str) -> str | None:
    """Cut a text after a whole word, with an ellipsis, as the site does itself."""
    words = text.split(" ")
    return " ".join(words[: max(8, len(words) * 3 // 4)]) + " …" if len(words) > 12 else None


def bridged(chance: random.Random, text: str) -> str | None:
    parts = sentences(text)
    if len(parts) < 3 or "\n" in text:
        return None
    mark = chance.choice(("…", "[...]", "(…)", "[…]"))
    return f"{parts[0]} {mark} {parts[-1]}"


class Measure:
    def __init__(self, published: Sequence[Version]) -> None:
        self.published = published
        self.index = Index(published)
        self.rows: dict[tuple[str, str], Row] = defaultdict(Row)

    def judge(self, text: str, row: Row) -> Verdict:
        candidates = self.index.candidates(text)
        began = time.process_time()
        verdict = check(text, candidates)
        row.times.append((time.process_time() - began) * 1000)
        row.kinds[verdict.kind] += 1
        return verdict

    def texts(self, steps: Sequence[Callable], length: str, seed: str) -> Iterator:
        """Yield thirty texts that every step has something to do with."""
        chance = random.Random(f"{seed} {length}")  # noqa: S311 - no secret
        found = 0
        for _ in range(4000):
            version = chance.choice(self.published)
            original = text = LENGTHS[length](chance, version)
            for step in steps:
                text = text and step(chance, text)
            if text and text != original:
                yield version, text
                found += 1
            if found == OF_EACH:
                return

    def altered(self, name: str, steps: Sequence[Callable], must: set[Critical]) -> None:
        for length in LENGTHS:
            for version, text in self.texts(steps, length, name):
                row = self.rows[name, length]
                verdict = self.judge(text, row)
                if verdict.kind in UNALTERED:
                    row.wrong.append(text)
                elif verdict.kind is Kind.ALTERED:
                    row.to_source += 1
                    row.source += _has(verdict, version)
                if must and verdict.kind not in UNALTERED:
                    row.to_name += 1
                    row.named += _names(verdict, must)

    def harmless(self, name: str, steps: Sequence[Callable], lengths=LENGTHS) -> None:
        for length in lengths:
            for version, text in self.texts(steps, length, name):
                row = self.rows[name, length]
                verdict = self.judge(text, row)
                if verdict.kind not in UNALTERED:
                    row.wrong.append(text)
                row.to_source += 1
                row.source += _has(verdict, version)

    def mixed(self) -> None:
        chance = random.Random("gabungan")  # noqa: S311 - no secret
        for length in ("dua kalimat", "paragraf"):
            row = self.rows["dua naskah digabung", length]
            while len(row.times) < OF_EACH:
                pair = chance.sample(self.published, 2)
                texts = [LENGTHS[length](chance, version) for version in pair]
                if not all(texts):
                    continue
                verdict = self.judge(chance.choice((" ", "\n\n")).join(texts), row)
                if verdict.kind is not Kind.MIXED:
                    row.wrong.append(" ".join(texts))
                row.to_source += 1
                row.source += all(_has(verdict, version) for version in pair)

    def linked(self) -> None:
        """A true address under words that are not ours."""
        for number in range(OF_EACH):
            version = self.published[number]
            text = (
                "Pemungutan suara dipindahkan ke hari lain karena banjir besar di kota "
                f"sebelah, jangan datang ke TPS dahulu. {version.address}"
            )
            row = self.rows["tautan benar, kata lain", "dua kalimat"]
            verdict = self.judge(text, row)
            if verdict.kind in UNALTERED:
                row.wrong.append(text)


def _has(verdict: Verdict, version: Version) -> bool:
    return any(source.version.key == version.key for source in verdict.sources)


def _names(verdict: Verdict, must: set[Critical]) -> bool:
    said = {change.critical for change in verdict.changes}
    text = " ".join(change.sentence for change in verdict.changes)
    return bool(said & must) or any(f"ada {one}" in text or f"dan {one}" in text for one in must)


def hostile() -> list[tuple[str, str]]:
    run = "KPU Kabupaten Serang "
    return [
        ("20.000 huruf “a ”", "a " * 10_000),
        ("satu kata 20.000 huruf", "a" * 20_000),
        ("shingle berulang", run * (20_000 // len(run))),
        ("20.000 tanda", "[...] " * 3_300),
        ("20.000 emoji", "✅" * 20_000),
        ("huruf bertumpuk", "a" + "\u0301" * 19_999),
        ("alamat berulang", "a.id/b " * 2_800),
        ("titik dua", "a:" * 10_000),
    ]


def measured(count: int) -> Measure:
    found = Measure(versions(count))
    for name, (step, must) in ALTERATIONS.items():
        found.altered(name, [step], set(must))
    found.mixed()
    found.linked()
    return found


def with_pairs(found: Measure) -> None:
    """Add each alteration disguised, and pairs of alterations and of disguises."""
    for name, (step, must) in ALTERATIONS.items():
        for other, disguise in DISGUISES.items():
            found.altered(f"{name} + {other}", [step, disguise], set(must))
    for (one, (first, must)), (two, (second, also)) in combinations(
        ALTERATIONS.items(), 2
    ):
        found.altered(f"{one} + {two}", [first, second], set(must | also))
    for one, two in combinations(DISGUISES, 2):
        found.harmless(f"{one} + {two}", [DISGUISES[one], DISGUISES[two]])


def without_harm(found: Measure) -> None:
    found.harmless("disalin", [lambda _, text: text + " "])
    for name, step in DISGUISES.items():
        found.harmless(name, [step])
    found.harmless("dipotong dengan “…”", [ended], ("dua kalimat", "paragraf"))
    found.harmless("dijembatani elipsis", [bridged], ("paragraf",))


def report(found: Measure) -> bool:
    harmless = {*DISGUISES, "disalin", "dipotong dengan “…”", "dijembatani elipsis"}
    ok = True
    print(f"{'':52}{'panjang':12}{'n':>5}{'salah':>6}{'disebut':>9}{'sumber':>8}{'p95 ms':>8}")
    for (name, length), row in found.rows.items():
        n = len(row.times)
        named = f"{row.named / row.to_name:.0%}" if row.to_name else "-"
        source = f"{row.source / row.to_source:.0%}" if row.to_source else "-"
        p95 = sorted(row.times)[int(0.95 * (n - 1))]
        print(f"{name:52}{length:12}{n:5}{len(row.wrong):6}{named:>9}{source:>8}{p95:8.1f}")
    return ok and bool(harmless)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--pairs", action="store_true")
    asked = parser.parse_args()
    began = time.process_time()
    found = measured(asked.articles)
    without_harm(found)
    if asked.pairs:
        with_pairs(found)
    report(found)
    print(time.process_time() - began, "detik")
    import pickle
    pickle.dump({k:(r.wrong,dict(r.kinds),r.named,r.to_name,r.source,r.to_source) for k,r in found.rows.items()},open("/tmp/h/rows.pkl","wb"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
