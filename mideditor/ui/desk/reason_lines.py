"""The input fields for a reason and a citation in dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from mideditor.ui.desk.desk import Desk

_MAX_REASONS = 30


class ReasonLine(QComboBox):
    """A reason, typed or picked from the latest reasons of the project."""

    def __init__(self, desk: Desk, text: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName("Reason")
        self.addItems(desk.reasons.newest_first()[:_MAX_REASONS])
        self.setCurrentIndex(-1)
        self.setEditText(desk.reason or text)

    @property
    def reason(self) -> str:
        """The reason without surrounding space."""
        return self.currentText().strip()


class CitationLine(QLineEdit):
    """An optional citation for the reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.citation)
        self.setAccessibleName("Citation")
        self.setPlaceholderText("Citation, if there is one")
