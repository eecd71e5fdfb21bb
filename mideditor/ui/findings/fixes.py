"""What is done about findings from the window: mended, accepted, opened again, each a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Finding
from mideditor.domain.rules.table import RULES
from mideditor.domain.steps import Step, StepKind
from mideditor.session.checks.fixes import (
    FieldValues,
    accept_findings,
    accepting,
    edited_in_turn,
    finding_fixes,
    fix_finding,
    fixes_of,
    opening_again,
)
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.slices import Slices

AT_ONCE = 40
"""Records that are looked at or changed without a sign of progress: some milliseconds."""
_OPENED = "To be looked at again"


class FindingActions(QObject):
    """Makes the steps; of many records in ``slices``.

    `begun` tells what long work has begun, `progressed` how much of how much is done,
    `ended` that nothing is under way any more.
    """

    begun = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, desk: Desk, slices: Slices) -> None:
        super().__init__(slices)
        self._desk = desk
        self._slices = slices
        slices.progressed.connect(self.progressed)
        slices.ended.connect(self.ended)

    def drop(self) -> None:
        """Leave long work where it is, with nothing changed."""
        self._slices.drop()

    def find_fixes(
        self, rule: str, records: Sequence[RecordId], found: Callable[[FieldValues], object]
    ) -> None:
        """Work out what all certain fixes of a rule would change, and give it to ``found``."""
        checks = self._desk.checks
        if len(records) <= AT_ONCE:
            found(fixes_of(checks, RULES[rule], records))
        else:
            self.begun.emit(f"Working out the fixes of {len(records):,} records")
            work = finding_fixes(checks, RULES[rule], records, {})
            self._slices.run(work, len(records), found, self._desk.show_failure)

    def mend_all(self, values: FieldValues, reason: str) -> None:
        """Make these changes as one correction."""
        count = len(values)
        noun = "record" if count == 1 else "records"
        self._change(StepKind.CORRECTION, values, reason, f"{count:,} {noun} mended")

    def accept(self, chosen: Iterable[FindingRow], reason: str) -> None:
        """Let findings be quiet until what they speak of changes."""
        its = [(told.record, told.finding) for told in chosen]
        values = accepting(self._desk.session, its, reason)
        self._change(StepKind.REVIEW, values, reason, f"{_findings(len(its))} accepted")

    def open_again(self, chosen: Iterable[FindingRow]) -> None:
        """Take back that findings were accepted."""
        its = [(told.record, told.finding) for told in chosen]
        values = opening_again(self._desk.session, its)
        self._change(StepKind.REVIEW, values, _OPENED, f"{_findings(len(its))} opened again")

    def _change(self, kind: StepKind, values: FieldValues, reason: str, what: str) -> None:
        session = self._desk.session
        if len(values) <= AT_ONCE:
            step = self._desk.attempt(lambda: session.edit(kind, values, reason=reason))
            _tell(self._desk, step, what)
            return
        self.begun.emit(f"Changing {len(values):,} records")
        work = edited_in_turn(session, kind, values, reason)
        self._slices.run(
            work, len(values), lambda step: _tell(self._desk, step, what), self._desk.show_failure
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
    step = desk.attempt(lambda: accept_findings(desk.session, [(record, finding)], desk.reason))
    _tell(desk, step, f"{desk.title(record)}: 1 finding accepted")


def _tell(desk: Desk, step: object, what: str) -> None:
    if isinstance(step, Step):
        back = desk.keys.clause("undo", "takes it back")
        desk.say(f"{what} · step {step.number}, on disk{back}")


def _findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count:,} findings"
