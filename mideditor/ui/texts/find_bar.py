"""The find and replace bar above a text."""

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

from mideditor.domain.fields import text_fields
from mideditor.session.texts.replacing_text import FindQuery
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
"""The name, the command with the same effect, and the icon of each button."""


class _Line(QLineEdit):
    """A line edit. Enter emits `entered` with whether Shift was held."""

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
    """The inputs of find and replace. The bar only emits signals; `FindReplace` does the work.

    `stepped` carries 1 or -1 for the next or the previous match.
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
        self.replace_button = QPushButton("Re&place")
        self.replace_all_button = QPushButton("Replace &all…")
        self.buttons = {name: self._button(name) for name in _BUTTONS}
        self._assemble()
        self._connect()
        self._recolour()
        self._update_key_hints()
        self.hide()

    @property
    def options(self) -> tuple[QCheckBox, ...]:
        """The check boxes."""
        return (self.in_project, self.match_case, self.whole_words, self.in_changes)

    def query(self) -> FindQuery:
        """The words and options to search for."""
        return FindQuery(
            self.words.text(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
            fields=text_fields() if self.in_changes.isChecked() else text_fields()[:1],
        )

    def begin(self, words: str) -> None:
        """Show and focus the bar, with ``words`` to find unless they are empty."""
        self.show()
        if words and words != self.words.text():
            self.words.setText(words)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_undo(self) -> None:
        """Clear the undo history of the lines, so that Undo applies to the replacement."""
        for line in (self.words, self.replacement):
            line.setText(line.text())

    def lock(self) -> None:
        """Disable replacing."""
        for part in (self.replacement, self.replace_button, self.replace_all_button):
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

    def _update_key_hints(self) -> None:
        for name, (does, command, _) in _BUTTONS.items():
            key = self._keys.hint(command) if command else " (Esc)"
            self.buttons[name].setToolTip(f"{does}{key}")

    def _assemble(self) -> None:
        self.words.setMinimumWidth(160)
        ticks = FlowRow(*self.options)
        for option in self.options:
            # Without Qt.ClickFocus its mnemonic does not move the focus.
            option.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        steps.addWidget(self.count)
        steps.addStretch()
        for button in self.buttons.values():
            steps.addWidget(button)
        replace_row = QHBoxLayout()
        replace_row.setSpacing(6)
        replace_row.addWidget(self.replace_button)
        replace_row.addWidget(self.replace_all_button)
        replace_row.addStretch()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 2, 0, 4)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(6)
        layout.addWidget(self.words, 0, 0)
        layout.addLayout(steps, 0, 1)
        layout.addWidget(self.replacement, 1, 0)
        layout.addLayout(replace_row, 1, 1)
        layout.addLayout(ticks, 2, 0, 1, 2)
        layout.setColumnStretch(0, 3)
        layout.setColumnStretch(1, 2)

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _: self.changed.emit())
        for option in self.options:
            option.toggled.connect(lambda _: self.changed.emit())
        self.in_project.toggled.connect(self._show_scope)
        self.words.entered.connect(lambda shift: self.stepped.emit(-1 if shift else 1))
        self.replacement.entered.connect(lambda _: self.replaced.emit())
        self.buttons["previous"].clicked.connect(lambda: self.stepped.emit(-1))
        self.buttons["next"].clicked.connect(lambda: self.stepped.emit(1))
        self.buttons["close"].clicked.connect(self.closed)
        self.replace_button.clicked.connect(self.replaced)
        self.replace_all_button.clicked.connect(self.replaced_all)
        self._theme.changed.connect(self._recolour)
        self._keys.changed.connect(self._update_key_hints)

    def _show_scope(self, everywhere: bool) -> None:
        where = "all records" if everywhere else "this record"
        self.words.setPlaceholderText(f"Find in {where}")

    def _recolour(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icon(_BUTTONS[name][2], self._theme.tokens.color("text-quiet")))
