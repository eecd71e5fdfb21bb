"""A box to choose one of several texts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

Choice = tuple[str | None, str]
"""What a choice stands for, and its text."""


class ChoiceBox(QComboBox):
    """As wide as its longest choice."""

    def __init__(self, name: str, texts: Iterable[str] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItems(list(texts))

    def offer(self, choices: Iterable[Choice], selected: str | None) -> None:
        """Replace the choices, with ``selected`` or else the first one selected."""
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.setCurrentIndex(max(self.findData(selected), 0))
