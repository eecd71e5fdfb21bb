"""The facets: the values of fields with their record counts, to filter the table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.session.table.record_rows import RecordRows
from mideditor.session.table.search_keys import FACETS
from mideditor.session.table.search_line import with_term
from mideditor.session.table.searching import Facet, FacetValue
from mideditor.ui.kit.scheduler import Scheduler
from mideditor.ui.look.theme import Theme

MIN_WIDTH = 236
_HEADING = "Narrow by"
_VALUE = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 24


class FacetTree(QTreeWidget):
    """`toggled` carries the item on which Space or Enter was pressed; Left and Right fold."""

    toggled = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class FacetPanel(QWidget):
    """`line_changed` carries the search line with a value added or removed.

    Many records are counted in the background; `failed` carries an exception of that.
    """

    line_changed = Signal(str)
    failed = Signal(Exception)

    def __init__(self, rows: RecordRows, scheduler: Scheduler, theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self._theme = theme
        self._counting = scheduler.lane(self)
        self._heading = QLabel()
        self._line = ""
        self._folded = {key.name: not key.unfolded for key in FACETS}
        self.tree = FacetTree()
        self.tree.setObjectName("facets")
        self.tree.setAccessibleName("Facets")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns = self.tree.header()
        columns.setStretchLastSection(False)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._heading.setProperty("role", "label")
        self._heading.setBuddy(self.tree)
        self._show_progress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self.tree, 1)
        self.setMinimumWidth(MIN_WIDTH)
        self.tree.toggled.connect(self._toggle)
        self.tree.itemClicked.connect(lambda item, _: self._toggle(item))
        self.tree.itemExpanded.connect(lambda item: self._fold(item, folded=False))
        self.tree.itemCollapsed.connect(lambda item: self._fold(item, folded=True))
        self._counting.progressed.connect(self._show_progress)
        self._counting.ended.connect(self._show_progress)
        theme.changed.connect(self.refresh)

    def show_line(self, line: str) -> None:
        """Count the records that a search line finds; while hidden, only remember the line."""
        self._line = line
        if not self.isHidden():
            work = self._rows.count_facets(line)
            self._counting.run(work, self._show, self.failed.emit, at_once=True)

    def refresh(self) -> None:
        """Count again."""
        self.show_line(self._line)

    def _show(self, facets: Mapping[str, Facet]) -> None:
        current = self._current_key()
        self.tree.blockSignals(True)
        self.tree.clear()
        for name, facet in facets.items():
            if facet.values:
                self._add_facet(name, facet)
        self._restore_current(current)
        self.tree.blockSignals(False)

    def _show_progress(self, done: int = 0, total: int = 0) -> None:
        self._heading.setText(f"Narrow by: {100 * done // total} % counted" if total else _HEADING)

    def _add_facet(self, name: str, facet: Facet) -> None:
        title = next(key.title for key in FACETS if key.name == name)
        count = sum(one.selected for one in facet.values)
        head = QTreeWidgetItem([title, f"{count} chosen" if count else ""])
        head.setData(0, _VALUE, (name, None))
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        head.setFont(0, bold)
        head.setForeground(0, self._theme.tokens.color("text-quiet"))
        head.setForeground(1, self._theme.tokens.color("accent"))
        for one in facet.values:
            head.addChild(self._item(one))
        if facet.more:
            more = QTreeWidgetItem([f"and {facet.more:,} more: type {name}:"])
            more.setForeground(0, self._theme.tokens.color("text-quiet"))
            more.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.addChild(more)
        self.tree.addTopLevelItem(head)
        head.setExpanded(not self._folded[name] or bool(count))

    def _item(self, one: FacetValue) -> QTreeWidgetItem:
        item = QTreeWidgetItem([one.value, str(one.count)])
        item.setCheckState(0, Qt.CheckState.Checked if one.selected else Qt.CheckState.Unchecked)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(0, _VALUE, (one.key, one.value))
        item.setSizeHint(0, QSize(0, _ROW_HEIGHT))
        item.setToolTip(0, one.value if len(one.value) > len("United States of Ame") else "")
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, self._theme.tokens.color("text-quiet"))
        return item

    def _toggle(self, item: QTreeWidgetItem | None) -> None:
        name, value = (item.data(0, _VALUE) or (None, None)) if item else (None, None)
        if item is not None and name is not None and value is None:
            item.setExpanded(not item.isExpanded())
        elif name is not None and value is not None:
            self.line_changed.emit(with_term(self._line, name, value))

    def _fold(self, item: QTreeWidgetItem, *, folded: bool) -> None:
        name, _ = item.data(0, _VALUE)
        self._folded[name] = folded

    def _current_key(self) -> object:
        item = self.tree.currentItem()
        return item.data(0, _VALUE) if item else None

    def _restore_current(self, key: object) -> None:
        """Make the value or facet with a key the current item again."""
        items = QTreeWidgetItemIterator(self.tree)
        while (item := items.value()) is not None:
            if key is not None and item.data(0, _VALUE) == key:
                self.tree.setCurrentItem(item)
                return
            items += 1
