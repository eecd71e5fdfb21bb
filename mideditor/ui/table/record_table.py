"""The table of records: the session sorts and filters, the view paints what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QTableView,
)
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.session.session import Changed
from mideditor.session.table.columns import RECORD_COLUMNS, Column, SortedBy
from mideditor.session.table.sorting import (
    order_from_text,
    order_in_words,
    order_to_text,
    sorted_alone,
    sorted_also,
)
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme
from mideditor.ui.table.column_list import ColumnList
from mideditor.ui.table.kept_place import KeptPlace, selected_records
from mideditor.ui.table.record_cells import RecordCells
from mideditor.ui.table.record_model import RecordTableModel
from mideditor.ui.table.sort_header import SortHeader

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
_AS_IT_IS = QItemSelectionModel.SelectionFlag.NoUpdate
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_WITHOUT = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
_FILLING = [column.name for column in RECORD_COLUMNS].index("participants")
_LEAST = 204
"""The least width of the participants at the normal text size."""


class RecordTable(QTableView):
    """Shows the records and keeps the chosen ones chosen, and in sight.

    `narrowed` tells how many are shown, and of how many; `looking` how many have been looked
    through for that, where it takes a while; `ordered` by which columns they are sorted
    now; `copied` that the chosen rows are to be copied.
    """

    narrowed = Signal(int, int)
    looking = Signal(int, int)
    ordered = Signal(object)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.rows = RecordTableModel(desk.rows, desk.scheduler, theme)
        self.setModel(self.rows)
        self._cells = RecordCells(self, self.rows, theme)
        self.setItemDelegate(self._cells)
        self.setObjectName("records")
        self.setAccessibleName("Records")
        self.header = SortHeader(theme)
        self.header.serve(self)
        shape_table(self, (_WIDTHS[column.name] for column in RECORD_COLUMNS), row_height=28)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        # So Qt moves the rows when they are scrolled, and paints only those that come into sight.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._place = KeptPlace(self, self.rows)
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
        self._desk.say(order_in_words(order))

    def choose_column(self, section: int, also: bool) -> None:
        """Sort by a column alone, or ``also`` by it; again the other way, then no more."""
        choose = sorted_also if also else sorted_alone
        self.sort_by(choose(self.rows.order, RECORD_COLUMNS[section]))

    def hide_column(self, section: int, hidden: bool) -> None:
        """Hide a column, or show it again; the last one stays."""
        if not hidden or self.header.shown() != [section]:
            self.setColumnHidden(section, hidden)
            self._fill()

    def shown_columns(self) -> list[Column]:
        """The columns that are shown, from left to right."""
        return [RECORD_COLUMNS[section] for section in self.header.shown()]

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
        return order_to_text(self.rows.order)

    def keep_order(self, text: str) -> None:
        """Sort as was kept."""
        self.header.setSortIndicatorShown(False)  # a state of earlier versions has one of its own
        order = order_from_text(text)
        if order:
            self.rows.sort_by(order)

    def step(self, by: int) -> bool:
        """Choose the record ``by`` rows further; False at the end of the table."""
        row = self.rows.row_of(self._desk.record_id)
        target = (-1 if row is None else row) + by
        record = self.rows.record_at(target)
        if record is None or target < 0:
            return False
        self._desk.select(record)
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
                self._desk.select(record)
                return True
        return False

    def choose_first(self) -> None:
        """Choose the first row, if there is one."""
        self._desk.select(self.rows.record_at(0))

    def chosen_records(self) -> list[RecordId]:
        """The records of the rows that are selected, in the order of the table."""
        return selected_records(self, self.rows)

    def shown_records(self) -> list[RecordId]:
        """All records that are in the table now, in its order."""
        return [r for row in range(self.rows.rowCount()) if (r := self.rows.record_at(row))]

    def shown(self) -> tuple[int, int]:
        """How many records are shown, and of how many."""
        return self.rows.rowCount(), len(self._desk.session.ids())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._desk.run("copy_rows")
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
        key = self._desk.keys.hint("import_texts")
        return f"There is nothing in this project yet. Import a chapter’s text{key}."

    def _choose(self, current: QModelIndex) -> None:
        record = self.rows.record_at(current.row()) if current.isValid() else None
        if record is not None:
            self._desk.select(record)

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
        self._cells.has_several = _has_two_rows(self.selectionModel().selection())
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
            self.rows.refresh(changed.records | self._desk.checks.touched)

    def _offer_menu(self, where: QPoint) -> None:
        """Let columns be hidden and shown where the titles were clicked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self.header.shown()
        for section, column in enumerate(RECORD_COLUMNS):
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
        self.rows.failed.connect(self._desk.show_failure)
        self.rows.headerDataChanged.connect(lambda *_: self.header.show_order(self.rows.order))
        self.header.chosen.connect(self.choose_column)
        self.header.menu_wanted.connect(self._offer_menu)
        self.header.sectionResized.connect(self._fill)
        self._desk.record_selected.connect(self._show_choice)
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
