"""The header of the record table: sorts on clicks and shows the sort order."""

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
"""The padding in the style sheet, in pixels at any text size."""
_ARROW = QSize(9, 5)
_GAP = 4


class SortHeader(QHeaderView):
    """Sorted columns have an indicator: an arrow and, with several columns, their rank.

    The indicator is on the free side of the title, which is elided if necessary. `sort_requested`
    carries the clicked section and whether Shift was held, `menu_requested` the position of the
    context menu.
    """

    sort_requested = Signal(int, bool)
    menu_requested = Signal(QPoint)

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

    def install_on(self, table: QTableView) -> None:
        """Become the header of a table; clicks on titles do not select cells."""
        table.setHorizontalHeader(self)
        self.sectionPressed.disconnect()
        self.sectionEntered.disconnect()
        self.sectionClicked.connect(
            lambda section: self.sort_requested.emit(section, self._with_shift)
        )

    def show_order(self, order: Sequence[SortedBy]) -> None:
        """Show the indicators of a sort order."""
        self._order = order
        self.viewport().update()

    def shown_sections(self) -> list[int]:
        """The visible sections from left to right."""
        sections = (self.logicalIndex(place) for place in range(self.count()))
        return [section for section in sections if not self.isSectionHidden(section)]

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    @override
    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logicalIndex: int) -> None:
        super().initStyleOptionForIndex(option, logicalIndex)
        indicator = self._indicator(logicalIndex)
        if indicator is not None:
            width = (
                self.sectionSize(logicalIndex)
                - 2 * _PADDING
                - self._indicator_width(indicator)
                - _GAP
            )
            elide = Qt.TextElideMode.ElideRight
            option.text = self.fontMetrics().elidedText(option.text, elide, max(width, 0))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        indicator = self._indicator(logicalIndex)
        if indicator is not None:
            painter.save()
            self._paint_indicator(painter, rect, logicalIndex, indicator)
            painter.restore()

    def _indicator(self, section: int) -> tuple[bool, str] | None:
        """Whether the arrow points down, and the rank; None for unsorted columns."""
        place = position_in_order(self._order, RECORD_COLUMNS[section])
        if place is None:
            return None
        return largest_on_top(self._order[place]), str(place + 1) if len(self._order) > 1 else ""

    def _indicator_width(self, indicator: tuple[bool, str]) -> int:
        _, rank = indicator
        return scaled(_ARROW.width()) + (self.fontMetrics().horizontalAdvance(rank) + 2) * bool(
            rank
        )

    def _paint_indicator(
        self, painter: QPainter, rect: QRect, section: int, indicator: tuple[bool, str]
    ) -> None:
        down, rank = indicator
        width = self._indicator_width(indicator)
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
        area = QRect(left + arrow.width() + 2, rect.top(), width, rect.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, rank)


def _triangle(middle_left: QPoint, size: QSize, down: bool) -> QPolygon:
    base = middle_left.y() + (-size.height() if down else size.height()) // 2
    tip = base + (size.height() if down else -size.height())
    left, right = middle_left.x(), middle_left.x() + size.width()
    return QPolygon([QPoint(left, base), QPoint(right, base), QPoint((left + right) // 2, tip)])
