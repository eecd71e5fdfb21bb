"""The commands that work on the open desk, each a method named as in the command table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mideditor.domain.codes import ReviewState
from mideditor.domain.steps import Step, StepKind
from mideditor.session.edits.bulk_edit import set_for_all
from mideditor.session.log.record_versions import restore_version
from mideditor.session.table.copied_rows import Copied, copying
from mideditor.session.undoing import records_of
from mideditor.session.work import Work
from mideditor.ui.desk_view import DeskView
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.history.field_history import FieldHistory
from mideditor.ui.kit.clipboard import put_on_clipboard
from mideditor.ui.kit.jobs import Jobs
from mideditor.ui.look.theme import Theme


class DeskCommands:
    """Acts on what the desk shows; ``say`` puts a line into the status bar.

    What takes long is done by ``jobs``.
    """

    def __init__(
        self,
        view: DeskView,
        theme: Theme,
        dialogs: Dialogs,
        say: Callable[[str], None],
        jobs: Jobs,
    ) -> None:
        self._view = view
        self._theme = theme
        self._dialogs = dialogs
        self._say = say
        self._jobs = jobs

    def undo(self) -> None:
        """Take back the last step, and show where."""
        session = self._view.desk.session
        self._view.desk.leaving.emit()
        step = session.history.next_undo
        self._reverse("Undoing", "Undone", step, session.undoing())

    def redo(self) -> None:
        """Make the last undone step again, and show where."""
        session = self._view.desk.session
        self._reverse("Redoing", "Done again", session.history.next_redo, session.redoing())

    def commit_field(self) -> None:
        """Commit the field in which the cursor is."""
        self._view.commit_field()

    def commit_and_next(self) -> None:
        """Commit the field in which the cursor is, and go to that of the next record."""
        view = self._view
        field = view.field_with_focus()
        view.commit_field()
        if (view.desk.record_id, field) in view.desk.drafts:
            self._say("What was typed is no value of the field: put it right, or Esc forgets it.")
        else:
            self._step(1)

    def take_back(self) -> None:
        """Give the field in which the cursor is its original value."""
        field = self._view.field_with_focus()
        if field is None:
            self._say("Put the cursor into the field to take back.")
            return
        box = self._view.form.boxes.get(field) or self._view.texts.panels[field]
        box.take_back()

    def field_history(self) -> None:
        """Show who changed the field in which the cursor is, when, how and why.

        In the coding changes that is the field of which the sentence at the cursor tells.
        """
        field = self._view.field_with_focus()
        if field == "coding_changes":
            field = self._view.texts.coding_changes.told_field()
        cursor = QApplication.focusWidget()
        if field is None or cursor is None:
            self._say("Put the cursor into the field whose history you want to see.")
        else:
            FieldHistory(self._view.desk, self._theme, field, self._view).show_below(cursor)

    def compare_moments(self) -> None:
        """Show the record at two moments, and bring the earlier one back where that is wanted."""
        desk = self._view.desk
        desk.leaving.emit()
        record = desk.record_id
        moment = None if record is None else self._dialogs.moment_to_bring_back(self._theme, desk)
        if record is None or moment is None:
            return
        made: list[Step] = []
        reason = desk.reason or f"Back to the record {moment}"
        desk.attempt(lambda: made.extend(restore_version(desk.session, record, moment, reason)))
        if made:
            self._say(f"{desk.title(record)} {moment} · step {made[-1].number}, on disk")

    def owed_reasons(self) -> None:
        """List the coding changes that owe their reason, and give one to several at once."""
        self._view.desk.leaving.emit()
        desk = self._view.desk
        if not desk.session.history.owing():
            self._say("No coding change owes its reason.")
            return
        given = self._dialogs.reason_to_give(desk)
        if given is None:
            return
        step = desk.attempt(lambda: desk.session.explain(given.steps, given.reason, given.citation))
        if isinstance(step, Step):
            self._say(f"Reason given for {len(given.steps)} steps · step {step.number}, on disk")

    def change_several(self) -> None:
        """Set a field of all records that are chosen in the table."""
        self._view.desk.leaving.emit()
        desk, records = self._view.desk, self._view.table.chosen_records()
        if len(records) < 2:
            self._say("Choose several records first: Shift+Down or Ctrl+A in the table.")
            return
        wanted = self._dialogs.change_for_several(desk, records)
        if wanted is None:
            return
        step = desk.attempt(
            lambda: set_for_all(
                desk.session,
                wanted.kind,
                wanted.records,
                wanted.field,
                wanted.value,
                reason=wanted.reason,
                citation=wanted.citation,
            )
        )
        if isinstance(step, Step):
            count = len({change.record for change in step.changes})
            self._say(f"{wanted.field.label} of {count} records · step {step.number}, on disk")

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

    def sort_by(self) -> None:
        """List the columns, to sort by them."""
        self._view.above.setCurrentIndex(0)
        self._view.table.offer_columns()

    def choose_columns(self) -> None:
        """List the columns, to hide and to show them."""
        self.sort_by()

    def copy_rows(self) -> None:
        """Copy the chosen rows, with all columns that are shown, to the clipboard."""
        desk, table = self._view.desk, self._view.table
        records = table.chosen_records()
        if not records:
            self._say("Choose the rows to copy first.")
            return
        work = copying(desk.session, desk.rows, records, table.shown_columns())
        label = f"Copying {_rows(len(records))}"
        self._jobs.run_in_slices(label, work, len(records), self._put_on_clipboard, desk.tell)

    def show_work(self) -> None:
        """Show disputes by year and the work by week in the place of the records."""
        self._view.show_work()

    def review_changes(self) -> None:
        """Show the changes to review in the place of the records, or the records again."""
        self._view.review_changes()

    def show_facets(self) -> None:
        """Show the facets, or put them away."""
        self._view.show_facets()

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

    def _reverse(self, doing: str, done: str, step: Step | None, work: Work[Step]) -> None:
        desk, count = self._view.desk, records_of(step)
        label = f"{doing} step {step.number}, {_records(count)}" if step else doing
        self._jobs.run_in_slices(
            label, work, count, lambda made: desk.show_step(done, made), desk.tell
        )

    def _put_on_clipboard(self, copied: Copied) -> None:
        put_on_clipboard(copied.text, copied.html)
        self._say(f"{_rows(copied.count)} copied")

    def _step(self, by: int) -> None:
        view = self._view
        field = view.field_with_focus()
        if not view.table.step(by):
            self._say("This is the last record." if by > 0 else "This is the first record.")
        elif field is not None:
            view.focus_field(field)

    def _focus_field(self, field: str) -> None:
        self._view.focus_field(field)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
