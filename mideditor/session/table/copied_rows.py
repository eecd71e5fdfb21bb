"""Rows of the record table as text for the clipboard: for spreadsheets, mail and text editors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from mideditor.domain.one_line import one_line
from mideditor.domain.record import RecordId
from mideditor.export.report_text import inert
from mideditor.session.session import Session
from mideditor.session.table.columns import Column
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.work import Work


@dataclass(frozen=True)
class Copied:
    """``count`` rows under a line of titles, as tab-separated ``text`` and as ``html``.

    In both, a cell that a spreadsheet would treat as a formula starts with an apostrophe, as in the
    CSV exports. Texts come from scanned pages and from other people, spreadsheets evaluate pasted
    formulas, and neither form can mark a cell as text for every spreadsheet. The apostrophe is
    visible, but only text that could not be read ever needs it.
    """

    count: int
    text: str
    html: str


def copy_rows(
    session: Session, rows: RecordRows, records: Sequence[RecordId], columns: Sequence[Column]
) -> Work[Copied]:
    """The rows as text; progress counts them. Records removed in the meantime are skipped."""
    titles = [column.title for column in columns]
    text, html = [_line(titles)], [_row("th", titles)]
    existing = session.documents()
    for done, record in enumerate(records, start=1):
        if record in existing:
            row = rows.row(record)
            cells = [_cell(column.text(row)) for column in columns]
            text.append(_line(cells))
            html.append(_row("td", cells))
        yield done, len(records)
    return Copied(len(text) - 1, "".join(text), f"<table>\n{''.join(html)}</table>\n")


def _cell(text: str) -> str:
    """The text of a cell on one line; a tab or a line break would start another cell."""
    return str(inert(one_line(text)))


def _line(cells: Iterable[str]) -> str:
    return "\t".join(cells) + "\n"


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>\n"
