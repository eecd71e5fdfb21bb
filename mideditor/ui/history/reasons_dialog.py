"""A dialog that gives one reason to several coding changes without a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.counting import quantity
from mideditor.domain.reports.log_line import LogLine
from mideditor.domain.steps import Step
from mideditor.session.log.logbook import log_lines_of
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.reason_lines import CitationLine, ReasonLine
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable

REASON_COLUMNS: tuple[ListColumn[tuple[Step, LogLine]], ...] = (
    ListColumn("Record", 110, lambda row: f"MID {row[1].dispute_number or '—'}"),
    ListColumn("Field", 120, lambda row: row[1].label),
    ListColumn("Change", 290, lambda row: f"{row[1].old or '—'} → {row[1].new or '—'}"),
    ListColumn("By", 90, lambda row: row[1].author),
    ListColumn("Time", 130, lambda row: f"{row[1].time.astimezone():%Y-%m-%d %H:%M}"),
)


@dataclass(frozen=True)
class GivenReason:
    """A reason and a citation, and the steps that get them."""

    steps: Sequence[Step]
    reason: str
    citation: str


class ReasonsDialog(QDialog):
    """Lists coding changes without a reason. The marked ones get it; initially all are marked."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reasons that are owed")
        needing_reason = desk.session.history.needing_reason()
        self.model = MarkedModel(REASON_COLUMNS)
        self.model.show_items(
            [(step, line) for step in needing_reason for line in log_lines_of(desk.session, step)]
        )
        self.model.mark_all(True)
        self.table = MarkedTable(self.model, "Coding changes that owe their reason")
        self.reason = ReasonLine(desk)
        self.citation = CitationLine(desk)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._assemble(len(needing_reason))
        self.model.dataChanged.connect(lambda *_: self._update_button())
        self.reason.currentTextChanged.connect(lambda _: self._update_button())
        self._update_button()
        self.resize(820, 480)
        self.reason.setFocus()

    @property
    def given(self) -> GivenReason:
        """The marked steps and the typed reason and citation."""
        steps = {step.number: step for step, _ in self.model.chosen()}
        return GivenReason(list(steps.values()), self.reason.reason, self.citation.text().strip())

    def _assemble(self, count: int) -> None:
        needing_reason = quantity(count, "coding change owes its", "coding changes owe their")
        heading = QLabel(f"{needing_reason} reason")
        heading.setProperty("role", "heading")
        note = QLabel("The reason is given to the marked ones, as one step. Space marks a row.")
        note.setProperty("role", "quiet")
        form = QFormLayout()
        form.addRow("Reason", self.reason)
        form.addRow("Citation", self.citation)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Give the reason")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(note)
        layout.addWidget(self.table, 1)
        layout.addLayout(form)
        layout.addWidget(self.buttons)

    def _update_button(self) -> None:
        given = self.given
        ready = bool(given.reason and given.steps)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)
