"""The questions on one field, with their answers, in a frame below it."""

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
class Said:
    """A question (``answer`` None) or an answer to it."""

    question: Question
    answer: Answer | None = None

    @property
    def by(self) -> Question | Answer:
        """What was said, by whom, when."""
        return self.answer or self.question


QUESTION_COLUMNS: tuple[ListColumn[Said], ...] = (
    ListColumn("By", 96, lambda said: said.by.author),
    ListColumn("Time", 146, lambda said: f"{said.by.time.astimezone():%Y-%m-%d %H:%M}"),
    ListColumn("State", 96, lambda said: "answers" if said.answer else state_of(said.question)),
    ListColumn("What", 280, lambda said: said.by.text),
)


class SaidModel(ListModel[Said]):
    """A row for each question, its answers below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(QUESTION_COLUMNS)
        self._theme = theme

    @override
    def tip(self, item: Said, column: str) -> str | None:
        return plain_tip(item.by.text)

    @override
    def font(self, item: Said, column: str) -> QFont | None:
        if item.answer is not None or column != "What":
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @override
    def color(self, item: Said, column: str) -> QColor | None:
        tokens = self._theme.tokens
        if item.question.closed or column in ("By", "Time"):
            return tokens.color("text-quiet")
        return tokens.color("coding") if column == "State" and item.answer is None else None


class WordsLine(QLineEdit):
    """`entered` carries whether Shift was held with Enter, `moved` by how many rows to go."""

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
    """Asks and answers about a field of the record on the desk. Esc closes it.

    With ``asks`` it takes a new question, else an answer to the chosen one, and Shift+Enter closes
    that, or opens it again.
    """

    def __init__(
        self, desk: Desk, theme: Theme, field: str, parent: QWidget, *, asks: bool
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._field = field
        self._record: RecordId = desk.record_id or 0
        self._asks = asks
        self.model = SaidModel(theme)
        self.told = _label("label")
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(f"Questions about {FIELDS[field].label}")
        shape_table(self.table, (column.width for column in QUESTION_COLUMNS))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = _label("")
        self.words = WordsLine()
        UndoKeys(self.words)
        self.give = QPushButton()
        self.settle = QPushButton()
        self.mistake = _label("error")
        self.mistake.hide()
        self._assemble()
        self._connect()
        self._show_questions()

    @override
    def cursor_first(self) -> QWidget:
        return self.words if self.words.isVisible() else self.table

    @property
    def question(self) -> Question | None:
        """The question that is chosen, by itself or by one of its answers."""
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
        its = questions_on(record, self._field)
        self.model.show_items([said for question in its for said in _told(question)])
        label = FIELDS[self._field].label
        new = "A new question about" if self._asks else "Questions about"
        self.told.setText(f"{new} {label} of {self._desk.title(self._record)}")
        rows = min(len(self.model.items), _ROWS)
        self.table.setVisible(rows > 0)
        heading = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(rows * self.table.rowHeight(0) + heading + 4 if rows else 0)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_one()

    def _show_one(self) -> None:
        question = self.question
        row = self.table.currentIndex().row()
        self.text.setText(self.model.items[row].by.text if question is not None else "")
        self.text.setVisible(question is not None)
        writable = not self._desk.session.read_only
        self.words.setVisible(writable and (self._asks or question is not None))
        self.give.setVisible(self.words.isVisibleTo(self))
        self.settle.setVisible(not self._asks and writable and question is not None)
        self.words.setPlaceholderText("What do you ask?" if self._asks else "Your answer")
        self.words.setAccessibleName("Question" if self._asks else "Answer")
        self.give.setText("Ask (Enter)" if self._asks else "Answer (Enter)")
        closed = question is not None and question.closed
        self.settle.setText("Open again (Shift+Enter)" if closed else "Close it (Shift+Enter)")

    def _take(self, with_shift: bool) -> None:
        """Do what Enter means, and go back to the field; say here what is missing."""
        words, question = self.words.text(), self.question
        if not words.strip() and (self._asks or not with_shift):
            self.mistake.setText("Write something first, or press Esc.")
            self.mistake.show()
            self.adjustSize()
        elif self._asks:
            self._make("asked", lambda: ask(self._desk.session, self._record, self._field, words))
        elif question is not None:
            self._reply(question, words, settles=with_shift)

    def _reply(self, question: Question, words: str, *, settles: bool) -> None:
        session, record = self._desk.session, self._record
        if not settles:
            self._make("answered", lambda: answer(session, record, question, words))
        elif question.closed:
            self._make("opened again", lambda: reopen(session, record, question))
        else:
            self._make("closed", lambda: close(session, record, question, words))

    def _make(self, what: str, action: Callable[[], Step | None]) -> None:
        self.close()
        step = self._desk.attempt(action)
        if isinstance(step, Step):
            label = FIELDS[self._field].label
            self._desk.say(
                f"{label} of {self._desk.title(self._record)}: question {what} · "
                f"step {step.number}, on disk"
            )

    def _connect(self) -> None:
        self.words.entered.connect(self._take)
        self.words.moved.connect(self._move)
        self.words.textEdited.connect(lambda _: self.mistake.hide())
        self.give.clicked.connect(lambda: self._take(False))
        self.settle.clicked.connect(lambda: self._take(True))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_one())

    def _move(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self.model.items):
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _assemble(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.words, 1)
        below.addWidget(self.give)
        below.addWidget(self.settle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        layout.addWidget(self.told)
        layout.addWidget(self.table)
        layout.addWidget(self.text)
        layout.addLayout(below)
        layout.addWidget(self.mistake)
        self.setFixedWidth(scaled(_WIDTH))


def _told(question: Question) -> Iterator[Said]:
    yield Said(question)
    for one in question.answers:
        yield Said(question, one)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
