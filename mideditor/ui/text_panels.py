"""The two texts of a record: its narrative, and its Coding changes as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from mideditor.domain.fields import FIELDS, FieldRow, printed_value
from mideditor.domain.printed_changes import own_sentences, sentences_of
from mideditor.domain.record import CodingChange, RecordId
from mideditor.domain.word_differences import word_differences
from mideditor.ui.desk import Desk
from mideditor.ui.field_box import last_change
from mideditor.ui.original_note import OriginalNote
from mideditor.ui.text_editor import TextEditor
from mideditor.ui.theme import Theme


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
        self.note = OriginalNote(theme, field.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self.aside)
        layout.addWidget(self.note)
        self.editor.done.connect(self.commit)
        self.editor.dismissed.connect(self.dismiss)
        self.note.taken_back.connect(self.take_back)
        if desk.session.read_only:
            self.editor.setReadOnly(True)
            self.note.lock()
        desk.leaving.connect(self.commit_pending)

    @property
    def is_being_typed(self) -> bool:
        """Whether the text has been edited and not been given to the desk."""
        return self.editor.isEnabled() and self.editor.typed_text() != self._shown

    def show_record(self) -> None:
        """Show the text of the record on the desk."""
        there = self.desk.record is not None and hasattr(self.desk.record, self.field.name)
        self._record = self.desk.record_id
        self.editor.setEnabled(there)
        self.editor.setPlaceholderText("" if there else "A cross-reference has no text of its own.")
        self.editor.show_text(self.printed() if there else "")
        self._shown = self.editor.typed_text()
        draft = self.desk.drafts.get((self.desk.record_id or 0, self.field.name))
        if there and draft is not None:
            self.editor.show_text(draft)
        self.aside.setText(self.remark() if there else "")
        self.aside.setVisible(bool(self.aside.text()))
        change = last_change(self.desk, self.field.name) if there else None
        if change is None:
            self.note.clear()
        else:
            self.note.show_original(self.original(), *change)

    def commit_pending(self) -> None:
        """Commit what is being typed here."""
        if self.is_being_typed:
            self.commit()

    def commit(self) -> None:
        """Give the edited text to the desk."""
        record = self.desk.record_id
        if record is None or record != self._record or not self.is_being_typed:
            return
        text = self.editor.typed_text()
        if self.give(text):
            self.show_record()
        else:
            self.desk.drafts[(record, self.field.name)] = text

    def dismiss(self) -> None:
        """Forget what was typed and show the record's text."""
        self.desk.drafts.pop((self.desk.record_id or 0, self.field.name), None)
        self.show_record()

    def take_back(self) -> None:
        """Give the text its original wording."""
        self.desk.take_back(self.field.name)
        self.show_record()

    def printed(self) -> str:
        """The text as it stands in the record."""
        return printed_value(self.field, getattr(self.desk.record, self.field.name))

    def give(self, text: str) -> bool:
        """Commit ``text`` as the field's value."""
        return self.desk.commit(self.field.name, self.desk.parse(self.field.name, text))

    def original(self) -> str:
        """In a line, what differs from the original text."""
        record = self.desk.record_id or 0
        first, now = (
            printed_value(self.field, getattr(version, self.field.name))
            for version in (self.desk.session.original(record), self.desk.session.record(record))
        )
        return "; ".join(
            f"{old or '(nothing)'} → {new or '(nothing)'}"
            for old, new in word_differences(first, now)
        )

    def remark(self) -> str:
        """What to say under the text."""
        return ""


class CodingChangesPanel(TextPanel):
    """The printed paragraph: the source's sentences and the log's. A wording of one is kept."""

    points = 10.0
    gap = 3

    def printed(self) -> str:
        """The paragraph as it will be printed."""
        return " ".join(sentence.text for sentence in self._sentences())

    def give(self, text: str) -> bool:
        """Keep the sentences that the coder wrote; the log's own follow the log."""
        typed = self.desk.parse(self.field.name, text)
        record = self.desk.record
        assert record is not None
        return self.desk.commit(
            self.field.name, own_sentences(typed, sentences_of(record), self._sentences())
        )

    def remark(self) -> str:
        """How many of the sentences come from the log."""
        record = self.desk.record
        own = sentences_of(record) if record else ()
        logged = [sentence for sentence in self._sentences() if sentence not in own]
        if not logged:
            return ""
        noun = "sentence comes" if len(logged) == 1 else "sentences come"
        return f"{len(logged)} {noun} from the coding changes in the log."

    def _sentences(self) -> tuple[CodingChange, ...]:
        return self.desk.session.printed_changes(self.desk.record_id or 0)


class TextPanels(QSplitter):
    """The narrative above, the Coding changes below it."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.narrative = TextPanel(FIELDS["narrative"], desk, theme)
        self.coding_changes = CodingChangesPanel(FIELDS["coding_changes"], desk, theme)
        self.setChildrenCollapsible(False)
        self.addWidget(self.narrative)
        self.addWidget(self.coding_changes)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)
        self.setSizes([300, 110])

    @property
    def panels(self) -> dict[str, TextPanel]:
        """The texts by the name of their field."""
        return {panel.field.name: panel for panel in (self.narrative, self.coding_changes)}

    def show_record(self) -> None:
        """Show both texts of the record on the desk."""
        for panel in self.panels.values():
            panel.show_record()
