"""Text and its HTML form on the clipboard together."""

from __future__ import annotations

import atexit

import shiboken6
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication


def put_on_clipboard(text: str, html: str) -> None:
    """Offer both forms to whoever pastes; after the program has ended, only the text."""
    both = QMimeData()
    both.setText(text)
    both.setHtml(html)
    QApplication.clipboard().setMimeData(both)
    atexit.register(_leave_text, both)


def _leave_text(both: QMimeData) -> None:
    """Put Qt's own data in the place of ours, if that is there still.

    Qt lets go of what is on the clipboard after Python has ended, and of an object that was made
    here it cannot: the program would end with a segmentation fault.
    """
    if QApplication.instance() is not None and shiboken6.isValid(both):
        QApplication.clipboard().setText(both.text())
