"""The label of a field, with a sign where words of the narrative are its evidence."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from mideditor.domain.fields import FieldRow
from mideditor.domain.record import Record
from mideditor.ui.plain import plain_tip

_SIGN = "“…”"


class FieldLabel(QLabel):
    """Says what a field is called. The sign's tool tip quotes the evidence."""

    def __init__(self, field: FieldRow) -> None:
        super().__init__(field.label)
        self.setProperty("role", "label")
        self._field = field

    def show_evidence(self, record: Record | None) -> None:
        """Show the sign if the field of this record has evidence."""
        quotes = (
            [one.quote for one in record.evidence if one.field == self._field.name]
            if record
            else []
        )
        self.setText(f"{self._field.label}  {_SIGN}" if quotes else self._field.label)
        lines = [f"“{quote}”" for quote in quotes]
        tip = "\n".join(["Evidence in the narrative (Ctrl+Shift+G goes there):", *lines])
        self.setToolTip(plain_tip(tip if quotes else "") or "")
        self.setAccessibleDescription(tip if quotes else "")
