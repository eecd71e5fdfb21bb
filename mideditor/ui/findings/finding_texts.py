"""Texts of the findings panel."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.counting import plural, quantity
from mideditor.domain.excerpts import as_line, excerpts
from mideditor.domain.fields import FIELDS
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules.table import RULES
from mideditor.session.checks.fixes import preview
from mideditor.session.session import Session
from mideditor.ui.findings.findings_table import FindingLine

_CONTEXT = 4
"""Words before and after a change."""


def explanation(session: Session, line: FindingLine) -> str:
    """Describes a finding with what its fix would change, or a rule with what it looks for."""
    if line.finding_row is None:
        rule = RULES.get(line.group)
        return f"{rule.what} Source: {rule.source}." if rule else ""
    finding = line.finding_row.finding
    parts = [f"{finding.message} ({finding.rule}; source: {RULES[finding.rule].source})"]
    if line.finding_row.reason is not None:
        parts.append(f"Accepted: {line.finding_row.reason}")
    elif finding.fix is not None:
        parts.append(
            f"F, as a correction: {finding.fix.label}. {_changes(session, line.finding_row)}"
        )
    return "\n".join(parts)


def finding_count(shown: Sequence[FindingRow], total: int) -> str:
    """How many findings are shown, of how many, and in how many records."""
    if not total:
        return ""
    of = f"{len(shown):,}" if len(shown) == total else f"{len(shown):,} of {total:,}"
    records = quantity(len({one.record for one in shown}), "record", separator=",")
    return f"{of} {plural(total, 'finding')} in {records}"


def accept_question(count: int) -> str:
    """The question before ``count`` findings are accepted."""
    if count == 1:
        return "Accept the finding, and say why. It stays quiet until what it speaks of changes."
    return (
        f"Accept {count:,} findings, and say why. They stay quiet until what they speak of changes."
    )


def _changes(session: Session, row: FindingRow) -> str:
    fix = row.finding.fix
    assert fix is not None
    changes = []
    for one in preview(session, {row.record: fix.values}):
        old, new = map(as_line, excerpts(one.before, one.after, _CONTEXT))
        changes.append(f"{FIELDS[one.field].label}, {old or '—'} → {new or '—'}")
    return "; ".join(changes)
