"""The panel of a text field: heading, editor, and the note below."""

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
    """A text field of the current record; edits are always corrections."""

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
        self.remark_label = QLabel()
        self.remark_label.setProperty("role", "quiet")
        self.remark_label.setTextFormat(Qt.TextFormat.PlainText)
        self.remark_label.setWordWrap(True)
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
        self.box.addWidget(self.remark_label)
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
        """The fields that the panel depends on."""
        return (self.field.name,)

    @property
    def is_modified(self) -> bool:
        """Whether the editor contains pending text."""
        return self.editor.isEnabled() and self.editor.typed_text() != self._shown

    @property
    def can_be_edited(self) -> bool:
        """Whether the record has the text and it is not read-only."""
        return self.editor.isEnabled() and not self.editor.isReadOnly()

    def has_focus(self) -> bool:
        """Whether the panel has the focus."""
        return self.editor.hasFocus()

    def take_focus(self, quote: str = "") -> None:
        """Focus the text and select the quoted words."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.select_words(quote)

    def show_record(self, caret: int | None = None) -> None:
        """Show the text of the current record with the caret at an offset.

        Without ``caret`` it stays where it was in the same record, or goes to the changed words.
        """
        has_text = self.desk.record is not None and hasattr(self.desk.record, self.field.name)
        is_same = self._record == self.desk.record_id
        self._record = self.desk.record_id
        self.editor.setEnabled(has_text)
        self.editor.setPlaceholderText(self.placeholder(has_text))
        text = self.printed() if has_text else ""
        if caret is None:
            caret = self._caret_in(text) if is_same else 0
        self.editor.show_text(text, min(caret, len(text)))
        self._shown = self.editor.typed_text()
        draft = self.desk.drafts.get((self.desk.record_id or 0, self.field.name))
        if has_text and draft is not None:
            self.editor.show_text(draft)
        self.show_remark(self.remark() if has_text else "")
        self._show_original(has_text)

    def commit_pending(self) -> None:
        """Commit pending text."""
        if self.is_modified:
            self.commit()

    def commit(self) -> None:
        """Commit the edited text; if that fails, keep it as a draft."""
        record = self.desk.record_id
        if record is None or record != self._record or not self.is_modified:
            return
        text, caret = self.editor.typed_text(), self.editor.textCursor().position()
        if self.commit_text(text):
            self.show_record(caret_after(text, self.printed(), caret))
        else:
            self.desk.drafts[(record, self.field.name)] = text

    def dismiss(self) -> None:
        """Discard the typed text and show the record's text."""
        self.desk.drafts.pop((self.desk.record_id or 0, self.field.name), None)
        self.show_record()

    def revert(self) -> None:
        """Revert the text to the original."""
        self.desk.revert(self.field.name)
        self.show_record()

    def printed(self) -> str:
        """The text as it is printed."""
        return printed_text(self.desk.session, self.desk.record_id or 0, self.field.name)

    def commit_text(self, text: str) -> bool:
        """Commit a text as the value of the field."""
        return self.desk.commit(self.field.name, self.desk.parse(self.field.name, text))

    def original_summary(self) -> str:
        """The differences from the original text in one line."""
        first = original_text(self.desk.session, self.desk.record_id or 0, self.field.name)
        now = printed_value(self.field, getattr(self.desk.record, self.field.name))
        return "; ".join(
            f"{old or '(nothing)'} → {new or '(nothing)'}"
            for old, new in word_differences(first, now)
        )

    def remark(self) -> str:
        """The remark below the text."""
        return ""

    def show_remark(self, text: str) -> None:
        """Show a remark below the text."""
        self.remark_label.setText(text)
        self.remark_label.setVisible(bool(text))

    def placeholder(self, has_text: bool) -> str:
        """The placeholder of an empty editor; ``has_text`` is whether the record has the field."""
        return "" if has_text else "A cross-reference has no text of its own."

    def _show_original(self, has_text: bool) -> None:
        session, record = self.desk.session, self.desk.record_id
        kind = last_change(session, record, self.field.name) if has_text and record else None
        if kind is None:
            self.note.clear()
        else:
            self.note.show_original(self.original_summary(), kind)

    def _caret_in(self, text: str) -> int:
        """The caret position in a text that replaces the one shown."""
        shown, caret = self.editor.typed_text(), self.editor.textCursor().position()
        return caret if text == shown else end_of_change(shown, text)


def end_of_change(old: str, new: str) -> int:
    """The offset in ``new`` after the last changed character."""
    _, _, end = changed_span(old, new)
    return end


def caret_after(old: str, new: str, caret: int) -> int:
    """The caret position after ``new`` replaced ``old``; it moves with the words around it."""
    start, _, end = changed_span(old, new)
    if caret <= start:
        return caret
    return max(end, caret + len(new) - len(old))
