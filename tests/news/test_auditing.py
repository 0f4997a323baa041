"""What was tampered with is found: in the database, and in a copy that anyone has."""

import gzip
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news import auditing, drafting, ledger
from news.models import Edition, Publication, Revision
from news.models.article import Verb
from news.workflow import perform

PROGRAM = Path(__file__).resolve().parents[2] / "tools" / "verify_ledger.py"
TABLES = ("news_publication", "news_revision", "news_edition")


@contextmanager
def without_triggers():
    """Let a test do what whoever owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def record(publish, change, withdraw, humas, commissioner):
    """Write six lines of several kinds; return the head."""
    first = publish(humas, commissioner, "Satu")
    publish(humas, commissioner, "Dua")
    change(first, humas, commissioner, body="<p>Sudah benar.</p>")
    third = publish(humas, commissioner, "Tiga")
    withdraw(third)
    publish(humas, commissioner, "Empat")
    return Publication.objects.head()


@pytest.fixture
def withdraw(commissioner):
    def act(article):
        return perform(Verb.WITHDRAW, article, commissioner, note="Keliru seluruhnya.")

    return act


def exported():
    return [ledger.canonical(ledger.line(one)) for one in Publication.objects.all()]


def audit(tmp_path, lines, *arguments, name="catatan.jsonl"):
    path = tmp_path / name
    text = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", PROGRAM, path, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def kept(line):
    return f"{line.sequence}:{line.hash}"


def test_a_whole_record_is_found_whole(record, tmp_path, capsys):
    call_command("verify_ledger", head=kept(record))
    said = capsys.readouterr().out
    assert said.startswith("UTUH: 6 baris, 4 naskah.")
    assert kept(record) in said
    for name in ("catatan.jsonl", "catatan.jsonl.gz"):
        answer = audit(tmp_path, exported(), "--head", kept(record), name=name)
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("UTUH: 6 baris, nomor 1–6.")


def test_documents_of_every_schema_are_verified(
    write, change, reply, humas, commissioner, tmp_path, capsys
):
    """Those that a site has keep their bytes, and so their digests, for ever."""
    for schema, lacking in ((1, {"attachments", "reply_to"}), (2, {"reply_to"})):
        article = write(humas, f"Skema {schema}")
        content = drafting.document(article)
        text = drafting.serialise(
            {key: value for key, value in content.items() if key not in lacking}
        ).replace('{"schema":3', f'{{"schema":{schema}')
        article.revisions.all().delete()
        digest = drafting.digest_of(text)
        article.revisions.create(number=1, document=text, digest=digest, saved_by=humas)
        perform(Verb.SUBMIT, article, humas)
        perform(Verb.APPROVE, article, commissioner, digest=digest)
        assert Publication.objects.head().digest == digest
    perform(Verb.REVISE, article, humas)
    perform(Verb.DISCARD, article, humas)
    reply(article)
    change(article, humas, commissioner, body="<p>Sudah benar.</p>")
    schemas = {json.loads(one.document)["schema"] for one in Revision.objects.all()}
    assert schemas == {1, 2, 3}
    call_command("verify_ledger")
    assert capsys.readouterr().out.startswith("UTUH: 4 baris, 3 naskah.")
    assert audit(tmp_path, exported()).returncode == 0


def test_an_empty_record_is_whole(db, tmp_path, capsys):
    call_command("verify_ledger")
    assert capsys.readouterr().out.startswith("UTUH: 0 baris, 0 naskah.")
    assert audit(tmp_path, []).returncode == 0


def rehashed():
    """Write the whole chain anew, as somebody would who covers their traces."""
    last = ledger.GENESIS
    for line in list(Publication.objects.all()):
        line.previous = last
        last = line.hash = ledger.line_hash(ledger.line(line))
        line.save()


TAMPERED = {
    "note": "UPDATE news_publication SET note = 'lain' WHERE sequence = 3",
    "kind": "UPDATE news_publication SET kind = 'salah ketik' WHERE sequence = 3",
    "moment": "UPDATE news_publication SET at = at + interval '1 microsecond'"
    " WHERE sequence = 3",
    "digest": "UPDATE news_publication SET digest = repeat('e', 64) WHERE sequence = 3",
    "hash": "UPDATE news_publication SET hash = repeat('e', 64) WHERE sequence = 3",
    "removed": "DELETE FROM news_publication WHERE sequence = 3",
    "reordered": "UPDATE news_publication SET sequence = 7 - sequence + 100;"
    "UPDATE news_publication SET sequence = sequence - 100",
    "first": "DELETE FROM news_publication WHERE sequence = 1",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_row_that_was_tampered_with_is_found_by_both(how, record, tmp_path):
    with without_triggers() as cursor:
        cursor.execute(TAMPERED[how])
    with pytest.raises(CommandError, match=r"TIDAK COCOK. Nomor \d+: ") as refused:
        call_command("verify_ledger")
    assert refused.value.returncode == 1
    answer = audit(tmp_path, exported())
    assert answer.returncode == 1
    assert answer.stderr.startswith("TIDAK COCOK. ")


def test_a_record_cut_at_its_end_is_found_by_a_kept_head(record, tmp_path):
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM news_publication WHERE sequence = 6")
        cursor.execute("DELETE FROM news_fingerprint")
        cursor.execute("DELETE FROM news_edition WHERE title = 'Empat'")
    call_command("verify_ledger")
    with pytest.raises(CommandError, match="Nomor 6: yang disimpan tidak ada"):
        call_command("verify_ledger", head=kept(record))
    assert audit(tmp_path, exported()).returncode == 0
    answer = audit(tmp_path, exported(), "--head", kept(record))
    assert answer.returncode == 1
    assert "nomor 6 yang Anda simpan tidak ada" in answer.stderr


def test_a_record_written_anew_is_found_by_a_kept_head(record, tmp_path):
    with without_triggers() as cursor:
        cursor.execute("UPDATE news_publication SET note = 'x' WHERE sequence = 3")
        rehashed()
    call_command("verify_ledger")
    with pytest.raises(CommandError, match="Nomor 6: hash-nya bukan yang disimpan"):
        call_command("verify_ledger", head=kept(record))
    answer = audit(tmp_path, exported(), "--head", kept(record))
    assert (answer.returncode, "bukan yang Anda simpan" in answer.stderr) == (1, True)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            "UPDATE news_revision SET document = document || ' ' WHERE digest ="
            " (SELECT digest FROM news_publication WHERE sequence = 2)",
            "Nomor 2: naskahnya tidak cocok dengan sidiknya.",
        ),
        (
            "UPDATE news_revision SET document = '' WHERE digest ="
            " (SELECT digest FROM news_publication WHERE sequence = 2)",
            "Nomor 2: naskahnya kosong, padahal tidak pernah dihapus.",
        ),
        (
            "DELETE FROM news_fingerprint;DELETE FROM news_edition WHERE title = 'Dua'",
            "Nomor 2: naskahnya pernah terbit, dan hilang dari basis data.",
        ),
        ("UPDATE news_edition SET body = 'x' WHERE title = 'Dua'", "yang dimuat"),
        (
            "UPDATE news_edition SET reply_version = 1, reply_to_id ="
            " (SELECT article_id FROM news_edition WHERE title = 'Satu')"
            " WHERE title = 'Dua'",
            "yang dimuat",
        ),
        ("UPDATE news_edition SET version = 2 WHERE title = 'Dua'", "versi 2, menurut"),
        (
            "UPDATE news_edition SET withdrawn_at = NULL, withdrawn_reason = ''"
            " WHERE title = 'Tiga'",
            "ditarik menurut catatan, tetapi dapat dibaca.",
        ),
        (
            "UPDATE news_edition SET withdrawn_at = now(), withdrawn_reason = 'x'"
            " WHERE title = 'Dua'",
            "ditarik tanpa baris dalam catatan.",
        ),
    ],
)
def test_a_public_text_that_is_not_the_records_is_found(sql, says, record):
    with without_triggers() as cursor:
        cursor.execute(sql)
    with pytest.raises(auditing.BrokenError, match=r"\.$") as broken:
        auditing.verify()
    assert says in str(broken.value)


def test_a_version_that_was_skipped_is_found(db):
    ledger.append(
        article=1,
        version=2,
        digest="d" * 64,
        kind="terbit",
        note="",
        at=datetime(2026, 11, 24, tzinfo=UTC),
    )
    with pytest.raises(auditing.BrokenError, match="seharusnya versi 1"):
        auditing.verify()


def test_what_was_erased_withdrawn_or_imported_is_whole(
    record, publish, archived, withdraw, humas, commissioner
):
    erased = publish(humas, commissioner, "Lima")
    perform(Verb.ERASE, erased, commissioner, note="Memuat nomor identitas.")
    archived("Lama", timezone.now())
    whole = auditing.verify()
    assert (whole.lines, whole.editions, whole.waiting) == (9, 6, 0)


def test_what_waits_for_the_timer_is_not_broken(record):
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM news_publication WHERE sequence = 6")
    assert auditing.verify().waiting == 1
    assert ledger.record_due() == 1
    assert auditing.verify().waiting == 0


def test_a_part_that_goes_on_from_a_kept_head_is_checked(record, tmp_path):
    lines = list(Publication.objects.all())

    def part(begin, head):
        told = ("--sejak", str(begin), "--head", head)
        return audit(tmp_path, exported()[begin - 1 :], *told).returncode

    assert [part(begin, kept(lines[2])) for begin in (3, 4)] == [0, 0]
    assert [part(begin, f"3:{'a' * 64}") for begin in (3, 4)] == [1, 1]
    assert part(5, kept(lines[2])) == 1
    assert audit(tmp_path, exported()[3:], "--sejak", "4").returncode == 1
    assert audit(tmp_path, exported()[3:], "--head", kept(lines[2])).returncode == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("bukan json", "bukan JSON"),
        ("", "bukan JSON"),
        ("[]", "isiannya bukan"),
        ("[" * 100_000, "bukan JSON"),
        ('{"a": 1, "a": 2}', "bukan JSON"),
        ('{"sequence": ' + "9" * 5000 + "}", "bukan JSON"),
    ],
)
def test_a_file_that_is_no_record_gets_a_sentence(line, says, tmp_path):
    answer = audit(tmp_path, [line])
    assert answer.returncode == 1
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_broken_archive_a_missing_file_and_a_bad_head_get_sentences(tmp_path):
    broken = tmp_path / "x.gz"
    broken.write_bytes(gzip.compress(b"x" * 5000)[:-9])
    for path in (broken, tmp_path / "tidak-ada"):
        answer = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, PROGRAM, path], capture_output=True, text=True, check=False
        )
        assert answer.returncode == 2
        assert answer.stderr.startswith("Berkas tidak dapat dibaca: ")
    assert audit(tmp_path, [], "--head", "3:x").returncode == 2


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_change_of_a_copy_is_found(data, checker):
    """Whatever becomes of a copy, it is whole, or it is refused in a sentence."""
    lines = made(data.draw(st.integers(2, 8)))
    head = (lines[-1]["sequence"], lines[-1]["hash"])
    position = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["alter", "remove", "swap", "repeat", "cut"]))
    if how == "alter":
        key = data.draw(st.sampled_from(sorted(set(lines[0]))))
        old = lines[position][key]
        new = data.draw(st.one_of(st.text(), st.integers(), st.none(), st.booleans()))
        lines[position] = {**lines[position], key: new}
        if type(new) is type(old) and new == old:
            return
    elif how == "remove":
        del lines[position]
    elif how == "swap":
        other = (position + 1) % len(lines)
        lines[position], lines[other] = lines[other], lines[position]
    elif how == "repeat":
        lines.insert(position, lines[position])
    else:
        del lines[position:]
    with pytest.raises(checker["BrokenError"]):
        checker["check"]([json.dumps(line) for line in lines], head)


@pytest.fixture(scope="module")
def checker():
    names = {"__name__": "verify_ledger"}
    exec(compile(PROGRAM.read_text(), PROGRAM, "exec"), names)  # noqa: S102 - our own
    return names


def made(count):
    found, last = [], ledger.GENESIS
    for number in range(1, count + 1):
        line = {
            "sequence": number,
            "article": number,
            "version": 1,
            "digest": f"{number:064x}",
            "kind": "terbit",
            "note": "",
            "at": "2026-11-24T03:00:00.000000Z",
            "recorded_at": "2026-11-24T03:00:00.000000Z",
            "previous": last,
        }
        last = line["hash"] = ledger.line_hash(line)
        found.append(line)
    return found


def test_both_agree_on_the_hash_of_any_note(db, checker):
    for note in ("Angka “74,29”", '\u2028\x7f\\"/é\U0001f5f3', ""):
        line = {"note": note, "sequence": 1}
        assert checker["hash_of"](line) == ledger.line_hash(line)


def test_the_program_needs_nothing_but_python():
    names = {
        line.split()[1]
        for line in PROGRAM.read_text().splitlines()
        if line.startswith(("import ", "from "))
    }
    assert names <= set(sys.stdlib_module_names)


@pytest.mark.django_db(transaction=True)
def test_two_hundred_publications_at_once_make_one_whole_chain(
    write, submit, humas, commissioner, tmp_path
):
    waiting = [submit(write(humas, f"Naskah {n}"), humas) for n in range(200)]
    seen = [article.latest_revision.digest for article in waiting]
    barrier, failed = threading.Barrier(20), []
    # As many as there are people here; a site has as many as its workers.
    connection.pool.resize(2, 24)

    def approve(part):
        try:
            barrier.wait()
            for n in part:
                perform(Verb.APPROVE, waiting[n], commissioner, digest=seen[n])
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=approve, args=(range(n, 200, 20),)) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connection.pool.resize(2, 8)
    assert failed == []
    whole = auditing.verify()
    assert (whole.lines, whole.editions) == (200, 200)
    assert Edition.objects.visible().count() == 200
    assert audit(tmp_path, exported(), "--head", whole.head).returncode == 0
