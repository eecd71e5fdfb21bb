"""The label of a field, with signs: it has evidence in the narrative, its reading is in doubt."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from mideditor.domain.fields import FieldRow
from mideditor.domain.record import Record
from mideditor.ui.commands.key_words import KeyWords
from mideditor.ui.kit.plain import plain_tip

_EVIDENCE, _DOUBT = "“…”", "(?)"


class FieldLabel(QLabel):
    """Says what a field is called. The tool tip tells what its signs mean."""

    def __init__(self, field: FieldRow, keys: KeyWords) -> None:
        super().__init__(field.label)
        self.setProperty("role", "label")
        self._field = field
        self._keys = keys
        self._record: Record | None = None
        keys.changed.connect(self._name_keys)

    def show_signs(self, record: Record | None) -> None:
        """Show which signs the field of this record has."""
        self._record = record
        name = self._field.name
        evidence = record.evidence if record else ()
        doubts = record.doubts if record else ()
        quotes = [f"“{one.quote}”" for one in evidence if one.field == name]
        questions = [one.question for one in doubts if one.field == name]
        signs = [_DOUBT] * bool(questions) + [_EVIDENCE] * bool(quotes)
        self.setText("  ".join([self._field.label, *signs]))
        lines: list[str] = []
        if questions:
            lines += [f"The reader was in doubt{self._keys.hint('go_to_doubts', 'decides')}:"]
            lines += questions
        if quotes:
            there = self._keys.hint("go_to_evidence", "goes there")
            lines += [f"Evidence in the narrative{there}:", *quotes]
        self.setToolTip(plain_tip("\n".join(lines)) or "")
        self.setAccessibleDescription("\n".join(lines))

    def _name_keys(self) -> None:
        self.show_signs(self._record)
