"""The compared fields of the current record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mideditor.domain.reports.comparison import FieldComparison
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import (
    ComparedModel,
    ComparedRow,
    ComparedTable,
    compared_row,
)


class ListWithNote(QWidget):
    """A list with a note on the current row below it."""

    def __init__(self, theme: Theme, name: str, *, of_one_record: bool = False) -> None:
        super().__init__()
        model = ComparedModel(theme, of_one_record=of_one_record)
        self.table = ComparedTable(model, theme, name)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        self.table.selectionModel().currentRowChanged.connect(self.show_note)
        self.show_note()

    def show_lines(self, lines: Sequence[ComparedRow], why_empty: str) -> None:
        """Show these rows, or why there are none."""
        self.table.show_lines(lines, why_empty)
        self.show_note()

    def show_note(self) -> None:
        """Show the note on the current row."""
        line = self.table.current
        self.note.setText(line.note if line else "")
        self.note.setHidden(line is None or not line.note)


class RecordView(QWidget):
    """All compared fields of the current record."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = ListWithNote(theme, "Fields of the record", of_one_record=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)

    def show_fields(self, fields: Sequence[FieldComparison], why_empty: str) -> None:
        """Show the fields of a record, including those that agree."""
        self.list.show_lines([compared_row(one) for one in fields], why_empty)

    def begin(self) -> None:
        """Focus the list."""
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
