"""The matrix of a coded field: a count per pair of printed (rows) and published value (columns)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from mideditor.domain.reports.comparison import Cell, Matrix
from mideditor.ui.kit.keep_colour import KeepColour
from mideditor.ui.kit.model_index import NO_INDEX, Index
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme

_CORNER = "printed ↓   published →"
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_PADDING, _MARGIN, _MIN_COLUMN_WIDTH, _FRAME = 10, 6, 92, 2
"""Pixels: padding of a cell, margin of the table, least width of a column, width of the frame."""


def describe_cell(cell: Cell, label: str) -> str:
    """A sentence that says what a cell counts."""
    if cell.agrees:
        return f"{label}: {cell.count:,} printed as published, {cell.printed}."
    settled = cell.count - cell.left - cell.edited
    parts = [f"{cell.left:,} as printed"] if cell.left else []
    parts += [f"{cell.edited:,} edited otherwise"] if cell.edited else []
    parts += [f"{settled:,} settled"] if settled else []
    return (
        f"{label}: {cell.count:,} printed {cell.printed}, published {cell.published}: "
        f"{', '.join(parts)}."
    )


class MatrixModel(QAbstractTableModel):
    """The counts; off the diagonal, ≠ marks cells with open differences and ✓ settled ones.

    Values that are never printed have no row, and those never published have no column.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.matrix: Matrix | None = None
        self.printed: list[str] = []
        self.published: list[str] = []

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix; the selection is kept if only counts have changed."""
        printed, published = (
            [value for value in matrix.values if any(cell[end] == value for cell in matrix.cells)]
            for end in (0, 1)
        )
        names = (matrix.field, printed, published)
        if self.matrix is None or names != (self.matrix.field, self.printed, self.published):
            self.beginResetModel()
            self.matrix, self.printed, self.published = matrix, printed, published
            self.endResetModel()
        elif matrix != self.matrix:
            self.matrix = matrix
            last = self.index(len(printed) - 1, len(published) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def cell(self, index: Index) -> Cell | None:
        """The cell at an index; None if it counts nothing."""
        if self.matrix is None or not index.isValid():
            return None
        pair = self.printed[index.row()], self.published[index.column()]
        return self.matrix.cells.get(pair)

    def index_of(self, cell: Cell | None) -> QModelIndex:
        """The index of a cell; invalid for None."""
        if cell is None:
            return QModelIndex()
        return self.index(self.printed.index(cell.printed), self.published.index(cell.published))

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.printed)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.published)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRE
        cell = self.cell(index)
        if cell is None or self.matrix is None:
            return "·" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_sign(cell)}{cell.count:,}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            words = describe_cell(cell, self.matrix.label)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return self._style(cell, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        value = (self.published if across else self.printed)[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return value
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{'Published' if across else 'Printed'}: {value}")
        if role == Qt.ItemDataRole.TextAlignmentRole and not across:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _style(self, cell: Cell, role: int) -> Any:
        tokens = self._theme.tokens
        is_open = bool(cell.left or cell.edited)
        if role == Qt.ItemDataRole.ForegroundRole:
            return tokens.color("coding" if is_open else "text-quiet")
        if role == Qt.ItemDataRole.BackgroundRole and (is_open or cell.agrees):
            return tokens.color("coding-ground" if is_open else "raised")
        if role == Qt.ItemDataRole.FontRole and is_open:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None


def _sign(cell: Cell) -> str:
    if cell.agrees:
        return ""
    return "≠ " if cell.left or cell.edited else "✓ "


class _CellDelegate(KeepColour):
    """Paints the background that the style sheet ignores, and a frame around the selected cell."""

    def __init__(self, parent: QTableView, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_Selected

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        background = index.data(Qt.ItemDataRole.BackgroundRole)
        if background is not None:
            painter.fillRect(option.rect, background)
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.tokens.color("accent"), _FRAME))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))


class MatrixTable(QTableView):
    """Selects one cell at a time.

    `apply_requested`, `accept_requested` and `cell_opened` are emitted by the keys T, A and Enter,
    `focused` when the table gets the focus.
    """

    apply_requested = Signal()
    accept_requested = Signal()
    cell_opened = Signal()
    focused = Signal()

    def __init__(self, model: MatrixModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setObjectName("matrix")
        self.setAccessibleName("Matrix of printed and published values")
        self.setItemDelegate(_CellDelegate(self, theme))
        self._corner = QLabel(_CORNER, self)
        self._corner.setProperty("role", "quiet")
        self._corner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shape()
        FollowTextSize(self, lambda _: self.fit_height())

    @property
    def selected(self) -> Cell | None:
        """The selected cell, None if it counts nothing."""
        return self._model.cell(self.currentIndex())

    def fit_height(self) -> None:
        """Limit the height to that of the matrix, so that the list follows right below."""
        line = self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(line + _PADDING)
        self.horizontalHeader().setMinimumSectionSize(scaled(_MIN_COLUMN_WIDTH))
        self.horizontalHeader().setFixedHeight(2 * line + _PADDING)
        self.verticalHeader().setMinimumWidth(
            self.fontMetrics().horizontalAdvance(_CORNER) + 2 * _PADDING
        )
        rows = self._model.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setMaximumHeight(self.horizontalHeader().height() + rows + _MARGIN)

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        self._corner.setGeometry(rows.x(), columns.y(), rows.width(), columns.height())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T:
            self.apply_requested.emit()
        elif event.key() == Qt.Key.Key_A:
            self.accept_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cell_opened.emit()
        else:
            super().keyPressEvent(event)

    def _shape(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setHighlightSections(True)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setHighlightSections(True)
        alignment = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        columns.setDefaultAlignment(alignment)
