"""The titles of the record table: clicked to sort, and signed with how it is sorted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QMouseEvent, QPainter, QPolygon
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QTableView
from typing_extensions import override

from mideditor.session.table.columns import RECORD_COLUMNS, SortedBy
from mideditor.session.table.sorting import largest_on_top, position_in_order
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme

_PADDING = 11
"""As the style sheet has it, in pixels at any text size."""
_ARROW = QSize(9, 5)
_GAP = 4


class SortHeader(QHeaderView):
    """Arrow and, of several columns, the rank of those that the table is sorted by.

    `chosen` tells that a column was clicked, and whether with Shift; `menu_wanted` where the menu
    of the columns is asked for. The sign stands on the side that the title leaves free, and a title
    that does not fit beside it is cut.
    """

    chosen = Signal(int, bool)
    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._order: Sequence[SortedBy] = ()
        self._with_shift = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setStretchLastSection(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self.setFont(bold)

    def serve(self, table: QTableView) -> None:
        """Become the header of a table; a click on a title chooses no cells."""
        table.setHorizontalHeader(self)
        self.sectionPressed.disconnect()
        self.sectionEntered.disconnect()
        self.sectionClicked.connect(lambda section: self.chosen.emit(section, self._with_shift))

    def show_order(self, order: Sequence[SortedBy]) -> None:
        """Sign the columns of this order."""
        self._order = order
        self.viewport().update()

    def shown(self) -> list[int]:
        """The sections that are not hidden, from left to right."""
        sections = (self.logicalIndex(place) for place in range(self.count()))
        return [section for section in sections if not self.isSectionHidden(section)]

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        super().initStyleOptionForIndex(option, logicalIndex)
        sign = self._sign(logicalIndex)
        if sign is not None:
            room = self.sectionSize(logicalIndex) - 2 * _PADDING - self._width(sign) - _GAP
            elide = Qt.TextElideMode.ElideRight
            option.text = self.fontMetrics().elidedText(option.text, elide, max(room, 0))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        sign = self._sign(logicalIndex)
        if sign is not None:
            painter.save()
            self._paint(painter, rect, logicalIndex, sign)
            painter.restore()

    def _sign(self, section: int) -> tuple[bool, str] | None:
        """Whether the arrow points down, and the rank; None for a column not sorted by."""
        place = position_in_order(self._order, RECORD_COLUMNS[section])
        if place is None:
            return None
        return largest_on_top(self._order[place]), str(place + 1) if len(self._order) > 1 else ""

    def _width(self, sign: tuple[bool, str]) -> int:
        _, rank = sign
        return scaled(_ARROW.width()) + (self.fontMetrics().horizontalAdvance(rank) + 2) * bool(
            rank
        )

    def _paint(self, painter: QPainter, rect: QRect, section: int, sign: tuple[bool, str]) -> None:
        down, rank = sign
        width = self._width(sign)
        left = rect.left() + _PADDING
        if not RECORD_COLUMNS[section].numeric:
            left = rect.right() - _PADDING - width + 1
        arrow = QSize(scaled(_ARROW.width()), scaled(_ARROW.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.color("accent"))
        painter.drawPolygon(_triangle(QPoint(left, rect.center().y()), arrow, down))
        painter.setPen(self._theme.tokens.color("accent"))
        painter.setFont(self.font())
        room = QRect(left + arrow.width() + 2, rect.top(), width, rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, rank)


def _triangle(middle_left: QPoint, size: QSize, down: bool) -> QPolygon:
    base = middle_left.y() + (-size.height() if down else size.height()) // 2
    tip = base + (size.height() if down else -size.height())
    left, right = middle_left.x(), middle_left.x() + size.width()
    return QPolygon([QPoint(left, base), QPoint(right, base), QPoint((left + right) // 2, tip)])
