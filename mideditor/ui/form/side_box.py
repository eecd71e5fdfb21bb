"""The participants of one side: add by code or name, remove, reorder, move to the other side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.fields import FieldRow
from mideditor.domain.record import Entry, Participant, RecordId, Unread
from mideditor.session.edits import participants
from mideditor.session.edits.participants import AlreadyThere, NewSides, other_side
from mideditor.ui.desk.desk import Desk
from mideditor.ui.form.field_label import FieldLabel
from mideditor.ui.form.member_list import MemberList
from mideditor.ui.form.original_note import OriginalNote
from mideditor.ui.kit.field_editor import LineEditor
from mideditor.ui.look.icons import icon
from mideditor.ui.look.text_size import FollowTextSize
from mideditor.ui.look.theme import Theme


class SideBox(QWidget):
    """Shows one side of the current entry; every addition, removal or move is one step."""

    def __init__(self, field: FieldRow, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.field = field
        self._other = other_side(field.name)
        self._record: RecordId | None = None
        self._desk = desk
        self._theme = theme
        self.members = MemberList()
        self.members.setObjectName(field.name)
        self.members.setAccessibleName(f"{field.label}, participants")
        self._size_members()
        FollowTextSize(self.members, self._size_members)
        self.members.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.members.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.editor = LineEditor()
        self.editor.setObjectName(f"{field.name}.add")
        self.editor.setAccessibleName(f"Add a state to {field.label.lower()}, by code or name")
        self.editor.setPlaceholderText("Add by code or name")
        self.editor.setToolTip("A printed list with “/” between the sides fills both")
        self.editor.setCompleter(self._completer())
        self.label = FieldLabel(field, desk.keys)
        self.note = OriginalNote(theme, desk.keys, field.label)
        self._buttons = self._make_buttons()
        self._assemble()
        self.editor.done.connect(self.commit)
        self.editor.dismissed.connect(self.dismiss)
        if desk.session.read_only:
            self._make_read_only()
        else:
            self.members.remove_requested.connect(self.remove)
            self.members.shift_requested.connect(self.shift)
            self.members.cross_requested.connect(self.cross)
            self.members.dropped.connect(self.drop)
            self.members.allow_dragging()
        self.note.revert_requested.connect(self.revert)
        theme.changed.connect(self._recolour)
        self._recolour()

    @property
    def shown_fields(self) -> tuple[str, ...]:
        """The fields that the box depends on, except for the badges of its label.

        The dates decide which states were members of the state system.
        """
        return (self.field.name, "start_date", "end_date")

    @property
    def is_modified(self) -> bool:
        """Whether the line contains pending text."""
        return bool(self.editor.typed_text())

    def show_record(self) -> None:
        """Show the members of the side, and a draft that is no state."""
        desk = self._desk
        self._record = desk.record_id
        row = self.members.currentRow()
        side = getattr(desk.record, self.field.name)
        self.members.clear()
        if isinstance(side, Unread):
            self.members.addItem(side.unread)
        else:
            for member in side:
                self.members.addItem(self._item(member))
        if self.members.hasFocus():
            self.members.setCurrentRow(min(max(row, 0), self.members.count() - 1))
        draft = desk.drafts.get((desk.record_id or 0, self.field.name), "")
        self.editor.mark_faulty(False)
        self.editor.show_text(draft)
        self.label.show_badges(desk.record)
        self.note.show_change(desk, self.field.name)
        if draft:
            self._try_commit(draft)

    def commit(self) -> None:
        """Add the typed state; an invalid text stays as a draft, with the error below."""
        text = self.editor.typed_text().strip()
        if self._desk.record_id is None or self._desk.record_id != self._record:
            return
        if text:
            self._try_commit(text)
        elif (self._desk.record_id or 0, self.field.name) in self._desk.drafts:
            self.dismiss()

    def dismiss(self) -> None:
        """Discard the typed text."""
        self._desk.drafts.pop((self._desk.record_id or 0, self.field.name), None)
        if self._desk.record is not None:
            self.show_record()

    def revert(self) -> None:
        """Revert the side to its original members."""
        self._desk.revert(self.field.name)
        self.dismiss()

    def remove(self) -> None:
        """Remove the selected participant."""
        self._set(participants.remove(self._entry, self.field.name, self.members.currentRow()))

    def shift(self, by: int) -> None:
        """Move the selected participant up (-1) or down (1)."""
        row = self.members.currentRow()
        sides = participants.shift(self._entry, self.field.name, row, by)
        if sides:
            self._set(sides)
            self.members.setCurrentRow(row + by)

    def cross(self) -> None:
        """Move the selected participant to the other side."""
        self._set(participants.cross(self._entry, self.field.name, self.members.currentRow()))

    def drop(self, side_name: str, row: int, before: int) -> None:
        """Move a participant from a row of a side to before a row of this side."""
        self._set(participants.move(self._entry, side_name, row, self.field.name, before))

    @property
    def _entry(self) -> Entry:
        record = self._desk.record
        assert isinstance(record, Entry)
        return record

    def _item(self, member: Participant) -> QListWidgetItem:
        """A list item, with a warning if the state was not in the state system at the time."""
        item = QListWidgetItem(str(member))
        states = self._desk.session.states
        outside = participants.outside_the_system(self._entry, member, states)
        if outside:
            item.setIcon(icon("warning", self._theme.tokens.color("coding")))
            item.setToolTip(outside)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{member}. {outside}")
        return item

    def _size_members(self, _times: float = 1.0) -> None:
        self.members.setFixedHeight(self.members.sizeHint().height())

    def _make_read_only(self) -> None:
        """Make the side read-only."""
        self.note.lock()
        self.editor.hide()
        for button, _ in self._buttons:
            button.hide()

    def _try_commit(self, text: str) -> None:
        desk = self._desk
        try:
            values = participants.add(self._entry, self.field.name, text, desk.session.states)
        except ValueError as error:
            hint = " Esc forgets what was typed." if isinstance(error, AlreadyThere) else ""
            desk.drafts[(desk.record_id or 0, self.field.name)] = text
            self.editor.mark_faulty(True)
            self.note.show_error(f"{error}{hint}")
            return
        self.editor.clear()
        # The completer sets its text again after it has handled Enter.
        QTimer.singleShot(0, self, lambda: self._clear_if(text))
        self._set(values)

    def _clear_if(self, text: str) -> None:
        if self.editor.typed_text().strip() == text:
            self.editor.clear()

    def _set(self, sides: NewSides) -> None:
        if sides and self._desk.commit_fields(sides):
            self.show_record()

    def _completer(self) -> QCompleter:
        completer = QCompleter([str(state) for state in self._desk.session.states], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        return completer

    def _make_buttons(self) -> list[tuple[QToolButton, str]]:
        letter = self._other[-1].upper()
        crossing = "right" if letter == "B" else "left"
        rows: list[tuple[str, str, Callable[[], None]]] = [
            ("up", "Move up (Alt+Up)", lambda: self.shift(-1)),
            ("down", "Move down (Alt+Down)", lambda: self.shift(1)),
            (crossing, f"Move to side {letter} (Alt+{crossing.title()})", self.cross),
            ("remove", "Remove (Del)", self.remove),
        ]
        return [(self._button(hint, action), meaning) for meaning, hint, action in rows]

    def _button(self, hint: str, action: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(15, 15))
        button.setToolTip(hint)
        button.setAccessibleName(f"{self.field.label}: {hint}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: action())
        return button

    def _assemble(self) -> None:
        self.label.setBuddy(self.members)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.label, 1)
        for button, _ in self._buttons:
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self.members)
        layout.addWidget(self.editor)
        layout.addWidget(self.note)
        layout.addStretch()

    def _recolour(self) -> None:
        tokens = self._theme.tokens
        for button, meaning in self._buttons:
            button.setIcon(icon(meaning, tokens.color("text-quiet")))
