"""Combo boxes of the views of the comparison, such as for their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QComboBox

from mideditor.domain.fields import FIELDS

Choice = tuple[str | None, str]
"""The value of a choice, and its text."""


class ChoiceBox(QComboBox):
    """A combo box as wide as its longest choice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def offer(self, choices: Iterable[Choice], selected: str | None) -> None:
        """Replace the choices and select ``selected``, or the first one if it is missing."""
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.setCurrentIndex(max(self.findData(selected), 0))


def field_choices(names: Sequence[str], open_counts: Counter[str]) -> list[Choice]:
    """The fields with their counts of open differences."""
    return [(name, _with_count(FIELDS[name].label, open_counts[name])) for name in names]


def _with_count(label: str, count: int) -> str:
    return f"{label} ({count:,})" if count else label
