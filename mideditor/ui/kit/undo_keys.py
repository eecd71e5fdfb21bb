"""Passes undo and redo on to the window when the focused editor has nothing to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QTextEdit
from typing_extensions import override


class UndoKeys(QObject):
    """An event filter for one line or text edit.

    Qt's edits claim the undo and redo shortcuts even when their own stacks are empty, so the
    window's shortcuts would never be triggered.
    """

    def __init__(self, edit: QLineEdit | QTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        edit.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        state = self._edit if isinstance(self._edit, QLineEdit) else self._edit.document()
        if event.matches(QKeySequence.StandardKey.Undo):
            return not state.isUndoAvailable()
        if event.matches(QKeySequence.StandardKey.Redo):
            return not state.isRedoAvailable()
        return False
