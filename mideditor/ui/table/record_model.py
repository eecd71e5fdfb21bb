"""The Qt model of the record table; texts are computed only for visible cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor
from typing_extensions import override

from mideditor.domain.record import Record, RecordId
from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.table.sorting import Order, by_in_words, order_in_words, position_in_order
from mideditor.ui.kit.list_table import cell_alignment
from mideditor.ui.kit.model_index import NO_INDEX, Index
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.kit.scheduler import Scheduler
from mideditor.ui.look.theme import Theme

_CLICKS = (
    "A click sorts by a column alone, with Shift by it as well; a second one turns it round, "
    "a third takes it out."
)
_OTHER_KINDS_COLOUR = "text-quiet"
_COLOURS = {"findings": "coding", "changes": "correction"}
_CACHED_ROWS = 500
"""Rows in the text cache; the oldest are evicted first."""

_PAINTED_ALONE = 20
"""With more rows one message for all is enough: only those in sight are painted."""

# The roles that Qt requests for every painted cell, as integers.
_TEXT, _TIP, _COLOUR, _ALIGNMENT = (
    role.value
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.TextAlignmentRole,
    )
)


class RecordTableModel(QAbstractTableModel):
    """Filtered and sorted records, one per row.

    A search of many records runs in the background: until it ends the previous rows stay, and
    `finding` reports its progress. `failed` carries an exception of the search.
    """

    failed = Signal(Exception)

    def __init__(self, rows: RecordRows, scheduler: Scheduler, theme: Theme) -> None:
        super().__init__()
        self.finding = scheduler.lane(self)
        self._rows = rows
        self._theme = theme
        self._ids: list[RecordId] = []
        self._row_of: dict[RecordId, int] = {}
        self._texts: dict[RecordId, tuple[Record, tuple[str, ...]]] = {}
        self._colours: dict[str, QColor] = {}
        self._query = ""
        self._order: list[SortedBy] = []
        theme.changed.connect(self._recolour)
        self._recolour()
        self.requery()

    def requery(self) -> None:
        """Search and sort the records again."""
        work = self._rows.find(self._query, self._order)
        self.finding.run(work, self._show, self.failed.emit, at_once=True)
        if self.finding.running:
            existing = self._rows.session.documents()
            if any(record not in existing for record in self._ids):
                self._show([record for record in self._ids if record in existing])

    def filter(self, query: str) -> None:
        """Show only the records that a search line finds."""
        self._query = query
        self.requery()

    @property
    def order(self) -> Order:
        """The current sort order."""
        return tuple(self._order)

    def sort_by(self, order: Sequence[SortedBy]) -> None:
        """Sort by columns, the most significant first."""
        self._order = list(order)
        self.requery()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(RECORD_COLUMNS) - 1)

    def record_at(self, row: int) -> RecordId | None:
        """The record in a row, None if there is no such row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, record: RecordId | None) -> int | None:
        """The row of a record, None if it is not in the table."""
        return None if record is None else self._row_of.get(record)

    def text_at(self, row: int, section: int) -> str:
        """The text of a cell."""
        record, column = self._ids[row], RECORD_COLUMNS[section]
        if column.counted:
            return column.text(self._rows.row(record))
        current = self._rows.session.record(record)
        cached = self._texts.get(record)
        if cached is None or cached[0] is not current:
            if len(self._texts) >= _CACHED_ROWS:
                del self._texts[next(iter(self._texts))]
            shown = self._rows.row(record)
            texts = tuple("" if column.counted else column.text(shown) for column in RECORD_COLUMNS)
            cached = self._texts[record] = current, texts
        return cached[1][section]

    def colour_at(self, row: int, section: int) -> QColor | None:
        """The text colour of a cell, None for the default colour."""
        role = _COLOURS.get(RECORD_COLUMNS[section].name)
        if role is None:
            if self._rows.session.record(self._ids[row]).kind == "entry":
                return None
            role = _OTHER_KINDS_COLOUR
        return self._colours[role]

    def refresh(self, records: Collection[RecordId]) -> None:
        """Paint the rows of these records again, in their place."""
        rows = [row for record in records if (row := self.row_of(record)) is not None]
        spans = [(row, row) for row in rows]
        if len(rows) > _PAINTED_ALONE:
            spans = [(min(rows), max(rows))]
        for first, last in spans:
            end = self.index(last, len(RECORD_COLUMNS) - 1)
            self.dataChanged.emit(self.index(first, 0), end)

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(RECORD_COLUMNS)

    @override
    def data(self, index: Index, role: int = _TEXT) -> Any:
        if role == _TEXT:
            return self.text_at(index.row(), index.column())
        if role == _COLOUR:
            return self.colour_at(index.row(), index.column())
        if role == _ALIGNMENT:
            return cell_alignment(RECORD_COLUMNS[index.column()].numeric)
        if role == _TIP:
            return plain_tip(self.text_at(index.row(), index.column()))
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
            return RECORD_COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return cell_alignment(RECORD_COLUMNS[section].numeric)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{order_in_words(self.order)}.\n{_CLICKS}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._describe_title(RECORD_COLUMNS[section])
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        self.sort_by([] if column < 0 else [SortedBy(RECORD_COLUMNS[column], descending)])

    def _describe_title(self, column: Column) -> str:
        place = position_in_order(self._order, column)
        if place is None:
            return column.title
        return f"{column.title}, {place + 1}. to sort by, {by_in_words(self._order[place])}"

    def _recolour(self) -> None:
        roles = {*_COLOURS.values(), _OTHER_KINDS_COLOUR}
        self._colours = {role: self._theme.tokens.color(role) for role in roles}

    def _show(self, ids: list[RecordId]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._row_of = {record: row for row, record in enumerate(ids)}
        self.endResetModel()
