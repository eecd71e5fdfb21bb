"""The table of changes to review."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QTableView
from typing_extensions import override

from mideditor.domain.changes import ChangeKind
from mideditor.session.log.reviewing import Reviewed
from mideditor.ui.desk.diff_table import differing_part
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.theme import Theme


def _record(one: Reviewed) -> str:
    number = one.line.dispute_number
    return f"MID {number}" if number is not None else "—"


CHANGE_COLUMNS: tuple[ListColumn[Reviewed], ...] = (
    ListColumn("Record", 96, _record),
    ListColumn("Field", 112, lambda one: one.line.label),
    ListColumn("Old", 190, lambda one: differing_part(one.line.old, one.line.new)),
    ListColumn("New", 190, lambda one: differing_part(one.line.new, one.line.old)),
    ListColumn("Kind", 116, lambda one: one.line.kind_label),
    ListColumn("By", 80, lambda one: one.line.author),
    ListColumn("Time", 150, lambda one: f"{one.line.time.astimezone():%Y-%m-%d %H:%M}"),
    ListColumn("Reason", 170, lambda one: one.line.reason or "—"),
    ListColumn("Accepted by", 100, lambda one: one.accepted_by or "open"),
)


class ChangesModel(ListModel[Reviewed]):
    """One row per changed field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(CHANGE_COLUMNS)
        self._theme = theme

    @override
    def tip(self, item: Reviewed, column: str) -> str | None:
        return plain_tip({"Old": item.line.old, "New": item.line.new}.get(column, ""))

    @override
    def font(self, item: Reviewed, column: str) -> QFont | None:
        return None

    @override
    def color(self, item: Reviewed, column: str) -> QColor | None:
        tokens = self._theme.tokens
        if column == "Kind" and item.line.kind in (ChangeKind.CORRECTION, ChangeKind.CODING):
            return tokens.color(item.line.kind)
        return tokens.color("text-quiet") if item.accepted_by else None


class ChangesTable(QTableView):
    """`key_pressed` carries the key of a decision, and whether Shift was held."""

    key_pressed = Signal(int, bool)

    def __init__(self, model: ChangesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setObjectName("changes")
        self.setAccessibleName("Changes to review")
        shape_table(self, (column.width for column in CHANGE_COLUMNS))
        self.horizontalHeader().setStretchLastSection(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_A, Qt.Key.Key_Q, Qt.Key.Key_U, Qt.Key.Key_Escape):
            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.key_pressed.emit(int(event.key()), with_shift)
        else:
            super().keyPressEvent(event)
