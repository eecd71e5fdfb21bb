"""Fields beside their published values, one a row, with a verdict in word and sign."""

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
    """A row: one compared field, or an entry or a dispute that the other has not (``one`` None)."""

    record: RecordId | None
    title: str
    label: str
    told: str
    verdict: str
    one: FieldComparison | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is to be looked at."""
        return self.one is None or self.one.is_open

    @property
    def can_be_taken(self) -> bool:
        """Whether there is a published value that is not here."""
        return self.one is not None and self.one.differs and bool(self.one.to_apply)


def line_of(one: FieldComparison) -> ComparedRow:
    """The row of a compared field."""
    word = "accepted" if one.accepted else str(one.verdict)
    verdict = f"{_SIGNS[one.verdict]} {word}"
    return ComparedRow(one.record, one.title, one.label, one.note, verdict, one)


def lines_of_unmatched(unmatched: Iterable[Unmatched]) -> list[ComparedRow]:
    """The rows of entries that are not published, and of disputes that are not here."""
    return [_line_of_unmatched(one) for one in unmatched]


def _line_of_unmatched(one: Unmatched) -> ComparedRow:
    title = "No number" if one.number is None else f"MID {one.number}"
    sign, word = ("→", NOT_HERE) if one.record is None else ("←", NOT_PUBLISHED)
    return ComparedRow(one.record, title, "—", one.summary, f"{sign} {word}")


def _place(line: ComparedRow) -> tuple[object, ...]:
    """By what a row is known again."""
    return line.record, line.title, line.label


def _value(text: str) -> str:
    return text or "—"


_RECORD: ListColumn[ComparedRow] = ListColumn("Record", 122, lambda line: line.title)


def _columns(width: int) -> tuple[ListColumn[ComparedRow], ...]:
    """The columns, with how wide those of the values are."""
    return (
        ListColumn("Field", 110, lambda line: line.label),
        ListColumn("Printed", width, lambda line: _value(line.one.printed if line.one else "")),
        ListColumn("Now", width, lambda line: _value(line.one.current if line.one else "")),
        ListColumn("Published", width, lambda line: _value(line.one.published if line.one else "")),
        ListColumn("Verdict", 130, lambda line: line.verdict),
    )


class ComparedModel(MarkedModel[ComparedRow]):
    """A row for each line; marks stay with their fields when the lines are shown anew."""

    def __init__(self, theme: Theme, *, of_one_record: bool = False) -> None:
        columns = _columns(168) if of_one_record else (_RECORD, *_columns(130))
        super().__init__(columns, lambda line: line.can_be_taken)
        self._of_one_record = of_one_record
        self._theme = theme

    @override
    def show_items(self, items: Sequence[ComparedRow]) -> None:
        if list(items) == self.items:
            return
        marked = {_place(line) for line in self.marked_items()}
        rows = enumerate(items)
        self.marked = {row for row, line in rows if line.can_be_taken and _place(line) in marked}
        super().show_items(items)

    def row_like(self, line: ComparedRow | None, row: int) -> int:
        """The row of that field now; of another record its first difference, else the same row."""
        places = [_place(other) for other in self.items]
        if line is not None and _place(line) in places:
            return places.index(_place(line))
        waiting = [number for number, other in enumerate(self.items) if other.is_open]
        if self._of_one_record or line is None:
            return waiting[0] if waiting else 0
        return min(max(row, 0), len(self.items) - 1)

    @override
    def tip(self, item: ComparedRow, column: str) -> str | None:
        texts = {shown.title: shown.text for shown in self.columns}
        return plain_tip(item.told if column == "Verdict" else texts[column](item))

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
    """Space marks, Shift with an arrow marks what it passes, Esc takes the marks away.

    `took` and `accepted` tell of the keys T and A; `wanted` carries the line to go to; `entered`
    tells that the cursor came here.
    """

    took = Signal()
    accepted = Signal()
    wanted = Signal(object)
    entered = Signal()

    def __init__(self, model: ComparedModel, theme: Theme, name: str) -> None:
        super().__init__(model, name)
        self.lines = model
        self.why_empty = ""
        self._theme = theme
        self.setItemDelegate(KeepColour(self))
        self.activated.connect(self._go)

    @property
    def current(self) -> ComparedRow | None:
        """The line on which the cursor is."""
        row = self.currentIndex().row()
        return self.lines.items[row] if 0 <= row < len(self.lines.items) else None

    @property
    def chosen(self) -> list[FieldComparison]:
        """The fields of the marked lines; without marks that on which the cursor is."""
        lines = self.lines.marked_items() or [line for line in (self.current,) if line is not None]
        return [line.one for line in lines if line.one is not None]

    def show_lines(self, lines: Sequence[ComparedRow], why_empty: str) -> None:
        """Show these lines, with the cursor on the same field or else in the same row.

        Where there are none, ``why_empty`` is what stands in their place.
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
        self.entered.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_T:
            self.took.emit()
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.lines.mark_all(True)
        elif key == Qt.Key.Key_A:
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape and self.lines.marked:
            self.lines.mark_all(False)
        elif shift and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and row >= 0:
            self._mark_on(row, 1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _mark_on(self, row: int, by: int) -> None:
        """Mark this row and the next one, and go there."""
        further = min(max(row + by, 0), len(self.lines.items) - 1)
        for one in {row, further} - self.lines.marked:
            self.lines.toggle(one)
        flags = QItemSelectionModel.SelectionFlag
        index = self.lines.index(further, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _go(self, index: QModelIndex) -> None:
        self.wanted.emit(self.lines.items[index.row()])
