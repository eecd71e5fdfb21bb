"""The lines of a dialog in which a reason and a citation are given."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from mideditor.ui.desk.desk import Desk

_OFFERED = 30


class ReasonLine(QComboBox):
    """A reason, typed or picked from those given in the project, the latest first."""

    def __init__(self, desk: Desk, text: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName("Reason")
        self.addItems(desk.reasons.newest_first()[:_OFFERED])
        self.setCurrentIndex(-1)
        self.setEditText(desk.reason or text)

    @property
    def reason(self) -> str:
        """What was typed."""
        return self.currentText().strip()


class CitationLine(QLineEdit):
    """The citation that goes with it, if there is one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.citation)
        self.setAccessibleName("Citation")
        self.setPlaceholderText("Citation, if there is one")
