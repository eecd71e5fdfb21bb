"""Fixing, accepting and reopening findings from the window; each is a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mideditor.domain.changes import ChangeKind
from mideditor.domain.counting import quantity
from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Finding
from mideditor.domain.rules.table import RULES
from mideditor.domain.steps import Step
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
        """Plan all certain fixes of a rule, and pass the changes to ``found``."""
        self.started.emit(f"Working out the fixes of {len(records):,} records")
        work = find_fixes(self._desk.checks, RULES[rule], records)
        self.lane.run(work, found, self._desk.show_failure, at_once=True)

    def apply_fixes(self, values: FieldValues, reason: str) -> None:
        """Make these changes as one correction."""
        work = self._desk.session.edit_work(ChangeKind.CORRECTION, values, reason=reason)
        records = quantity(len(values), "record", separator=",")
        self.make(_changing(len(values)), work, lambda _: f"{records} mended")

    def accept(self, rows: Iterable[FindingRow], reason: str) -> None:
        """Accept findings; they stay hidden until the values they are about change."""
        findings = [(row.record, row.finding) for row in rows]
        work = accept_findings(self._desk.session, findings, reason)
        self._change(work, findings, "accepted")

    def reopen(self, rows: Iterable[FindingRow]) -> None:
        """Reopen accepted findings."""
        findings = [(row.record, row.finding) for row in rows]
        work = reopen_findings(self._desk.session, findings, REOPENED)
        self._change(work, findings, "opened again")

    def _change(
        self, work: Work[Step | None], findings: Sequence[tuple[RecordId, Finding]], done: str
    ) -> None:
        count = quantity(len(findings), "finding", separator=",")
        records = len({record for record, _ in findings})
        self.make(_changing(records), work, lambda _: f"{count} {done}")


def apply_fix(desk: Desk, record: RecordId, finding: Finding) -> None:
    """Apply the certain fix of a finding as a correction."""
    reason = desk.reason or f"{finding.rule}: {finding.fix.label}" if finding.fix else ""
    step = desk.attempt(lambda: fix_finding(desk.session, record, finding, reason))
    if isinstance(step, Step) and finding.fix:
        report_step(desk, step, f"{desk.title(record)}: {finding.fix.label}")


def accept_finding(desk: Desk, record: RecordId, finding: Finding) -> None:
    """Accept a finding with the reason of the edit bar; without one, ask for it."""
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
