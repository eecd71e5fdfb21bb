"""Places for long work: each runs one piece at a time, in slices or in a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from mideditor.session.work import Progress, Result, Work
from mideditor.ui.kit.worker import Worker

_SLICE = 0.012
"""Seconds of work on the window's thread before it may handle events again."""

_AT_ONCE = 0.05
"""Seconds that nobody notices as a wait."""

_THREADS = 4
"""Worker threads at most; further work waits for a free one."""

_NUMBERS = count()


@dataclass(eq=False)
class Task:
    """Work under way in a lane; ``worker`` is the thread that runs it, None for slices."""

    lane: Lane
    work: Work[Any]
    done: Callable[[Any], object]
    failed: Callable[[Exception], object]
    worker: Worker | None = None
    cancelled: Callable[[], object] = lambda: None


class Lane(QObject):
    """A place for one piece of work at a time.

    `progressed` carries how much is done, of how much. `ended` is emitted when nothing runs any
    more, whether the work was done, failed or was dropped. A lane that works ``ahead``, before
    anybody waits for it, has its turn only while no other lane is busy.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, lanes: Lanes, owner: QObject, *, ahead: bool = False) -> None:
        super().__init__(owner)
        self.number = number = next(_NUMBERS)
        self.ahead = ahead
        self._lanes = lanes
        self.destroyed.connect(lambda: lanes.remove(number))

    @property
    def running(self) -> bool:
        """Whether there is work under way."""
        return self._lanes.task_of(self) is not None

    def run(
        self,
        work: Work[Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
        *,
        at_once: bool = False,
    ) -> None:
        """Run ``work`` in slices, in the place of any other; ``done`` gets what it returns.

        With ``at_once`` it is run for `Lanes.at_once` seconds before this returns: work that ends
        by then has ended.
        """
        self._lanes.start(Task(self, work, done, failed), at_once=at_once)

    def run_in_thread(
        self,
        work: Work[Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
        cancelled: Callable[[], object] = lambda: None,
    ) -> None:
        """As `run`, in a worker thread; ``done`` and ``failed`` are called on the window's thread.

        ``cancelled`` is called when the work has stopped because of `cancel`.
        """
        self._lanes.start(Task(self, work, done, failed, Worker(work), cancelled))

    def drop(self) -> None:
        """Leave the work where it is, and hear no more of it."""
        if self.running:
            self._lanes.remove(self.number)
            self.ended.emit()

    def cancel(self) -> bool:
        """Stop the work; False where it is in a worker thread, which ends at its next yield."""
        task = self._lanes.task_of(self)
        if task is not None and task.worker is not None:
            task.worker.cancel()
            return False
        self.drop()
        return True


class Lanes:
    """Gives each lane of a window its turn. Of those that work ahead one runs after the other."""

    def __init__(self) -> None:
        self.slice_seconds = _SLICE
        self.at_once = _AT_ONCE
        self._tasks: dict[int, Task] = {}
        """By the number of their lane, in the order of their turns."""
        self._workers: set[Worker] = set()
        self._threads = ThreadPoolExecutor(_THREADS, "work")
        self._timer = QTimer()
        self._timer.setSingleShot(True)  # else it would stand still in a dialog that work opens
        self._timer.timeout.connect(self._take_turn)

    @property
    def busy(self) -> bool:
        """Whether any lane has work in slices."""
        return any(task.worker is None for task in self._tasks.values())

    def task_of(self, lane: Lane) -> Task | None:
        """The work under way in a lane."""
        return self._tasks.get(lane.number)

    def start(self, task: Task, *, at_once: bool = False) -> None:
        """Put work into its lane, in the place of any other."""
        self.remove(task.lane.number)
        self._tasks[task.lane.number] = task
        if task.worker is not None:
            self._connect(task, task.worker)
            self.start_worker(task.worker)
        elif at_once:
            self._go_on(task, self.at_once)
        self._wake()

    def start_worker(self, worker: Worker) -> None:
        """Run work in a thread that belongs to no lane."""
        self._workers.add(worker)
        worker.signals.ended.connect(lambda: self._forget(worker))
        worker.start(self._threads)

    def remove(self, number: int) -> None:
        """Take the work out of the lane of that number, if there is any."""
        task = self._tasks.pop(number, None)
        if task is not None:
            if task.worker is not None:
                task.worker.cancel()
            self._wake()

    def wait_for_workers(self) -> None:
        """Wait until every worker thread has ended."""
        for worker in [*self._workers]:
            worker.wait()

    def _connect(self, task: Task, worker: Worker) -> None:
        signals = worker.signals
        signals.progressed.connect(lambda done, total: self._show(task, (done, total)))
        signals.finished.connect(lambda result: self._end(task, lambda: task.done(result)))
        signals.failed.connect(lambda error: self._end(task, lambda: task.failed(error)))
        signals.stopped.connect(lambda: self._end(task, task.cancelled))

    def _forget(self, worker: Worker) -> None:
        self._workers.discard(worker)
        worker.wait()
        worker.signals.deleteLater()  # what is connected to them would keep the worker for ever

    def _wake(self) -> None:
        if self._next() is not None:
            self._timer.start(0)

    def _next(self) -> Task | None:
        """The work whose turn it is: one that is waited for, else the first that is ahead."""
        waited_for = [task for task in self._tasks.values() if not task.lane.ahead]
        ready = [task for task in waited_for or self._tasks.values() if task.worker is None]
        return next(iter(ready), None)

    def _take_turn(self) -> None:
        task = self._next()
        if task is not None:
            if not task.lane.ahead:  # behind the others that are waited for
                self._tasks[task.lane.number] = self._tasks.pop(task.lane.number)
            self._go_on(task, self.slice_seconds)

    def _go_on(self, task: Task, seconds: float) -> None:
        """Run at least one part of the work, and more until so many seconds have passed."""
        until = perf_counter() + seconds
        try:
            progress = next(task.work)
            while perf_counter() < until:
                progress = next(task.work)
        except StopIteration as end:
            result = end.value
            self._end(task, lambda: task.done(result))
        except Exception as error:
            failure = error
            self._end(task, lambda: task.failed(failure))
        else:
            self._wake()
            self._show(task, progress)

    def _show(self, task: Task, progress: Progress) -> None:
        if self._tasks.get(task.lane.number) is task:
            task.lane.progressed.emit(*progress)

    def _end(self, task: Task, then: Callable[[], object]) -> None:
        """Take ended work out of its lane; if it was dropped or replaced, nobody hears of it."""
        is_current = self._tasks.get(task.lane.number) is task
        if is_current:
            del self._tasks[task.lane.number]
        self._wake()
        if is_current:
            task.lane.ended.emit()
            then()
