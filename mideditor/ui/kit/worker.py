"""Work in a worker thread, which ends at its next yield once it is cancelled."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from threading import Event
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Signal

from mideditor.session.work import Cancelled, Work, run_now

_SHOWN_EVERY = 0.03
"""Seconds between two signals of progress: more would only keep the window busy."""


class WorkerSignals(QObject):
    """`finished`, `failed` or `stopped`, and after it `ended`, are emitted once."""

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()


class Worker:
    """Runs the work in a thread. What is connected to the signals runs on the window's thread.

    A thread of Python, not a `QRunnable`: the thread itself keeps the worker alive, so it cannot be
    freed under a thread that is about to run it or has not returned from it.
    """

    def __init__(self, work: Work[Any]) -> None:
        self.signals = WorkerSignals()
        self._work = work
        self._cancelled = Event()
        self._shown = 0.0
        self._future: Future[None] | None = None

    def start(self, threads: Executor) -> None:
        """Run the work as soon as a thread is free."""
        self._future = threads.submit(self._run)

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancelled.set()

    def wait(self) -> None:
        """Wait until the thread has returned from the work."""
        if self._future is not None:
            self._future.result()

    def _run(self) -> None:
        try:
            result = run_now(self._work, self._report)
        except Cancelled:
            self.signals.stopped.emit()
        except Exception as error:
            self.signals.failed.emit(error)
        else:
            self.signals.finished.emit(result)
        self.signals.ended.emit()

    def _report(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise Cancelled
        if perf_counter() - self._shown >= _SHOWN_EVERY:
            self._shown = perf_counter()
            self.signals.progressed.emit(done, total)
