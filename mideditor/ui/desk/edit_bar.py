"""The kind of the next edits, correction or coding change, and their reason and citation."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QWidget,
)

from mideditor.domain.changes import ChangeKind
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.undo_keys import UndoKeys
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

_KINDS = {
    ChangeKind.CORRECTION: "Restores what the source says or mends its typography. Not printed.",
    ChangeKind.CODING: "A new decision about the dispute. Printed in its Coding changes.",
}


class EditBar(QFrame):
    """A bar with the switch between correction and coding change, the reason and the citation."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.setObjectName("editBar")
        self.buttons = {kind: self._button(kind) for kind in _KINDS}
        self._group = QButtonGroup(self)
        for button in self.buttons.values():
            self._group.addButton(button)
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason.setAccessibleName("Reason for the next edits")
        self.reason.setObjectName("reason")
        line = self.reason.lineEdit()
        assert line is not None
        UndoKeys(line)
        self.reason.setMaxVisibleItems(12)
        self.citation = QLineEdit()
        self.citation.setObjectName("citation")
        self.citation.setAccessibleName("Citation for the next edits")
        self.citation.setPlaceholderText("Citation, if there is one")
        UndoKeys(self.citation)
        self._assemble()
        self._update_key_hints()
        desk.keys.changed.connect(self._update_key_hints)
        self.reason.currentTextChanged.connect(self._on_reason_changed)
        self.citation.textChanged.connect(self._on_citation_changed)
        desk.kind_changed.connect(self.show_kind)
        desk.changed.connect(self.list_reasons)
        theme.changed.connect(self._recolour)
        self.list_reasons()
        self.show_kind(desk.kind)

    def show_kind(self, kind: ChangeKind) -> None:
        """Show the kind that edits are recorded as."""
        self.buttons[kind].setChecked(True)
        self.setProperty("kind", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._recolour()

    def list_reasons(self) -> None:
        """Fill the drop-down with the latest reasons, newest first; keeps the typed text."""
        reasons = self._desk.reasons.newest_first()[:30]
        if reasons == [self.reason.itemText(row) for row in range(self.reason.count())]:
            return
        typed = self.reason.currentText()
        self.reason.blockSignals(True)
        self.reason.clear()
        self.reason.addItems(reasons)
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText(typed)
        self.reason.blockSignals(False)

    def focus_reason(self) -> None:
        """Focus the reason with its text selected."""
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = self.reason.lineEdit()
        if line is not None:
            line.selectAll()

    def _on_reason_changed(self, text: str) -> None:
        self._desk.reason = text.strip()

    def _on_citation_changed(self, text: str) -> None:
        self._desk.citation = text.strip()

    def _button(self, kind: ChangeKind) -> QToolButton:
        button = QToolButton()
        button.setObjectName(kind.value)
        button.setCheckable(True)
        button.setText(kind.label.capitalize())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(f"Record edits as {kind.label}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._desk.set_kind(kind))
        return button

    def _update_key_hints(self) -> None:
        keys, line = self._desk.keys, self.reason.lineEdit()
        if line is not None:
            reason = f"Reason for the next edits{keys.hint('focus_reason')}"
            line.setPlaceholderText(f"{reason}; it stays until you change it")
        for kind, button in self.buttons.items():
            button.setToolTip(f"{_KINDS[kind]}{keys.hint('switch_kind', 'switches')}")

    def _assemble(self) -> None:
        switch = QWidget()
        switch.setObjectName("kindSwitch")
        pair = QHBoxLayout(switch)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(0)
        for button in self.buttons.values():
            pair.addWidget(button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 7)
        layout.setSpacing(10)
        layout.addWidget(switch)
        layout.addWidget(self.reason, 3)
        layout.addWidget(self.citation, 1)

    def _recolour(self) -> None:
        tokens = self._theme.tokens
        for kind, button in self.buttons.items():
            role = "accent-text" if button.isChecked() else "text-quiet"
            button.setIcon(icon(kind.value, tokens.color(role)))
