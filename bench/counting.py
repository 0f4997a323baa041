"""Whether readings are counted exactly, how quickly, and what a crash takes.

`python -m bench.counting`: two worker processes, and a database that waits for its
disk. Each client says who it is by X-Real-IP, as nginx does for it.
"""

import contextlib
import http.client
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import crawleruseragents
import psutil
import psycopg

from bench.site import newsroom, served, wait_for

CLIENTS = 64
READERS = 50
# More of one reader would be a flood.
SAME = 30
SECONDS = 8
# The first readings load the site's code.
WARMING = 2
# On a machine that does nothing else.
A_SECOND = 2500
KILLS = 3
PAUSE = 4
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0 Mobile"

# Every request is of another reader, whichever thread of wrk sends it.
DISTINCT = """
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
local sent = 0
function request()
  sent = sent + 1
  local address = string.format("10.%%d.%%d.%%d", number * 64 + sent / 65536 %% 64,
    sent / 256 %% 256, sent %% 256)
  return wrk.format("POST", nil, {
    ["X-Real-IP"] = address, ["User-Agent"] = "%s",
    ["Content-Type"] = "application/x-www-form-urlencoded"}, "dari=")
end
"""


def publish() -> int:
    """Publish an article; return its number."""
    from bench.people import commissioner, humas
    from news import drafting
    from news.models import Article, Category
    from news.models.article import Verb
    from news.workflow import perform

    author = humas()
    article = Article.objects.create(
        title="Rapat pleno rekapitulasi daftar pemilih",
        body="<p>Rapat membahas daftar pemilih.</p>",
        category=Category.objects.get(slug="siaran-pers"),
        created_by=author,
    )
    drafting.record(article, author)
    perform(Verb.SUBMIT, article, author)
    digest = article.latest_revision.digest
    return perform(Verb.APPROVE, article, commissioner(), digest=digest).pk


def ask(sql: str, values: Sequence = ()) -> list[tuple]:
    """Ask the database, waiting for it while it recovers."""
    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError):
            url = os.environ["DATABASE_URL"]
            with psycopg.connect(url, autocommit=True) as connection:
                return connection.execute(sql, values).fetchall()
        time.sleep(0.1)
    sys.exit("Basis datanya tidak pulih.")


def counted(pk: int) -> int:
    """Return how many readings of an article are written."""
    sql = "SELECT coalesce(sum(readings), 0) FROM news_tally WHERE edition_id = %s"
    return int(ask(sql, [pk])[0][0])


def tell(origin: str, pk: int, readers: Iterable[tuple[str, str]]) -> Counter:
    """Post a reading for each address and browser; return how often which answer."""
    host = origin.removeprefix("http://")
    answers: Counter = Counter()
    connection = http.client.HTTPConnection(host, timeout=10)
    for address, browser in readers:
        headers = {"X-Real-IP": address, "User-Agent": browser.encode()}
        try:
            connection.request("POST", f"/berita/{pk}/dibaca/", "dari=", headers)
            response = connection.getresponse()
            response.read()
            answers[response.status] += 1
        except (OSError, http.client.HTTPException):
            answers["tidak dijawab"] += 1
            connection.close()
            time.sleep(0.05)
    connection.close()
    return answers


def at_once(work: Callable[[int], Counter], clients: int = CLIENTS) -> Counter:
    """Run so many clients, all beginning together; return their answers."""
    barrier = threading.Barrier(clients)
    answers: Counter = Counter()
    lock = threading.Lock()

    def client(number):
        barrier.wait()
        found = work(number)
        with lock:
            answers.update(found)

    threads = [
        threading.Thread(target=client, args=(number,)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def distinct_readers(origin: str) -> bool:
    pk = publish()
    answers = at_once(
        lambda client: tell(
            *(origin, pk),
            [(f"10.{client}.0.{each}", PHONE) for each in range(READERS)],
        )
    )
    found, wanted = counted(pk), CLIENTS * READERS
    print(f"{CLIENTS} klien × {READERS} pembaca: {found} dari {wanted}")
    return found == answers[204] == wanted


def one_reader(origin: str) -> bool:
    pk = publish()
    answers = at_once(lambda client: tell(origin, pk, [("10.0.0.1", PHONE)]), SAME)
    found = counted(pk)
    print(f"Satu pembaca, {SAME} kali sekaligus: {found} dari 1")
    return found == 1 and answers[204] == SAME


def robots(origin: str) -> bool:
    pk = publish()
    known = crawleruseragents.CRAWLER_USER_AGENTS_DATA
    # A Chrome without a window is no robot's name, and is counted.
    robots = [each for each in known if each["pattern"] != "HeadlessChrome"]
    browsers = [each for robot in robots for each in robot.get("instances", ())]
    answers = tell(
        *(origin, pk),
        ((f"10.0.{n // 250}.{n % 250}", each) for n, each in enumerate(browsers)),
    )
    found = counted(pk)
    print(f"{len(browsers)} robot: {found} dari 0")
    return found == 0 and set(answers) == {204}


def speed(origin: str) -> float:
    """Return how many readings of one article are counted in a second."""
    readings_a_second(origin, WARMING)
    return readings_a_second(origin, SECONDS)


def readings_a_second(origin: str, seconds: int) -> float:
    """Let wrk tell of readings of a new article, and check that each is written."""
    pk = publish()
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(DISTINCT % PHONE)
        script.flush()
        said = subprocess.run(  # noqa: S603 - our own addresses
            [
                *("wrk", "-t2", "-c32", f"-d{seconds}s", "-s", script.name),
                f"{origin}/berita/{pk}/dibaca/",
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    sent = int(re.search(r"(\d+) requests in", said)[1])
    if "Non-2xx" in said or not sent <= counted(pk) <= sent + 32:
        sys.exit(f"wrk menghitung {sent}, basis data {counted(pk)}.\n{said}")
    return float(re.search(r"Requests/sec: +([\d.]+)", said)[1])


def through_crashes(origin: str, name: str, kill: Callable[[], None]) -> bool:
    """Tell whether every reading that was answered is written, whatever was killed."""
    pk = publish()
    over = threading.Event()
    killed = []

    def killer():
        try:
            for _ in range(KILLS):
                time.sleep(PAUSE)
                kill()
                killed.append(name)
            time.sleep(PAUSE)
        finally:
            over.set()

    def readers(client):
        for number in itertools.count():
            if over.is_set():
                return
            yield f"10.{client}.{number // 250}.{number % 250}", PHONE

    thread = threading.Thread(target=killer)
    thread.start()
    answers = at_once(lambda client: tell(origin, pk, readers(client)), 16)
    thread.join()
    wait_for(origin)
    found, lost = counted(pk), max(0, answers[204] - counted(pk))
    print(
        f"kill -9 {name}, {len(killed)} kali: {answers[204]} dijawab, "
        f"{found} tercatat, {lost} hilang, "
        f"{answers.total() - answers[204]} tidak diterima"
    )
    return lost == 0 and answers[204] > 0 and len(killed) == KILLS


def kill_worker() -> None:
    """Kill a worker process of the web server as if the system had."""
    (server,) = (
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "granian" in child.cmdline()
    )
    workers = [
        child
        for child in server.children()
        if child.status() != psutil.STATUS_ZOMBIE
        and "resource_tracker" not in " ".join(child.cmdline())
    ]
    # Granian gives up when one that it has just started ends.
    min(workers, key=psutil.Process.create_time).kill()


def kill_backend() -> None:
    """Kill a process of PostgreSQL: the others are ended too, and it recovers."""
    while True:
        counting = ask(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND query LIKE '%%news_readingkey%%'"
        )
        # It may have ended by itself since.
        with contextlib.suppress(IndexError, ProcessLookupError):
            os.kill(counting[0][0], signal.SIGKILL)
            return


def speeds() -> tuple[float, float]:
    """Return readings a second, and what the least that could count would do."""
    with served(application="bench.floor:application") as origin:
        floor = speed(origin)
    with served() as origin:
        return speed(origin), floor


def quick_enough() -> bool:
    found, floor = speeds()
    print(
        f"Pembacaan satu naskah: {found:.0f} per detik (batas {A_SECOND}), "
        f"{found / floor:.0%} dari satu perintah SQL tanpa penyaring ({floor:.0f}); "
        f"beban mesin {os.getloadavg()[0]:.1f}"
    )
    return found >= A_SECOND


def main() -> int:
    with newsroom():
        passed = []
        if shutil.which("wrk"):
            passed.append(quick_enough())
        else:
            print("Kecepatan dilewati: wrk tidak terpasang.")
        with served() as origin:
            passed += [distinct_readers(origin), one_reader(origin), robots(origin)]
            passed.append(through_crashes(origin, "proses situs", kill_worker))
            # Last, for our own connections end with it.
            passed.append(through_crashes(origin, "PostgreSQL", kill_backend))
    return int(not all(passed))


if __name__ == "__main__":
    sys.exit(main())
