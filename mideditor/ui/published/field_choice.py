"""A list of choices above a view of the comparison, such as its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QComboBox

from mideditor.domain.fields import FIELDS

Choice = tuple[str | None, str]
"""What a choice stands for, and its text."""


class ChoiceBox(QComboBox):
    """As wide as its longest choice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def offer(self, choices: Iterable[Choice], selected: str | None) -> None:
        """Replace the choices, with ``selected`` or else the first one selected."""
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.setCurrentIndex(max(self.findData(selected), 0))


def field_choices(names: Sequence[str], waiting: Counter[str]) -> list[Choice]:
    """The fields with their counts of open differences."""
    return [(name, _with_count(FIELDS[name].label, waiting[name])) for name in names]


def _with_count(label: str, count: int) -> str:
    return f"{label} ({count:,})" if count else label
