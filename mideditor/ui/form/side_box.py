"""The participants of one side: added by code or name, removed, put in order, moved across."""

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

from mideditor.domain.fields import FieldRow, printed_value
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Participant, RecordId, Unread
from mideditor.ui.desk.desk import Desk
from mideditor.ui.form.field_box import last_change
from mideditor.ui.form.field_label import FieldLabel
from mideditor.ui.form.member_list import MemberList
from mideditor.ui.form.original_note import OriginalNote
from mideditor.ui.kit.field_editor import LineEditor
from mideditor.ui.look.icons import icon
from mideditor.ui.look.text_size import FollowTextSize
from mideditor.ui.look.theme import Theme

SIDES = ("side_a", "side_b")


class SideBox(QWidget):
    """Shows one side of the entry on the desk; every addition, removal or move is one step."""

    def __init__(self, field: FieldRow, other_side: str, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.field = field
        self._other = other_side
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
            self._lock()
        else:
            self.members.removed.connect(self.remove)
            self.members.shifted.connect(self.shift)
            self.members.crossed.connect(self.cross)
            self.members.dropped.connect(self.take_dropped)
            self.members.allow_dragging()
        self.note.taken_back.connect(self.take_back)
        theme.changed.connect(self._recolour)
        self._recolour()

    @property
    def is_being_typed(self) -> bool:
        """Whether a state is being typed that has not been given to the desk."""
        return bool(self.editor.typed_text())

    def show_record(self) -> None:
        """Show the side, and what was typed but is no state."""
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
        self.label.show_signs(desk.record)
        self._show_original()
        if draft:
            self._try(draft)

    def commit(self) -> None:
        """Add the state that was typed; text that is no state stays, with the reason under it."""
        text = self.editor.typed_text().strip()
        if self._desk.record_id is None or self._desk.record_id != self._record:
            return
        if text:
            self._try(text)
        elif (self._desk.record_id or 0, self.field.name) in self._desk.drafts:
            self.dismiss()

    def dismiss(self) -> None:
        """Forget what was typed."""
        self._desk.drafts.pop((self._desk.record_id or 0, self.field.name), None)
        if self._desk.record is not None:
            self.show_record()

    def take_back(self) -> None:
        """Give the side its original members."""
        self._desk.take_back(self.field.name)
        self.dismiss()

    def remove(self) -> None:
        """Take the chosen participant out."""
        row, side = self.members.currentRow(), self._side()
        if row >= 0:
            self._set({self.field.name: side[:row] + side[row + 1 :]})

    def shift(self, by: int) -> None:
        """Move the chosen participant up (-1) or down (1)."""
        row, side = self.members.currentRow(), list(self._side())
        if 0 <= row < len(side) and 0 <= row + by < len(side):
            side.insert(row + by, side.pop(row))
            self._set({self.field.name: tuple(side)})
            self.members.setCurrentRow(row + by)

    def cross(self) -> None:
        """Move the chosen participant to the other side."""
        row, side = self.members.currentRow(), self._side()
        others = getattr(self._desk.record, self._other)
        if 0 <= row < len(side) and not isinstance(others, Unread):
            rest = side[:row] + side[row + 1 :]
            self._set({self.field.name: rest, self._other: (*others, side[row])})

    def take_dropped(self, side_name: str, row: int, before: int) -> None:
        """Move a participant, dragged from its row on a side, to before a row of this one."""
        side, others = self._side(), getattr(self._desk.record, self._other)
        if side_name == self.field.name and 0 <= row < len(side):
            rest = [*side[:row], *side[row + 1 :]]
            rest.insert(before - (before > row), side[row])
            self._set({self.field.name: tuple(rest)})
        elif not isinstance(others, Unread) and 0 <= row < len(others):
            moved = (*side[:before], others[row], *side[before:])
            self._set({self.field.name: moved, self._other: others[:row] + others[row + 1 :]})

    def _item(self, member: Participant) -> QListWidgetItem:
        """A member, with a sign where it was no member of the state system at the time."""
        item = QListWidgetItem(str(member))
        outside = self._outside_the_system(member)
        if outside:
            item.setIcon(icon("warning", self._theme.tokens.color("coding")))
            item.setToolTip(outside)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{member}. {outside}")
        return item

    def _outside_the_system(self, member: Participant) -> str:
        state = self._desk.session.states.get(member.code)
        start, end = (getattr(self._desk.record, end, None) for end in ("start_date", "end_date"))
        start, end = start or end, end or start
        if state is None or not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
            return ""
        if state.is_member(start, end):
            return ""
        spells = "; ".join(map(str, state.memberships))
        return f"No member of the state system at the time. {state.name}: {spells}."

    def _size_members(self, _times: float = 1.0) -> None:
        self.members.setFixedHeight(self.members.sizeHint().height())

    def _lock(self) -> None:
        """Let the side be read, not changed."""
        self.note.lock()
        self.editor.hide()
        for button, _ in self._buttons:
            button.hide()

    def _try(self, text: str) -> None:
        desk = self._desk
        try:
            values = self._values(text)
        except ValueError as error:
            desk.drafts[(desk.record_id or 0, self.field.name)] = text
            self.editor.mark_faulty(True)
            self.note.show_error(str(error))
            return
        self.editor.clear()
        # The list of completions puts its text back after Enter has been heard.
        QTimer.singleShot(0, self, lambda: self._clear_if(text))
        self._set(values)

    def _values(self, text: str) -> dict[str, tuple[Participant, ...]]:
        """What typed text makes of the sides; a printed list of both, parted by “/”, is both."""
        name = self.field.name
        if text.count("/") == 1:
            sides = (part.strip() for part in text.split("/"))
            return {
                side: self._desk.parse(side, part) for side, part in zip(SIDES, sides, strict=True)
            }
        return {name: (*self._side(), *self._not_there_yet(self._desk.parse(name, text)))}

    def _not_there_yet(self, added: tuple[Participant, ...]) -> tuple[Participant, ...]:
        codes = {member.code for member in self._side()}
        for member in added:
            if member.code in codes:
                where = f"side {self.field.name[-1].upper()}"
                raise ValueError(f"{member} is on {where} already. Esc forgets what was typed.")
        return added

    def _clear_if(self, text: str) -> None:
        if self.editor.typed_text().strip() == text:
            self.editor.clear()

    def _set(self, values: dict[str, tuple[Participant, ...]]) -> None:
        if self._desk.commit_several(values):
            self.show_record()

    def _side(self) -> tuple[Participant, ...]:
        side = getattr(self._desk.record, self.field.name)
        return () if isinstance(side, Unread) else side

    def _show_original(self) -> None:
        change = last_change(self._desk, self.field.name)
        record = self._desk.record_id
        if change is None or record is None:
            self.note.clear()
            return
        original = getattr(self._desk.session.original(record), self.field.name)
        was = printed_value(self.field, original) or "empty"
        self.note.show_original(f"was {was}", *change)

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
