"""Lanes of long work: each runs one task at a time, in slices or in a worker thread."""

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
"""Seconds of work on the window's thread before it handles events again."""

_AT_ONCE = 0.05
"""Seconds of work that nobody notices as a delay."""

_THREADS = 4
"""The most worker threads; further work is queued."""

_NUMBERS = count()


@dataclass(eq=False)
class Task:
    """Work in progress in a lane; ``worker`` is the thread that runs it, None for slices."""

    lane: Lane
    work: Work[Any]
    done: Callable[[Any], object]
    failed: Callable[[Exception], object]
    worker: Worker | None = None
    cancelled: Callable[[], object] = lambda: None


class Lane(QObject):
    """Runs one task at a time.

    `progressed` carries how much is done, of how much. `ended` is emitted when the work is done,
    has failed or is dropped. A ``background`` lane runs only while no foreground lane is busy.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, lanes: Lanes, owner: QObject, *, background: bool = False) -> None:
        super().__init__(owner)
        self.number = number = next(_NUMBERS)
        self.background = background
        self._lanes = lanes
        self.destroyed.connect(lambda: lanes.remove(number))

    @property
    def running(self) -> bool:
        """Whether the lane has work in progress."""
        return self._lanes.task_of(self) is not None

    def run(
        self,
        work: Work[Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
        *,
        at_once: bool = False,
    ) -> None:
        """Run ``work`` in slices, replacing any other work; ``done`` gets its result.

        With ``at_once`` it runs for up to `Lanes.at_once` seconds before this returns, so short
        work has already ended by then.
        """
        self._lanes.start(Task(self, work, done, failed), at_once=at_once)

    def run_in_thread(
        self,
        work: Work[Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object],
        cancelled: Callable[[], object] = lambda: None,
    ) -> None:
        """Like `run`, in a worker thread; the callbacks are called on the window's thread.

        ``cancelled`` is called when the work has stopped because of `cancel`.
        """
        self._lanes.start(Task(self, work, done, failed, Worker(work), cancelled))

    def drop(self) -> None:
        """Abandon the work; none of its callbacks is called."""
        if self.running:
            self._lanes.remove(self.number)
            self.ended.emit()

    def cancel(self) -> bool:
        """Stop the work; False if it runs in a worker thread, which ends at its next yield."""
        task = self._lanes.task_of(self)
        if task is not None and task.worker is not None:
            task.worker.cancel()
            return False
        self.drop()
        return True


class Lanes:
    """Schedules the lanes of a window: foreground lanes take turns, background lanes queue."""

    def __init__(self) -> None:
        self.slice_seconds = _SLICE
        self.at_once = _AT_ONCE
        self._tasks: dict[int, Task] = {}
        """By lane number, in the order of their turns."""
        self._workers: set[Worker] = set()
        self._threads = ThreadPoolExecutor(_THREADS, "work")
        self._timer = QTimer()
        self._timer.setSingleShot(
            True
        )  # a repeating timer would not fire in a dialog that work opens
        self._timer.timeout.connect(self._take_turn)

    @property
    def busy(self) -> bool:
        """Whether any lane has work in slices."""
        return any(task.worker is None for task in self._tasks.values())

    def task_of(self, lane: Lane) -> Task | None:
        """The task in progress in a lane."""
        return self._tasks.get(lane.number)

    def start(self, task: Task, *, at_once: bool = False) -> None:
        """Start a task in its lane, replacing any other."""
        self.remove(task.lane.number)
        self._tasks[task.lane.number] = task
        if task.worker is not None:
            self._connect(task, task.worker)
            self.start_worker(task.worker)
        elif at_once:
            self._run_slice(task, self.at_once)
        self._wake()

    def start_worker(self, worker: Worker) -> None:
        """Run a worker that belongs to no lane."""
        self._workers.add(worker)
        worker.signals.ended.connect(lambda: self._forget(worker))
        worker.start(self._threads)

    def remove(self, number: int) -> None:
        """Remove the task of the lane with that number, if any."""
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
        worker.signals.deleteLater()  # their connections would keep the worker alive

    def _wake(self) -> None:
        if self._next() is not None:
            self._timer.start(0)

    def _next(self) -> Task | None:
        """The task to run next: the first in the foreground, else the first in the background."""
        foreground = [task for task in self._tasks.values() if not task.lane.background]
        ready = [task for task in foreground or self._tasks.values() if task.worker is None]
        return next(iter(ready), None)

    def _take_turn(self) -> None:
        task = self._next()
        if task is not None:
            if not task.lane.background:  # to the end of the queue
                self._tasks[task.lane.number] = self._tasks.pop(task.lane.number)
            self._run_slice(task, self.slice_seconds)

    def _run_slice(self, task: Task, seconds: float) -> None:
        """Run the work to its next yield, and on until so many seconds have passed."""
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
        """Remove a task that has ended; ``then`` is called unless it was dropped or replaced."""
        is_current = self._tasks.get(task.lane.number) is task
        if is_current:
            del self._tasks[task.lane.number]
        self._wake()
        if is_current:
            task.lane.ended.emit()
            then()
