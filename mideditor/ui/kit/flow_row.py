"""A layout that wraps a row of widgets."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override

_GAP = 6


class FlowRow(QLayout):
    """Lays widgets out from left to right at their size hints, and wraps where they do not fit.

    So large text never makes the window wider than the screen.
    """

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        for widget in widgets:
            self.addWidget(widget)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        hints = [item.sizeHint() for item in self._visible_items()]
        widest = max((hint.width() for hint in hints), default=0)
        highest = max((hint.height() for hint in hints), default=0)
        return QSize(widest, highest)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in zip(self._visible_items(), self._places(rect.width()), strict=True):
            item.setGeometry(place.translated(rect.topLeft()))

    def _visible_items(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> list[QRect]:
        """The rectangle of each visible widget in a layout of that width."""
        places: list[QRect] = []
        at, row_height = QPoint(0, 0), 0
        for item in self._visible_items():
            size = item.sizeHint()
            if at.x() and at.x() + size.width() > width:
                at = QPoint(0, at.y() + row_height + _GAP)
                row_height = 0
            places.append(QRect(at, size))
            at = at + QPoint(size.width() + _GAP, 0)
            row_height = max(row_height, size.height())
        return places
