"""A popup frame below a widget."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

_GAP = 2


class PopupFrame(QFrame):
    """Closes and deletes itself when the user clicks elsewhere. Subclasses give it its contents."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popupFrame")

    def initial_focus(self) -> QWidget:
        """The widget that gets the focus when the frame opens."""
        raise NotImplementedError

    def show_below(self, widget: QWidget) -> None:
        """Open below a widget, or above it if there is no room, within its screen."""
        self.adjustSize()
        screen = widget.screen().availableGeometry()
        place = widget.mapToGlobal(QPoint(0, widget.height() + _GAP))
        if place.y() + self.height() > screen.bottom():
            place = widget.mapToGlobal(QPoint(0, -self.height() - _GAP))
        left = max(screen.left(), min(place.x(), screen.right() - self.width()))
        self.move(left, max(screen.top(), place.y()))
        self.show()
        self.initial_focus().setFocus(Qt.FocusReason.PopupFocusReason)
