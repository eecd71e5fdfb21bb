"""Fixes findings, one or all of a rule, and accepts or reopens them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mideditor.domain.changes import ChangeKind
from mideditor.domain.fields import field_of, printed_value
from mideditor.domain.record import RecordId
from mideditor.domain.rules import Finding
from mideditor.domain.rules.table import Rule, fixed_values
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.acceptance import RecordKey, accept_keys, reopen_keys
from mideditor.session.session import Session
from mideditor.session.work import Work


class NothingToFix(UserError):
    """The finding has no certain fix."""

    def __init__(self, name: str, finding: Finding) -> None:
        super().__init__(
            f"{name}, {finding.field}: what would mend “{finding.message}” is not "
            "certain. Change the field yourself, or accept the finding with a reason."
        )


@dataclass(frozen=True)
class FieldFix:
    """What fixes change in one field: its printed value before and after."""

    record: RecordId
    field: str
    before: str
    after: str


FieldValues = dict[RecordId, Mapping[str, Any]]
"""New field values by record, as `Session.edit` takes them."""


def find_fixes(checks: Checks, rule: Rule, records: Sequence[RecordId]) -> Work[FieldValues]:
    """What the certain fixes of a rule would change in these records; accepted findings stay.

    If one fix of a record rules out the next, only the first is applied. Progress counts records.
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
    fixes = []
    for record, fields in values.items():
        now = session.record(record)
        for name, value in fields.items():
            row = field_of(name, now.kind)
            before, after = printed_value(row, getattr(now, name)), printed_value(row, value)
            fixes.append(FieldFix(record, name, before, after))
    return fixes


def fix_finding(session: Session, record: RecordId, finding: Finding, reason: str) -> Step | None:
    """Apply the fix of one finding as a correction. Raises NothingToFix, and as `edit`."""
    if finding.fix is None:
        raise NothingToFix(session.name_of(record), finding)
    return session.edit(ChangeKind.CORRECTION, {record: finding.fix.values}, reason=reason)


def accept_findings(
    session: Session, findings: Iterable[tuple[RecordId, Finding]], reason: str
) -> Work[Step | None]:
    """Accept findings until the values they are about change; one step, as `edit_work`."""
    return accept_keys(session, _keys(findings), reason)


def reopen_findings(
    session: Session, findings: Iterable[tuple[RecordId, Finding]], reason: str
) -> Work[Step | None]:
    """Reopen accepted findings; one step, as `edit_work`."""
    return reopen_keys(session, _keys(findings), reason)


def _keys(findings: Iterable[tuple[RecordId, Finding]]) -> Iterable[RecordKey]:
    return ((record, finding.key) for record, finding in findings)
