"""The change log of the record on the desk, or of the whole project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.log_line import LogLine
from mideditor.domain.steps import WHOLE_RECORD
from mideditor.session.logbook import LogFilter, log_lines
from mideditor.ui.desk import Desk
from mideditor.ui.list_table import left_or_right, shape_table
from mideditor.ui.plain import plain_tip
from mideditor.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


def _kind(line: LogLine) -> str:
    return f"{line.kind} of {line.undoes}" if line.undoes else line.kind_label


def _what(line: LogLine) -> str:
    return line.label if line.dispute_number is None else f"{line.dispute_number} · {line.label}"


def _change(line: LogLine) -> str:
    return f"{line.old or '—'} → {line.new or '—'}"


COLUMNS: tuple[tuple[str, int, Callable[[LogLine], str]], ...] = (
    ("Step", 52, lambda line: str(line.step)),
    ("Time", 146, lambda line: line.time.astimezone().strftime("%Y-%m-%d %H:%M")),
    ("By", 78, lambda line: line.author),
    ("Kind", 124, _kind),
    ("Field", 130, _what),
    ("Old → new", 160, _change),
    ("Reason", 230, lambda line: line.reason),
    ("Citation", 120, lambda line: line.citation),
    ("Original", 150, lambda line: line.original),
)


class LogModel(QAbstractTableModel):
    """Lines of the log, the newest first. Those taken back are struck through."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[LogLine] = []

    def show_lines(self, lines: list[LogLine]) -> None:
        """Show these lines, given oldest first."""
        self.beginResetModel()
        self._lines = lines[::-1]
        self.endResetModel()

    def line_at(self, row: int) -> LogLine:
        """The line of a row."""
        return self._lines[row]

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = COLUMNS[index.column()][2](line)
            is_cell = role == Qt.ItemDataRole.DisplayRole
            return " ".join(text[:400].split()) if is_cell else plain_tip(text)
        if role == Qt.ItemDataRole.ForegroundRole:
            role_name = line.kind if line.kind in ("correction", "coding") else "text-quiet"
            is_kind = COLUMNS[index.column()][0] == "Kind"
            if not line.stands:
                role_name = "text-quiet"
            return self._theme.tokens.color(role_name if is_kind or not line.stands else "text")
        if role == Qt.ItemDataRole.FontRole and not line.stands and line.undoes is None:
            font = QFont()
            font.setStrikeOut(True)
            return font
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left_or_right(False)
        return None


class LogPanel(QWidget):
    """The log as a table; Enter or a double click goes to the field of a line."""

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
            "Nothing has been done in this project yet."
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
        self.table.activated.connect(self._go)
        theme.changed.connect(self.table.viewport().update)

    def show_log(self) -> None:
        """Read the log anew."""
        session = self._desk.session
        if self._of_project:
            lines = list(log_lines(session))
        elif self._desk.record_id is not None:
            lines = list(log_lines(session, LogFilter(record=self._desk.record_id)))
            lines = [line for line in lines if line.field != WHOLE_RECORD]
        else:
            lines = []
        self.model.show_lines(lines)
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)

    def _go(self, index: QModelIndex) -> None:
        line = self.model.line_at(index.row())
        if line.record in self._desk.session.documents() and line.record is not None:
            self._desk.go_to(line.record, line.field)

    def _shape(self) -> None:
        shape_table(self.table, (width for _, width, _ in COLUMNS))
