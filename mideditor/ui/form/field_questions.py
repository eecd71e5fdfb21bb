"""A popup below a field with the questions on it and their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.fields import FIELDS
from mideditor.domain.record import Answer, Question, RecordId
from mideditor.domain.rules.questions import state_of
from mideditor.domain.steps import Step
from mideditor.session.edits.questions import answer, ask, close, questions_on, reopen
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.kit.popup_frame import PopupFrame
from mideditor.ui.kit.undo_keys import UndoKeys
from mideditor.ui.look.text_size import scaled
from mideditor.ui.look.theme import Theme

_ROWS, _WIDTH, _GAP = 8, 700, 2


@dataclass(frozen=True)
class QuestionRow:
    """A row of the list: a question (``answer`` is None) or one of its answers."""

    question: Question
    answer: Answer | None = None

    @property
    def message(self) -> Question | Answer:
        """The question or the answer, with author and time."""
        return self.answer or self.question


QUESTION_COLUMNS: tuple[ListColumn[QuestionRow], ...] = (
    ListColumn("By", 96, lambda row: row.message.author),
    ListColumn("Time", 146, lambda row: f"{row.message.time.astimezone():%Y-%m-%d %H:%M}"),
    ListColumn("State", 96, lambda row: "answers" if row.answer else state_of(row.question)),
    ListColumn("What", 280, lambda row: row.message.text),
)


class QuestionModel(ListModel[QuestionRow]):
    """One row per question, followed by its answers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(QUESTION_COLUMNS)
        self._theme = theme

    @override
    def tip(self, item: QuestionRow, column: str) -> str | None:
        return plain_tip(item.message.text)

    @override
    def font(self, item: QuestionRow, column: str) -> QFont | None:
        if item.answer is not None or column != "What":
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @override
    def color(self, item: QuestionRow, column: str) -> QColor | None:
        tokens = self._theme.tokens
        if item.question.closed or column in ("By", "Time"):
            return tokens.color("text-quiet")
        return tokens.color("coding") if column == "State" and item.answer is None else None


class MessageLine(QLineEdit):
    """A line edit. Enter emits `entered` with whether Shift was held; Up and Down emit `moved`."""

    entered = Signal(bool)
    moved = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class FieldQuestions(PopupFrame):
    """Shows, asks and answers questions on a field of the current record. Esc closes it.

    With ``asks`` Enter adds a new question. Otherwise Enter answers the selected question, and
    Shift+Enter closes or reopens it.
    """

    def __init__(
        self, desk: Desk, theme: Theme, field: str, parent: QWidget, *, asks: bool
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._field = field
        self._record: RecordId = desk.record_id or 0
        self._asks = asks
        self.model = QuestionModel(theme)
        self.heading = _label("label")
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(f"Questions about {FIELDS[field].label}")
        shape_table(self.table, (column.width for column in QUESTION_COLUMNS))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = _label("")
        self.line = MessageLine()
        UndoKeys(self.line)
        self.submit_button = QPushButton()
        self.close_button = QPushButton()
        self.error = _label("error")
        self.error.hide()
        self._assemble()
        self._connect()
        self._show_questions()

    @override
    def initial_focus(self) -> QWidget:
        return self.line if self.line.isVisible() else self.table

    @property
    def question(self) -> Question | None:
        """The selected question, or the question of the selected answer."""
        row = self.table.currentIndex().row()
        return self.model.items[row].question if 0 <= row < len(self.model.items) else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show_questions(self) -> None:
        record = self._desk.session.record(self._record)
        questions = questions_on(record, self._field)
        self.model.show_items([row for question in questions for row in _rows_of(question)])
        label = FIELDS[self._field].label
        new = "A new question about" if self._asks else "Questions about"
        self.heading.setText(f"{new} {label} of {self._desk.title(self._record)}")
        rows = min(len(self.model.items), _ROWS)
        self.table.setVisible(rows > 0)
        heading = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(rows * self.table.rowHeight(0) + heading + 4 if rows else 0)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    def _show_current(self) -> None:
        question = self.question
        row = self.table.currentIndex().row()
        self.text.setText(self.model.items[row].message.text if question is not None else "")
        self.text.setVisible(question is not None)
        writable = not self._desk.session.read_only
        self.line.setVisible(writable and (self._asks or question is not None))
        self.submit_button.setVisible(self.line.isVisibleTo(self))
        self.close_button.setVisible(not self._asks and writable and question is not None)
        self.line.setPlaceholderText("What do you ask?" if self._asks else "Your answer")
        self.line.setAccessibleName("Question" if self._asks else "Answer")
        self.submit_button.setText("Ask (Enter)" if self._asks else "Answer (Enter)")
        closed = question is not None and question.closed
        self.close_button.setText(
            "Open again (Shift+Enter)" if closed else "Close it (Shift+Enter)"
        )

    def _submit(self, with_shift: bool) -> None:
        """Submit the line and close; if the text is missing, show an error."""
        text, question = self.line.text(), self.question
        if not text.strip() and (self._asks or not with_shift):
            self.error.setText("Write something first, or press Esc.")
            self.error.show()
            self.adjustSize()
        elif self._asks:
            self._run("asked", lambda: ask(self._desk.session, self._record, self._field, text))
        elif question is not None:
            self._reply(question, text, closes=with_shift)

    def _reply(self, question: Question, text: str, *, closes: bool) -> None:
        session, record = self._desk.session, self._record
        if not closes:
            self._run("answered", lambda: answer(session, record, question, text))
        elif question.closed:
            self._run("opened again", lambda: reopen(session, record, question))
        else:
            self._run("closed", lambda: close(session, record, question, text))

    def _run(self, done: str, action: Callable[[], Step | None]) -> None:
        self.close()
        step = self._desk.attempt(action)
        if isinstance(step, Step):
            label = FIELDS[self._field].label
            self._desk.say(
                f"{label} of {self._desk.title(self._record)}: question {done} · "
                f"step {step.number}, on disk"
            )

    def _connect(self) -> None:
        self.line.entered.connect(self._submit)
        self.line.moved.connect(self._move)
        self.line.textEdited.connect(lambda _: self.error.hide())
        self.submit_button.clicked.connect(lambda: self._submit(False))
        self.close_button.clicked.connect(lambda: self._submit(True))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())

    def _move(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self.model.items):
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _assemble(self) -> None:
        input_row = QHBoxLayout()
        input_row.setSpacing(8)
        input_row.addWidget(self.line, 1)
        input_row.addWidget(self.submit_button)
        input_row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        layout.addWidget(self.heading)
        layout.addWidget(self.table)
        layout.addWidget(self.text)
        layout.addLayout(input_row)
        layout.addWidget(self.error)
        self.setFixedWidth(scaled(_WIDTH))


def _rows_of(question: Question) -> Iterator[QuestionRow]:
    yield QuestionRow(question)
    for one in question.answers:
        yield QuestionRow(question, one)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
