#!/usr/bin/env python3
"""Periksa catatan publikasi yang diunduh, tanpa situsnya dan tanpa internet.

Pakai:
    python3 verify_ledger.py catatan-publikasi.jsonl
    python3 verify_ledger.py catatan-publikasi.jsonl.gz --head 120:3f9a…

Setiap baris memuat hash baris sebelumnya. Program ini menghitung semuanya kembali dan
menyebut baris pertama yang tidak cocok. Dengan --head ia memeriksa juga bahwa catatan
masih memuat baris yang pernah Anda simpan: tanpa itu, catatan yang dipotong di
belakang atau ditulis ulang seluruhnya tidak dapat dikenali.

Kode keluar: 0 bila utuh, 1 bila tidak cocok, 2 bila berkas tidak dapat dibaca.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
import zlib

GENESIS = "0" * 64
KINDS = {
    *("terbit", "ralat", "pembaruan", "salah ketik", "siaran darurat"),
    *("pengesahan", "tarik", "pulih", "hapus", "impor"),
}
HEX = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-fA-F]{64})")
# No line that the site writes is nearly as long; more is not a record.
LONGEST = 10_000_000


class BrokenError(Exception):
    """Yang pertama tidak cocok, dengan kalimatnya."""


def is_number(value):
    return type(value) is int and value > 0


def is_hash(value):
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def is_moment(value):
    return isinstance(value, str) and MOMENT.fullmatch(value) is not None


def is_kind(value):
    return isinstance(value, str) and value in KINDS


def is_text(value):
    return isinstance(value, str)


# Every key of a line, and what it must hold.
FORMS = {
    "sequence": is_number,
    "article": is_number,
    "version": is_number,
    "digest": is_hash,
    "kind": is_kind,
    "note": is_text,
    "at": is_moment,
    "recorded_at": is_moment,
    "previous": is_hash,
    "hash": is_hash,
}


def refuse_twice(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def read(text, place):
    """Return a line's content, once its form is the published one."""
    try:
        line = json.loads(text, object_pairs_hook=refuse_twice)
    except (ValueError, RecursionError):
        raise BrokenError(f"{place}: bukan JSON yang sah.") from None
    if not isinstance(line, dict) or set(line) != set(FORMS):
        raise BrokenError(f"{place}: isiannya bukan isian catatan publikasi.")
    for key, is_right in FORMS.items():
        if not is_right(line[key]):
            raise BrokenError(f"{place}: isian {key} salah bentuk.")
    return line


def hash_of(line):
    body = {key: value for key, value in line.items() if key != "hash"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_next(line, last, place):
    """Raise BrokenError where a line is not itself, or does not follow the last one."""
    sequence = line["sequence"]
    due = last["sequence"] + 1 if last else sequence
    if sequence != due:
        raise BrokenError(
            f"{place}: seharusnya nomor {due}, tetapi bernomor {sequence}."
        )
    if last and line["previous"] != last["hash"]:
        raise BrokenError(f"Nomor {sequence}: tidak menyambung ke nomor {due - 1}.")
    if sequence == 1 and line["previous"] != GENESIS:
        raise BrokenError("Nomor 1: baris pertama menyebut baris sebelumnya.")
    if line["hash"] != hash_of(line):
        raise BrokenError(f"Nomor {sequence}: isinya tidak cocok dengan hash-nya.")


def check(texts, head=None, begin=1):
    """Return the first and the last line of a record; raise BrokenError at a fault.

    `head` is the number and the hash of a line that somebody kept; `begin` the number
    that the record begins with.
    """
    first = last = None
    for position, text in enumerate(texts, 1):
        place = f"Baris {position} berkas"
        line = read(text, place)
        if last is None:
            check_begins(line, head, begin)
        check_next(line, last, place)
        if head and line["sequence"] == head[0] and line["hash"] != head[1]:
            raise BrokenError(
                f"Nomor {head[0]}: hash-nya bukan yang Anda simpan. "
                "Catatan sampai nomor ini pernah ditulis ulang."
            )
        first, last = first or line, line
    if head and (last is None or last["sequence"] < head[0]):
        where = f"berakhir di nomor {last['sequence']}" if last else "kosong"
        raise BrokenError(
            f"Catatan {where}; nomor {head[0]} yang Anda simpan tidak ada."
        )
    return first, last


def check_begins(first, head, begin):
    """Raise BrokenError where lines are missing in front.

    A part is checked where it goes on from a line that was kept; what stands before it
    was checked when that was.
    """
    if first["sequence"] != begin:
        raise BrokenError(
            f"Catatan mulai dari nomor {first['sequence']}, seharusnya {begin}."
        )
    if begin == 1:
        return
    if head is None or begin not in {head[0], head[0] + 1}:
        raise BrokenError(
            f"Catatan mulai dari nomor {begin}. Sebagian catatan hanya dapat diperiksa "
            "bila menyambung ke kepala yang Anda simpan (--head)."
        )
    if begin == head[0] + 1 and first["previous"] != head[1]:
        raise BrokenError(
            f"Nomor {begin}: tidak menyambung ke kepala yang Anda simpan."
        )


def texts_of(file):
    """Yield the lines of a file as text; a line that never ends is refused."""
    position = 0
    while raw := file.readline(LONGEST):
        position += 1
        if len(raw) >= LONGEST:
            raise BrokenError(f"Baris {position} berkas: terlalu panjang.")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise BrokenError(f"Baris {position} berkas: bukan UTF-8.") from None
        yield text


def opened(path):
    """Open a record, packed with gzip or not: its first bytes say which."""
    file = sys.stdin.buffer if path == "-" else open(path, "rb")  # noqa: SIM115
    peeked = file.peek(2)[:2]
    return gzip.open(file) if peeked == b"\x1f\x8b" else file


def head_of(text):
    found = HEAD.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError(
            "tulis sebagai NOMOR:HASH, misalnya 120:" + "3f9a" * 16
        )
    return int(found[1]), found[2].lower()


def arguments():
    parser = argparse.ArgumentParser(
        description="Periksa catatan publikasi yang diunduh, tanpa internet.",
        epilog="Kode keluar: 0 bila utuh, 1 bila tidak, 2 bila tidak dapat dibaca.",
    )
    parser.add_argument("file", help="berkas .jsonl atau .jsonl.gz; - untuk masukan")
    parser.add_argument(
        "--head",
        type=head_of,
        metavar="NOMOR:HASH",
        help="kepala yang pernah Anda simpan",
    )
    parser.add_argument(
        "--sejak",
        type=int,
        default=1,
        metavar="NOMOR",
        help="nomor baris pertama, bila berkas diunduh dengan ?sejak=NOMOR",
    )
    return parser.parse_args()


def report(first, last):
    if last is None:
        return "Catatan ini kosong: belum ada yang dapat diperiksa."
    count = last["sequence"] - first["sequence"] + 1
    said = f"UTUH: {count} baris, nomor {first['sequence']}–{last['sequence']}."
    if first["sequence"] > 1:
        said += " Ini sebagian catatan; baris sebelumnya tidak diperiksa."
    return f"{said}\nKepala: {last['sequence']}:{last['hash']}"


def main():
    asked = arguments()
    try:
        with opened(asked.file) as file:
            first, last = check(texts_of(file), asked.head, asked.sejak)
    except BrokenError as broken:
        sys.stderr.write(f"TIDAK COCOK. {broken}\n")
        return 1
    except (OSError, EOFError, zlib.error) as error:
        sys.stderr.write(f"Berkas tidak dapat dibaca: {error}\n")
        return 2
    sys.stdout.write(report(first, last) + "\n")
    if asked.head:
        sys.stdout.write(f"Kepala nomor {asked.head[0]} yang Anda simpan cocok.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
