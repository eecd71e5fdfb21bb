"""The stack of the three views of the comparison, and its selection."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mideditor.domain.reports.comparison import FieldComparison
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import ComparedTable
from mideditor.ui.published.differences_view import DifferencesView
from mideditor.ui.published.matrix_view import MatrixView
from mideditor.ui.published.record_view import RecordView


class ComparisonViews(QStackedWidget):
    """The fields of the current record, the matrix, and all differences.

    `apply_requested` and `accept_requested` are emitted by the keys T and A in any view,
    `field_requested` carries the row whose field is to be focused, `row_changed` the list whose
    current row changed, and `selection_changed` is emitted when other differences are selected.
    """

    apply_requested = Signal()
    accept_requested = Signal()
    field_requested = Signal(object)
    row_changed = Signal(object)
    selection_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.record = RecordView(theme)
        self.matrix = MatrixView(theme)
        self.differences = DifferencesView(theme)
        for view in (self.record, self.matrix, self.differences):
            self.addWidget(view)
            self._connect_list(view.list.table, theme)
        self._connect_matrix(theme)

    @property
    def view(self) -> RecordView | MatrixView | DifferencesView:
        """The view in front."""
        return (self.record, self.matrix, self.differences)[self.currentIndex()]

    @property
    def table(self) -> ComparedTable:
        """The list in front."""
        return self.view.list.table

    @property
    def is_cell(self) -> bool:
        """Whether the selection is a whole cell of the matrix."""
        return self.view is self.matrix and not self.matrix.in_list

    @property
    def selected(self) -> list[FieldComparison]:
        """The selected fields: those of a cell, or of the rows of a list."""
        return self.matrix.cell_differences if self.is_cell else self.table.selected

    @property
    def focused(self) -> QWidget:
        """The table of the view in front that has, or last had, the focus."""
        return self.matrix.table if self.is_cell else self.table

    def _connect_list(self, table: ComparedTable, theme: Theme) -> None:
        table.apply_requested.connect(self.apply_requested)
        table.accept_requested.connect(self.accept_requested)
        table.field_requested.connect(self.field_requested)
        row_changed = table.selectionModel().currentRowChanged
        row_changed.connect(lambda *_: self.row_changed.emit(table))
        table.lines.dataChanged.connect(lambda *_: self.selection_changed.emit())
        theme.changed.connect(table.viewport().update)

    def _connect_matrix(self, theme: Theme) -> None:
        table = self.matrix.table
        table.apply_requested.connect(self.apply_requested)
        table.accept_requested.connect(self.accept_requested)
        table.selectionModel().currentChanged.connect(lambda *_: self.selection_changed.emit())
        self.matrix.focus_changed.connect(self.selection_changed)
        theme.changed.connect(table.viewport().update)
