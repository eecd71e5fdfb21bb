"""Steps that the actions of a panel make: at once, or in slices with progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from mideditor.domain.steps import Step
from mideditor.session.work import Work
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.lanes import Lane


class StepActions(QObject):
    """Makes steps in ``lane``. `started` carries the label of the work; `made` follows a step."""

    started = Signal(str)
    made = Signal()

    def __init__(self, desk: Desk, lane: Lane) -> None:
        super().__init__(lane)
        self.lane = lane
        self._desk = desk

    def make(self, label: str, work: Work[Step | None], describe: Callable[[Step], str]) -> None:
        """Run work that makes a step, and report what it did; shown as ``label`` while it runs."""
        self.started.emit(label)
        self.lane.run(
            work,
            lambda step: self._report(step, describe),
            self._desk.show_failure,
            at_once=True,
        )

    def _report(self, step: Step | None, describe: Callable[[Step], str]) -> None:
        if step is not None:
            report_step(self._desk, step, describe(step))
            self.made.emit()


def report_step(desk: Desk, step: Step, what: str) -> None:
    """Say what a step did, that it is on disk, and which key takes it back."""
    undo = desk.keys.clause("undo", "takes it back")
    desk.say(f"{what} · step {step.number}, on disk{undo}")
