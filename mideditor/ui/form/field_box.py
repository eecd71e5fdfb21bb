"""A field of the form: label, editor, and the note below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mideditor.domain.fields import Editor, FieldRow, printed_value
from mideditor.domain.record import RecordId
from mideditor.ui.desk.desk import Desk
from mideditor.ui.form.field_label import FieldLabel
from mideditor.ui.form.original_note import OriginalNote
from mideditor.ui.kit.field_editor import CodeEditor, FieldEditor, LineEditor
from mideditor.ui.look.theme import Theme

_HINTS = {
    Editor.DATE: "May 2, 1964 or May 1964",
    Editor.NUMBER: "—",
    Editor.DYAD: "two states, such as 2/365",
}


class FieldBox(QWidget):
    """Shows a field of the current record and commits typed text."""

    def __init__(self, field: FieldRow, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.field = field
        self._desk = desk
        self._record: RecordId | None = None
        self._shown = ""
        self.editor = _editor_for(field)
        self.editor.setObjectName(field.name)
        self.editor.setAccessibleName(field.label)
        self.label = FieldLabel(field, desk.keys)
        self.label.setBuddy(self.editor)
        self.note = OriginalNote(theme, desk.keys, field.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self.label)
        layout.addWidget(self.editor)
        layout.addWidget(self.note)
        layout.addStretch()
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.editor.done.connect(self.commit)
        self.editor.dismissed.connect(self.dismiss)
        self.note.revert_requested.connect(self.revert)
        if desk.session.read_only:
            self.editor.lock()
            self.note.lock()

    @property
    def shown_fields(self) -> tuple[str, ...]:
        """The fields that the box depends on, except for the badges of its label."""
        return (self.field.name,)

    @property
    def is_modified(self) -> bool:
        """Whether the editor contains pending text."""
        return self.editor.typed_text() != self._shown

    def show_record(self) -> None:
        """Show the value of the current record, or the draft that could not be committed."""
        desk = self._desk
        draft = desk.drafts.get((desk.record_id or 0, self.field.name))
        self.editor.mark_faulty(False)
        self._record = desk.record_id
        self._shown = self._printed() if draft is None else draft
        self.editor.show_text(self._shown)
        self.label.show_badges(desk.record)
        self.note.show_change(desk, self.field.name)
        if draft is not None:
            self._try_commit(draft)

    def commit(self) -> None:
        """Commit the typed text; an invalid text stays as a draft, with the error below."""
        if self._desk.record_id is None or self._desk.record_id != self._record:
            return
        text = self.editor.typed_text()
        if text == self._printed():
            self.dismiss()
        else:
            self._try_commit(text)

    def dismiss(self) -> None:
        """Discard the typed text and show the record's value."""
        self._desk.drafts.pop((self._desk.record_id or 0, self.field.name), None)
        if self._desk.record is not None:
            self.show_record()

    def revert(self) -> None:
        """Revert the field to its original value."""
        self._desk.revert(self.field.name)
        self.dismiss()

    def _try_commit(self, text: str) -> None:
        desk = self._desk
        record = desk.record_id or 0
        try:
            value = desk.parse(self.field.name, text)
        except ValueError as error:
            desk.drafts[(record, self.field.name)] = text
            self.editor.mark_faulty(True)
            self.note.show_error(str(error))
            return
        if desk.commit(self.field.name, value):
            self.show_record()
        else:
            desk.drafts[(record, self.field.name)] = text

    def _printed(self) -> str:
        return printed_value(self.field, getattr(self._desk.record, self.field.name))


def _editor_for(field: FieldRow) -> FieldEditor:
    if field.codes is not None:
        return CodeEditor(list(field.codes))
    editor = LineEditor()
    editor.setPlaceholderText(_HINTS.get(field.editor, ""))
    return editor
