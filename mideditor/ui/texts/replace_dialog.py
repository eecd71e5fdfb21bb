"""The preview of Replace all: every match with its replacement, applied as one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.texts.replacing_text import Hit, replace_words
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel, MarkedTable

_MAX_BEFORE = 26


class ReplaceDialog(QDialog):
    """Lists the matches. The marked ones are replaced in the background.

    ``step`` is the step that was made, if any.
    """

    def __init__(self, parent: QWidget, desk: Desk, hits: Sequence[Hit], replacement: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Replace all")
        self.step: Step | None = None
        self._desk = desk
        self._replacement = replacement
        self._lane = desk.scheduler.lane(self)
        self.model = MarkedModel(_columns(replacement))
        self.model.show_items(hits)
        self.model.mark_all(True)
        self.table = MarkedTable(self.model, "Places to replace")
        self.table.setObjectName("places")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Records that are ready")
        self.progress.hide()
        self.error = QLabel()
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self._mark_buttons = (QPushButton("Mark &all"), QPushButton("Mark &none"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._assemble(hits)
        self._lane.progressed.connect(self._show_progress)
        self._mark_buttons[0].clicked.connect(lambda: self.model.mark_all(True))
        self._mark_buttons[1].clicked.connect(lambda: self.model.mark_all(False))
        self.model.dataChanged.connect(lambda *_: self._update_button())
        self.buttons.accepted.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        self._update_button()
        self.resize(940, 540)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    @override
    def reject(self) -> None:
        """Close without changes; cancels replacing if it is running."""
        self._lane.drop()
        super().reject()

    def _start(self) -> None:
        marked = self.model.marked_items()
        desk = self._desk
        work = replace_words(
            desk.session, marked, self._replacement, reason=desk.reason, citation=desk.citation
        )
        self.progress.show()
        self.table.setEnabled(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
        self._lane.run(work, self._finish, self._show_error)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _finish(self, step: Step | None) -> None:
        self.step = step
        self.accept()

    def _show_error(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.error.setText(str(error))
        self.error.show()
        self.progress.hide()
        self.table.setEnabled(True)

    def _assemble(self, hits: Sequence[Hit]) -> None:
        records = len({hit.record for hit in hits})
        where = "" if records == 1 else f" in {records} records"
        new = f"“{self._replacement}”" if self._replacement else "nothing"
        heading = QLabel(f"“{hits[0].words}” → {new}: {quantity(len(hits), 'place')}{where}")
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        reason = (
            f"Reason: {self._desk.reason}."
            if self._desk.reason
            else f"No reason is given{self._desk.keys.hint('focus_reason')}."
        )
        note = QLabel(
            "What is marked is replaced as one correction, and one undo takes it back. Space marks "
            f"a row or takes its mark away. {reason}"
        )
        note.setProperty("role", "quiet")
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        button_row = QHBoxLayout()
        for button in self._mark_buttons:
            button_row.addWidget(button)
        button_row.addWidget(self.progress, 1)
        button_row.addStretch()
        button_row.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(note)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.error)
        layout.addLayout(button_row)

    def _update_button(self) -> None:
        marked = len(self.model.marked)
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(f"&Replace {quantity(marked, 'place')}")
        button.setEnabled(marked > 0)


def _columns(replacement: str) -> list[ListColumn[Hit]]:
    return [
        ListColumn("Record", 110, lambda hit: hit.title),
        ListColumn("Field", 110, lambda hit: FIELDS[hit.field].label),
        ListColumn("Before", 320, lambda hit: _in_context(hit, hit.words)),
        ListColumn("After", 320, lambda hit: _in_context(hit, replacement)),
    ]


def _in_context(hit: Hit, words: str) -> str:
    before = hit.before
    if len(before) > _MAX_BEFORE:
        before = f"…{before[-_MAX_BEFORE:].partition(' ')[2]}"
    after = hit.after
    if hit.text.endswith(after):
        return f"{before}{words}{after}"
    return f"{before}{words}{after.rpartition(' ')[0]}…"
