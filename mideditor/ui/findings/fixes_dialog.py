"""The dialog to review all certain fixes of a rule before they are applied as one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId
from mideditor.session.checks.fixes import FieldFix, FieldValues, preview
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.diff_table import differing_part
from mideditor.ui.desk.reason_lines import ReasonLine
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable

_NOTE = "Only the marked records change, in one step. Space marks a row or takes its mark away."


@dataclass(frozen=True)
class FixedRecord:
    """The changes that the fixes of a rule make to a record."""

    record: RecordId
    title: str
    fixes: tuple[FieldFix, ...]


FIX_COLUMNS: tuple[ListColumn[FixedRecord], ...] = (
    ListColumn("Record", 110, lambda one: one.title),
    ListColumn("Field", 120, lambda one: ", ".join(FIELDS[fix.field].label for fix in one.fixes)),
    ListColumn(
        "Now", 230, lambda one: _joined(differing_part(f.before, f.after) for f in one.fixes)
    ),
    ListColumn(
        "Then", 230, lambda one: _joined(differing_part(f.after, f.before) for f in one.fixes)
    ),
)


class FixesDialog(QDialog):
    """Asks which records to fix, and for a reason."""

    def __init__(self, parent: QWidget, desk: Desk, rule: str, values: FieldValues) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fix all of a rule")
        self._values = values
        self.reason = ReasonLine(desk, f"Certain fixes of “{rule}”")
        self.model: MarkedModel[FixedRecord] = MarkedModel(FIX_COLUMNS)
        self.table = MarkedTable(self.model, "What would change")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.go = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._assemble(rule)
        self.model.dataChanged.connect(lambda *_: self._update_button())
        self.reason.editTextChanged.connect(lambda _: self._update_button())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.model.show_items(fixed_records(desk, values))
        self.model.mark_all(True)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self._update_button()
        self.resize(760, 540)
        self.table.setFocus()

    @property
    def answer(self) -> tuple[FieldValues, str]:
        """The changes of the marked records, and their reason."""
        values = {one.record: self._values[one.record] for one in self.model.marked_items()}
        return values, self.reason.reason

    def _assemble(self, rule: str) -> None:
        heading = QLabel(f"Certain fixes of “{rule}”")
        heading.setProperty("role", "heading")
        note = QLabel(_NOTE)
        note.setProperty("role", "quiet")
        for label in (heading, note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow("Reason", self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(note)
        layout.addWidget(self.buttons)

    def _update_button(self) -> None:
        count = len(self.model.marked)
        self.go.setEnabled(count > 0 and bool(self.reason.reason))
        self.go.setText(f"Mend {quantity(count, 'record', separator=',')}")


def fixed_records(desk: Desk, values: FieldValues) -> Sequence[FixedRecord]:
    """The records with the changes that would be made to them."""
    fixes = preview(desk.session, values)
    return [
        FixedRecord(record, desk.title(record), tuple(of_record))
        for record, of_record in groupby(fixes, key=lambda fix: fix.record)
    ]


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
