"""Checks records in the background, with progress in the head of the findings panel."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QObject, Signal

from mideditor.session.checks.project_findings import ProjectFindings
from mideditor.session.session import Changed
from mideditor.session.work import FEW_RECORDS
from mideditor.ui.desk.desk import Desk
from mideditor.ui.findings.findings_head import FindingsHead
from mideditor.ui.findings.fixes import FindingActions
from mideditor.ui.kit.lanes import Lane

_REPAINT = 0.3
"""Seconds between two repaints while records are checked."""


class FindingsProgress(QObject):
    """Runs in ``lane``. `refreshed` is emitted when there are new findings to show."""

    refreshed = Signal()

    def __init__(
        self,
        desk: Desk,
        findings: ProjectFindings,
        head: FindingsHead,
        actions: FindingActions,
        lane: Lane,
    ) -> None:
        super().__init__(lane)
        self._desk = desk
        self._findings = findings
        self._head = head
        self._actions = actions
        self._lane = lane
        self._repainted = monotonic()
        head.stop_requested.connect(self._stop)
        lane.progressed.connect(self._show_progress)
        lane.ended.connect(self._end)
        actions.started.connect(self._show_action)
        actions.lane.progressed.connect(head.show_progress)
        actions.lane.ended.connect(self._end)
        desk.session.subscribe(self._on_changed)

    def check_next(self) -> None:
        """Check the remaining records: a few at once, many in slices."""
        if self._findings.waiting <= FEW_RECORDS:
            self._findings.check_next(FEW_RECORDS)
        elif not self._lane.running:
            self._repainted = monotonic()
            self._head.show_work(may_stop=False)
            self._lane.run(self._findings.find_all(), lambda _: None, self._desk.show_failure)

    def _on_changed(self, _: Changed) -> None:
        """Check again what a step has changed."""
        is_few = self._findings.waiting <= FEW_RECORDS
        self.check_next()
        if is_few:
            self.refreshed.emit()

    def _show_progress(self, done: int, total: int) -> None:
        if monotonic() - self._repainted > _REPAINT:
            self._repainted = monotonic()
            self._head.show_progress(done, total)
            self._head.show_count(f"{done:,} of {total:,} records looked at")
            self.refreshed.emit()

    def _show_action(self, what: str) -> None:
        self._head.show_work(may_stop=True)
        self._head.show_count(f"{what} …")

    def _end(self) -> None:
        self._head.show_idle()
        self.refreshed.emit()

    def _stop(self) -> None:
        self._actions.lane.drop()
        self._desk.say("Stopped; nothing was changed.")
