"""A question in a panel that asks for a reason, and for a citation where one is needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)
from typing_extensions import override

from mideditor.ui.kit.undo_keys import UndoKeys

Answered = Callable[[str, str], object]
"""Called with the reason and the citation."""


class ReasonBar(QFrame):
    """Stays in the panel until it is answered: Enter accepts, Esc dismisses it.

    `closed` is emitted in either case.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "done")
        self.question = QLabel()
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Reason")
        self.citation = QLineEdit()
        self.citation.setAccessibleName("Citation")
        self.citation.setPlaceholderText("Citation")
        for line in (self.reason, self.citation):
            UndoKeys(line)
        self.go = QPushButton()
        self.go.setDefault(True)
        self._cancel = QPushButton("Leave it (Esc)")
        self._question: Callable[[], str] = str
        self._answered: Answered | None = None
        self._assemble()
        self.reason.textChanged.connect(self._update_button)
        self.reason.returnPressed.connect(self._answer)
        self.citation.returnPressed.connect(self._answer)
        self.go.clicked.connect(self._answer)
        self._cancel.clicked.connect(self.dismiss)
        self.hide()

    def ask(
        self,
        question: Callable[[], str],
        button: str,
        suggested: tuple[str, str | None],
        answered: Answered,
    ) -> None:
        """Ask for a reason, and for a citation unless ``suggested`` has None; focus the reason."""
        reason, citation = suggested
        self._question = question
        self.refresh_question()
        self.go.setText(f"{button} (Enter)")
        self.reason.setText(reason)
        self.citation.setText(citation or "")
        self.citation.setVisible(citation is not None)
        self._answered = answered
        self._update_button()
        self.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reason.selectAll()

    def refresh_question(self) -> None:
        """Update the question for the current kind of edit."""
        self.question.setText(self._question())

    def set_role(self, role: str) -> None:
        """Use the background colour of a message ``role``."""
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)

    def dismiss(self) -> None:
        """Close without an answer."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _answer(self) -> None:
        reason, citation = self.reason.text().strip(), self.citation.text().strip()
        if reason and self._answered is not None:
            self.dismiss()
            self._answered(reason, citation)

    def _update_button(self) -> None:
        self.go.setEnabled(bool(self.reason.text().strip()))

    def _assemble(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.question, 1)
        above.addWidget(self.go)
        above.addWidget(self._cancel)
        lines = QHBoxLayout()
        lines.setSpacing(8)
        lines.addWidget(self.reason, 3)
        lines.addWidget(self.citation, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addLayout(lines)
