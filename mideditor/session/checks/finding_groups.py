"""Filters findings and groups them by rule or by record, the most severe first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Severity
from mideditor.domain.rules.table import RULES

_BY_SEVERITY = list(Severity)


@dataclass(frozen=True)
class FindingFilter:
    """Which findings to show; None or "" matches all.

    Every word must occur in the finding, in the name of its rule, field or record, or in the
    reason for accepting it.
    """

    words: str = ""
    severity: Severity | None = None
    rule: str = ""
    records: Container[RecordId] | None = None


@dataclass(frozen=True)
class FindingGroup:
    """The findings of a rule or of a record; ``severity`` is the highest among them."""

    key: str
    title: str
    severity: Severity
    members: tuple[FindingRow, ...]


def filter_findings(findings: Iterable[FindingRow], criteria: FindingFilter) -> list[FindingRow]:
    """The findings that match a filter, in their order."""
    words = criteria.words.casefold().split()
    return [
        row
        for row in findings
        if criteria.severity in (None, row.finding.severity)
        and criteria.rule in ("", row.finding.rule)
        and (criteria.records is None or row.record in criteria.records)
        and (not words or _has_all(row, words))
    ]


def by_rule(findings: Iterable[FindingRow]) -> list[FindingGroup]:
    """A group for each rule: the most severe first, then in the order of the rule table."""
    members: dict[str, list[FindingRow]] = {}
    for row in findings:
        members.setdefault(row.finding.rule, []).append(row)
    order = list(RULES)
    groups = [_group(rule, rule, rows) for rule, rows in members.items()]
    return sorted(groups, key=lambda one: (_BY_SEVERITY.index(one.severity), order.index(one.key)))


def by_record(findings: Iterable[FindingRow]) -> list[FindingGroup]:
    """A group for each record, in their order, its most severe findings first."""
    members: dict[RecordId, list[FindingRow]] = {}
    for row in findings:
        members.setdefault(row.record, []).append(row)
    return [
        _group(str(record), rows[0].title, sorted(rows, key=_severity_rank))
        for record, rows in members.items()
    ]


def _group(key: str, title: str, members: Sequence[FindingRow]) -> FindingGroup:
    highest = min(members, key=_severity_rank).finding.severity
    return FindingGroup(key, title, highest, tuple(members))


def _severity_rank(row: FindingRow) -> int:
    return _BY_SEVERITY.index(row.finding.severity)


def _has_all(row: FindingRow, words: Sequence[str]) -> bool:
    finding = row.finding
    parts = (row.title, finding.rule, FIELDS[finding.field].label, finding.message)
    text = "\n".join((*parts, row.reason or "")).casefold()
    return all(word in text for word in words)
