"""A frame that opens below a field and goes when it is left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

_GAP = 2


class PopupFrame(QFrame):
    """Subclasses fill it and say by `cursor_first` where the cursor goes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popupFrame")

    def cursor_first(self) -> QWidget:
        """The widget that gets the cursor when the frame opens."""
        raise NotImplementedError

    def show_below(self, widget: QWidget) -> None:
        """Open under a widget, or above it, within its screen."""
        self.adjustSize()
        room = widget.screen().availableGeometry()
        place = widget.mapToGlobal(QPoint(0, widget.height() + _GAP))
        if place.y() + self.height() > room.bottom():
            place = widget.mapToGlobal(QPoint(0, -self.height() - _GAP))
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        self.move(left, max(room.top(), place.y()))
        self.show()
        self.cursor_first().setFocus(Qt.FocusReason.PopupFocusReason)
