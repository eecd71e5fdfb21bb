"""Rows of the record table as text for the clipboard: for a spreadsheet, a mail, a text editor."""

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
    """``count`` rows under a line of titles: ``text`` with tabs between cells, and as ``html``.

    A cell that a spreadsheet would take for a formula begins with an apostrophe in both. Texts come
    from scanned pages and from other people, a spreadsheet runs what is pasted as it runs what is
    typed, and nothing in either form tells every spreadsheet that a cell is text. The rule is that
    of the CSV exports. The price is an apostrophe that one can see; no value of the table begins so
    but a text that could not be read.
    """

    count: int
    text: str
    html: str


def copy_rows(
    session: Session, rows: RecordRows, records: Sequence[RecordId], columns: Sequence[Column]
) -> Work[Copied]:
    """The rows as text; progress counts them.

    Of a record that has gone meanwhile nothing is copied.
    """
    titles = [column.title for column in columns]
    text, html = [_line(titles)], [_row("th", titles)]
    there = session.documents()
    for done, record in enumerate(records, start=1):
        if record in there:
            row = rows.row(record)
            cells = [_cell(column.text(row)) for column in columns]
            text.append(_line(cells))
            html.append(_row("td", cells))
        yield done, len(records)
    return Copied(len(text) - 1, "".join(text), f"<table>\n{''.join(html)}</table>\n")


def _cell(text: str) -> str:
    """What stands in a cell, on one line: a tab or a line break in it would begin another cell."""
    return str(inert(one_line(text)))


def _line(cells: Iterable[str]) -> str:
    return "\t".join(cells) + "\n"


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>\n"
