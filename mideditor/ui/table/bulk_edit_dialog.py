"""The dialog that sets one field of the selected records, with a preview of the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.changes import ChangeKind
from mideditor.domain.counting import quantity
from mideditor.domain.fields import FieldRow
from mideditor.domain.record import RecordId
from mideditor.session.edits.bulk_edit import (
    PlannedEdit,
    common_fields,
    planned_edits,
    values_now,
)
from mideditor.session.edits.field_edit import kind_for
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.reason_lines import CitationLine, ReasonLine
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable

_VALUES_SHOWN = 4
_DEFAULT_FIELD = "outcome"
_NOTE = "Only the marked records change, in one step. Space marks a row or takes its mark away."

BULK_EDIT_COLUMNS: tuple[ListColumn[PlannedEdit], ...] = (
    ListColumn("Record", 130, lambda one: one.title),
    ListColumn("Now", 250, lambda one: one.now or "—"),
    ListColumn("Then", 250, lambda one: one.then or "—"),
)


@dataclass(frozen=True)
class BulkEdit:
    """A value to set in a field of several records, with the reason."""

    kind: ChangeKind
    records: Sequence[RecordId]
    field: FieldRow
    value: Any
    reason: str
    citation: str


class BulkEditDialog(QDialog):
    """Asks for the field, the value and the reason; `bulk_edit` is the result."""

    def __init__(self, parent: QWidget, desk: Desk, records: Sequence[RecordId]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change the chosen records")
        self._desk = desk
        self._records = records
        self._rows = {row.name: row for row in common_fields(desk.session, records)}
        self._value: Any = None
        self.field = QComboBox()
        self.field.setAccessibleName("Field")
        for row in self._rows.values():
            self.field.addItem(row.label, row.name)
        self.field.setCurrentIndex(max(self.field.findData(_DEFAULT_FIELD), 0))
        self.code = QComboBox()
        self.code.setAccessibleName("New value")
        self.text = QLineEdit()
        self.text.setAccessibleName("New value")
        self._value_box = QStackedWidget()
        self._value_box.addWidget(self.code)
        self._value_box.addWidget(self.text)
        self.current_values = _quiet_label()
        self.message = _quiet_label()
        self.reason = ReasonLine(desk)
        self.citation = CitationLine(desk)
        self.model: MarkedModel[PlannedEdit] = MarkedModel(BULK_EDIT_COLUMNS)
        self.table = MarkedTable(self.model, "What would change")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.apply_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._assemble()
        self._connect()
        self._show_field()
        self.resize(720, 600)

    @property
    def bulk_edit(self) -> BulkEdit:
        """The edit as filled in, for the marked records."""
        row = self._row()
        return BulkEdit(
            kind_for(row.name, self._desk.kind),
            [one.record for one in self.model.marked_items()],
            row,
            self._value,
            self.reason.reason,
            self.citation.text().strip(),
        )

    def _assemble(self) -> None:
        heading = QLabel(f"{len(self._records)} records chosen")
        heading.setProperty("role", "heading")
        note = _quiet_label(_NOTE)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow("Field", self.field)
        form.addRow("", self.current_values)
        form.addRow("New value", self._value_box)
        form.addRow("", self.message)
        form.addRow("Reason", self.reason)
        form.addRow("Citation", self.citation)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addWidget(note)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.field.currentIndexChanged.connect(lambda _: self._show_field())
        self.code.currentIndexChanged.connect(lambda _: self._plan())
        self.text.textChanged.connect(lambda _: self._plan())
        self.model.dataChanged.connect(lambda *_: self._update_button())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _row(self) -> FieldRow:
        return self._rows[self.field.currentData()]

    def _show_field(self) -> None:
        row = self._row()
        counts = values_now(self._desk.session, self._records, row).most_common()
        values = [f"{value or 'empty'} ({count})" for value, count in counts[:_VALUES_SHOWN]]
        more = len(counts) - _VALUES_SHOWN
        self.current_values.setText(
            f"Now {', '.join(values)}" + (f" and {more} other values" if more > 0 else "")
        )
        self.code.blockSignals(True)
        self.code.clear()
        self.code.addItems(list(row.codes or ()))
        self.code.setCurrentIndex(-1)
        self.code.blockSignals(False)
        self.text.clear()
        self._value_box.setCurrentWidget(self.code if row.codes else self.text)
        self._plan()

    def _plan(self) -> None:
        """Preview what the value would change, or show why it is invalid."""
        row = self._row()
        typed = self.code.currentText() if row.codes else self.text.text()
        plans: list[PlannedEdit] = []
        error = ""
        if typed.strip():
            try:
                self._value = row.parse(typed, self._desk.session.states)
                plans = planned_edits(self._desk.session, self._records, row, self._value)
                error = "" if plans else "All of them have this value already."
            except ValueError as invalid:
                error = str(invalid)
        self.message.setText(error or f"Recorded as {kind_for(row.name, self._desk.kind).label}")
        self.model.show_items(plans)
        self.model.mark_all(True)
        self._update_button()

    def _update_button(self) -> None:
        count = len(self.model.marked)
        self.apply_button.setEnabled(count > 0)
        self.apply_button.setText(f"Change {quantity(count, 'record')}")


def _quiet_label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
