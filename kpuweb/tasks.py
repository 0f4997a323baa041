"""The worker, and what django-tasks-db leaves out: retries, and rescue of the lost.

What is guaranteed:
- A task enqueued in a transaction is there if, and only if, that transaction commits.
- It is then run until it succeeds, at most `ATTEMPTS` times: one that raised, or whose
  worker was killed, is tried again after each pause of `BACKOFF`. After the last it is
  given up: it stays FAILED, for Pengelola to see and to try again.
- It runs a second time only after it raised, or when its worker or the database died
  before the result was written. Every task must bear that.

A worker holds a lock of the database as long as it lives, and one whose lock is free is
dead: even kill -9 or a power cut ends the connection, and the lock with it. So there is
no time limit to guess, and what a slow worker does is left to it. The `db_worker` of
the package holds no such lock: run `manage.py worker`, and nothing else.
"""

import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from types import FrameType
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import F, Func, IntegerField
from django.tasks import Task, TaskResultStatus
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult, get_date_max

logger = logging.getLogger(__name__)

BACKOFF = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=6)),
)
ATTEMPTS = len(BACKOFF) + 1
INTERVAL = 1  # seconds between two looks for work
# Seconds; with what the chores take, what they sum is at most a minute old.
TIDY_EVERY = 50
KEPT = timedelta(days=90)

# Any one will do, as long as it stays: the ids of tasks are made under it.
_NAMESPACE = uuid.UUID("6f7c1c5e-2a4b-5d0e-9f6c-6b7075776562")


class WorkerGoneError(Exception):
    """The worker was killed, or lost its machine, in the middle of the task."""


def enqueue_once(task: Task, calls: Iterable[tuple]) -> None:
    """Enqueue a task for each tuple of arguments, in the caller's transaction.

    Its id is made from the arguments, so that the primary key refuses a second one,
    whoever enqueues it. One query, however many the calls.
    """
    DBTaskResult.objects.bulk_create(
        [
            DBTaskResult(
                id=task_id(task, args),
                args_kwargs={"args": list(args), "kwargs": {}},
                priority=task.priority,
                task_path=task.module_path,
                queue_name=task.queue_name,
                backend_name=task.backend,
                run_after=get_date_max(),
            )
            for args in calls
        ],
        ignore_conflicts=True,
    )


def task_id(task: Task, args: tuple) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, json.dumps([task.module_path, *args]))


def unfinished():
    """Return the tasks with `tries`, how often each was begun."""
    return DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).annotate(
        tries=Func(
            F("worker_ids"),
            function="jsonb_array_length",
            output_field=IntegerField(),
        )
    )


def given_up():
    """Return the tasks that failed as often as we try."""
    return unfinished().filter(status=TaskResultStatus.FAILED, tries__gte=ATTEMPTS)


@transaction.atomic
def rescue() -> None:
    """Take the running tasks of dead workers as failed, to be tried again.

    Under the row's lock a live worker cannot write its result, hence not end either:
    whoever's lock is free then was dead before it could.
    """
    running = DBTaskResult.objects.running()
    for row in running.select_for_update(skip_locked=True):
        if is_gone(row.worker_ids[-1]):
            row.set_failed(WorkerGoneError("Pekerja berhenti di tengah tugas ini."))


@transaction.atomic
def retry() -> None:
    """Make failed tasks ready again, each after the pause that is its turn."""
    failed = unfinished().filter(status=TaskResultStatus.FAILED, tries__lt=ATTEMPTS)
    for row in failed.select_for_update(skip_locked=True):
        row.status = TaskResultStatus.READY
        row.run_after = row.finished_at + BACKOFF[row.tries - 1]
        row.save(update_fields=["status", "run_after"])


def prune() -> None:
    """Delete what ended long ago."""
    ended = DBTaskResult.objects.finished()
    ended.filter(finished_at__lt=timezone.now() - KEPT).delete()


def is_gone(worker_id: str) -> bool:
    """Tell whether a worker is dead: its lock is free for us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_key(worker_id)])
        return cursor.fetchone()[0]


def lock_key(worker_id: str) -> int:
    digest = hashlib.sha256(f"kpuweb worker {worker_id}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


class Lease:
    """The lock that says a worker lives, on a connection of its own."""

    def __init__(self, worker_id: str) -> None:
        # Not from the pool, which would hand the lock's session to somebody else.
        self.connection = psycopg.connect(
            **connection.get_connection_params(), autocommit=True
        )
        # A machine that vanished is noticed in a minute, not in the usual two hours.
        for name, value in (("idle", 30), ("interval", 10), ("count", 3)):
            self.connection.execute(f"SET tcp_keepalives_{name} = {value}")
        self.connection.execute("SELECT pg_advisory_lock(%s)", [lock_key(worker_id)])

    def renew(self) -> None:
        """Raise psycopg.Error when the connection, and the lock with it, is lost."""
        self.connection.execute("SELECT 1")

    def __enter__(self) -> "Lease":
        return self

    def __exit__(self, *error: Any) -> None:
        self.connection.close()


class Worker(db_worker.Worker):
    """The package's worker under a lease; it rescues and retries between tasks."""

    def __init__(
        self,
        lease: Lease,
        worker_id: str,
        chores: Iterable[Callable[[], object]] = (),
        watches: Iterable[Callable[[], object]] = (),
    ) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name="default",
            worker_id=worker_id,
            batch=True,
            interval=INTERVAL,
            startup_delay=False,
            max_tasks=None,
        )
        self.lease = lease
        # What else is done each minute while a worker runs.
        self.chores = tuple(chores)
        # What is looked at each second; it must cost next to nothing.
        self.watches = tuple(watches)
        self.tidied_at = None

    def work(self) -> None:
        """Do all that is due, again and again until a signal comes."""
        while self.running:
            self.drain()
            resting_until = time.monotonic() + INTERVAL
            while self.running and time.monotonic() < resting_until:
                time.sleep(0.1)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the task at hand; at a second signal in the middle of it.

        The package exits at once when it runs no task: that can be in the middle of a
        query, or just after it has claimed one.
        """
        if self.running:
            self.running = False
        else:
            super().shutdown(signum, frame)

    def drain(self) -> None:
        """Do all that is due now."""
        self.lease.renew()
        self.tidy_when_due()
        for watch in self.watches:
            watch()
        self.run()

    def run_task(self, row: DBTaskResult) -> None:
        # Whoever lost its lock is taken for dead: then another runs this task.
        self.lease.renew()
        super().run_task(row)
        self.report(row)
        retry()
        self.tidy_when_due()

    def report(self, row: DBTaskResult) -> None:
        if row.status == TaskResultStatus.FAILED:
            logger.log(
                logging.ERROR if len(row.worker_ids) >= ATTEMPTS else logging.WARNING,
                "%s %s gagal pada percobaan ke-%d dari %d: %s",
                row.task_path,
                row.args_kwargs["args"],
                len(row.worker_ids),
                ATTEMPTS,
                # Not what it says, which may quote an address; the desk shows that.
                row.exception_class_path,
            )

    def tidy_when_due(self) -> None:
        now = time.monotonic()
        if self.tidied_at is None or now - self.tidied_at >= TIDY_EVERY:
            self.tidied_at = now
            rescue()
            retry()
            prune()
            for chore in self.chores:
                chore()


class UntilNothing:
    """A chore that is not asked again once it has found nothing to do.

    For what only an update or a restored backup leaves undone, and is dear to look for.
    """

    def __init__(self, chore: Callable[[], int]) -> None:
        self.chore = chore
        self.ended = False

    def __call__(self) -> None:
        self.ended = self.ended or not self.chore()


def new_worker_id() -> str:
    return get_random_string(32)
