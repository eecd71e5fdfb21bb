"""Work in a thread of the pool, which ends at its next yield once it is cancelled."""

from __future__ import annotations

from threading import Event
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Signal
from typing_extensions import override

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


class Worker(QRunnable):
    """Runs the work in a thread. What is connected to the signals runs on the window's thread."""

    def __init__(self, work: Work[Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = WorkerSignals()
        self._work = work
        self._cancelled = Event()
        self._shown = 0.0

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancelled.set()

    @override
    def run(self) -> None:
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
