"""Work in a worker thread; once cancelled, it ends at its next yield."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from threading import Event
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Signal

from mideditor.session.work import Cancelled, Work, run_now

_REPORT_INTERVAL = 0.03
"""Seconds between two progress signals; more would only keep the window busy."""


class WorkerSignals(QObject):
    """One of `finished`, `failed` and `stopped` is emitted once, and then `ended`."""

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()


class Worker:
    """Runs work in a thread. Slots connected to its signals run on the window's thread.

    A Python thread, not a `QRunnable`: the thread itself keeps the worker alive, so it cannot be
    freed while a thread is about to run it or has not yet returned from it.
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
        if perf_counter() - self._shown >= _REPORT_INTERVAL:
            self._shown = perf_counter()
            self.signals.progressed.emit(done, total)
