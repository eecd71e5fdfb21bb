"""What is done about findings from the window: mended, accepted, opened again, each a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

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
from mideditor.session.edits.acceptance import REOPENED
from mideditor.session.work import Work, run_now
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.step_actions import StepActions, report_step


class FindingActions(StepActions):
    """Fixes, accepts and reopens findings."""

    def find_fixes(
        self, rule: str, records: Sequence[RecordId], found: Callable[[FieldValues], object]
    ) -> None:
        """Work out what all certain fixes of a rule would change, and give it to ``found``."""
        self.begun.emit(f"Working out the fixes of {len(records):,} records")
        work = find_fixes(self._desk.checks, RULES[rule], records)
        self.lane.run(work, found, self._desk.show_failure, at_once=True)

    def mend_all(self, values: FieldValues, reason: str) -> None:
        """Make these changes as one correction."""
        work = self._desk.session.edit_work(StepKind.CORRECTION, values, reason=reason)
        records = quantity(len(values), "record", separator=",")
        self.make(_changing(len(values)), work, lambda _: f"{records} mended")

    def accept(self, chosen: Iterable[FindingRow], reason: str) -> None:
        """Let findings be quiet until what they speak of changes."""
        its = [(told.record, told.finding) for told in chosen]
        work = accept_findings(self._desk.session, its, reason)
        self._change(work, its, "accepted")

    def open_again(self, chosen: Iterable[FindingRow]) -> None:
        """Take back that findings were accepted."""
        its = [(told.record, told.finding) for told in chosen]
        work = reopen_findings(self._desk.session, its, REOPENED)
        self._change(work, its, "opened again")

    def _change(
        self, work: Work[Step | None], its: Sequence[tuple[RecordId, Finding]], done: str
    ) -> None:
        findings = quantity(len(its), "finding", separator=",")
        records = len({record for record, _ in its})
        self.make(_changing(records), work, lambda _: f"{findings} {done}")


def mend_one(desk: Desk, record: RecordId, finding: Finding) -> None:
    """Do what certainly mends a finding, as a correction."""
    reason = desk.reason or f"{finding.rule}: {finding.fix.label}" if finding.fix else ""
    step = desk.attempt(lambda: fix_finding(desk.session, record, finding, reason))
    if isinstance(step, Step) and finding.fix:
        report_step(desk, step, f"{desk.title(record)}: {finding.fix.label}")


def accept_one(desk: Desk, record: RecordId, finding: Finding) -> None:
    """Accept a finding with the reason of the edit bar, which must have one."""
    if not desk.reason:
        reason = f"Give the reason first{desk.keys.hint('focus_reason')}"
        desk.say(f"{reason}, then accept the finding.")
        return
    work = accept_findings(desk.session, [(record, finding)], desk.reason)
    step = desk.attempt(lambda: run_now(work))
    if isinstance(step, Step):
        report_step(desk, step, f"{desk.title(record)}: 1 finding accepted")


def _changing(records: int) -> str:
    return f"Changing {records:,} records"
