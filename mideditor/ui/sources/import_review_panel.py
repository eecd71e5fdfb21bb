"""The panel of differences from newer texts, applied or skipped with one key each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.excerpts import Piece, differing_words, excerpts
from mideditor.domain.steps import Step
from mideditor.session.imports.import_review import Counts, ImportReview
from mideditor.session.imports.reextraction import ReadingDifference, Reextraction
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import DecisionTable, shape_table
from mideditor.ui.look.text_size import FollowTextSize
from mideditor.ui.look.theme import Theme

_SHORT = 30
_CONTEXT_WORDS = 7
_DETAIL_LINES = 5


def _in_cell(text: str, other: str) -> str:
    """All of a short text; of a long text only the parts that the other lacks."""
    return differing_words(text, other, around=0, short=_SHORT)


def _state(one: ReadingDifference) -> str:
    if one.record is None:
        return "new record"
    return "edited" if one.edited else "untouched"


IMPORT_REVIEW_COLUMNS: tuple[ListColumn[ReadingDifference], ...] = (
    ListColumn("Record", 96, lambda one: one.title),
    ListColumn("Field", 100, lambda one: "—" if one.record is None else one.label),
    ListColumn("Original", 142, lambda one: _in_cell(one.original, one.new)),
    ListColumn("Now", 142, lambda one: _in_cell(one.current, one.new)),
    ListColumn("New reading", 168, lambda one: _in_cell(one.new, one.current)),
    ListColumn("State", 90, _state),
)


class ReviewModel(ListModel[ReadingDifference]):
    """One row per difference: the original reading, the current value and the new reading."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(IMPORT_REVIEW_COLUMNS)
        self._theme = theme

    @override
    def tip(self, item: ReadingDifference, column: str) -> str | None:
        return None

    @override
    def font(self, item: ReadingDifference, column: str) -> QFont | None:
        if column != "New reading" and not (item.edited and column in ("Now", "State")):
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @override
    def color(self, item: ReadingDifference, column: str) -> QColor | None:
        tokens = self._theme.tokens
        if item.edited and column in ("Now", "State"):
            return tokens.color("correction")
        if column in ("Original", "State") or (column == "New reading" and item.edited):
            return tokens.color("text-quiet")
        return None


class DifferenceText(QTextEdit):
    """One difference in full, with the differing words highlighted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setObjectName("difference")
        self.setAccessibleName("The difference at length")
        self._size_height()
        FollowTextSize(self, self._size_height)

    def _size_height(self, _times: float = 1.0) -> None:
        line = self.fontMetrics().lineSpacing()
        self.setMinimumHeight(line + 14)
        self.setMaximumHeight(line * _DETAIL_LINES + 14)

    def show_difference(self, one: ReadingDifference | None) -> None:
        """Show the readings below one another; the original only if it differs from the current."""
        self.clear()
        if one is None:
            return
        now, new = excerpts(one.current, one.new, _CONTEXT_WORDS)
        cursor = self.textCursor()
        if one.record is not None and one.original != one.current:
            self._write(cursor, "Original", excerpts(one.original, one.new, _CONTEXT_WORDS)[0])
        if one.record is not None:
            self._write(cursor, "Now, edited" if one.edited else "Now", now)
        self._write(cursor, "New reading", [(text, False) for text, _ in new] if not now else new)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, cursor: QTextCursor, title: str, pieces: Sequence[Piece]) -> None:
        if cursor.position():
            cursor.insertBlock()
        tokens = self._theme.tokens
        quiet, plain, changed = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        quiet.setForeground(tokens.color("text-quiet"))
        quiet.setFontWeight(QFont.Weight.DemiBold)
        plain.setForeground(tokens.color("text"))
        changed.setForeground(tokens.color("text"))
        changed.setBackground(tokens.color("coding-ground"))
        changed.setFontUnderline(True)
        cursor.insertText(f"{title}  ", quiet)
        if not pieces:
            cursor.insertText("nothing", quiet)
        for number, (text, differs) in enumerate(pieces):
            cursor.insertText(" " if number else "", plain)
            cursor.insertText(text, changed if differs else plain)


class ImportReviewPanel(QWidget):
    """Lists differences from newer texts. `counted` carries the number of undecided ones."""

    counted = Signal(int)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.review = ImportReview(desk.session, self.refresh)
        self.model = ReviewModel(theme)
        self.table = DecisionTable(Qt.Key.Key_S, Qt.Key.Key_T)
        self.table.setModel(self.model)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.detail = DifferenceText(theme)
        self.buttons = {
            (True, False): QPushButton("Take the new reading (T)"),
            (False, False): QPushButton("Skip (S)"),
            (True, True): QPushButton("Take all untouched (Shift+T)"),
            (False, True): QPushButton("Skip all (Shift+S)"),
        }
        self._shape()
        self._assemble()
        self.table.decided.connect(self.decide)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        theme.changed.connect(self._show_current)

    def offer(self, extractions: Sequence[Reextraction]) -> None:
        """Add the differences from newer texts."""
        if extractions:
            self.review.offer(extractions)

    def refresh(self) -> None:
        """Update the list and keep the current row."""
        row = self.table.currentIndex().row()
        self.model.show_items(self.review.open())
        count = len(self.model.items)
        if count:
            self.table.setCurrentIndex(self.model.index(min(max(row, 0), count - 1), 0))
        self.summary.setText("\n".join(map(_describe_counts, self.review.counts())))
        self._show_current()
        self.counted.emit(count)

    def begin(self) -> None:
        """Focus the list and select the record of the current difference."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._select_record(self._current())

    def decide(self, taken: bool, every: bool) -> None:
        """Apply or skip the current difference, or all of them."""
        one = self._current()
        if one is None:
            return
        selected = list(self.model.items) if every else [one]
        if not taken:
            step = self._desk.attempt(lambda: self.review.skip(selected))
            self._report(len(selected), "skipped", step)
            return
        selected = [other for other in selected if not other.edited]
        if not selected:
            self._desk.say("The field was edited: type into it what you want to take.")
            return
        step = self._desk.attempt(lambda: self.review.take(selected))
        self._report(len(selected), "taken", step)

    def _report(self, count: int, what: str, step: object) -> None:
        if isinstance(step, Step):
            self._desk.say(f"{quantity(count, 'difference')} {what} · step {step.number}, on disk")

    def _current(self) -> ReadingDifference | None:
        row = self.table.currentIndex().row()
        return self.model.items[row] if 0 <= row < len(self.model.items) else None

    def _show_current(self) -> None:
        one = self._current()
        self.detail.show_difference(one)
        untouched = any(not other.edited for other in self.model.items)
        self.buttons[True, False].setEnabled(one is not None and not one.edited)
        self.buttons[True, True].setEnabled(untouched)
        for every in (False, True):
            self.buttons[False, every].setEnabled(one is not None)
        if self.table.hasFocus():
            self._select_record(one)

    def _select_record(self, one: ReadingDifference | None) -> None:
        if one is not None and one.record is not None:
            self._desk.select(one.record)

    def _shape(self) -> None:
        self.table.setObjectName("importReview")
        self.table.setAccessibleName("Import review")
        shape_table(self.table, (column.width for column in IMPORT_REVIEW_COLUMNS))
        self.table.horizontalHeader().setStretchLastSection(True)

    def _assemble(self) -> None:
        for (taken, every), button in self.buttons.items():
            button.clicked.connect(lambda _=False, t=taken, e=every: self.decide(t, e))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addLayout(FlowRow(*self.buttons.values()))


def _describe_counts(counts: Counts) -> str:
    return (
        f"{counts.name} has records that are here already: {counts.equal} equal, "
        f"{counts.differing} differing, {counts.new} new"
    ) + (f"; {counts.skipped} skipped." if counts.skipped else ".")
