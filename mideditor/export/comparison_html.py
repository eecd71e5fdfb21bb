"""The comparison with a published data set as an HTML page, with matrices shaded by count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from mideditor.domain.fields import FIELDS
from mideditor.domain.reports.comparison import Comparison, Matrix, Unmatched, Verdict
from mideditor.domain.reports.table_findings import TableFinding
from mideditor.export.html_page import (
    html_cells,
    html_heading,
    html_note,
    html_page,
    html_table,
)

# Opacity of the fault colour over the page; numbers stay readable on the darkest shade.
_LIGHTEST, _DARKEST = 0.12, 0.5
_SHADING = (
    "Down: the value as printed; across: the value as published. What is off the diagonal is "
    "shaded by its share of the entries that differ. After the stroke: how many of them are left, "
    "still as printed and different from the data set."
)


def comparison_as_html(comparison: Comparison, *, only_matrices: bool = False) -> str:
    """A page with the counts, the matrices and every difference."""
    parts = [html_note(_summary(comparison)), *map(html_note, comparison.notices)]
    matrices = [part for matrix in comparison.matrices for part in _matrix(matrix)]
    if only_matrices:
        return html_page("Printed and published values", [*parts, *matrices])
    parts += [html_heading("Agreement by field"), _counts(comparison), *matrices]
    parts += _differences(comparison)
    parts += _unmatched("Entries that are not published", comparison.unpublished)
    parts += _unmatched("Published disputes of these dyads that are not here", comparison.missing)
    if comparison.elsewhere:
        text = f"{comparison.elsewhere} more published disputes belong to other dyads."
        parts.append(html_note(text))
    return html_page("Comparison with the published data set", parts)


def table_findings_as_html(findings: Sequence[TableFinding]) -> str:
    """A page with the findings about the published tables."""
    headings = ("File", "Row", "Dispute", "Rule", "What is found")
    rows = [(one.file, one.row, one.number, one.rule, one.message) for one in findings]
    parts = [html_table(headings, rows)] if rows else [html_note("Nothing was found.")]
    return html_page("Checks of the published tables", parts)


def _summary(comparison: Comparison) -> str:
    fields = ", ".join(FIELDS[name].label for name in comparison.compared)
    return f"{comparison.entries} entries beside {comparison.citation}: {fields}."


def _counts(comparison: Comparison) -> str:
    headings = ("Field", *(verdict.value.capitalize() for verdict in Verdict))
    rows = []
    for name in comparison.compared:
        counts = comparison.counts(name)
        rows.append((FIELDS[name].label, *(counts[verdict] for verdict in Verdict)))
    return html_table(headings, rows)


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield html_heading(f"{matrix.label}: printed × published")
    yield html_note(_SHADING)
    headings = ("Printed", *matrix.values)
    yield html_cells(headings, (_matrix_row(matrix, printed) for printed in matrix.values))


def _matrix_row(matrix: Matrix, printed: str) -> str:
    cells = "".join(_matrix_cell(matrix, printed, published) for published in matrix.values)
    return f'<th scope="row">{escape(printed)}</th>{cells}'


def _matrix_cell(matrix: Matrix, printed: str, published: str) -> str:
    cell = matrix.cells.get((printed, published))
    if cell is None:
        return '<td class="number none">·</td>'
    if cell.agrees:
        return f'<td class="number sound">{cell.count}</td>'
    share = cell.count / sum(fault.count for fault in matrix.faults)
    shade = _LIGHTEST + (_DARKEST - _LIGHTEST) * share
    return f'<td class="number fault" style="--shade: {shade:.2f}">{cell.count} / {cell.left}</td>'


def _differences(comparison: Comparison) -> Iterator[str]:
    headings = ("Dispute", "Record", "Field", "Printed", "Current", "Published", "Verdict", "Note")
    yield html_heading(f"Differences: {len(comparison.differences)}")
    rows = (
        (
            one.number,
            one.record,
            one.label,
            one.printed,
            one.current,
            one.published,
            one.verdict.value,
            one.note,
        )
        for one in comparison.differences
    )
    yield html_table(headings, rows)


def _unmatched(title: str, unmatched: Sequence[Unmatched]) -> Iterator[str]:
    if unmatched:
        yield html_heading(f"{title}: {len(unmatched)}")
        rows = ((one.number, one.record, one.summary) for one in unmatched)
        yield html_table(("Dispute", "Record", "Dates and participants"), rows)
