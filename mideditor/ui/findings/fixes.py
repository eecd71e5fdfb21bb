"""What is done about findings from the window: mended, accepted, opened again, each a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from mideditor.domain.counting import quantity
from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Finding
from mideditor.domain.rules.table import RULES
from mideditor.domain.steps import Step, StepKind
from mideditor.session.checks.fixes import (
    FieldValues,
    accept_findings,
    find_fixes,
    fix_finding,
    reopen_findings,
)
from mideditor.session.work import Work, run_now
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.lanes import Lane

_OPENED = "To be looked at again"


class FindingActions(QObject):
    """Makes the steps; those of many records in ``lane``, with progress.

    `begun` tells what long work has begun, `progressed` how much of how much is done,
    `ended` that nothing is under way any more.
    """

    begun = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, desk: Desk, lane: Lane) -> None:
        super().__init__(lane)
        self._desk = desk
        self._lane = lane
        lane.progressed.connect(self.progressed)
        lane.ended.connect(self.ended)

    def drop(self) -> None:
        """Leave long work where it is, with nothing changed."""
        self._lane.drop()

    def find_fixes(
        self, rule: str, records: Sequence[RecordId], found: Callable[[FieldValues], object]
    ) -> None:
        """Work out what all certain fixes of a rule would change, and give it to ``found``."""
        self.begun.emit(f"Working out the fixes of {len(records):,} records")
        work = find_fixes(self._desk.checks, RULES[rule], records)
        self._lane.run(work, found, self._desk.show_failure, at_once=True)

    def mend_all(self, values: FieldValues, reason: str) -> None:
        """Make these changes as one correction."""
        records = quantity(len(values), "record", separator=",")
        work = self._desk.session.edit_work(StepKind.CORRECTION, values, reason=reason)
        self._change(work, len(values), f"{records} mended")

    def accept(self, chosen: Iterable[FindingRow], reason: str) -> None:
        """Let findings be quiet until what they speak of changes."""
        its = [(told.record, told.finding) for told in chosen]
        work = accept_findings(self._desk.session, its, reason)
        self._change(work, _count_records(its), f"{_findings(len(its))} accepted")

    def open_again(self, chosen: Iterable[FindingRow]) -> None:
        """Take back that findings were accepted."""
        its = [(told.record, told.finding) for told in chosen]
        work = reopen_findings(self._desk.session, its, _OPENED)
        self._change(work, _count_records(its), f"{_findings(len(its))} opened again")

    def _change(self, work: Work[Step | None], records: int, what: str) -> None:
        self.begun.emit(f"Changing {records:,} records")
        self._lane.run(
            work,
            lambda step: _tell(self._desk, step, what),
            self._desk.show_failure,
            at_once=True,
        )


def mend_one(desk: Desk, record: RecordId, finding: Finding) -> None:
    """Do what certainly mends a finding, as a correction."""
    reason = desk.reason or f"{finding.rule}: {finding.fix.label}" if finding.fix else ""
    step = desk.attempt(lambda: fix_finding(desk.session, record, finding, reason))
    _tell(desk, step, f"{desk.title(record)}: {finding.fix.label}" if finding.fix else "")


def accept_one(desk: Desk, record: RecordId, finding: Finding) -> None:
    """Accept a finding with the reason of the edit bar, which must have one."""
    if not desk.reason:
        reason = f"Give the reason first{desk.keys.hint('focus_reason')}"
        desk.say(f"{reason}, then accept the finding.")
        return
    work = accept_findings(desk.session, [(record, finding)], desk.reason)
    step = desk.attempt(lambda: run_now(work))
    _tell(desk, step, f"{desk.title(record)}: 1 finding accepted")


def _tell(desk: Desk, step: object, what: str) -> None:
    if isinstance(step, Step):
        back = desk.keys.clause("undo", "takes it back")
        desk.say(f"{what} · step {step.number}, on disk{back}")


def _count_records(findings: Iterable[tuple[RecordId, Finding]]) -> int:
    return len({record for record, _ in findings})


def _findings(count: int) -> str:
    return quantity(count, "finding", separator=",")
