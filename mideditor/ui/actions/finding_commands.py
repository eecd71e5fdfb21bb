"""Commands on findings, questions and the state list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mideditor.domain.counting import quantity
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.states import StateList
from mideditor.export.findings_reports import FINDINGS_FORMATS
from mideditor.files.outputs import Output
from mideditor.files.user_error import UserError
from mideditor.reference.state_list import own_list_path, use_state_list
from mideditor.session.checks.fixes import FieldValues
from mideditor.session.edits.questions import next_question, questions_on
from mideditor.session.work import in_one_part
from mideditor.ui.actions.chosen_output import chosen_output
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.actions.published_commands import REPORTS, UnknownEnding
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView
from mideditor.ui.form.field_questions import FieldQuestions


class FindingCommands:
    """Handles commands on findings and questions. ``reopen`` closes and reopens the project."""

    def __init__(self, view: DeskView, context: CommandContext, reopen: Callable[[], None]) -> None:
        self._view = view
        self._theme = context.theme
        self._dialogs = context.dialogs
        self._scheduler = context.scheduler
        self._settings = context.settings
        self._say = context.say
        self._reopen = reopen
        view.findings.fixes_found.connect(self.fix_all)

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "report_findings": self.report_findings,
            "ask_about_field": self.ask_about_field,
            "answer_question": self.answer_question,
            "choose_state_list": self.choose_state_list,
        }

    def fix_all(self, rule: str, values: FieldValues) -> None:
        """Preview all certain fixes of a rule, and make the ones that the user selects."""
        if not values:
            self._say(f"The fixes of “{rule}” would change nothing any more.")
            return
        wanted = self._dialogs.fixes_to_make(self._view.desk, rule, values)
        if wanted is not None:
            self._view.findings.finding_actions.apply_fixes(*wanted)

    def report_findings(self) -> None:
        """Ask for the target and write all findings in the background."""
        found = self._view.findings.all_findings()
        if found is None:
            self._say("The records are still being looked at.")
            return
        target = self._dialogs.findings_target(self._settings.folder / "findings.html")
        output = chosen_output(self._view, target) if target is not None else None
        if output is not None:
            self._scheduler.run_in_thread(
                "Writing the report",
                in_one_part(lambda: _write(found, output)),
                lambda path: self._say(f"Written to {path}"),
            )

    def ask_about_field(self) -> None:
        """Ask a question about the focused field."""
        field, focused = self._view.field_with_focus(), QApplication.focusWidget()
        if field is None or focused is None:
            self._say("Put the cursor into the field that you want to ask about.")
            return
        desk = self._view.desk
        FieldQuestions(desk, self._theme, field, self._view, asks=True).show_below(focused)

    def answer_question(self) -> None:
        """Show the questions on the focused field, or on the first field with questions."""
        view = self._view
        record = view.desk.record
        if record is None:
            return
        field = view.field_with_focus()
        if field is None or not questions_on(record, field):
            question = next_question(record)
            if question is None:
                self._say("Nobody has asked about this record.")
                return
            field = question.field
            view.focus_field(field)
        anchor = QApplication.focusWidget() or view
        FieldQuestions(view.desk, self._theme, field, view, asks=False).show_below(anchor)

    def choose_state_list(self) -> None:
        """Show which list of states is in use, and let the user select another one."""
        self._view.desk.commit_pending()
        states, own = self._view.desk.session.states, own_list_path()
        is_own = own.exists()
        which = f"one of your own ({own})" if is_own else "the one that comes with the program"
        summary = f"The list of states in use is {which}: {_states(states)}."
        answer = self._dialogs.state_list(summary, is_own)
        path = self._dialogs.state_list_file(self._settings.folder) if answer == "another" else None
        if path is None and answer != "bundled":
            return
        try:
            new_states = use_state_list(path)
        except UserError as error:
            self._view.desk.show_error(str(error))
            return
        self._reopen()
        source = path.name if path else "the program"
        self._say(f"The list of states is now that of {source}: {_states(new_states)}.")


def _write(found: list[FindingRow], output: Output) -> Path:
    ending = output.path.suffix.lower()
    if ending not in REPORTS:
        raise UnknownEnding(output.path)
    output.write(FINDINGS_FORMATS[REPORTS[ending]](found).encode("utf-8"))
    return output.path


def _states(states: StateList) -> str:
    return quantity(len(states), "state", separator=",")
