"""The doubtful readings of the project, each in its context, decided with a key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.steps import Step
from mideditor.session.doubtful import Doubtful, alike, decide, doubtful_readings
from mideditor.ui.desk import Desk
from mideditor.ui.list_table import left_or_right, shape_table
from mideditor.ui.plain import plain_tip
from mideditor.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_QUOTE = 2


def _one_line(text: str) -> str:
    return text.replace("\n", " ¶ ")


_BEFORE, _STANDS, _AFTER, _OTHER = range(4)
_LONGEST_BEFORE = 22

COLUMNS: tuple[tuple[str, int, Callable[[Doubtful], str]], ...] = (
    ("Record", 80, lambda reading: reading.title),
    ("Before", 170, lambda reading: _end_of(reading.in_context()[_BEFORE])),
    ("As it stands", 160, lambda reading: _one_line(reading.in_context()[_STANDS])),
    ("After", 110, lambda reading: _one_line(reading.in_context()[_AFTER])),
    ("Otherwise", 160, lambda reading: _one_line(reading.in_context()[_OTHER]) or "—"),
    ("Certainty", 84, lambda reading: f"{reading.doubt.certainty:.0%}"),
)


def _end_of(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= _LONGEST_BEFORE else f"…{line[-_LONGEST_BEFORE:]}"


class DoubtsModel(QAbstractTableModel):
    """A row for each doubtful reading: the words in doubt between those before and after."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self._theme = theme
        self.readings: list[Doubtful] = []

    def refill(self) -> None:
        """Read the doubts of the project anew."""
        self.beginResetModel()
        self.readings = doubtful_readings(self._desk.session)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.readings)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        reading = self.readings[index.row()]
        name, _, text = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text(reading)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(reading.doubt.question)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left_or_right(name == "Before")
        if role == Qt.ItemDataRole.ForegroundRole and name in ("Before", "After", "Certainty"):
            return self._theme.tokens.color("text-quiet")
        if role == Qt.ItemDataRole.FontRole and index.column() == _QUOTE:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return left_or_right(False)
        return None


class DoubtsTable(QTableView):
    """K leaves a reading as it stands, O takes the other one; with Shift for all their like."""

    decided = Signal(bool, bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        all_alike = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_K, Qt.Key.Key_O):
            self.decided.emit(event.key() == Qt.Key.Key_O, all_alike)
        else:
            super().keyPressEvent(event)


class DoubtsPanel(QWidget):
    """Lists the doubtful readings; deciding one goes on to the next. `counted` tells how many."""

    counted = Signal(int)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.model = DoubtsModel(desk, theme)
        self.table = DoubtsTable()
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
        self._empty = QLabel("No doubtful reading waits to be looked at.")
        self._empty.setProperty("role", "quiet")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shape()
        self._assemble()
        self.table.decided.connect(self.decide)
        self.table.selectionModel().currentRowChanged.connect(self._show_one)
        desk.changed.connect(self.refill)
        theme.changed.connect(self.table.viewport().update)
        self.refill()

    def refill(self) -> None:
        """List the doubts anew and stay in the same row."""
        row = self.table.currentIndex().row()
        self.model.refill()
        count = len(self.model.readings)
        for widget in (self.table, self.question, *self.buttons.values()):
            widget.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        if row >= 0 and count:
            self.table.setCurrentIndex(self.model.index(min(row, count - 1), _QUOTE))
        self._show_one()
        self.counted.emit(count)

    def begin(self) -> None:
        """Put the cursor into the list, on the first doubt if none was chosen."""
        if self.model.readings and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, _QUOTE))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show_one()

    def decide(self, otherwise: bool, all_alike: bool) -> None:
        """Decide the chosen reading, or all like it, as one step."""
        one = self._chosen()
        if one is None:
            return
        if otherwise and not one.other:
            self._desk.said.emit("There is no other reading to take: type it in the field.")
            return
        readings: Sequence[Doubtful] = alike(one, self.model.readings) if all_alike else [one]
        step = self._desk.attempt(lambda: decide(self._desk.session, readings, otherwise=otherwise))
        if isinstance(step, Step):
            noun = "reading" if len(readings) == 1 else "readings"
            word = "put right" if otherwise else "left as it stands"
            self._desk.said.emit(f"{len(readings)} {noun} {word} · step {step.number}, on disk")

    def _chosen(self) -> Doubtful | None:
        row = self.table.currentIndex().row()
        return self.model.readings[row] if 0 <= row < len(self.model.readings) else None

    def _show_one(self) -> None:
        one = self._chosen()
        for (otherwise, all_alike), button in self.buttons.items():
            can = one is not None and (bool(one.other) or not otherwise)
            likes = len(alike(one, self.model.readings)) if one is not None else 0
            button.setEnabled(can and (likes > 1 or not all_alike))
        if one is None:
            self.question.setText("Choose a reading to decide it.")
            return
        self.question.setText(one.doubt.question)
        if self.table.hasFocus():
            self._desk.choose(one.record)

    def _shape(self) -> None:
        self.table.setObjectName("doubts")
        self.table.setAccessibleName("Doubtful readings")
        shape_table(self.table, (width for _, width, _ in COLUMNS))

    def _assemble(self) -> None:
        row = QHBoxLayout()
        for (otherwise, all_alike), button in self.buttons.items():
            button.clicked.connect(lambda _=False, o=otherwise, a=all_alike: self.decide(o, a))
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.question)
        layout.addLayout(row)
