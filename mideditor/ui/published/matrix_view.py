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

from mideditor.domain.fields import published_codes
from mideditor.domain.reports.comparison import (
    Cell,
    FieldComparison,
    matrix_of,
    open_differences_in,
)
from mideditor.ui.kit.choice_box import ChoiceBox
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import compared_row
from mideditor.ui.published.field_choice import field_choices
from mideditor.ui.published.matrix_table import MatrixModel, MatrixTable, describe_cell
from mideditor.ui.published.record_view import ListWithNote

_MIN_WIDTH_BESIDE, _MIN_HEIGHT = 1_100, 210
"""The width in pixels from which the records of a cell are beside the matrix instead of below it,
and the height below which both scroll."""


class MatrixView(QWidget):
    """The matrix of a coded field, and below or beside it the records of the selected cell.

    ``in_list`` is whether that list had the focus last; commands then apply to one record instead
    of the whole cell. `focus_changed` is emitted when it changes.
    """

    focus_changed = Signal()

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
        self.table.cell_opened.connect(self.list.table.setFocus)
        self.table.focused.connect(lambda: self._set_in_list(False))
        self.list.table.focused.connect(lambda: self._set_in_list(True))

    @property
    def cell(self) -> Cell | None:
        """The selected cell."""
        return self.table.selected

    @property
    def cell_differences(self) -> list[FieldComparison]:
        """The differences of the selected cell that nobody has edited or accepted."""
        cell = self.cell
        if cell is None:
            return []
        return open_differences_in(self._fields, cell.field, cell.printed, cell.published)

    def show_fields(self, fields: Sequence[FieldComparison]) -> None:
        """Show the counts of these; the first field shown is that with most open differences."""
        self._fields = fields
        open_counts = Counter(one.field for one in fields if one.is_open)
        compared = {one.field for one in fields}
        names = [name for name in published_codes() if name in compared]
        selected = self.field.currentData()
        if selected not in names and names:
            selected = max(names, key=lambda name: open_counts[name])
        self.field.offer(field_choices(names, open_counts), selected)
        self._show_matrix()

    def show_cell(self) -> None:
        """Show the records of the selected cell."""
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
            self.sentence.setText(describe_cell(cell, matrix.label))
        self.list.show_lines(
            [compared_row(one) for one in members], "No record has this pair of values."
        )

    def begin(self) -> None:
        """Focus the matrix."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(_MIN_WIDTH_BESIDE)
        self._parts.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _set_in_list(self, in_list: bool) -> None:
        self.in_list = in_list
        self.focus_changed.emit()

    def _show_matrix(self) -> None:
        name = self.field.currentData()
        if name is None:
            return
        matrix = matrix_of(self._fields, name)
        self.model.show_matrix(matrix)
        self.table.fit_height()
        if not self.table.currentIndex().isValid():
            open_cells = [cell for cell in matrix.faults if cell.left]
            start = next(iter([*open_cells, *matrix.faults]), None)
            index = self.model.index_of(start)
            self.table.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self.show_cell()

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.field)
        top.addWidget(self.sentence, 1)
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
        FollowTextSize(self._parts, lambda _: self._parts.setMinimumHeight(scaled(_MIN_HEIGHT)))
        self._parts.setMinimumHeight(scaled(_MIN_HEIGHT))
        scroll_area = QScrollArea()
        scroll_area.setWidgetResizable(True)
        scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_area.setWidget(self._parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(scroll_area, 1)
