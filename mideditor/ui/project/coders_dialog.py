"""The dialog that lists the coders of a project, and joins the signatures of one coder."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.one_line import one_line
from mideditor.domain.steps import Step
from mideditor.session.log.coder_list import CoderRow, coder_rows, with_own
from mideditor.session.session import Session
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.choice_box import ChoiceBox
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.text_size import scaled

_NOTE = (
    "Mark two rows (Space) that are one person and choose the name that stays, or one row to take "
    "its last join apart. The log keeps each signature."
)
_TO_READ = "The project is open for reading only, so nothing can be joined here."


class CodersModel(MarkedModel[CoderRow]):
    """Cells can be too narrow for a name or for all signatures, so the tips have them in full."""

    @override
    def tip(self, item: CoderRow, column: str) -> str | None:
        return plain_tip("\n".join(dict.fromkeys((item.name, *item.signatures))))


class CodersDialog(QDialog):
    """Lists the coders. Two marked ones can be joined, and one marked one taken apart, at once.

    Whoever is at the window is in the list also without a step. If a step cannot be made, the
    dialog closes, so that the message in the window is seen.
    """

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.setWindowTitle("Coders of this project")
        self._desk = desk
        self._session = desk.session
        self._writable = not desk.session.read_only
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.model = CodersModel(_columns(desk.session), lambda _: self._writable)
        self.table = MarkedTable(self.model, "Coders, those with the most steps first")
        self.name = ChoiceBox("The name that stays")
        self.join = QPushButton("They are &one")
        self.part = QPushButton("Take &apart")
        for button in (self.join, self.part):
            button.setAutoDefault(False)  # so that Enter in the list joins nobody
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._assemble()
        self._connect()
        self._show_rows()
        self.resize(scaled(620), scaled(390))
        self.table.setFocus()

    def _assemble(self) -> None:
        note = QLabel(_NOTE if self._writable else _TO_READ)
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        self.name.setMinimumWidth(scaled(160))
        self.name.setMaximumWidth(scaled(240))
        label = QLabel("&Name")
        label.setBuddy(self.name)
        self.choices = QWidget()
        row = QHBoxLayout(self.choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (label, self.name, self.join):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(note)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.choices)
        layout.addWidget(self.state)
        layout.addWidget(self.buttons)
        self.choices.setVisible(self._writable)
        self.state.setVisible(self._writable)

    def _connect(self) -> None:
        self.model.dataChanged.connect(lambda *_: self._show_choices())
        self.join.clicked.connect(lambda: self._join())
        self.part.clicked.connect(lambda: self._take_apart())
        self.buttons.rejected.connect(self.reject)

    def _show_rows(self, current: str = "") -> None:
        """List the coders anew; the row of ``current`` becomes the current one."""
        rows = coder_rows(self._session)
        if self._writable:
            rows = with_own(self._session, rows)
        self.model.mark_all(False)
        self.model.show_items(rows)
        self.heading.setText(quantity(len(rows), "coder"))
        names = [row.name for row in rows]
        at = names.index(current) if current in names else 0
        self.table.setCurrentIndex(self.model.index(at, 0))
        self._show_choices()

    def _show_choices(self) -> None:
        """Offer what can be done with the marked rows."""
        marked = self.model.marked_items()
        names = [row.name for row in marked] if len(marked) == 2 else []
        self.name.offer([(name, one_line(name)) for name in names], self.name.currentData())
        self.name.setEnabled(bool(names))
        self.join.setEnabled(bool(names))
        last = self._session.history.last_join_of(marked[0].name) if len(marked) == 1 else None
        self.part.setEnabled(last is not None)
        said = ""
        if last is not None:
            step, change = last
            when = f"{step.time.astimezone():%Y-%m-%d}"
            said = f"“{change.alias}” is {change.name}: step {step.number} by {step.author}, {when}"
        self.state.setText(said)

    def _join(self) -> None:
        one, other = (row.name for row in self.model.marked_items())
        name, alias = (one, other) if self.name.currentIndex() == 0 else (other, one)
        self._make(lambda: self._session.join_coders(name, alias), f"“{alias}” is {name}")

    def _take_apart(self) -> None:
        last = self._session.history.last_join_of(self.model.marked_items()[0].name)
        if last is not None:
            step, change = last
            said = f"“{change.alias}” and {change.name} are apart"
            self._make(lambda: self._session.undo(step.number), said)

    def _make(self, action: Callable[[], Step | None], said: str) -> None:
        """Make a step and list the coders anew."""
        names = [row.name for row in self.model.marked_items()]
        step = self._desk.attempt(action)
        if not isinstance(step, Step):
            self.reject()
            return
        self._show_rows(self._session.history.coders.name_of(names[0]))
        self.state.setText(f"{said} · step {step.number}, on disk")
        self._desk.say(self.state.text())
        self.table.setFocus()


def _columns(session: Session) -> tuple[ListColumn[CoderRow], ...]:
    def name(row: CoderRow) -> str:
        is_own = session.history.coders.are_one(row.name, session.author)
        return f"{one_line(row.name)} (you)" if is_own else one_line(row.name)

    return (
        ListColumn("Name", 200, name),
        ListColumn("Steps", 64, lambda row: f"{row.steps:,}", right_aligned=True),
        ListColumn(
            "Last day", 112, lambda row: f"{row.last.astimezone():%Y-%m-%d}" if row.last else "—"
        ),
        ListColumn("Signs as", 140, lambda row: one_line(", ".join(row.signatures)) or "—"),
    )
