"""A popup below a field with the history of its changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.one_line import one_line
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.ui.desk.desk import Desk
from mideditor.ui.history.log_panel import FIELD_COLUMNS, LogModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.popup_frame import PopupFrame
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme

_ROWS = 8


class FieldHistory(PopupFrame):
    """The history of a field of the current record, newest first. Esc closes it."""

    def __init__(self, desk: Desk, theme: Theme, field: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = desk.keys
        self.model = LogModel(theme, FIELD_COLUMNS)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setProperty("role", "label")
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setObjectName("fieldHistoryTable")
        self.table.setAccessibleName(f"History of {FIELDS[field].label}")
        shape_table(self.table, (column.width for column in FIELD_COLUMNS))
        self.table.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        layout.addWidget(self.summary)
        layout.addWidget(self.table)
        self._show(desk, field)

    @override
    def initial_focus(self) -> QWidget:
        return self.table

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        opened_it = self._keys.has("field_history", event.keyCombination())
        if opened_it or event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show(self, desk: Desk, field: str) -> None:
        record = desk.record_id
        if record is None:
            return
        lines = list(log_lines(desk.session, LogFilter(record=record, field=field)))
        self.model.show_items(lines[::-1])
        original = getattr(desk.session.original(record), field, None)
        was = one_line(printed_value(FIELDS[field], original)) or "empty"
        self.summary.setText(
            self.fontMetrics().elidedText(
                f"{FIELDS[field].label}, as first read: {was}", Qt.TextElideMode.ElideRight, 840
            )
            if lines
            else f"{FIELDS[field].label} is as it was read. Nobody has changed it."
        )
        self.table.setVisible(bool(lines))
        rows = min(len(lines), _ROWS)
        height = rows * self.table.rowHeight(0) + scaled(44) if rows else 0
        self.table.setFixedSize(scaled(890), height)
