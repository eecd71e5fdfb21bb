"""A segmented control: a row of buttons of which one is checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget


class Switch(QWidget):
    """A choice among ``titles``. `switched` carries the index of the button that was clicked.

    The digit keys from ``first`` on click the buttons anywhere in ``panel``. Tab stops only at the
    checked button and the arrow keys move on; with ``tab_to_each`` Tab stops at every button.
    """

    switched = Signal(int)

    def __init__(
        self,
        name: str,
        titles: Sequence[str],
        first: int,
        panel: QWidget,
        *,
        tab_to_each: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("viewSwitch")
        self.current = 0
        self._buttons = [_button(name, title, first + at) for at, title in enumerate(titles)]
        self._group = None if tab_to_each else QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, button in enumerate(self._buttons):
            row.addWidget(button)
            button.clicked.connect(lambda _=False, index=index: self._on_clicked(index))
            key = QShortcut(QKeySequence(str(first + index)), panel)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(button.click)
            if self._group is not None:
                self._group.addButton(button)
        self.select(0)

    def select(self, index: int) -> None:
        """Check a button without emitting `switched`."""
        self.current = index
        for number, button in enumerate(self._buttons):
            button.setChecked(number == index)

    def set_title(self, index: int, title: str) -> None:
        """Change the text of a button."""
        self._buttons[index].setText(title)

    def _on_clicked(self, index: int) -> None:
        self.select(index)
        self.switched.emit(index)


def _button(name: str, title: str, key: int) -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setText(title)
    button.setToolTip(f"{title} (key {key} in this panel)")
    button.setAccessibleName(f"{name}: {title}")
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
