"""What many threads ask at the same time, done as one piece of work.

The first to ask begins a batch and is the one who does it; whoever asks until its turn
comes joins. While one batch is worked on the next gathers, so nobody waits for company:
a single question is a batch of one. A batch is as large as there are threads at most.

Every thread gets its own answer, and none before the work has returned. When the work
fails, it fails for all of the batch: each thread is raised what was raised. Nothing is
tried again, and nothing outlives a batch.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future


class Batch[Question, Answer]:
    """Questions that are answered together, in their order."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.answers: Future[Sequence[Answer]] = Future()


class Batches[Question, Answer]:
    """Questions to a piece of work that answers many at the price of one."""

    def __init__(self, work: Callable[[list[Question]], Sequence[Answer]]) -> None:
        self._work = work
        self._turn = threading.Lock()
        self._joining = threading.Lock()
        self._gathering: Batch[Question, Answer] = Batch()

    def ask(self, question: Question) -> Answer:
        """Return the answer to a question, once the batch it is in has been worked."""
        with self._joining:
            batch = self._gathering
            place = len(batch.questions)
            batch.questions.append(question)
        if place == 0:
            with self._turn:
                with self._joining:
                    self._gathering = Batch()
                self._do(batch)
        return batch.answers.result()[place]

    def _do(self, batch: Batch[Question, Answer]) -> None:
        try:
            batch.answers.set_result(self._work(batch.questions))
        # Whatever it is: the others wait to be told.
        except BaseException as error:
            batch.answers.set_exception(error)
