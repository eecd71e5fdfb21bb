"""The table of records: the session sorts and filters, the view paints what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from mideditor.domain.record import Record, RecordId
from mideditor.session.columns import COLUMNS, Column, SortedBy
from mideditor.session.rows import Rows
from mideditor.session.session import Changed
from mideditor.session.sorting import (
    Order,
    as_text,
    by_in_words,
    from_text,
    in_words,
    place_of,
    sorted_alone,
    sorted_also,
)
from mideditor.ui.column_list import ColumnList
from mideditor.ui.desk import Desk
from mideditor.ui.kept_place import KeptPlace, chosen_rows
from mideditor.ui.list_table import left_or_right, shape_table
from mideditor.ui.plain import plain_tip
from mideditor.ui.record_cells import RecordCells
from mideditor.ui.slices import AT_ONCE, Slices
from mideditor.ui.sort_header import SortHeader
from mideditor.ui.text_size import scaled
from mideditor.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_WIDTHS = {
    "dispute_number": 88,
    "dates": 284,
    "participants": 340,
    "outcome": 134,
    "settlement": 100,
    "fatalities": 122,
    "review": 92,
    "changes": 96,
    "findings": 106,
}
_CLICKS = (
    "A click sorts by a column alone, with Shift by it as well; a second one turns it round, "
    "a third takes it out."
)
_AS_IT_IS = QItemSelectionModel.SelectionFlag.NoUpdate
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_WITHOUT = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
_FILLING = [column.name for column in COLUMNS].index("participants")
_BESIDE_THE_ENTRIES = "text-quiet"
_COLOURS = {"findings": "coding", "changes": "correction"}
_KEPT = 500
"""Rows whose texts are kept for the next time they are painted; the oldest goes first."""

# Qt asks for seven roles of each cell that it paints, by their numbers.
_TEXT, _TIP, _COLOUR, _ALIGNMENT = (
    role.value
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.TextAlignmentRole,
    )
)
_LEAST = 204
"""The least width of the participants at the normal text size."""


class RecordTableModel(QAbstractTableModel):
    """Rows of record ids in the order that the session gives.

    Until many records are looked through the rows before stay; `finding` tells how far that is,
    `failed` what went wrong.
    """

    failed = Signal(Exception)

    def __init__(self, rows: Rows, theme: Theme) -> None:
        super().__init__()
        self.finding = Slices(self)
        self._rows = rows
        self._theme = theme
        self._ids: list[RecordId] = []
        self._row_of: dict[RecordId, int] = {}
        self._texts: dict[RecordId, tuple[Record, tuple[str, ...]]] = {}
        self._colours: dict[str, QColor] = {}
        self._words = ""
        self._order: list[SortedBy] = []
        theme.changed.connect(self._recolour)
        self._recolour()
        self.refill()

    def refill(self) -> None:
        """Ask the session again which records to show."""
        work = self._rows.finding(self._words, self._order)
        total = len(self._rows.session.ids())
        self.finding.run(work, total, self._show, self.failed.emit, at_once=AT_ONCE)
        if self.finding.running:
            there = self._rows.session.documents()
            if any(record not in there for record in self._ids):
                self._show([record for record in self._ids if record in there])

    def narrow(self, words: str) -> None:
        """Show only records that have all these words."""
        self._words = words
        self.refill()

    @property
    def order(self) -> Order:
        """The columns that the rows are sorted by."""
        return tuple(self._order)

    def sort_by(self, order: Sequence[SortedBy]) -> None:
        """Sort by these columns, the first before the second."""
        self._order = list(order)
        self.refill()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def record_at(self, row: int) -> RecordId | None:
        """The record of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, record: RecordId | None) -> int | None:
        """The row of a record, None where the filter hides it."""
        return None if record is None else self._row_of.get(record)

    def text_at(self, row: int, section: int) -> str:
        """What stands in a cell."""
        record, column = self._ids[row], COLUMNS[section]
        if column.counted:
            return column.text(self._rows.row(record))
        now = self._rows.session.record(record)
        known = self._texts.get(record)
        if known is None or known[0] is not now:
            if len(self._texts) >= _KEPT:
                del self._texts[next(iter(self._texts))]
            shown = self._rows.row(record)
            texts = tuple("" if column.counted else column.text(shown) for column in COLUMNS)
            known = self._texts[record] = now, texts
        return known[1][section]

    def colour_at(self, row: int, section: int) -> QColor | None:
        """The colour of a cell's text, None for that of all texts."""
        role = _COLOURS.get(COLUMNS[section].name)
        if role is None:
            if self._rows.session.record(self._ids[row]).kind == "entry":
                return None
            role = _BESIDE_THE_ENTRIES
        return self._colours[role]

    def refresh(self, changed: Changed) -> None:
        """Paint the changed records anew, in their place."""
        rows = [row for record in changed.records if (row := self.row_of(record)) is not None]
        if rows:  # what is not in sight is not painted: one message for all of them is enough
            last = self.index(max(rows), len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(min(rows), 0), last)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = _TEXT) -> Any:
        if role == _TEXT:
            return self.text_at(index.row(), index.column())
        if role == _COLOUR:
            return self.colour_at(index.row(), index.column())
        if role == _ALIGNMENT:
            return left_or_right(COLUMNS[index.column()].numeric)
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
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left_or_right(COLUMNS[section].numeric)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{in_words(self.order)}.\n{_CLICKS}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._title_in_words(COLUMNS[section])
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        self.sort_by([] if column < 0 else [SortedBy(COLUMNS[column], descending)])

    def _title_in_words(self, column: Column) -> str:
        place = place_of(self._order, column)
        if place is None:
            return column.title
        return f"{column.title}, {place + 1}. to sort by, {by_in_words(self._order[place])}"

    def _recolour(self) -> None:
        roles = {*_COLOURS.values(), _BESIDE_THE_ENTRIES}
        self._colours = {role: self._theme.tokens.color(role) for role in roles}

    def _show(self, ids: list[RecordId]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._row_of = {record: row for row, record in enumerate(ids)}
        self.endResetModel()


class KeepColour(QStyledItemDelegate):
    """Cells keep their colours in the chosen row."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.HighlightedText, palette.text())


class RecordTable(QTableView):
    """Shows the records and keeps the chosen ones chosen, and in sight.

    `narrowed` tells how many are shown, and of how many; `looking` how many have been looked
    through for that, where it takes a while; `ordered` by which columns they are sorted
    now; `copied` that the chosen rows are to be copied.
    """

    narrowed = Signal(int, int)
    looking = Signal(int, int)
    ordered = Signal(object)
    copied = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.has_several = False
        self._cells = RecordCells(self, theme)
        self.setItemDelegate(self._cells)
        self.rows = RecordTableModel(desk.rows, theme)
        self.setModel(self.rows)
        self.setObjectName("records")
        self.setAccessibleName("Records")
        self.header = SortHeader(theme)
        self.header.serve(self)
        shape_table(self, (_WIDTHS[column.name] for column in COLUMNS), row_height=28)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        # So Qt moves the rows when they are scrolled, and paints only those that come into sight.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._place = KeptPlace(self)
        self._connect()

    def narrow(self, words: str) -> None:
        """Show only records that have all these words."""
        self._place.may_change = True
        self.rows.narrow(words)

    def take_cursor(self) -> None:
        """Put the cursor into the table, on the first row where the chosen one is not shown."""
        if self.rows.row_of(self._desk.record_id) is None and self.rows.rowCount():
            self.choose_first()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sort_by(self, order: Sequence[SortedBy]) -> None:
        """Sort by these columns, and say so."""
        self.rows.sort_by(order)
        self.ordered.emit(self.rows.order)
        self._desk.said.emit(in_words(order))

    def choose_column(self, section: int, also: bool) -> None:
        """Sort by a column alone, or ``also`` by it; again the other way, then no more."""
        choose = sorted_also if also else sorted_alone
        self.sort_by(choose(self.rows.order, COLUMNS[section]))

    def hide_column(self, section: int, hidden: bool) -> None:
        """Hide a column, or show it again; the last one stays."""
        if not hidden or self.header.shown() != [section]:
            self.setColumnHidden(section, hidden)
            self._fill()

    def shown_columns(self) -> list[Column]:
        """The columns that are shown, from left to right."""
        return [COLUMNS[section] for section in self.header.shown()]

    def offer_columns(self) -> ColumnList:
        """List the columns below the titles, to sort by them and to hide or show them."""
        columns = ColumnList(self, self.header.shown(), self.rows.order)
        columns.chosen.connect(self.choose_column)
        columns.hidden.connect(self.hide_column)
        self.ordered.connect(columns.show_order)
        columns.show_below(self.header)
        return columns

    def kept_order(self) -> str:
        """How the table is sorted, to be kept between runs."""
        return as_text(self.rows.order)

    def keep_order(self, text: str) -> None:
        """Sort as was kept."""
        self.header.setSortIndicatorShown(False)  # a state of earlier versions has one of its own
        order = from_text(text)
        if order:
            self.rows.sort_by(order)

    def step(self, by: int) -> bool:
        """Choose the record ``by`` rows further; False at the end of the table."""
        row = self.rows.row_of(self._desk.record_id)
        target = (-1 if row is None else row) + by
        record = self.rows.record_at(target)
        if record is None or target < 0:
            return False
        self._desk.choose(record)
        return True

    def step_to_finding(self) -> bool:
        """Choose the next record with a finding, from the top again after the last row.

        False where no row has one.
        """
        rows = self.rows.rowCount()
        here = self.rows.row_of(self._desk.record_id)
        start = 0 if here is None else here + 1
        for row in (number % rows for number in range(start, start + rows)):
            record = self.rows.record_at(row)
            if record is not None and self._desk.checks.of(record):
                self._desk.choose(record)
                return True
        return False

    def choose_first(self) -> None:
        """Choose the first row, if there is one."""
        self._desk.choose(self.rows.record_at(0))

    def chosen_records(self) -> list[RecordId]:
        """The records of the rows that are selected, in the order of the table."""
        rows = chosen_rows(self.selectionModel().selection())
        records = (self.rows.record_at(row) for row in rows)
        return [record for record in records if record is not None]

    def shown_records(self) -> list[RecordId]:
        """All records that are in the table now, in its order."""
        return [r for row in range(self.rows.rowCount()) if (r := self.rows.record_at(row))]

    def shown(self) -> tuple[int, int]:
        """How many records are shown, and of how many."""
        return self.rows.rowCount(), len(self._desk.session.ids())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cells.begin_anew()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.tokens.color("surface"))
        painter.end()
        super().paintEvent(event)
        if self.rows.rowCount() == 0:
            painter.begin(self.viewport())
            painter.setPen(self._theme.tokens.color("text-quiet"))
            room = self.viewport().rect().adjusted(20, 0, -20, 0)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self.why_empty())

    def why_empty(self) -> str:
        """What to say in a table without rows."""
        if self._desk.session.ids():
            return "No record has all these words. Esc in the filter shows them all."
        key = self._desk.keys.aside("import_texts")
        return f"There is nothing in this project yet. Import a chapter’s text{key}."

    def _choose(self, current: QModelIndex) -> None:
        record = self.rows.record_at(current.row()) if current.isValid() else None
        if record is not None:
            self._desk.choose(record)

    def _keep_choice(self) -> None:
        self._place.restore(self._desk.record_id)
        self.narrowed.emit(*self.shown())

    def _show_choice(self, record: RecordId | None) -> None:
        """Go to the row of a record: one of those chosen, or it alone."""
        row, selection = self.rows.row_of(record), self.selectionModel()
        if record is None:
            selection.select(self.currentIndex(), _WITHOUT)
            selection.clearCurrentIndex()
        elif row is None:
            selection.clear()
        elif self.currentIndex().row() != row:
            index = self.rows.index(row, max(self.currentIndex().column(), 0))
            is_chosen = selection.isSelected(index)
            selection.setCurrentIndex(index, _AS_IT_IS if is_chosen else _ALONE)
            self.scrollTo(self.rows.index(row, 0))

    def _count_choice(self) -> None:
        self.has_several = _has_two_rows(self.selectionModel().selection())
        self.viewport().update()

    def _fill(self, *_: int) -> None:
        """Give the participants what room the other columns leave, but never too little to read."""
        columns = self.horizontalHeader()
        if columns.isSectionHidden(_FILLING):
            return
        if columns.sectionResizeMode(_FILLING) != QHeaderView.ResizeMode.Interactive:
            columns.setSectionResizeMode(_FILLING, QHeaderView.ResizeMode.Interactive)
        others = columns.length() - columns.sectionSize(_FILLING)
        width = max(scaled(_LEAST), self.viewport().width() - others)
        if width != columns.sectionSize(_FILLING):
            columns.resizeSection(_FILLING, width)

    def _take(self, changed: Changed) -> None:
        if changed.membership:
            self.rows.refill()
        else:
            self.rows.refresh(changed)

    def _offer_menu(self, where: QPoint) -> None:
        """Let columns be hidden and shown where the titles were clicked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self.header.shown()
        for section, column in enumerate(COLUMNS):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(section in shown)
            action.setEnabled(shown != [section])
            action.toggled.connect(lambda on, section=section: self.hide_column(section, not on))
        menu.addSeparator()
        menu.addAction("Sort by…").triggered.connect(lambda _=False: self.offer_columns())
        menu.popup(where)

    def _connect(self) -> None:
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.selectionModel().selectionChanged.connect(self._count_choice)
        self.rows.modelAboutToBeReset.connect(lambda: self._place.remember(self._desk.record_id))
        self.rows.modelReset.connect(self._keep_choice)
        self.rows.finding.progressed.connect(self.looking)
        self.rows.failed.connect(self._desk.tell)
        self.rows.headerDataChanged.connect(lambda *_: self.header.show_order(self.rows.order))
        self.header.chosen.connect(self.choose_column)
        self.header.menu_wanted.connect(self._offer_menu)
        self.header.sectionResized.connect(self._fill)
        self._desk.chosen.connect(self._show_choice)
        self._desk.changed.connect(self._take)
        self._theme.changed.connect(self.viewport().update)


def _has_two_rows(selection: QItemSelection) -> bool:
    """Whether more than one row is chosen, found out without looking at all of them."""
    rows: set[int] = set()
    for part in map(selection.at, range(selection.count())):
        rows |= {part.top(), part.bottom()}
        if len(rows) > 1:
            return True
    return False
