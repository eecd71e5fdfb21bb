"""The matrix of a coded field, with the records of the selected cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.reports.comparison import (
    CODED,
    Cell,
    FieldComparison,
    matrix_of,
    open_differences_in,
)
from mideditor.ui.kit.choice_box import ChoiceBox
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import line_of
from mideditor.ui.published.field_choice import field_choices
from mideditor.ui.published.matrix_table import MatrixModel, MatrixTable, cell_in_words
from mideditor.ui.published.record_view import ListWithNote

_WIDE, _LOWEST = 1_100, 210
"""Pixels of width from which the records of a cell stand beside the matrix, and of both in height;
with less they are scrolled."""


class MatrixView(QWidget):
    """The matrix of a coded field, and below or beside it the records of the chosen cell.

    `in_list` is whether the cursor was last in that list, so that a key or a button is for one
    record; else it is for the whole cell. `entered` tells that this changed.
    """

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fields: Sequence[FieldComparison] = ()
        self.field = ChoiceBox("Field of the matrix")
        self.model = MatrixModel(theme)
        self.table = MatrixTable(self.model, theme)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.list = ListWithNote(theme, "Records of the chosen cell")
        self.list.table.hideColumn(1)  # the field is that of the matrix
        self.in_list = False
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._assemble()
        self.field.activated.connect(lambda _: self._show_matrix())
        self.table.selectionModel().currentChanged.connect(self.show_cell)
        self.table.opened.connect(self.list.table.setFocus)
        self.table.entered.connect(lambda: self._enter(False))
        self.list.table.entered.connect(lambda: self._enter(True))

    @property
    def cell(self) -> Cell | None:
        """The chosen cell."""
        return self.table.chosen

    @property
    def in_cell(self) -> list[FieldComparison]:
        """The differences of the chosen cell that nobody has edited or accepted."""
        cell = self.cell
        if cell is None:
            return []
        return open_differences_in(self._fields, cell.field, cell.printed, cell.published)

    def show_fields(self, fields: Sequence[FieldComparison]) -> None:
        """Count these; at first those of the field with most that waits."""
        self._fields = fields
        waiting = Counter(one.field for one in fields if one.is_open)
        there = {one.field for one in fields}
        names = [name for name in CODED if name in there]
        chosen = self.field.currentData()
        if chosen not in names and names:
            chosen = max(names, key=lambda name: waiting[name])
        self.field.offer(field_choices(names, waiting), chosen)
        self._show_matrix()

    def show_cell(self) -> None:
        """Show the records of the chosen cell."""
        cell, matrix = self.cell, self.model.matrix
        members = [
            one
            for one in self._fields
            if cell is not None
            and one.field == cell.field
            and one.cell == (cell.printed, cell.published)
        ]
        if cell is None or matrix is None:
            self.sentence.setText("Choose a cell with the arrow keys.")
        else:
            self.sentence.setText(cell_in_words(cell, matrix.label))
        self.list.show_lines(
            [line_of(one) for one in members], "No record has this pair of values."
        )

    def begin(self) -> None:
        """Put the cursor into the matrix."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(_WIDE)
        self._parts.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _enter(self, in_list: bool) -> None:
        self.in_list = in_list
        self.entered.emit()

    def _show_matrix(self) -> None:
        name = self.field.currentData()
        if name is None:
            return
        matrix = matrix_of(self._fields, name)
        self.model.show_matrix(matrix)
        self.table.fit()
        if not self.table.currentIndex().isValid():
            waiting = [cell for cell in matrix.faults if cell.left]
            start = next(iter([*waiting, *matrix.faults]), None)
            index = self.model.index_of(start)
            self.table.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self.show_cell()

    def _assemble(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self.field)
        above.addWidget(self.sentence, 1)
        matrix = QWidget()
        upper = QVBoxLayout(matrix)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.addWidget(self.table, 1)
        upper.addStretch()
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(8)
        self._parts.addWidget(matrix)
        self._parts.addWidget(self.list)
        self._parts.setSizes([600, 400])
        FollowTextSize(self._parts, lambda _: self._parts.setMinimumHeight(scaled(_LOWEST)))
        self._parts.setMinimumHeight(scaled(_LOWEST))
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self._parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(scrolled, 1)
