"""Copies plain text and HTML to the clipboard together."""

from __future__ import annotations

import atexit

import shiboken6
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication


def copy_to_clipboard(text: str, html: str) -> None:
    """Copy both forms; only the plain text outlives the program."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    QApplication.clipboard().setMimeData(data)
    atexit.register(_keep_text_only, data)


def _keep_text_only(data: QMimeData) -> None:
    """Replace our data with Qt's own, if it is still on the clipboard.

    Qt deletes the clipboard's data after Python has shut down. Deleting an object created in Python
    at that point crashes with a segmentation fault.
    """
    if QApplication.instance() is not None and shiboken6.isValid(data):
        QApplication.clipboard().setText(data.text())
