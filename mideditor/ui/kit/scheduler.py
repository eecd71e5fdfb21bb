"""The scheduler of a window: foreground jobs, lanes of panels, and short background work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Signal

from mideditor.files.error_log import keep_details
from mideditor.files.user_error import UserError
from mideditor.session.work import Result, Work
from mideditor.ui.kit.lanes import Lane, Lanes
from mideditor.ui.kit.worker import Worker


class Scheduler(QObject):
    """Runs all long work of one window.

    One job at a time runs in the foreground; `JobStatus` shows it by means of `started`,
    `progressed`, `stopping` and `ended`. `said` carries a line for the status bar, `failed` a
    message that the user must see.
    """

    started = Signal(str)
    progressed = Signal(int, int)
    stopping = Signal()
    ended = Signal()
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lanes = Lanes()
        self._label = ""
        self._job = Lane(self.lanes, self)
        self._job.progressed.connect(self.progressed)
        self._job.ended.connect(self.ended)

    def lane(self, owner: QObject, *, background: bool = False) -> Lane:
        """A lane for the work of a panel; it lives as long as its owner. See `Lane`."""
        return Lane(self.lanes, owner, background=background)

    @property
    def running(self) -> bool:
        """Whether a job is running in the foreground."""
        return self._job.running

    def run_in_thread(
        self,
        label: str,
        work: Work[Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> bool:
        """Run a job in a worker thread; ``done`` gets its result on the window's thread.

        Returns False if another job is still running. Without ``failed``, an error is shown.
        """
        if self._is_busy():
            return False
        self._label = label
        self.started.emit(label)
        self._job.run_in_thread(work, done, failed or self._fail, self._say_cancelled)
        return True

    def run_in_slices(
        self,
        label: str,
        work: Work[Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> bool:
        """Like `run_in_thread`, but on the window's thread, as work that changes records must be.

        Short work that ends at once is not shown.
        """
        if self._is_busy():
            return False
        self._label = label
        self._job.run(work, done, failed or self._fail, at_once=True)
        if self.running and self._label == label:
            self.started.emit(label)
        return True

    def run_in_background(
        self, work: Work[Result], done: Callable[[Result], object], failed: Callable[[str], object]
    ) -> None:
        """Run short work in a thread without showing it; callbacks run on the window's thread."""
        worker = Worker(work)
        worker.signals.finished.connect(done)
        worker.signals.failed.connect(lambda error: failed(_error_text(error)))
        self.lanes.start_worker(worker)

    def cancel(self) -> None:
        """Ask the running job to stop."""
        if self.running:
            if self._job.cancel():
                self._say_cancelled()
            else:
                self.stopping.emit()

    def wait(self) -> None:
        """Drop the running job, and wait until every worker thread has ended."""
        if self.running:
            self._job.drop()
            self._say_cancelled()
        self.lanes.wait_for_workers()

    def run_and_wait(self, label: str, work: Work[object]) -> None:
        """Run a job in a thread and wait for it; the window repaints but accepts no input.

        Raises what the work raises.
        """
        self.wait()
        raised: list[Exception] = []
        self.run_in_thread(label, work, lambda _: None, raised.append)
        flags = QEventLoop.ProcessEventsFlag
        while self.running:
            QEventLoop().processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)
        if raised:
            raise raised[0]

    def _is_busy(self) -> bool:
        if self.running:
            self.said.emit("Wait for the running job, or cancel it first.")
        return self.running

    def _fail(self, error: Exception) -> None:
        self.failed.emit(_error_text(error))

    def _say_cancelled(self) -> None:
        self.said.emit(f"{self._label}: cancelled, nothing was changed.")


def _error_text(error: Exception) -> str:
    return str(error) if isinstance(error, UserError) else keep_details(error)
