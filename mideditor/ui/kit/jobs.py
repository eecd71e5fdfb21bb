"""Long work: one job at a time, in a thread or in slices, with progress and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QRunnable, QThreadPool, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget
from typing_extensions import override

from mideditor.files.error_log import keep_details
from mideditor.files.user_error import UserError
from mideditor.session.work import Cancelled, Progress
from mideditor.session.work import Work as InParts
from mideditor.ui.kit.slices import AT_ONCE, Slices

Work = Callable[[Progress], Any]
Done = Callable[[Any], None]


class _Signals(QObject):
    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    stopped = Signal()


class _Job(QRunnable):
    """Runs the work in a thread of the pool and tells of it by signals."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.signals = _Signals()
        self.cancel = Event()
        self._work = work

    @override
    def run(self) -> None:
        try:
            result = self._work(self._progress)
        except Cancelled:
            self.signals.stopped.emit()
        except UserError as error:
            self.signals.failed.emit(str(error))
        except Exception as error:
            self.signals.failed.emit(keep_details(error))
        else:
            self.signals.finished.emit(result)

    def _progress(self, done: int, total: int) -> None:
        if self.cancel.is_set():
            raise Cancelled
        self.signals.progressed.emit(done, total)


def in_background(work: Callable[[], object], done: Done, failed: Callable[[str], object]) -> None:
    """Run short work in a thread, unseen; ``done`` or ``failed`` hear on the window's thread."""
    job = _Job(lambda _: work())
    job.signals.finished.connect(done)
    job.signals.failed.connect(failed)
    job.setAutoDelete(False)
    _UNSEEN.add(job)
    for ended in (job.signals.finished, job.signals.failed):
        ended.connect(lambda _: _UNSEEN.discard(job))
    QThreadPool.globalInstance().start(job)


_UNSEEN: set[_Job] = set()
"""Running jobs, which nothing else keeps alive."""


class Jobs(QWidget):
    """The place in the status bar where the running job shows. `busy` tells of start and end.

    So many seconds of work in slices are done ``at_once``.
    """

    busy = Signal(bool)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._job: _Job | None = None
        self._slices = Slices(self)
        self.at_once = AT_ONCE
        self._slices.progressed.connect(self._show_progress)
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._cancel = QPushButton("Cancel")
        self._cancel.setAccessibleName("Cancel the running job")
        self._cancel.clicked.connect(self.cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addWidget(self._label)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether a job is running."""
        return self._job is not None or self._slices.running

    def run(self, label: str, work: Work, done: Done) -> bool:
        """Start ``work`` in a thread; ``done`` gets its result on the window's thread.

        False where another job is still running.
        """
        if self._is_taken():
            return False
        job = self._job = _Job(work)
        self._label.setText(label)
        self._bar.setRange(0, 0)
        job.signals.progressed.connect(self._show_progress)
        job.signals.finished.connect(lambda result: self._end(lambda: done(result)))
        job.signals.failed.connect(lambda text: self._end(lambda: self.failed.emit(text)))
        job.signals.stopped.connect(
            lambda: self._end(lambda: self.said.emit(f"{label}: cancelled, nothing was changed."))
        )
        self.show()
        self.busy.emit(True)
        job.setAutoDelete(False)
        QThreadPool.globalInstance().start(job)
        return True

    def run_in_slices(
        self,
        label: str,
        work: InParts[Any],
        total: int,
        done: Done,
        failed: Callable[[Exception], None],
    ) -> bool:
        """Do ``work`` on the window's own thread, as it must where it changes records; as `run`.

        Of work that takes no time to speak of nothing is shown.
        """
        if self._is_taken():
            return False
        self._label.setText(label)
        self._bar.setRange(0, 0)
        self._slices.run(
            work,
            total,
            lambda result: self._end(lambda: done(result)),
            lambda error: self._end(lambda: failed(error)),
            at_once=self.at_once,
        )
        if self._slices.running:
            self.show()
            self.busy.emit(True)
        return True

    def finish(self, label: str, work: Callable[[], object]) -> None:
        """Run work that the window must wait for, in a thread and with a sign of life.

        Raises what the work raises.
        """
        self.wait()
        self._let_it_end()
        raised: list[BaseException] = []

        def guarded(_: Progress) -> None:
            try:
                work()
            except BaseException as error:
                raised.append(error)

        self.run(label, guarded, lambda _: None)
        self._let_it_end()
        if raised:
            raise raised[0]

    def cancel(self) -> None:
        """Ask the running job to stop."""
        if self._job is not None:
            self._job.cancel.set()
            self._label.setText("Stopping …")
        elif self._slices.running:
            self._slices.drop()
            label = self._label.text()
            self._end(lambda: self.said.emit(f"{label}: cancelled, nothing was changed."))

    def wait(self) -> None:
        """Stop the running job and wait until it has ended."""
        self.cancel()
        QThreadPool.globalInstance().waitForDone()

    def _is_taken(self) -> bool:
        if self.running:
            self.said.emit("Wait for the running job, or cancel it first.")
        return self.running

    def _let_it_end(self) -> None:
        flags = QEventLoop.ProcessEventsFlag
        while self._job is not None:
            QEventLoop().processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _end(self, then: Callable[[], None]) -> None:
        self._job = None
        self.hide()
        self.busy.emit(False)
        then()
