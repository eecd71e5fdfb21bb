"""The panel to review the changes of the project; it takes the place of the record table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step, StepKind
from mideditor.session.log.reviewing import (
    PERIODS,
    REVIEWED,
    Reviewed,
    ReviewFilter,
    authors,
    changes,
    steps_of,
)
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.diff_table import differing_part
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.theme import Theme

ORDERS: dict[str, Callable[[Reviewed], tuple[int, ...]]] = {
    "by time": lambda one: (one.step.number,),
    "by record": lambda one: (one.line.record or 0, one.step.number),
}
"""Sort keys of the list, by name."""

EVERYBODY, EVERY_KIND = "everybody", "every kind"


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
        if column == "Kind" and item.step.kind in (StepKind.CORRECTION, StepKind.CODING):
            return tokens.color(item.step.kind.value)
        return tokens.color("text-quiet") if item.accepted_by else None


class ChangesTable(QTableView):
    """`key_pressed` carries the key of a decision, and whether Shift was held."""

    key_pressed = Signal(int, bool)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_A, Qt.Key.Key_Q, Qt.Key.Key_U, Qt.Key.Key_Escape):
            with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.key_pressed.emit(int(event.key()), with_shift)
        else:
            super().keyPressEvent(event)


class ChangesPanel(QWidget):
    """Lists changes with filters, to accept, question or undo them.

    `field_selected` carries the field of the current change, `closed` is emitted on Esc.
    """

    field_selected = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, theme: Theme, shown: Callable[[], Sequence[RecordId]]) -> None:
        super().__init__()
        self._desk = desk
        self._shown = shown
        self.model = ChangesModel(theme)
        self.table = ChangesTable()
        self.table.setModel(self.model)
        self.table.setObjectName("changes")
        self.table.setAccessibleName("Changes to review")
        shape_table(self.table, (column.width for column in CHANGE_COLUMNS))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words of a change, its reason, its record")
        self.words.setAccessibleName("Narrow the changes by words")
        self.words.setClearButtonEnabled(True)
        self.author = _combo("Coder", [])
        self.kind = _combo("Kind", [EVERY_KIND, *(kind.label for kind in REVIEWED)])
        self.period = _combo("Period", list(PERIODS))
        self.order = _combo("Order", list(ORDERS))
        self.only_open = QCheckBox("only open")
        self.only_open.setChecked(True)
        self.only_shown = QCheckBox("only of the table")
        self.only_shown.setToolTip("Only of the records that the table is narrowed to")
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.empty = QLabel()
        self.empty.setProperty("role", "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = {
            "accept": self._button("Accept (A)", lambda: self.accept()),
            "all": self._button("Accept all shown (Shift+A)", lambda: self.accept(every=True)),
            "ask": self._button("Ask… (Q)", self.ask),
            "back": self._button("Take back (U)", self.undo),
            "leave": self._button("Back to the records (Esc)", self.closed.emit),
        }
        self._assemble()
        self._connect()

    def begin(self) -> None:
        """Update the list and focus it."""
        self._fill_authors()
        self.refresh()
        if self.model.items and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Apply the filters again and keep the current change."""
        if self.isHidden():
            return
        row, current = self.table.currentIndex().row(), self.current()
        items = changes(self._desk.session, self._current_filter())
        items.sort(key=ORDERS[self.order.currentText()])
        self.model.show_items(items)
        places = [one.place for one in items]
        if current is not None and current.place in places:
            row = places.index(current.place)
        if items:
            self.table.setCurrentIndex(self.model.index(min(max(row, 0), len(items) - 1), 0))
        self._update_state(len(items))

    def current(self) -> Reviewed | None:
        """The change in the current row."""
        row = self.table.currentIndex().row()
        return self.model.items[row] if 0 <= row < len(self.model.items) else None

    def accept(self, *, every: bool = False) -> None:
        """Accept the step of the current change, with ``every`` those of all changes shown."""
        current = self.current()
        selected = self.model.items if every else [current] if current else []
        steps = [one.step for one in selected if not one.accepted_by]
        steps = steps_of([one for one in selected if one.step in steps])
        if not steps:
            return
        step = self._desk.attempt(lambda: self._desk.session.accept(steps, self._desk.reason))
        if isinstance(step, Step):
            accepted = quantity(len(steps), "step")
            self._desk.say(f"{accepted} accepted · step {step.number}, on disk")

    def ask(self) -> None:
        """Focus the field of the current change and ask a question about it."""
        one = self.current()
        if one is not None and one.line.record in self._desk.session.documents():
            self._focus_field()
            self._desk.run("ask_about_field")

    def undo(self) -> None:
        """Undo the step of the current change."""
        one = self.current()
        if one is None:
            return
        step = self._desk.attempt(lambda: self._desk.session.undo(one.step.number))
        if isinstance(step, Step):
            self._desk.say(f"Step {one.step.number} taken back · step {step.number}, on disk")

    def _current_filter(self) -> ReviewFilter:
        kinds = {kind.label: kind for kind in REVIEWED}
        author = self.author.currentText()
        return ReviewFilter(
            words=self.words.text(),
            author="" if author == EVERYBODY else author,
            kind=kinds.get(self.kind.currentText()),
            since=PERIODS[self.period.currentText()](datetime.now().astimezone()),
            only_open=self.only_open.isChecked(),
            records=frozenset(self._shown()) if self.only_shown.isChecked() else None,
        )

    def _fill_authors(self) -> None:
        selected = self.author.currentText()
        self.author.blockSignals(True)
        self.author.clear()
        self.author.addItems([EVERYBODY, *authors(self._desk.session)])
        self.author.setCurrentIndex(max(self.author.findText(selected), 0))
        self.author.blockSignals(False)

    def _update_state(self, count: int) -> None:
        self.count.setText(quantity(count, "change"))
        is_unchanged = not authors(self._desk.session)
        self.empty.setText(
            "Nobody has changed a field yet."
            if is_unchanged
            else "No change is like this. Clear the filters, or press Esc for the records."
        )
        self.empty.setVisible(count == 0)
        self.table.setVisible(count > 0)
        writable = not self._desk.session.read_only
        for name in ("accept", "all", "ask", "back"):
            self.buttons[name].setEnabled(count > 0 and writable)

    def _show_current(self) -> None:
        one = self.current()
        existing = self._desk.session.documents()
        if one is not None and one.line.record is not None and one.line.record in existing:
            self._desk.select(one.line.record)
            self.field_selected.emit(one.line.field)

    def _on_key(self, key: int, with_shift: bool) -> None:
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif self._desk.session.read_only:
            return
        elif key == Qt.Key.Key_A:
            self.accept(every=with_shift)
        elif key == Qt.Key.Key_Q:
            self.ask()
        else:
            self.undo()

    def _focus_field(self) -> None:
        one = self.current()
        if one is not None and one.line.record in self._desk.session.documents():
            self._desk.focus_field(one.line.field)

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _: self.refresh())
        for box in (self.author, self.kind, self.period, self.order):
            box.currentIndexChanged.connect(lambda _: self.refresh())
        for tick in (self.only_open, self.only_shown):
            tick.toggled.connect(lambda _: self.refresh())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.key_pressed.connect(self._on_key)
        self.table.activated.connect(lambda _: self._focus_field())
        self._desk.changed.connect(lambda _: self.refresh())

    def _button(self, words: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda _=False: action())
        return button

    def _assemble(self) -> None:
        filter_row = QHBoxLayout()
        filter_row.setSpacing(8)
        filter_row.addWidget(self.words, 1)
        choices = (self.author, self.kind, self.period, self.order)
        for widget in choices:
            filter_row.addWidget(widget)
        ticks = FlowRow(self.only_open, self.only_shown)
        button_row = QHBoxLayout()
        button_row.setSpacing(8)
        for name, button in self.buttons.items():
            if name == "leave":
                button_row.addStretch()
                button_row.addWidget(self.count)
            button_row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(filter_row)
        layout.addLayout(ticks)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(button_row)


def _combo(name: str, words: list[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
