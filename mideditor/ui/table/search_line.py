"""The search line that filters the table, with completion of fields and values."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView
from typing_extensions import override

from mideditor.session.table.record_rows import RecordRows
from mideditor.ui.kit.undo_keys import UndoKeys
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme
from mideditor.ui.table.record_table import RecordTable


class SearchLine(QLineEdit):
    """Filters the table by words and fields. Esc clears it, Down moves to the table."""

    def __init__(self, rows: RecordRows, table: RecordTable, theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self._table = table
        self._theme = theme
        self._icon = QAction(self)
        self._completions = QStringListModel(self)
        self.popup = QListView(self)
        self.completion = QCompleter(self._completions, self)
        self.completion.setPopup(self.popup)
        self.completion.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completion.setWidget(self)
        self.completion.setMaxVisibleItems(12)
        self.popup.setAccessibleName("Ways to go on")
        self.popup.clicked.connect(self._accept)
        UndoKeys(self)
        self.setObjectName("filter")
        self.setAccessibleName("Filter the records")
        self.setPlaceholderText("Filter: any words, or outcome:stalemate state:365 year:1960..1969")
        self.setClearButtonEnabled(True)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda _: self._complete())
        theme.changed.connect(self._recolour)
        self._recolour()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif self.popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
            self._accept(self.popup.currentIndex())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self._table.take_focus()
        else:
            super().keyPressEvent(event)

    def _complete(self) -> None:
        """Show completions of fields and values, if there are any."""
        found = self._rows.search.completions(self.text(), self.cursorPosition())
        lines = [line for line, _ in found if line.casefold() != self.text().casefold()]
        self._completions.setStringList(lines)
        if lines and self.hasFocus():
            self.completion.complete()
        else:
            self.popup.hide()

    def _accept(self, index: QModelIndex) -> None:
        self.popup.hide()
        if not index.isValid():
            self._table.take_focus()
            return
        line = str(index.data())
        self.setText(line)
        if line.endswith(":"):
            self._complete()

    def _recolour(self) -> None:
        self._icon.setIcon(icon("search", self._theme.tokens.color("text-quiet")))
