"""The panel to review the changes of the project; it takes the place of the record table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mideditor.domain.counting import quantity
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.log.reviewing import Reviewed, authors, changes, steps_of
from mideditor.ui.desk.desk import Desk
from mideditor.ui.history.changes_filter import ChangesFilter
from mideditor.ui.history.changes_table import ChangesModel, ChangesTable
from mideditor.ui.look.theme import Theme


class ChangesPanel(QWidget):
    """Lists changes with filters, to accept, question or undo them.

    `field_selected` carries the field of the current change, `closed` is emitted on Esc.
    """

    field_selected = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, theme: Theme, shown: Callable[[], Sequence[RecordId]]) -> None:
        super().__init__()
        self._desk = desk
        self._authors: Sequence[str] = ()
        self.model = ChangesModel(theme)
        self.table = ChangesTable(self.model)
        self.filters = ChangesFilter(shown)
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
        self._follow()
        if self.model.items and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Apply the filters again and keep the current change."""
        if self.isHidden():
            return
        row, current = self.table.currentIndex().row(), self.current()
        items = changes(self._desk.session, self.filters.current())
        items.sort(key=self.filters.order_key)
        self.model.show_items(items)
        places = [one.key for one in items]
        if current is not None and current.key in places:
            row = places.index(current.key)
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

    def _follow(self) -> None:
        """Offer the coders that there are now, and apply the filters again."""
        if not self.isHidden():
            self._authors = authors(self._desk.session)
            self.filters.offer_authors(self._authors)
            self.refresh()

    def _update_state(self, count: int) -> None:
        self.count.setText(quantity(count, "change"))
        self.empty.setText(
            "Nobody has changed a field yet."
            if not self._authors
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
        self.filters.changed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.key_pressed.connect(self._on_key)
        self.table.activated.connect(lambda _: self._focus_field())
        self._desk.changed.connect(lambda _: self._follow())

    def _button(self, words: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda _=False: action())
        return button

    def _assemble(self) -> None:
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
        layout.addWidget(self.filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(button_row)
