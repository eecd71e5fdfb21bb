"""The comparison with a published data set, and the checks of its tables, as reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from mideditor.domain.fields import FIELDS
from mideditor.domain.record_ids import handle
from mideditor.domain.reports.comparison import (
    BLANK,
    Comparison,
    FieldComparison,
    Matrix,
    Unmatched,
    Verdict,
)
from mideditor.domain.reports.table_findings import TableFinding
from mideditor.export.comparison_html import comparison_as_html, table_findings_as_html
from mideditor.export.report_text import as_csv, as_json, as_lines

_COLUMNS = (
    "dispute_number",
    "record",
    "field",
    "printed",
    "current",
    "published",
    "verdict",
    "note",
    "key",
)
_CELL_COLUMNS = ("field", "printed", "published", "count", "left", "edited")
_FINDING_COLUMNS = ("file", "row", "number", "rule", "message")


class ComparisonFormat(Protocol):
    """Formats a comparison; ``only_matrices`` leaves out the individual differences."""

    def __call__(self, comparison: Comparison, *, only_matrices: bool = False) -> str: ...


class TableFindingsFormat(Protocol):
    """Formats the findings about the published tables."""

    def __call__(self, findings: Sequence[TableFinding]) -> str: ...


def comparison_as_text(comparison: Comparison, *, only_matrices: bool = False) -> str:
    """The matrices with faults, one line per difference, and the counts by field at the end."""
    lines: list[str] = []
    for matrix in comparison.matrices:
        if matrix.faults or only_matrices:
            lines += [*_matrix_lines(matrix), ""]
    if not only_matrices:
        lines += [_difference_line(one) for one in comparison.differences]
        lines += [f"{_name(one)} is not published: {one.summary}" for one in comparison.unpublished]
        lines += [f"{_name(one)} is not here: {one.summary}" for one in comparison.missing]
        lines += _count_lines(comparison)
    return as_lines(lines)


def comparison_as_json(comparison: Comparison, *, only_matrices: bool = False) -> str:
    """A JSON object; values as printed, fields named as in the JSON export of records."""
    document: dict[str, Any] = {
        "citation": comparison.citation,
        "entries": comparison.entries,
        "notices": comparison.notices,
        "matrices": {
            matrix.field: [_without_field(asdict(cell)) for cell in matrix.cells.values()]
            for matrix in comparison.matrices
        },
    }
    if not only_matrices:
        document |= {
            "counts": {
                name: {str(verdict): n for verdict, n in comparison.counts(name).items()}
                for name in comparison.compared
            },
            "differences": [_row(one) for one in comparison.differences],
            "unpublished": [_unmatched_as_json(one) for one in comparison.unpublished],
            "missing": [_unmatched_as_json(one) for one in comparison.missing],
            "elsewhere": comparison.elsewhere,
        }
    return as_json(document)


def comparison_as_csv(comparison: Comparison, *, only_matrices: bool = False) -> str:
    """A CSV table with a row per difference or matrix cell; no cell can run as a formula."""
    if only_matrices:
        cells = [cell for matrix in comparison.matrices for cell in matrix.cells.values()]
        return as_csv(_CELL_COLUMNS, map(asdict, cells))
    rows = [_row(one) for one in comparison.differences]
    rows += [_absent_row(one, Verdict.ONLY_HERE) for one in comparison.unpublished]
    rows += [_absent_row(one, Verdict.ONLY_THERE) for one in comparison.missing]
    return as_csv(_COLUMNS, rows)


def table_findings_as_text(findings: Sequence[TableFinding]) -> str:
    """One line per finding."""
    return as_lines(map(str, findings))


def table_findings_as_json(findings: Sequence[TableFinding]) -> str:
    """A JSON array of the findings."""
    return as_json([asdict(one) for one in findings])


def table_findings_as_csv(findings: Sequence[TableFinding]) -> str:
    """A CSV table with a row per finding; no cell can run as a formula in a spreadsheet."""
    return as_csv(_FINDING_COLUMNS, map(asdict, findings))


# To add a format, write its two functions and add its rows here.
COMPARISON_FORMATS: dict[str, ComparisonFormat] = {
    "text": comparison_as_text,
    "json": comparison_as_json,
    "csv": comparison_as_csv,
    "html": comparison_as_html,
}
TABLE_FORMATS: dict[str, TableFindingsFormat] = {
    "text": table_findings_as_text,
    "json": table_findings_as_json,
    "csv": table_findings_as_csv,
    "html": table_findings_as_html,
}


def _matrix_lines(matrix: Matrix) -> Iterator[str]:
    """The matrix, with the values as row labels and their codebook numbers as column labels."""
    short = [_short(matrix.field, value) for value in matrix.values]
    counts = [[_count(matrix, row, column) for column in matrix.values] for row in matrix.values]
    width = max(len(text) for line in (*counts, short) for text in line)
    names = [f"{number:>2} {value}" for number, value in zip(short, matrix.values, strict=True)]
    margin = max(map(len, names))
    yield f"{matrix.label}: printed (down) × published (across)"
    yield f"{'':{margin}}  {'  '.join(f'{text:>{width}}' for text in short)}"
    for name, line in zip(names, counts, strict=True):
        yield f"{name:{margin}}  {'  '.join(f'{text:>{width}}' for text in line)}"
    for cell in matrix.faults:
        yield (
            f"{cell.count} printed {cell.printed}, published {cell.published}: "
            f"{cell.left} left, {cell.edited} edited otherwise"
        )


def _count(matrix: Matrix, printed: str, published: str) -> str:
    cell = matrix.cells.get((printed, published))
    return str(cell.count) if cell else "·"


def _short(name: str, value: str) -> str:
    number = next((n for code, n in FIELDS[name].numbers.items() if code == value), None)
    return str(number) if number is not None else "–" if value == BLANK else "?"


def _difference_line(one: FieldComparison) -> str:
    parts = [
        f"{one.title} (record {handle(one.record)}), {one.field}: {one.verdict}: ",
        f"{one.current or '—'} × {one.published or '—'}",
        f" (printed {one.printed or '—'})" if one.edited else "",
        f"  · {one.note}" if one.note else "",
    ]
    return "".join(parts)


def _name(one: Unmatched) -> str:
    name = "An entry without a number" if one.number is None else f"MID {one.number}"
    return name if one.record is None else f"{name} (record {handle(one.record)})"


def _count_lines(comparison: Comparison) -> Iterator[str]:
    margin = max((len(FIELDS[name].label) for name in comparison.compared), default=0)
    yield f"{comparison.entries} entries beside {comparison.citation}"
    for name in comparison.compared:
        counts = comparison.counts(name)
        text = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
        yield f"{FIELDS[name].label:{margin}}  {text}"
    if comparison.unpublished:
        yield f"not published: {len(comparison.unpublished)}"
    if comparison.missing:
        yield f"published of these dyads and not here: {len(comparison.missing)}"
    if comparison.elsewhere:
        yield f"published of other dyads: {comparison.elsewhere}"


def _row(one: FieldComparison) -> dict[str, Any]:
    return {
        "dispute_number": one.number,
        "record": one.record,
        "field": one.field,
        "printed": one.printed,
        "current": one.current,
        "published": one.published,
        "verdict": str(one.verdict),
        "note": one.note,
        "key": one.key,
    }


def _unmatched_as_json(one: Unmatched) -> dict[str, Any]:
    return {"record": one.record, "number": one.number, "told": one.summary}


def _absent_row(one: Unmatched, verdict: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(_COLUMNS, "")
    return row | {
        "dispute_number": one.number,
        "record": one.record,
        "field": "record",
        "verdict": str(verdict),
        "note": one.summary,
    }


def _without_field(cell: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cell.items() if name != "field"}
