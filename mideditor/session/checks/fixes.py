"""What is done about findings: mended one by one or all of a rule, accepted, opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mideditor.domain.fields import field_of, printed_value
from mideditor.domain.record import RecordId
from mideditor.domain.rules import Finding
from mideditor.domain.rules.table import Rule, fixed_values
from mideditor.domain.steps import Step, StepKind
from mideditor.files.user_error import UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.acceptance import RecordKey, accept_keys, reopen_keys
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


def find_fixes(checks: Checks, rule: Rule, records: Sequence[RecordId]) -> Work[FieldValues]:
    """All that the certain fixes of a rule would change in these records; accepted ones stay.

    A record that a fix would not suit any more after another is left as far as it goes. Progress
    counts records.
    """
    values: FieldValues = {}
    for done, record in enumerate(records, start=1):
        if any(finding.rule == rule.name and finding.fix for finding in checks.of(record)):
            accepted = frozenset(one.finding.key for one in checks.accepted(record))
            fixed = fixed_values(checks.context_of(record), rule, accepted)
            if fixed:
                values[record] = fixed
        yield done, len(records)
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
    session: Session, findings: Iterable[tuple[RecordId, Finding]], reason: str
) -> Work[Step | None]:
    """Let findings be quiet until what they speak of changes; one step. Works as `edit_work`."""
    return accept_keys(session, _keys(findings), reason)


def reopen_findings(
    session: Session, findings: Iterable[tuple[RecordId, Finding]], reason: str
) -> Work[Step | None]:
    """Take back that these findings were accepted; one step. Works as `edit_work`."""
    return reopen_keys(session, _keys(findings), reason)


def _keys(findings: Iterable[tuple[RecordId, Finding]]) -> Iterable[RecordKey]:
    return ((record, finding.key) for record, finding in findings)
