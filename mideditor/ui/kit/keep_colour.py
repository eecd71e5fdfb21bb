"""Cells of a list in the colours that its model gives them, also where their row is chosen."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from mideditor.ui.kit.model_index import Index


class KeepColour(QStyledItemDelegate):
    """Cells keep their colours in the chosen row."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.HighlightedText, palette.text())
