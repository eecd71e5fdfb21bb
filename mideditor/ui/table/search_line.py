"""The line that narrows the table: words and fields, completed while one types."""

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
    """Words and fields that narrow the table. Esc clears them, Down goes to the table."""

    def __init__(self, rows: RecordRows, table: RecordTable, theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self._table = table
        self._theme = theme
        self._sign = QAction(self)
        self._offered = QStringListModel(self)
        self.popup = QListView(self)
        self.offer = QCompleter(self._offered, self)
        self.offer.setPopup(self.popup)
        self.offer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.offer.setWidget(self)
        self.offer.setMaxVisibleItems(12)
        self.popup.setAccessibleName("Ways to go on")
        self.popup.clicked.connect(self._take)
        UndoKeys(self)
        self.setObjectName("filter")
        self.setAccessibleName("Filter the records")
        self.setPlaceholderText("Filter: any words, or outcome:stalemate state:365 year:1960..1969")
        self.setClearButtonEnabled(True)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda _: self._complete())
        theme.changed.connect(self._recolour)
        self._recolour()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif self.popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
            self._take(self.popup.currentIndex())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self._table.take_cursor()
        else:
            super().keyPressEvent(event)

    def _complete(self) -> None:
        """Offer fields, and then their values, as long as there is a way to go on."""
        ways = self._rows.search.completions(self.text(), self.cursorPosition())
        lines = [line for line, _ in ways if line.casefold() != self.text().casefold()]
        self._offered.setStringList(lines)
        if lines and self.hasFocus():
            self.offer.complete()
        else:
            self.popup.hide()

    def _take(self, chosen: QModelIndex) -> None:
        self.popup.hide()
        if not chosen.isValid():
            self._table.take_cursor()
            return
        line = str(chosen.data())
        self.setText(line)
        if line.endswith(":"):
            self._complete()

    def _recolour(self) -> None:
        self._sign.setIcon(icon("search", self._theme.tokens.color("text-quiet")))
