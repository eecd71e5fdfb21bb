"""Buttons side by side of which one is down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget


class Switch(QWidget):
    """A choice among ``titles``. `turned` carries the place of the button that was pressed.

    The keys from ``first`` on press the buttons anywhere in ``panel``. Tab stops at the button that
    is down, and the arrow keys go to the others; with ``tab_to_each`` Tab stops at each.
    """

    turned = Signal(int)

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
        self.place = 0
        self._buttons = [_button(name, title, first + at) for at, title in enumerate(titles)]
        self._group = None if tab_to_each else QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, button in enumerate(self._buttons):
            row.addWidget(button)
            button.clicked.connect(lambda _=False, place=place: self._turn(place))
            key = QShortcut(QKeySequence(str(first + place)), panel)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(button.click)
            if self._group is not None:
                self._group.addButton(button)
        self.mark(0)

    def mark(self, place: int) -> None:
        """Show which button is down."""
        self.place = place
        for number, button in enumerate(self._buttons):
            button.setChecked(number == place)

    def set_title(self, place: int, title: str) -> None:
        """Change the text of a button."""
        self._buttons[place].setText(title)

    def _turn(self, place: int) -> None:
        self.mark(place)
        self.turned.emit(place)


def _button(name: str, title: str, key: int) -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setText(title)
    button.setToolTip(f"{title} (key {key} in this panel)")
    button.setAccessibleName(f"{name}: {title}")
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button
