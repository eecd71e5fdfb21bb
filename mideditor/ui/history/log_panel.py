"""The change log of the current record or of the whole project."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLabel, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.changes import WHOLE_RECORD
from mideditor.domain.one_line import one_line
from mideditor.domain.reports.log_line import LogLine
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.theme import Theme

_MAX_LENGTH = 400


def _kind(line: LogLine) -> str:
    if line.undoes is None:
        return line.kind_label
    return f"{line.kind} {line.preposition} {line.undoes}"


def _field(line: LogLine) -> str:
    return line.label if line.dispute_number is None else f"{line.dispute_number} · {line.label}"


def _short(text: str) -> str:
    return one_line(text[:_MAX_LENGTH]) or "—"


def _change(line: LogLine) -> str:
    return f"{_short(line.old)} → {_short(line.new)}"


FIELD_COLUMNS: tuple[ListColumn[LogLine], ...] = (
    ListColumn("Time", 150, lambda line: line.time.astimezone().strftime("%Y-%m-%d %H:%M")),
    ListColumn("By", 78, lambda line: line.author),
    ListColumn("Kind", 118, _kind),
    ListColumn("Old", 130, lambda line: _short(line.old)),
    ListColumn("New", 130, lambda line: _short(line.new)),
    ListColumn("Reason", 180, lambda line: line.reason),
    ListColumn("Citation", 90, lambda line: line.citation),
)

LOG_COLUMNS: tuple[ListColumn[LogLine], ...] = (
    ListColumn("Step", 52, lambda line: str(line.step)),
    ListColumn("Time", 146, lambda line: line.time.astimezone().strftime("%Y-%m-%d %H:%M")),
    ListColumn("By", 78, lambda line: line.author),
    ListColumn("Kind", 124, _kind),
    ListColumn("Field", 130, _field),
    ListColumn("Old → new", 160, _change),
    ListColumn("Reason", 230, lambda line: line.reason),
    ListColumn("Citation", 120, lambda line: line.citation),
    ListColumn("Original", 150, lambda line: _short(line.original)),
)


class LogModel(ListModel[LogLine]):
    """The lines of the log. Undone steps are struck through."""

    def __init__(self, theme: Theme, columns: Sequence[ListColumn[LogLine]] = LOG_COLUMNS) -> None:
        super().__init__(columns)
        self._theme = theme

    @override
    def tip(self, item: LogLine, column: str) -> str | None:
        texts = {shown.title: shown.text for shown in self.columns}
        return plain_tip(texts[column](item))

    @override
    def color(self, item: LogLine, column: str) -> QColor | None:
        if not item.stands:
            return self._theme.tokens.color("text-quiet")
        if column != "Kind":
            return None
        role = item.kind if item.kind in ("correction", "coding") else "text-quiet"
        return self._theme.tokens.color(role)

    @override
    def font(self, item: LogLine, column: str) -> QFont | None:
        if item.stands or item.undoes is not None:
            return None
        font = QFont()
        font.setStrikeOut(True)
        return font


class LogPanel(QWidget):
    """The log as a table, newest first; Enter or a double click goes to the field of a line."""

    def __init__(self, desk: Desk, theme: Theme, *, of_project: bool) -> None:
        super().__init__()
        self._desk = desk
        self._of_project = of_project
        self.model = LogModel(theme)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setObjectName("projectLog" if of_project else "recordLog")
        self.table.setAccessibleName("Log of the project" if of_project else "Log of the record")
        self._empty = QLabel(
            "Nothing has been done in this project yet. Import a chapter’s text (File menu), and "
            "every step from then on will stand here."
            if of_project
            else "This record is as it was imported. Changes to it will stand here, with who made "
            "them, when and why."
        )
        self._empty.setProperty("role", "quiet")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shape()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.table)
        layout.addWidget(self._empty, 1)
        self.table.activated.connect(self._open_field)
        theme.changed.connect(self.table.viewport().update)

    def show_log(self) -> None:
        """Update the list."""
        session = self._desk.session
        if self._of_project:
            lines = list(log_lines(session))
        elif self._desk.record_id is not None:
            lines = list(log_lines(session, LogFilter(record=self._desk.record_id)))
            lines = [line for line in lines if line.field != WHOLE_RECORD]
        else:
            lines = []
        self.model.show_items(lines[::-1])
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)

    def _open_field(self, index: QModelIndex) -> None:
        line = self.model.items[index.row()]
        if line.record in self._desk.session.documents() and line.record is not None:
            self._desk.go_to(line.record, line.field)

    def _shape(self) -> None:
        shape_table(self.table, (column.width for column in LOG_COLUMNS))
