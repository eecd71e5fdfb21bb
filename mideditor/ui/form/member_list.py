"""The list of a side's members, edited by keys and drag and drop."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget
from typing_extensions import override

from mideditor.ui.look.text_size import scaled

_ROWS_SHOWN = 3
_ROW_HEIGHT = 22


class MemberList(QListWidget):
    """The members of a side. Del removes one, Alt+Up and Alt+Down move it within the list,
    Alt+Left and Alt+Right move it to the other side.

    `dropped` carries the side that a member was dragged from, its row there, and the row here
    before which it was dropped.
    """

    remove_requested = Signal()
    shift_requested = Signal(int)
    cross_requested = Signal()
    dropped = Signal(str, int, int)

    def allow_dragging(self) -> None:
        """Enable drag and drop within the side and across sides."""
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Only emit `dropped`; the list is updated from the record."""
        source = event.source()
        if isinstance(source, MemberList):
            self.dropped.emit(source.objectName(), source.currentRow(), self._row_at(event))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def _row_at(self, event: QDropEvent) -> int:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return self.count()
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        return index.row() + below

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif alt and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.cross_requested.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, _ROWS_SHOWN * scaled(_ROW_HEIGHT) + 6)
