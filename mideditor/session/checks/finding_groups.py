"""Findings narrowed, and grouped by rule or by record, gravest rules first."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Severity
from mideditor.domain.rules.table import RULES

_GRAVITY = list(Severity)


@dataclass(frozen=True)
class FindingFilter:
    """Which findings to show; what is None or "" does not restrict.

    All the words must stand in the finding, in the name of its rule, field or record, or in the
    reason for which it was accepted.
    """

    words: str = ""
    severity: Severity | None = None
    rule: str = ""
    records: Container[RecordId] | None = None


@dataclass(frozen=True)
class FindingGroup:
    """The findings of a rule or of a record; ``severity`` is that of the gravest."""

    key: str
    title: str
    severity: Severity
    members: tuple[FindingRow, ...]


def filter_findings(findings: Iterable[FindingRow], wanted: FindingFilter) -> list[FindingRow]:
    """The findings that are wanted, in their order."""
    words = wanted.words.casefold().split()
    return [
        told
        for told in findings
        if wanted.severity in (None, told.finding.severity)
        and wanted.rule in ("", told.finding.rule)
        and (wanted.records is None or told.record in wanted.records)
        and (not words or _has_all(told, words))
    ]


def by_rule(findings: Iterable[FindingRow]) -> list[FindingGroup]:
    """A group for each rule: those of errors first, then in the order of the table of rules."""
    members: dict[str, list[FindingRow]] = {}
    for told in findings:
        members.setdefault(told.finding.rule, []).append(told)
    order = list(RULES)
    groups = [_group(rule, rule, its) for rule, its in members.items()]
    return sorted(groups, key=lambda one: (_GRAVITY.index(one.severity), order.index(one.key)))


def by_record(findings: Iterable[FindingRow]) -> list[FindingGroup]:
    """A group for each record, in their order; the gravest of its findings first."""
    members: dict[RecordId, list[FindingRow]] = {}
    for told in findings:
        members.setdefault(told.record, []).append(told)
    return [
        _group(str(record), its[0].title, sorted(its, key=_gravity))
        for record, its in members.items()
    ]


def _group(key: str, title: str, members: Sequence[FindingRow]) -> FindingGroup:
    gravest = min(members, key=_gravity).finding.severity
    return FindingGroup(key, title, gravest, tuple(members))


def _gravity(told: FindingRow) -> int:
    return _GRAVITY.index(told.finding.severity)


def _has_all(told: FindingRow, words: Sequence[str]) -> bool:
    finding = told.finding
    parts = (told.title, finding.rule, FIELDS[finding.field].label, finding.message)
    text = "\n".join((*parts, told.reason or "")).casefold()
    return all(word in text for word in words)
