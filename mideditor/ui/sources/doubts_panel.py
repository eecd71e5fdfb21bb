"""The panel of uncertain readings, shown in context and decided with one key each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.steps import Step
from mideditor.session.session import Changed
from mideditor.session.texts.doubtful import UncertainReading, alike, decide, uncertain_readings
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import DecisionTable, shape_table
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.theme import Theme

_QUOTE_COLUMN = 2


def _one_line(text: str) -> str:
    return text.replace("\n", " ¶ ")


_BEFORE, _QUOTED, _AFTER, _OTHER = range(4)
_MAX_BEFORE = 22

DOUBT_COLUMNS: tuple[ListColumn[UncertainReading], ...] = (
    ListColumn("Record", 96, lambda reading: reading.title),
    ListColumn("Before", 170, lambda reading: _end_of(reading.in_context()[_BEFORE]), True),
    ListColumn("As it stands", 130, lambda reading: _one_line(reading.in_context()[_QUOTED])),
    ListColumn("After", 110, lambda reading: _one_line(reading.in_context()[_AFTER])),
    ListColumn("Otherwise", 130, lambda reading: _one_line(reading.in_context()[_OTHER]) or "—"),
    ListColumn("Certainty", 84, lambda reading: f"{reading.doubt.certainty:.1%}"),
)


def _end_of(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= _MAX_BEFORE else f"…{line[-_MAX_BEFORE:]}"


class DoubtsModel(ListModel[UncertainReading]):
    """One row per uncertain reading: the words in doubt with the words before and after."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(DOUBT_COLUMNS)
        self._theme = theme

    @override
    def tip(self, item: UncertainReading, column: str) -> str | None:
        return plain_tip(item.doubt.question)

    @override
    def color(self, item: UncertainReading, column: str) -> QColor | None:
        is_quiet = column in ("Before", "After", "Certainty")
        return self._theme.tokens.color("text-quiet") if is_quiet else None

    @override
    def font(self, item: UncertainReading, column: str) -> QFont | None:
        if column != "As it stands":
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font


class DoubtsPanel(QWidget):
    """Lists uncertain readings; deciding one moves to the next. `counted` carries their number."""

    counted = Signal(int)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.model = DoubtsModel(theme)
        self.table = DecisionTable(Qt.Key.Key_K, Qt.Key.Key_O)
        self.table.setModel(self.model)
        self.question = QLabel()
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        self.buttons = {
            (False, False): QPushButton("As it stands (K)"),
            (True, False): QPushButton("Otherwise (O)"),
            (False, True): QPushButton("All alike as they stand (Shift+K)"),
            (True, True): QPushButton("All alike otherwise (Shift+O)"),
        }
        self._empty = QLabel(
            "No doubtful reading waits to be looked at. What the reader is not sure of will stand "
            "here after an import."
        )
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shape()
        self._assemble()
        self.table.decided.connect(self.decide)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        desk.changed.connect(self._on_changed)
        theme.changed.connect(self.table.viewport().update)
        self.refresh()

    def refresh(self) -> None:
        """Update the list and keep the current row."""
        row = self.table.currentIndex().row()
        self.model.show_items(uncertain_readings(self._desk.session))
        count = len(self.model.items)
        for widget in (self.table, self.question, *self.buttons.values()):
            widget.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        if row >= 0 and count:
            self.table.setCurrentIndex(self.model.index(min(row, count - 1), _QUOTE_COLUMN))
        self._show_current()
        self.counted.emit(count)

    def _on_changed(self, changed: Changed) -> None:
        """Update the list after a step that touched a reading, its words or its title."""
        words = {(item.record, item.doubt.field) for item in self.model.items}
        others = product(changed.records, ("doubts", "dispute_number"))
        if any(changed.touches(record, field) for record, field in chain(words, others)):
            self.refresh()

    def begin(self) -> None:
        """Focus the list, at the first reading if none is selected."""
        if self.model.items and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, _QUOTE_COLUMN))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show_current()

    def decide(self, take_other: bool, all_alike: bool) -> None:
        """Keep or replace the current reading, or all like it, in one step."""
        one = self._current()
        if one is None:
            return
        if take_other and not one.alternative:
            self._desk.say("There is no other reading to take: type it in the field.")
            return
        readings: Sequence[UncertainReading] = alike(one, self.model.items) if all_alike else [one]
        step = self._desk.attempt(
            lambda: decide(self._desk.session, readings, use_alternative=take_other)
        )
        if isinstance(step, Step):
            decided = quantity(len(readings), "reading")
            word = "put right" if take_other else "left as it stands"
            self._desk.say(f"{decided} {word} · step {step.number}, on disk")

    def _current(self) -> UncertainReading | None:
        row = self.table.currentIndex().row()
        return self.model.items[row] if 0 <= row < len(self.model.items) else None

    def _show_current(self) -> None:
        one = self._current()
        for (take_other, all_alike), button in self.buttons.items():
            can_decide = one is not None and (bool(one.alternative) or not take_other)
            count = len(alike(one, self.model.items)) if one is not None else 0
            button.setEnabled(can_decide and (count > 1 or not all_alike))
        if one is None:
            self.question.setText("Choose a reading to decide it.")
            return
        self.question.setText(one.doubt.question)
        if self.table.hasFocus():
            self._desk.select(one.record)

    def _shape(self) -> None:
        self.table.setObjectName("doubts")
        self.table.setAccessibleName("Doubtful readings")
        shape_table(self.table, (column.width for column in DOUBT_COLUMNS))
        self.table.horizontalHeader().setMinimumSectionSize(84)
        for section, column in enumerate(DOUBT_COLUMNS):
            if column.title in ("Before", "After"):
                stretch = QHeaderView.ResizeMode.Stretch
                self.table.horizontalHeader().setSectionResizeMode(section, stretch)

    def _assemble(self) -> None:
        for (take_other, all_alike), button in self.buttons.items():
            button.clicked.connect(lambda _=False, o=take_other, a=all_alike: self.decide(o, a))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.question)
        layout.addLayout(FlowRow(*self.buttons.values()))
