"""What is done about findings: mended one by one or all of a rule, accepted, opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mideditor.domain.fields import field_of, printed_value
from mideditor.domain.record import Acceptance, RecordId
from mideditor.domain.rules import Finding
from mideditor.domain.rules.table import Rule, fixed_values
from mideditor.domain.steps import Step, StepKind
from mideditor.files.user_error import UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.acceptance import with_acceptances, without_acceptances
from mideditor.session.session import Session
from mideditor.session.work import Work


class NothingToFix(UserError):
    """A finding that has no certain fix."""

    def __init__(self, record: RecordId, finding: Finding) -> None:
        super().__init__(
            f"Record {record}, {finding.field}: what would mend “{finding.message}” is not "
            "certain. Change the field yourself, or accept the finding with a reason."
        )


@dataclass(frozen=True)
class FieldFix:
    """What certain fixes make of one field: its value as printed, before and after."""

    record: RecordId
    field: str
    before: str
    after: str


FieldValues = dict[RecordId, Mapping[str, Any]]
"""New values of fields by record, as `Session.edit` takes them."""


def fixes_of(checks: Checks, rule: Rule, records: Iterable[RecordId]) -> FieldValues:
    """All that the certain fixes of a rule would change in these records; accepted ones stay.

    A record that a fix would not suit any more after another is left as far as it goes.
    """
    values: FieldValues = {}
    for _ in finding_fixes(checks, rule, records, values):
        pass
    return values


def finding_fixes(
    checks: Checks, rule: Rule, records: Iterable[RecordId], values: FieldValues
) -> Work[FieldValues]:
    """As `fixes_of`, a record at a time into ``values``, telling how many are done."""
    for done, record in enumerate(records, start=1):
        if any(finding.rule == rule.name and finding.fix for finding in checks.of(record)):
            accepted = frozenset(one.finding.key for one in checks.accepted(record))
            fixed = fixed_values(checks.context_of(record), rule, accepted)
            if fixed:
                values[record] = fixed
        yield done
    return values


def preview(session: Session, values: FieldValues) -> list[FieldFix]:
    """What these values would change, field by field."""
    mends = []
    for record, fields in values.items():
        now = session.record(record)
        for name, value in fields.items():
            row = field_of(name, now.kind)
            before, after = printed_value(row, getattr(now, name)), printed_value(row, value)
            mends.append(FieldFix(record, name, before, after))
    return mends


def fix_finding(session: Session, record: RecordId, finding: Finding, reason: str) -> Step | None:
    """Do what certainly mends one finding, as a correction. Raises NothingToFix and as `edit`."""
    if finding.fix is None:
        raise NothingToFix(record, finding)
    return session.edit(StepKind.CORRECTION, {record: finding.fix.values}, reason=reason)


def accept_findings(
    session: Session, findings: Sequence[tuple[RecordId, Finding]], reason: str
) -> Step | None:
    """Let findings be quiet until what they speak of changes; one step. Raises as `edit`."""
    return session.edit(StepKind.REVIEW, accepting(session, findings, reason), reason=reason)


def accepting(
    session: Session, findings: Iterable[tuple[RecordId, Finding]], reason: str
) -> FieldValues:
    """What records are like when these findings are accepted."""
    return with_acceptances(
        session,
        ((record, Acceptance(key=finding.key, reason=reason)) for record, finding in findings),
    )


def reopen_findings(
    session: Session, record: RecordId, findings: Iterable[Finding], reason: str
) -> Step | None:
    """Take back that these findings of a record were accepted. Raises as `edit`."""
    values = opening_again(session, [(record, finding) for finding in findings])
    return session.edit(StepKind.REVIEW, values, reason=reason)


def opening_again(session: Session, findings: Iterable[tuple[RecordId, Finding]]) -> FieldValues:
    """What records are like when these findings are not accepted any more."""
    return without_acceptances(session, ((record, finding.key) for record, finding in findings))


def edited_in_turn(
    session: Session,
    kind: StepKind,
    values: Mapping[RecordId, Mapping[str, Any]],
    reason: str,
) -> Work[Step | None]:
    """As `Session.edit`, a record at a time, telling how many are done; the step comes at the end.

    Until then nothing is changed, and the work can be dropped. Raises StalePlan where another step
    was made meanwhile, and as `Session.edit`.
    """
    plans = []
    for record, fields in values.items():
        plans.append(session.plan(kind, {record: fields}))
        yield len(plans)
    return session.make(plans, reason=reason)
