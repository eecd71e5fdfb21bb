"""A text field of a record under its heading, with what it was first below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mideditor.domain.changed_span import changed_span
from mideditor.domain.fields import FieldRow, printed_value
from mideditor.domain.record import RecordId
from mideditor.domain.word_differences import word_differences
from mideditor.session.edits.field_edit import last_change, original_text, printed_text
from mideditor.ui.desk.desk import Desk
from mideditor.ui.form.original_note import OriginalNote
from mideditor.ui.kit.text_editor import TextEditor
from mideditor.ui.look.theme import Theme


class TextPanel(QWidget):
    """A text field of the record on the desk under its heading; edits are corrections."""

    points = 11.0
    gap = 9

    def __init__(self, field: FieldRow, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.field = field
        self.desk = desk
        self._record: RecordId | None = None
        self._shown = ""
        self._heading = QLabel(field.label)
        self._heading.setProperty("role", "label")
        self.aside = QLabel()
        self.aside.setProperty("role", "quiet")
        self.aside.setTextFormat(Qt.TextFormat.PlainText)
        self.aside.setWordWrap(True)
        self.editor = TextEditor(self.points, self.gap)
        self.editor.setObjectName(field.name)
        self.editor.setAccessibleName(field.label)
        self._heading.setBuddy(self.editor)
        self.note = OriginalNote(theme, desk.keys, field.label)
        self.heading_row = QHBoxLayout()
        self.heading_row.addWidget(self._heading)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 6, 0, 0)
        self.box.setSpacing(4)
        self.box.addLayout(self.heading_row)
        self.box.addWidget(self.editor, 1)
        self.box.addWidget(self.aside)
        self.box.addWidget(self.note)
        self.editor.done.connect(self.commit)
        self.editor.dismissed.connect(self.dismiss)
        self.note.revert_requested.connect(self.revert)
        if desk.session.read_only:
            self.editor.setReadOnly(True)
            self.note.lock()
        desk.commit_requested.connect(self.commit_pending)

    @property
    def shown_fields(self) -> tuple[str, ...]:
        """The fields on which depends what is shown here."""
        return (self.field.name,)

    @property
    def is_modified(self) -> bool:
        """Whether the text has been edited and not been given to the desk."""
        return self.editor.isEnabled() and self.editor.typed_text() != self._shown

    @property
    def can_be_edited(self) -> bool:
        """Whether there is a text here that may be changed."""
        return self.editor.isEnabled() and not self.editor.isReadOnly()

    def has_focus(self) -> bool:
        """Whether the cursor is in this text."""
        return self.editor.hasFocus()

    def take_focus(self, quote: str = "") -> None:
        """Put the cursor into the text, with the quoted words chosen."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.choose_words(quote)

    def show_record(self, caret: int | None = None) -> None:
        """Show the text of the record on the desk, with the cursor at ``caret``.

        Without it the cursor stays with the words of the same record, or is where they changed.
        """
        there = self.desk.record is not None and hasattr(self.desk.record, self.field.name)
        is_same = self._record == self.desk.record_id
        self._record = self.desk.record_id
        self.editor.setEnabled(there)
        self.editor.setPlaceholderText(self.placeholder(there))
        text = self.printed() if there else ""
        if caret is None:
            caret = self._place_in(text) if is_same else 0
        self.editor.show_text(text, min(caret, len(text)))
        self._shown = self.editor.typed_text()
        draft = self.desk.drafts.get((self.desk.record_id or 0, self.field.name))
        if there and draft is not None:
            self.editor.show_text(draft)
        self.show_remark(self.remark() if there else "")
        self._show_original(there)

    def commit_pending(self) -> None:
        """Commit what is being typed here."""
        if self.is_modified:
            self.commit()

    def commit(self) -> None:
        """Give the edited text to the desk."""
        record = self.desk.record_id
        if record is None or record != self._record or not self.is_modified:
            return
        text, caret = self.editor.typed_text(), self.editor.textCursor().position()
        if self.give(text):
            self.show_record(caret_after(text, self.printed(), caret))
        else:
            self.desk.drafts[(record, self.field.name)] = text

    def dismiss(self) -> None:
        """Forget what was typed and show the record's text."""
        self.desk.drafts.pop((self.desk.record_id or 0, self.field.name), None)
        self.show_record()

    def revert(self) -> None:
        """Give the text its original wording."""
        self.desk.revert(self.field.name)
        self.show_record()

    def printed(self) -> str:
        """The text as it is printed."""
        return printed_text(self.desk.session, self.desk.record_id or 0, self.field.name)

    def give(self, text: str) -> bool:
        """Commit ``text`` as the field's value."""
        return self.desk.commit(self.field.name, self.desk.parse(self.field.name, text))

    def original(self) -> str:
        """In a line, what differs from the original text."""
        first = original_text(self.desk.session, self.desk.record_id or 0, self.field.name)
        now = printed_value(self.field, getattr(self.desk.record, self.field.name))
        return "; ".join(
            f"{old or '(nothing)'} → {new or '(nothing)'}"
            for old, new in word_differences(first, now)
        )

    def remark(self) -> str:
        """What to say under the text."""
        return ""

    def show_remark(self, text: str) -> None:
        """Say something under the text."""
        self.aside.setText(text)
        self.aside.setVisible(bool(text))

    def placeholder(self, there: bool) -> str:
        """What stands in the place of a text; ``there`` is whether the record can have one."""
        return "" if there else "A cross-reference has no text of its own."

    def _show_original(self, there: bool) -> None:
        session, record = self.desk.session, self.desk.record_id
        kind = last_change(session, record, self.field.name) if there and record else None
        if kind is None:
            self.note.clear()
        else:
            self.note.show_original(self.original(), kind)

    def _place_in(self, text: str) -> int:
        """Where the cursor belongs in a text that takes the place of the one shown."""
        shown, caret = self.editor.typed_text(), self.editor.textCursor().position()
        return caret if text == shown else end_of_change(shown, text)


def end_of_change(old: str, new: str) -> int:
    """The character of ``new`` after the last one that ``old`` has not."""
    _, _, end = changed_span(old, new)
    return end


def caret_after(old: str, new: str, caret: int) -> int:
    """Where a cursor goes when ``new`` takes the place of ``old``: with the words around it."""
    start, _, end = changed_span(old, new)
    if caret <= start:
        return caret
    return max(end, caret + len(new) - len(old))
