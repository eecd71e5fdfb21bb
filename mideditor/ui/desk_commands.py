"""The commands that work on the open desk, each a method named as in the command table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from mideditor.domain.codes import ReviewState
from mideditor.domain.steps import StepKind
from mideditor.ui.desk_view import DeskView


class DeskCommands:
    """Acts on what the desk shows; ``say`` puts a line into the status bar."""

    def __init__(self, view: DeskView, say: Callable[[str], None]) -> None:
        self._view = view
        self._say = say

    def undo(self) -> None:
        """Take back the last step."""
        self._view.desk.undo()

    def redo(self) -> None:
        """Make the last undone step again."""
        self._view.desk.redo()

    def commit_field(self) -> None:
        """Commit the field in which the cursor is."""
        self._view.commit_field()

    def take_back(self) -> None:
        """Give the field in which the cursor is its original value."""
        field = self._view.field_with_focus()
        if field is None:
            self._say("Put the cursor into the field to take back.")
            return
        box = self._view.form.boxes.get(field) or self._view.texts.panels[field]
        box.take_back()

    def switch_kind(self) -> None:
        """Correction to coding change, or back."""
        desk = self._view.desk
        coding = desk.kind is StepKind.CODING
        desk.choose_kind(StepKind.CORRECTION if coding else StepKind.CODING)
        self._say(f"Edits are now recorded as {desk.kind.label}s")

    def focus_reason(self) -> None:
        """Put the cursor into the reason."""
        self._view.edit_bar.focus_reason()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._view.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.filter.selectAll()

    def next_record(self) -> None:
        """Go one row down, in the same field."""
        self._step(1)

    def previous_record(self) -> None:
        """Go one row up, in the same field."""
        self._step(-1)

    def next_finding(self) -> None:
        """Go to the next row that has a finding, after the last to the first again."""
        view = self._view
        if not view.table.step_to_finding() or view.desk.record_id is None:
            self._say("No record in the table has a finding.")
            return
        finding = view.desk.checks.of(view.desk.record_id)[0]
        view.focus_field(finding.field, finding.quote)
        self._say(finding.message)

    def mark_coded(self) -> None:
        """Set the review state to coded and go one row down."""
        self._view.desk.leaving.emit()
        if self._view.desk.commit("review", ReviewState.CODED):
            self._step(1)

    def go_to_table(self) -> None:
        """Put the cursor into the table."""
        self._view.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_form(self) -> None:
        """Put the cursor into the first field of the form."""
        if self._view.form.boxes:
            self._view.form.focus(next(iter(self._view.form.boxes)))

    def go_to_narrative(self) -> None:
        """Put the cursor into the narrative."""
        self._focus_field("narrative")

    def go_to_coding_changes(self) -> None:
        """Put the cursor into the coding changes."""
        self._focus_field("coding_changes")

    def go_to_record_log(self) -> None:
        """Show the log of the record."""
        self._view.show_log(self._view.record_log)

    def go_to_project_log(self) -> None:
        """Show the log of the project."""
        self._view.show_log(self._view.project_log)

    def go_to_source(self) -> None:
        """Show the record and its field in the source."""
        self._view.show_source()

    def go_to_doubts(self) -> None:
        """Show the doubtful readings."""
        self._view.show_doubts()

    def go_to_review(self) -> None:
        """Show what newer texts tell otherwise."""
        self._view.show_review()

    def _step(self, by: int) -> None:
        view = self._view
        field = view.field_with_focus()
        if not view.table.step(by):
            self._say("This is the last record." if by > 0 else "This is the first record.")
        elif field is not None:
            view.focus_field(field)

    def _focus_field(self, field: str) -> None:
        self._view.focus_field(field)
