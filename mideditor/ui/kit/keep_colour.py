"""A delegate that keeps the text colours of the model in selected rows."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from mideditor.ui.kit.model_index import Index


class KeepColour(QStyledItemDelegate):
    """Paints the text of selected cells in the colour that the model gives."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.HighlightedText, palette.text())
