"""Findings as text, JSON, CSV and HTML: the open ones, then the accepted ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS, stored_value
from mideditor.domain.record_ids import handle
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Finding, Fix, Severity
from mideditor.domain.rules.table import RULES
from mideditor.export.html_page import (
    html_cell,
    html_cells,
    html_heading,
    html_note,
    html_page,
    html_table,
)
from mideditor.export.report_text import as_csv, as_json, as_lines

FindingsFormat = Callable[[Sequence[FindingRow]], str]

_COLUMNS = (
    "record",
    "dispute_number",
    "rule",
    "field",
    "severity",
    "message",
    "quote",
    "source",
    "fix",
    "accepted",
    "key",
)
# Opacity of the fault colour over a count; numbers stay readable on the darkest shade.
_LIGHTEST, _DARKEST = 0.12, 0.5
_SHADING = (
    "The darker a count, the larger its share of all findings. A finding with a certain fix can be "
    "mended together with all others of its rule, as one step."
)


def findings_as_text(rows: Sequence[FindingRow]) -> str:
    """One line per finding."""
    return as_lines(f"{_title(row)}, {_finding_line(row)}" for row in rows)


def findings_as_json(rows: Sequence[FindingRow]) -> str:
    """A JSON array of the findings."""
    return as_json(list(map(_as_json, rows)))


def findings_as_csv(rows: Sequence[FindingRow]) -> str:
    """A CSV table with a header; no cell can run as a formula in a spreadsheet."""
    return as_csv(_COLUMNS, map(_csv_row, rows))


def findings_as_html(rows: Sequence[FindingRow]) -> str:
    """A page with the counts by rule and severity, and every finding under its rule."""
    open_rows = [row for row in rows if row.reason is None]
    accepted = [row for row in rows if row.reason is not None]
    parts = [html_note(_counted(open_rows))] if open_rows or not accepted else []
    if open_rows:
        parts += [html_heading("Counts by rule"), html_note(_SHADING), _counts(open_rows)]
    for name, members in _by_rule(open_rows):
        parts += [html_heading(f"{name}: {len(members)}"), html_note(_rule_description(name))]
        parts.append(html_table(_HEADINGS, map(_cells, members)))
    if accepted:
        parts += [html_heading(f"Accepted, with a reason: {len(accepted)}")]
        cells = ((*_cells(row), row.finding.rule, row.reason) for row in accepted)
        parts.append(html_table((*_HEADINGS, "Rule", "Reason"), cells))
    return html_page("Findings", parts)


def grouped_by_rule(rows: Sequence[FindingRow]) -> str:
    """The findings as text, grouped by rule."""

    def lines() -> Iterator[str]:
        for name, members in _by_rule(rows):
            fixes = sum(row.finding.fix is not None for row in members)
            fixable = f", {fixes} with a certain fix" if fixes else ""
            yield f"{name}: {len(members)}{fixable} (source: {RULES[name].source})"
            yield from (f"  {_title(row)}, {_finding_line(row)}" for row in members)

    return as_lines(lines())


def grouped_by_record(rows: Sequence[FindingRow]) -> str:
    """The findings as text, grouped by record."""

    def lines() -> Iterator[str]:
        for _, group in groupby(rows, key=lambda row: row.record):
            members = list(group)
            yield f"{_title(members[0])}: {len(members)}"
            yield from (f"  {_finding_line(row)}" for row in members)

    return as_lines(lines())


FINDINGS_FORMATS: dict[str, FindingsFormat] = {
    "text": findings_as_text,
    "json": findings_as_json,
    "csv": findings_as_csv,
    "html": findings_as_html,
}

_HEADINGS = ("Dispute", "Record", "Field", "Weight", "What is found", "Certain fix")


def _as_json(row: FindingRow) -> dict[str, Any]:
    finding = row.finding
    return {
        "record": row.record,
        "dispute_number": row.number,
        "rule": finding.rule,
        "field": finding.field,
        "severity": str(finding.severity),
        "message": finding.message,
        "quote": finding.quote,
        "source": RULES[finding.rule].source,
        "key": finding.key,
        "fix": _fix_as_json(finding.fix),
    } | ({} if row.reason is None else {"accepted": row.reason})


def _fix_as_json(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    values = {name: stored_value(name, value) for name, value in fix.values.items()}
    return {"label": fix.label, "values": values}


def _csv_row(row: FindingRow) -> dict[str, Any]:
    fix = row.finding.fix
    return _as_json(row) | {
        "dispute_number": "" if row.number is None else row.number,
        "fix": fix.label if fix else "",
        "accepted": row.reason or "",
    }


def _by_rule(rows: Iterable[FindingRow]) -> Iterator[tuple[str, list[FindingRow]]]:
    order = list(RULES)
    ranked = sorted(rows, key=lambda row: order.index(row.finding.rule))
    for name, group in groupby(ranked, key=lambda row: row.finding.rule):
        yield name, list(group)


def _title(row: FindingRow) -> str:
    return f"MID {'—' if row.number is None else row.number} (record {handle(row.record)})"


def _finding_line(row: FindingRow) -> str:
    accepted = "" if row.reason is None else f" (accepted: {row.reason})"
    finding = row.finding
    return f"{finding.field}: {finding.severity}: {finding.message}{accepted}"


def _counted(rows: Sequence[FindingRow]) -> str:
    if not rows:
        return "Nothing was found."
    counts = Counter(row.finding.severity for row in rows)
    weights = ", ".join(quantity(counts[one], one) for one in Severity if counts[one])
    records = len({row.record for row in rows})
    return f"{quantity(len(rows), 'finding')} in {quantity(records, 'record')}: {weights}."


def _counts(rows: Sequence[FindingRow]) -> str:
    headings = ("Rule", *(str(severity).capitalize() for severity in Severity), "Certain fixes")
    return html_cells(
        headings, (_count_row(name, members, len(rows)) for name, members in _by_rule(rows))
    )


def _count_row(name: str, members: Sequence[FindingRow], total: int) -> str:
    counts = Counter(row.finding.severity for row in members)
    fixes = sum(row.finding.fix is not None for row in members)
    cells = "".join(_count_cell(counts[severity], total) for severity in Severity)
    return f'<th scope="row">{escape(name)}</th>{cells}{html_cell(fixes or None)}'


def _count_cell(count: int, total: int) -> str:
    if not count:
        return '<td class="number none">·</td>'
    shade = _LIGHTEST + (_DARKEST - _LIGHTEST) * count / total
    return f'<td class="number fault" style="--shade: {shade:.2f}">{count}</td>'


def _rule_description(name: str) -> str:
    return f"{RULES[name].what} Source: {RULES[name].source}."


def _cells(row: FindingRow) -> tuple[object, ...]:
    finding: Finding = row.finding
    fix = finding.fix.label if finding.fix else None
    label = FIELDS[finding.field].label
    return row.number, row.record, label, str(finding.severity), finding.message, fix
