"""The label of a field, with badges for evidence and uncertain readings."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from mideditor.domain.fields import FieldRow
from mideditor.domain.record import Record
from mideditor.ui.commands.key_words import KeyWords
from mideditor.ui.kit.plain import plain_tip

_EVIDENCE, _DOUBT = "“…”", "(?)"


class FieldLabel(QLabel):
    """Shows the name of a field. The tool tip explains the badges."""

    def __init__(self, field: FieldRow, keys: KeyWords) -> None:
        super().__init__(field.label)
        self.setProperty("role", "label")
        self._field = field
        self._keys = keys
        self._record: Record | None = None
        keys.changed.connect(self._update_key_hints)

    def show_badges(self, record: Record | None) -> None:
        """Show the badges of the field in a record."""
        self._record = record
        name = self._field.name
        evidence = record.evidence if record else ()
        doubts = record.doubts if record else ()
        quotes = [f"“{one.quote}”" for one in evidence if one.field == name]
        questions = [one.question for one in doubts if one.field == name]
        badges = [_DOUBT] * bool(questions) + [_EVIDENCE] * bool(quotes)
        self.setText("  ".join([self._field.label, *badges]))
        lines: list[str] = []
        if questions:
            lines += [f"The reader was in doubt{self._keys.hint('go_to_doubts', 'decides')}:"]
            lines += questions
        if quotes:
            there = self._keys.hint("go_to_evidence", "goes there")
            lines += [f"Evidence in the narrative{there}:", *quotes]
        self.setToolTip(plain_tip("\n".join(lines)) or "")
        self.setAccessibleDescription("\n".join(lines))

    def _update_key_hints(self) -> None:
        self.show_badges(self._record)
