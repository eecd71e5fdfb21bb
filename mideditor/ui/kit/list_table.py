"""The common look of tables: single-row selection and rows of one height."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from mideditor.ui.look.text_size import FollowTextSize, scaled

# Combined once: doing so per cell takes a twentieth of the painting time.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def shape_table(table: QTableView, widths: Iterable[int], row_height: int = 26) -> None:
    """Apply the common look; ``widths`` are column widths in pixels at normal text size.

    Rows and columns scale with the text size.
    """
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    rows = table.verticalHeader()
    rows.setVisible(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(row_height)
    columns = table.horizontalHeader()
    columns.setHighlightSections(False)
    columns.setMinimumSectionSize(56)
    for section, width in enumerate(widths):
        columns.resizeSection(section, width)
    FollowTextSize(table, lambda factor: _rescale(table, row_height, factor))


def _rescale(table: QTableView, row_height: int, factor: float) -> None:
    table.verticalHeader().setDefaultSectionSize(scaled(row_height))
    columns = table.horizontalHeader()
    for section in range(columns.count()):
        columns.resizeSection(section, round(columns.sectionSize(section) * factor))


def cell_alignment(right: bool) -> Qt.AlignmentFlag:
    """The alignment of a cell."""
    return _RIGHT if right else _LEFT


class DecisionTable(QTableView):
    """Two keys decide the current row; with Shift, all rows that belong to it.

    `decided` carries whether it was the second key, and whether Shift was held.
    """

    decided = Signal(bool, bool)

    def __init__(self, first: Qt.Key, second: Qt.Key) -> None:
        super().__init__()
        self._keys = (first, second)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in self._keys:
            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.decided.emit(event.key() == self._keys[1], with_shift)
        else:
            super().keyPressEvent(event)
