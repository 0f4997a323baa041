import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kpuweb.batching import Batches


class Doubling:
    """Work that doubles numbers, and stops in the middle until it is told to go on."""

    def __init__(self):
        self.batches = []
        self.begun = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)

    def __call__(self, numbers):
        self.batches.append(list(numbers))
        self.begun.release()
        assert self.go_on.acquire(timeout=10)
        if 13 in numbers:
            raise OSError("tidak jadi")
        return [2 * number for number in numbers]


class Crowd:
    """Threads that ask: one is being answered, and then all the others come."""

    def __init__(self, threads):
        self.threads = threads
        self.work = Doubling()
        self.batches = Batches(self.work)

    def ask(self, number):
        return self.threads.submit(self.batches.ask, number)

    def ask_while_busy(self, first, *others):
        answers = [self.ask(first)]
        assert self.work.begun.acquire(timeout=10)
        for place, number in enumerate(others, start=1):
            answers.append(self.ask(number))
            deadline = time.monotonic() + 10
            while len(self.batches._gathering.questions) < place:
                assert time.monotonic() < deadline
                time.sleep(0.001)
        return answers


@pytest.fixture
def crowd():
    with ThreadPoolExecutor(8) as threads:
        crowd = Crowd(threads)
        yield crowd
        # Were a test to fail in the middle, let its threads end.
        crowd.work.go_on.release(8)


def test_who_asks_alone_waits_for_no_other(crowd):
    crowd.work.go_on.release()
    assert crowd.ask(3).result(timeout=10) == 6
    assert crowd.work.batches == [[3]]


def test_who_asks_meanwhile_is_answered_together_and_each_its_own(crowd):
    first, *others = crowd.ask_while_busy(1, 2, 3, 4)
    crowd.work.go_on.release()
    assert first.result(timeout=10) == 2
    assert crowd.work.begun.acquire(timeout=10)
    assert crowd.work.batches == [[1], [2, 3, 4]]
    # The work is not done yet.
    assert not any(other.done() for other in others)
    crowd.work.go_on.release()
    assert [other.result(timeout=10) for other in others] == [4, 6, 8]


def test_what_fails_fails_for_all_of_its_batch_and_for_no_other(crowd):
    first, *others = crowd.ask_while_busy(1, 2, 13)
    crowd.work.go_on.release(3)
    assert first.result(timeout=10) == 2
    for other in others:
        with pytest.raises(OSError, match="tidak jadi"):
            other.result(timeout=10)
    assert crowd.ask(5).result(timeout=10) == 10
    assert crowd.work.batches == [[1], [2, 13], [5]]
