"""The bar over a text in which words to find, and others to put in their place, are typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
)
from typing_extensions import override

from mideditor.session.texts.replacing_text import TEXTS, FindQuery
from mideditor.ui.commands.key_words import KeyWords
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.undo_keys import UndoKeys
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

_BUTTONS = {
    "previous": ("Previous place", "find_previous", "up"),
    "next": ("Next place", "find_next", "down"),
    "close": ("Close", "", "remove"),
}
"""What each does, the command whose key does the same, its icon."""


class _Line(QLineEdit):
    """A line in which Enter and Shift+Enter do something. `entered` tells whether with Shift."""

    entered = Signal(bool)

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        UndoKeys(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """What to find and how. Signals tell what the coder wants; the bar itself does nothing.

    `stepped` carries 1 or -1.
    """

    changed = Signal()
    stepped = Signal(int)
    replaced = Signal()
    replaced_all = Signal()
    closed = Signal()

    def __init__(self, keys: KeyWords, theme: Theme) -> None:
        super().__init__()
        self._keys = keys
        self._theme = theme
        self.setObjectName("findBar")
        self.words = _Line("Find", "Find in this record")
        self.words.setObjectName("findWords")
        self.replacement = _Line("Replace with", "Replace with")
        self.replacement.setObjectName("replacement")
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.in_project = QCheckBox("All rec&ords")
        self.match_case = QCheckBox("Match &case")
        self.whole_words = QCheckBox("&Whole words")
        self.in_changes = QCheckBox("Coding cha&nges")
        self.one = QPushButton("Re&place")
        self.all = QPushButton("Replace &all…")
        self.buttons = {name: self._button(name) for name in _BUTTONS}
        self._assemble()
        self._connect()
        self._recolour()
        self._name_keys()
        self.hide()

    @property
    def options(self) -> tuple[QCheckBox, ...]:
        """What can be ticked."""
        return (self.in_project, self.match_case, self.whole_words, self.in_changes)

    def wanted(self) -> FindQuery:
        """What is to be found."""
        return FindQuery(
            self.words.text(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
            fields=TEXTS if self.in_changes.isChecked() else TEXTS[:1],
        )

    def begin(self, words: str) -> None:
        """Show the bar with the cursor in it; ``words``, if any, are to be found."""
        self.show()
        if words and words != self.words.text():
            self.words.setText(words)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def settle(self) -> None:
        """Forget how the words were typed, so that undo takes back what was replaced."""
        for line in (self.words, self.replacement):
            line.setText(line.text())

    def lock(self) -> None:
        """Find only."""
        for part in (self.replacement, self.one, self.all):
            part.setEnabled(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(_BUTTONS[name][0])
        return button

    def _name_keys(self) -> None:
        for name, (does, command, _) in _BUTTONS.items():
            key = self._keys.hint(command) if command else " (Esc)"
            self.buttons[name].setToolTip(f"{does}{key}")

    def _assemble(self) -> None:
        self.words.setMinimumWidth(160)
        ticks = FlowRow(*self.options)
        for option in self.options:
            # Without Qt.ClickFocus its key leaves the cursor where it is.
            option.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        steps.addWidget(self.count)
        steps.addStretch()
        for button in self.buttons.values():
            steps.addWidget(button)
        replacing = QHBoxLayout()
        replacing.setSpacing(6)
        replacing.addWidget(self.one)
        replacing.addWidget(self.all)
        replacing.addStretch()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 2, 0, 4)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(6)
        layout.addWidget(self.words, 0, 0)
        layout.addLayout(steps, 0, 1)
        layout.addWidget(self.replacement, 1, 0)
        layout.addLayout(replacing, 1, 1)
        layout.addLayout(ticks, 2, 0, 1, 2)
        layout.setColumnStretch(0, 3)
        layout.setColumnStretch(1, 2)

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _: self.changed.emit())
        for option in self.options:
            option.toggled.connect(lambda _: self.changed.emit())
        self.in_project.toggled.connect(self._say_where)
        self.words.entered.connect(lambda shift: self.stepped.emit(-1 if shift else 1))
        self.replacement.entered.connect(lambda _: self.replaced.emit())
        self.buttons["previous"].clicked.connect(lambda: self.stepped.emit(-1))
        self.buttons["next"].clicked.connect(lambda: self.stepped.emit(1))
        self.buttons["close"].clicked.connect(self.closed)
        self.one.clicked.connect(self.replaced)
        self.all.clicked.connect(self.replaced_all)
        self._theme.changed.connect(self._recolour)
        self._keys.changed.connect(self._name_keys)

    def _say_where(self, everywhere: bool) -> None:
        where = "all records" if everywhere else "this record"
        self.words.setPlaceholderText(f"Find in {where}")

    def _recolour(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icon(_BUTTONS[name][2], self._theme.tokens.color("text-quiet")))
