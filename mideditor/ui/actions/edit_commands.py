"""Commands that edit: undo and redo, the focused field, selected records, reasons."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import ReviewState
from mideditor.domain.counting import quantity
from mideditor.domain.steps import Step
from mideditor.session.edits.bulk_edit import set_for_all
from mideditor.session.log.record_versions import restore_version
from mideditor.session.session import Changed
from mideditor.session.undo_question import (
    UndoQuestion,
    is_of_another,
    step_in_words,
    undo_question,
)
from mideditor.session.undoing import records_of
from mideditor.session.work import Work
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.menus import Menus
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView
from mideditor.ui.history.field_history import FieldHistory


class EditCommands:
    """Changes records of the open project, or shows why that is not possible."""

    def __init__(self, view: DeskView, context: CommandContext) -> None:
        self._view = view
        self._theme = context.theme
        self._dialogs = context.dialogs
        self._say = context.say
        self._scheduler = context.scheduler
        self._asked = ""
        """The question of the banner before an undo."""
        view.desk.session.subscribe(self._forget_question)

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "undo": self.undo,
            "redo": self.redo,
            "commit_field": self._view.commit_field,
            "commit_and_next": self.commit_and_next,
            "take_back": self.take_back,
            "field_history": self.field_history,
            "compare_moments": self.compare_moments,
            "owed_reasons": self.owed_reasons,
            "change_several": self.change_several,
            "switch_kind": self.switch_kind,
            "focus_reason": self._view.edit_bar.focus_reason,
            "mark_coded": self.mark_coded,
        }

    def undo(self) -> None:
        """Undo the coder's last step and show the field that it changed.

        Where that would take back a step of another coder, or added records, the banner asks first.
        """
        session = self._view.desk.session
        self._view.desk.commit_pending()
        question = undo_question(session)
        if question is None:
            self._undo(session.history.next_undo(session.author))
        else:
            self._ask(question)

    def _ask(self, question: UndoQuestion) -> None:
        self._asked = question.text
        answer = (question.answer, lambda: self._undo_as_asked(question))
        self._view.banner.show_notice(question.text, answer)

    def _undo_as_asked(self, question: UndoQuestion) -> None:
        """Undo the step, unless another one would be undone by now."""
        if undo_question(self._view.desk.session) == question:
            self._undo(question.step)
        else:
            self.undo()

    def _forget_question(self, _: Changed) -> None:
        """Take away a question that is not true any more."""
        if self._asked and self._view.banner.text == self._asked:
            self._view.banner.hide()
        self._asked = ""

    def redo(self) -> None:
        """Redo the last undone step and show the field that it changed."""
        session = self._view.desk.session
        self._reverse(
            "Redoing", "Done again", session.history.next_redo(session.author), session.redo_work()
        )

    def commit_and_next(self) -> None:
        """Commit the focused field and go to the same field of the next record."""
        view = self._view
        field = view.field_with_focus()
        view.commit_field()
        if (view.desk.record_id, field) in view.desk.drafts:
            self._say("What was typed is no value of the field: put it right, or Esc forgets it.")
        else:
            self._view.step_record(1)

    def take_back(self) -> None:
        """Revert the focused field to its original value."""
        field = self._view.field_with_focus()
        if field is None:
            self._say("Put the cursor into the field to take back.")
            return
        box = self._view.form.boxes.get(field) or self._view.texts.panels[field]
        box.revert()

    def field_history(self) -> None:
        """Show the changes of the focused field.

        In the coding changes it is the field that the sentence at the caret is about.
        """
        field = self._view.field_with_focus()
        if field == "coding_changes":
            field = self._view.texts.coding_changes.sentence_field()
        focused = QApplication.focusWidget()
        if field is None or focused is None:
            self._say("Put the cursor into the field whose history you want to see.")
        else:
            FieldHistory(self._view.desk, self._theme, field, self._view).show_below(focused)

    def compare_moments(self) -> None:
        """Compare two versions of the record and restore the earlier one on request."""
        desk = self._view.desk
        desk.commit_pending()
        record = desk.record_id
        version = None if record is None else self._dialogs.version_to_restore(self._theme, desk)
        if record is None or version is None:
            return
        reason = desk.reason or f"Back to the record {version}"
        step = desk.attempt(lambda: restore_version(desk.session, record, version, reason))
        if isinstance(step, Step):
            self._say(f"{desk.title(record)} {version} · step {step.number}, on disk")

    def owed_reasons(self) -> None:
        """List the coding changes without a reason, and give one reason to several of them."""
        self._view.desk.commit_pending()
        desk = self._view.desk
        if not desk.session.history.needing_reason():
            self._say("No coding change owes its reason.")
            return
        given = self._dialogs.missing_reason(desk)
        if given is None:
            return
        step = desk.attempt(lambda: desk.session.explain(given.steps, given.reason, given.citation))
        if isinstance(step, Step):
            self._say(f"Reason given for {len(given.steps)} steps · step {step.number}, on disk")

    def change_several(self) -> None:
        """Set one field of all records selected in the table."""
        self._view.desk.commit_pending()
        desk, records = self._view.desk, self._view.table.selected_records()
        if len(records) < 2:
            self._say("Choose several records first: Shift+Down or Ctrl+A in the table.")
            return
        edit = self._dialogs.bulk_edit(desk, records)
        if edit is None:
            return
        work = set_for_all(
            desk.session,
            edit.kind,
            edit.records,
            edit.field,
            edit.value,
            reason=edit.reason,
            citation=edit.citation,
        )

        def say(step: Step | None) -> None:
            if step is not None:
                count = records_of(step)
                self._say(f"{edit.field.label} of {count} records · step {step.number}, on disk")

        label = f"Changing {quantity(len(edit.records), 'record', separator=',')}"
        self._scheduler.run_in_slices(label, work, say, desk.show_failure)

    def switch_kind(self) -> None:
        """Switch between corrections and coding changes."""
        desk = self._view.desk
        coding = desk.kind is ChangeKind.CODING
        desk.set_kind(ChangeKind.CORRECTION if coding else ChangeKind.CODING)
        self._say(f"Edits are now recorded as {desk.kind.label}s")

    def mark_coded(self) -> None:
        """Set the review state to coded and go to the next record."""
        self._view.desk.commit_pending()
        if self._view.desk.commit("review", ReviewState.CODED):
            self._view.step_record(1)

    def _undo(self, step: Step | None) -> None:
        session = self._view.desk.session
        done = "Undone"
        if step is not None and is_of_another(session, step):
            done = f"Undone, step {step.number} by {step.author}"
        self._reverse("Undoing", done, step, session.undo_work(step.number if step else None))

    def _reverse(self, doing: str, done: str, step: Step | None, work: Work[Step]) -> None:
        desk, count = self._view.desk, records_of(step)
        records = quantity(count, "record", separator=",")
        label = f"{doing} step {step.number}, {records}" if step else doing
        self._scheduler.run_in_slices(
            label, work, lambda made: desk.show_step(done, made), desk.show_failure
        )


def describe_undo(menus: Menus, view: DeskView | None) -> None:
    """Name in the menus the steps that undo and redo would take back and repeat."""
    words = {"undo": "", "redo": ""}
    if view is not None:
        session = view.desk.session
        undo = session.history.next_undo(session.author)
        redo = session.history.next_redo(session.author)
        words["undo"] = step_in_words(session, undo) if undo else ""
        words["redo"] = step_in_words(session, redo) if redo else ""
    for name, what in words.items():
        menus.describe(name, what)
