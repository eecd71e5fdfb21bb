"""The table of records: the session sorts and filters, the view paints what is seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.session.rows import COLUMNS, Rows, SortedBy
from mideditor.session.session import Changed
from mideditor.ui.desk import Desk
from mideditor.ui.list_table import left_or_right, shape_table
from mideditor.ui.plain import plain_tip
from mideditor.ui.text_size import scaled
from mideditor.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_WIDTHS = {
    "dispute_number": 76,
    "dates": 284,
    "participants": 340,
    "outcome": 134,
    "settlement": 100,
    "fatalities": 122,
    "review": 92,
    "changes": 82,
    "findings": 84,
}
_FILLING = [column.name for column in COLUMNS].index("participants")
_LEAST = 220
"""The least width of the participants at the normal text size."""


class RecordTableModel(QAbstractTableModel):
    """Rows of record ids in the order that the session gives."""

    def __init__(self, rows: Rows, theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self._theme = theme
        self._ids: list[RecordId] = []
        self._row_of: dict[RecordId, int] = {}
        self._words = ""
        self._order: list[SortedBy] = []
        self.refill()

    def refill(self) -> None:
        """Ask the session again which records to show."""
        ids = self._rows.ids(self._words, self._order)
        self.beginResetModel()
        self._ids = ids
        self._row_of = {record: row for row, record in enumerate(ids)}
        self.endResetModel()

    def narrow(self, words: str) -> None:
        """Show only records that have all these words."""
        self._words = words
        self.refill()

    def record_at(self, row: int) -> RecordId | None:
        """The record of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, record: RecordId | None) -> int | None:
        """The row of a record, None where the filter hides it."""
        return None if record is None else self._row_of.get(record)

    def refresh(self, changed: Changed) -> None:
        """Paint the changed records anew, in their place."""
        for record in changed.records:
            row = self.row_of(record)
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = column.text(self._rows.row(self._ids[index.row()]))
            return text if role == Qt.ItemDataRole.DisplayRole else plain_tip(text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left_or_right(column.numeric)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(index.row(), column.name)
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left_or_right(COLUMNS[section].numeric)
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        self._order = [] if column < 0 else [SortedBy(COLUMNS[column], descending)]
        self.refill()

    def _colour(self, row: int, column: str) -> Any:
        record = self._rows.row(self._ids[row]).record
        tokens = self._theme.tokens
        if column == "findings":
            return tokens.color("coding")
        if column == "changes":
            return tokens.color("correction")
        return None if record.kind == "entry" else tokens.color("text-quiet")


class KeepColour(QStyledItemDelegate):
    """Cells keep their colours in the chosen row."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        palette = option.palette
        palette.setBrush(QPalette.ColorRole.HighlightedText, palette.text())


class RecordTable(QTableView):
    """Shows the records and keeps the chosen one chosen through sort, filter and edit."""

    narrowed = Signal(int, int)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self._model = RecordTableModel(desk.rows, theme)
        self.setModel(self._model)
        self.setObjectName("records")
        self.setAccessibleName("Records")
        shape_table(self, (_WIDTHS[column.name] for column in COLUMNS), row_height=28)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self._shape_headers()
        self.setItemDelegate(KeepColour(self))
        self.selectionModel().currentRowChanged.connect(self._choose)
        self._model.modelReset.connect(self._keep_choice)
        desk.chosen.connect(self._show_choice)
        desk.changed.connect(self._take)
        theme.changed.connect(self.viewport().update)

    def narrow(self, words: str) -> None:
        """Show only records that have all these words."""
        self._model.narrow(words)

    def step(self, by: int) -> bool:
        """Choose the record ``by`` rows further; False at the end of the table."""
        row = self._model.row_of(self._desk.record_id)
        target = (-1 if row is None else row) + by
        record = self._model.record_at(target)
        if record is None or target < 0:
            return False
        self._desk.choose(record)
        return True

    def step_to_finding(self) -> bool:
        """Choose the next record with a finding, from the top again after the last row.

        False where no row has one.
        """
        rows = self._model.rowCount()
        here = self._model.row_of(self._desk.record_id)
        start = 0 if here is None else here + 1
        for row in (number % rows for number in range(start, start + rows)):
            record = self._model.record_at(row)
            if record is not None and self._desk.checks.of(record):
                self._desk.choose(record)
                return True
        return False

    def choose_first(self) -> None:
        """Choose the first row, if there is one."""
        self._desk.choose(self._model.record_at(0))

    def chosen_records(self) -> list[RecordId]:
        """The records of the rows that are selected, in the order of the table."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        records = (self._model.record_at(row) for row in rows)
        return [record for record in records if record is not None]

    def shown_records(self) -> list[RecordId]:
        """All records that are in the table now, in its order."""
        return [r for row in range(self._model.rowCount()) if (r := self._model.record_at(row))]

    def shown(self) -> tuple[int, int]:
        """How many records are shown, and of how many."""
        return self._model.rowCount(), len(self._desk.session.ids())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.tokens.color("text-quiet"))
            room = self.viewport().rect().adjusted(20, 0, -20, 0)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self.why_empty())

    def why_empty(self) -> str:
        """What to say in a table without rows."""
        if self._desk.session.ids():
            return "No record has all these words. Esc in the filter shows them all."
        return "There is nothing in this project yet. Import a chapter’s text with Ctrl+I."

    def _choose(self, current: QModelIndex) -> None:
        record = self._model.record_at(current.row()) if current.isValid() else None
        if record is not None:
            self._desk.choose(record)

    def _keep_choice(self) -> None:
        self._show_choice(self._desk.record_id)
        self.narrowed.emit(*self.shown())

    def _show_choice(self, record: RecordId | None) -> None:
        row = self._model.row_of(record)
        if row is None:
            self.selectionModel().clear()
        elif self.currentIndex().row() != row:
            column = max(self.currentIndex().column(), 0)
            self.setCurrentIndex(self._model.index(row, column))
            self.scrollTo(self._model.index(row, 0))

    def _fill(self, *_: int) -> None:
        """Give the participants what room the other columns leave, but never too little to read."""
        columns = self.horizontalHeader()
        if columns.sectionResizeMode(_FILLING) != QHeaderView.ResizeMode.Interactive:
            columns.setSectionResizeMode(_FILLING, QHeaderView.ResizeMode.Interactive)
        others = columns.length() - columns.sectionSize(_FILLING)
        width = max(scaled(_LEAST), self.viewport().width() - others)
        if width != columns.sectionSize(_FILLING):
            columns.resizeSection(_FILLING, width)

    def _take(self, changed: Changed) -> None:
        if changed.membership:
            self._model.refill()
        else:
            self._model.refresh(changed)

    def _shape_headers(self) -> None:
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(False)
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        columns.sectionResized.connect(self._fill)
        bold = QFont(columns.font())
        bold.setWeight(QFont.Weight.DemiBold)
        columns.setFont(bold)
