"""The list of compared fields, one per row, with the verdict as a sign and a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.domain.reports.comparison import FieldComparison, Unmatched, Verdict
from mideditor.ui.kit.keep_colour import KeepColour
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.theme import Theme

_SIGNS = {
    Verdict.AGREE: "=",
    Verdict.OTHER_PRECISION: "≈",
    Verdict.DIFFER: "≠",
    Verdict.SWAPPED: "⇄",
    Verdict.ONLY_HERE: "←",
    Verdict.ONLY_THERE: "→",
}
NOT_PUBLISHED, NOT_HERE = "not published", "not here"


@dataclass(frozen=True)
class ComparedRow:
    """A row: a compared field, or an unmatched entry or dispute, for which ``one`` is None."""

    record: RecordId | None
    title: str
    label: str
    note: str
    verdict: str
    one: FieldComparison | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be reviewed."""
        return self.one is None or self.one.is_open

    @property
    def can_apply(self) -> bool:
        """Whether there is a published value to apply."""
        return self.one is not None and self.one.differs and bool(self.one.to_apply)


def compared_row(one: FieldComparison) -> ComparedRow:
    """The row of a compared field."""
    word = "accepted" if one.accepted else str(one.verdict)
    verdict = f"{_SIGNS[one.verdict]} {word}"
    return ComparedRow(one.record, one.title, one.label, one.note, verdict, one)


def unmatched_rows(unmatched: Iterable[Unmatched]) -> list[ComparedRow]:
    """The rows of entries that are not published, and of published disputes not in the project."""
    return [_unmatched_row(one) for one in unmatched]


def _unmatched_row(one: Unmatched) -> ComparedRow:
    title = "No number" if one.number is None else f"MID {one.number}"
    sign, word = ("→", NOT_HERE) if one.record is None else ("←", NOT_PUBLISHED)
    return ComparedRow(one.record, title, "—", one.summary, f"{sign} {word}")


def _row_key(line: ComparedRow) -> tuple[object, ...]:
    """Identifies a row across updates."""
    return line.record, line.title, line.label


def _value(text: str) -> str:
    return text or "—"


_RECORD: ListColumn[ComparedRow] = ListColumn("Record", 122, lambda line: line.title)


def _columns(width: int) -> tuple[ListColumn[ComparedRow], ...]:
    """The columns; ``width`` is that of the value columns, in pixels."""
    return (
        ListColumn("Field", 110, lambda line: line.label),
        ListColumn("Printed", width, lambda line: _value(line.one.printed if line.one else "")),
        ListColumn("Now", width, lambda line: _value(line.one.current if line.one else "")),
        ListColumn("Published", width, lambda line: _value(line.one.published if line.one else "")),
        ListColumn("Verdict", 130, lambda line: line.verdict),
    )


class ComparedModel(MarkedModel[ComparedRow]):
    """One compared field per row; marks stay with their fields when the rows are updated."""

    def __init__(self, theme: Theme, *, of_one_record: bool = False) -> None:
        columns = _columns(168) if of_one_record else (_RECORD, *_columns(130))
        super().__init__(columns, lambda line: line.can_apply)
        self._of_one_record = of_one_record
        self._theme = theme

    @override
    def show_items(self, items: Sequence[ComparedRow]) -> None:
        if list(items) == self.items:
            return
        marked = {_row_key(line) for line in self.marked_items()}
        rows = enumerate(items)
        self.marked = {row for row, line in rows if line.can_apply and _row_key(line) in marked}
        super().show_items(items)

    def row_like(self, line: ComparedRow | None, row: int) -> int:
        """The row to select after an update that removed the current row, ``line`` in ``row``.

        That of the same field, else, for another record, the first open difference, else ``row``.
        """
        places = [_row_key(other) for other in self.items]
        if line is not None and _row_key(line) in places:
            return places.index(_row_key(line))
        waiting = [number for number, other in enumerate(self.items) if other.is_open]
        if self._of_one_record or line is None:
            return waiting[0] if waiting else 0
        return min(max(row, 0), len(self.items) - 1)

    @override
    def tip(self, item: ComparedRow, column: str) -> str | None:
        texts = {shown.title: shown.text for shown in self.columns}
        return plain_tip(item.note if column == "Verdict" else texts[column](item))

    @override
    def color(self, item: ComparedRow, column: str) -> QColor | None:
        tokens, one = self._theme.tokens, item.one
        if column == "Printed":
            return tokens.color("text-quiet")
        if column == "Verdict":
            return tokens.color("coding" if item.is_open else "text-quiet")
        if column == "Now" and one is not None and one.edited:
            return tokens.color("correction")
        return None

    @override
    def font(self, item: ComparedRow, column: str) -> QFont | None:
        if column not in ("Published", "Verdict") or not item.is_open:
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font


class ComparedTable(MarkedTable):
    """Space toggles the mark, Shift with an arrow extends the marks, Esc clears them.

    `apply_requested` and `accept_requested` are emitted by the keys T and A, `focused` when the
    table gets the focus; `field_requested` carries the row whose field is to be focused.
    """

    apply_requested = Signal()
    accept_requested = Signal()
    field_requested = Signal(object)
    focused = Signal()

    def __init__(self, model: ComparedModel, theme: Theme, name: str) -> None:
        super().__init__(model, name)
        self.lines = model
        self.why_empty = ""
        self._theme = theme
        self.setItemDelegate(KeepColour(self))
        self.activated.connect(self._request_field)

    @property
    def current(self) -> ComparedRow | None:
        """The current row."""
        row = self.currentIndex().row()
        return self.lines.items[row] if 0 <= row < len(self.lines.items) else None

    @property
    def selected(self) -> list[FieldComparison]:
        """The fields of the marked rows, or of the current row if none is marked."""
        lines = self.lines.marked_items() or [line for line in (self.current,) if line is not None]
        return [line.one for line in lines if line.one is not None]

    def show_lines(self, lines: Sequence[ComparedRow], why_empty: str) -> None:
        """Show these rows and keep the current field, or else the current row number.

        Without rows, ``why_empty`` is painted instead.
        """
        self.why_empty = why_empty
        line, row = self.current, self.currentIndex().row()
        self.lines.show_items(lines)
        self.viewport().update()
        if self.currentIndex().row() < 0 and lines:
            index = self.lines.index(self.lines.row_like(line, row), 0)
            self.setCurrentIndex(index)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.lines.items:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.tokens.color("text-quiet"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), flags, self.why_empty)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_T:
            self.apply_requested.emit()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.lines.mark_all(True)
        elif key == Qt.Key.Key_A:
            self.accept_requested.emit()
        elif key == Qt.Key.Key_Escape and self.lines.marked:
            self.lines.mark_all(False)
        elif shift and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and row >= 0:
            self._extend_marks(row, 1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _extend_marks(self, row: int, by: int) -> None:
        """Mark this row and the one ``by`` rows further, and make that the current row."""
        further = min(max(row + by, 0), len(self.lines.items) - 1)
        for one in {row, further} - self.lines.marked:
            self.lines.toggle(one)
        flags = QItemSelectionModel.SelectionFlag
        index = self.lines.index(further, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _request_field(self, index: QModelIndex) -> None:
        self.field_requested.emit(self.lines.items[index.row()])
