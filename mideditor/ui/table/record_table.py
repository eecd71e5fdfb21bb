"""The table of records; the session sorts and filters them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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

_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_DESELECT = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
_STRETCHED = [column.name for column in RECORD_COLUMNS].index("participants")
_MIN_WIDTH = 204
"""The minimum width of the participants in pixels, at the normal text size."""


class RecordTable(QTableView):
    """Shows the records; selection and scroll position survive sorting and filtering.

    `filtered` carries the number of records shown and of all records, `search_progressed` the
    progress of a long search, `order_changed` the new sort order.
    """

    filtered = Signal(int, int)
    search_progressed = Signal(int, int)
    order_changed = Signal(object)

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
        self.header.install_on(self)
        shape_table(self, (column.width for column in RECORD_COLUMNS), row_height=28)
        self.hide_new_columns(())
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        # Makes Qt scroll the painted rows and repaint only the exposed ones.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._place = KeptPlace(self, self.rows)
        self._connect()

    def filter(self, query: str) -> None:
        """Show only the records that a search line finds."""
        self._place.may_change = True
        self.rows.filter(query)

    def take_focus(self) -> None:
        """Focus the table; select its first record if the current one is not shown."""
        if self.rows.row_of(self._desk.record_id) is None and self.rows.rowCount():
            self.select_first()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sort_by(self, order: Sequence[SortedBy]) -> None:
        """Sort by columns and report the order in the status bar."""
        self.rows.sort_by(order)
        self.order_changed.emit(self.rows.order)
        self._desk.say(order_in_words(order))

    def sort_by_column(self, section: int, also: bool) -> None:
        """Cycle a column through ascending, descending and unsorted, ``also`` keeping others."""
        change = sorted_also if also else sorted_alone
        self.sort_by(change(self.rows.order, RECORD_COLUMNS[section]))

    def hide_column(self, section: int, hidden: bool) -> None:
        """Hide or show a column; the last visible one cannot be hidden."""
        if not hidden or self.header.shown_sections() != [section]:
            self.setColumnHidden(section, hidden)
            self._stretch_participants()

    def hide_new_columns(self, known: Collection[str]) -> None:
        """Hide the columns that are shown only on request, unless a layout has ``known`` them."""
        for section, column in enumerate(RECORD_COLUMNS):
            if column.hidden and column.name not in known:
                self.setColumnHidden(section, True)
                self.setColumnWidth(section, scaled(column.width))

    def shown_columns(self) -> list[Column]:
        """The visible columns from left to right."""
        return [RECORD_COLUMNS[section] for section in self.header.shown_sections()]

    def offer_columns(self) -> ColumnList:
        """Open the list of columns below the header."""
        columns = ColumnList(self, self.header.shown_sections(), self.rows.order)
        columns.sort_requested.connect(self.sort_by_column)
        columns.hidden_changed.connect(self.hide_column)
        self.order_changed.connect(columns.show_order)
        columns.show_below(self.header)
        return columns

    def saved_order(self) -> str:
        """The sort order as text, to be stored."""
        return order_to_text(self.rows.order)

    def restore_order(self, text: str) -> None:
        """Sort by a stored order."""
        self.header.setSortIndicatorShown(False)  # header states of earlier versions enable it
        order = order_from_text(text)
        if order:
            self.rows.sort_by(order)

    def step(self, by: int) -> bool:
        """Move the current record by a number of rows; False at the end of the table."""
        row = self.rows.row_of(self._desk.record_id)
        target = (-1 if row is None else row) + by
        record = self.rows.record_at(target)
        if record is None or target < 0:
            return False
        self._desk.select(record)
        return True

    def step_to_finding(self) -> bool:
        """Select the next record with a finding, wrapping around at the end.

        False if no record has one.
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

    def select_first(self) -> None:
        """Select the first record, if there is one."""
        self._desk.select(self.rows.record_at(0))

    def selected_records(self) -> list[RecordId]:
        """The selected records in the order of the table."""
        return selected_records(self, self.rows)

    def shown_records(self) -> list[RecordId]:
        """All records in the table, in its order."""
        return [r for row in range(self.rows.rowCount()) if (r := self.rows.record_at(row))]

    def counts(self) -> tuple[int, int]:
        """The number of records shown and of all records."""
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
            self._cells.reset()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch_participants()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.tokens.color("surface"))
        painter.end()
        super().paintEvent(event)
        if self.rows.rowCount() == 0:
            painter.begin(self.viewport())
            painter.setPen(self._theme.tokens.color("text-quiet"))
            area = self.viewport().rect().adjusted(20, 0, -20, 0)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, self.empty_text())

    def empty_text(self) -> str:
        """The text shown in an empty table."""
        if self._desk.session.ids():
            return "No record has all these words. Esc in the filter shows them all."
        key = self._desk.keys.hint("import_texts")
        return f"There is nothing in this project yet. Import a chapter’s text{key}."

    def _on_current_changed(self, current: QModelIndex) -> None:
        record = self.rows.record_at(current.row()) if current.isValid() else None
        if record is not None:
            self._desk.select(record)

    def _restore_selection(self) -> None:
        self._place.restore(self._desk.record_id)
        self.filtered.emit(*self.counts())

    def _show_current(self, record: RecordId | None) -> None:
        """Make the row of a record current; keep the selection only if it contains the row."""
        row, selection = self.rows.row_of(record), self.selectionModel()
        if record is None:
            selection.select(self.currentIndex(), _DESELECT)
            selection.clearCurrentIndex()
        elif row is None:
            selection.clear()
        elif self.currentIndex().row() != row:
            index = self.rows.index(row, max(self.currentIndex().column(), 0))
            is_selected = selection.isSelected(index)
            selection.setCurrentIndex(index, _KEEP if is_selected else _ALONE)
            self.scrollTo(self.rows.index(row, 0))

    def _on_selection_changed(self) -> None:
        self._cells.has_several = _has_two_rows(self.selectionModel().selection())
        self.viewport().update()

    def _stretch_participants(self, *_: int) -> None:
        """Stretch the participants to the remaining width, but not below their minimum."""
        columns = self.horizontalHeader()
        if columns.isSectionHidden(_STRETCHED):
            return
        if columns.sectionResizeMode(_STRETCHED) != QHeaderView.ResizeMode.Interactive:
            columns.setSectionResizeMode(_STRETCHED, QHeaderView.ResizeMode.Interactive)
        others = columns.length() - columns.sectionSize(_STRETCHED)
        width = max(scaled(_MIN_WIDTH), self.viewport().width() - others)
        if width != columns.sectionSize(_STRETCHED):
            columns.resizeSection(_STRETCHED, width)

    def _on_changed(self, changed: Changed) -> None:
        if changed.membership:
            self.rows.requery()
        else:
            self.rows.refresh(changed.records | self._desk.checks.touched)

    def _open_column_menu(self, where: QPoint) -> None:
        """Open the context menu of the header, to hide and show columns."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self.header.shown_sections()
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
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.rows.modelAboutToBeReset.connect(lambda: self._place.remember(self._desk.record_id))
        self.rows.modelReset.connect(self._restore_selection)
        self.rows.finding.progressed.connect(self.search_progressed)
        self.rows.failed.connect(self._desk.show_failure)
        self.rows.headerDataChanged.connect(lambda *_: self.header.show_order(self.rows.order))
        self.header.sort_requested.connect(self.sort_by_column)
        self.header.menu_requested.connect(self._open_column_menu)
        self.header.sectionResized.connect(self._stretch_participants)
        self._desk.record_selected.connect(self._show_current)
        self._desk.changed.connect(self._on_changed)
        self._theme.changed.connect(self.viewport().update)


def _has_two_rows(selection: QItemSelection) -> bool:
    """Whether more than one row is selected, without iterating over all rows."""
    rows: set[int] = set()
    for part in map(selection.at, range(selection.count())):
        rows |= {part.top(), part.bottom()}
        if len(rows) > 1:
            return True
    return False
