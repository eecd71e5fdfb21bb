"""The desk: the open project as the widgets see it, with the record and the way of editing chosen.

Widgets read from the session and hand every edit to `commit`; they hear of changes by signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from PySide6.QtCore import QObject, Signal

from mideditor.domain.fields import FIELDS
from mideditor.domain.record import Record, RecordId
from mideditor.domain.steps import WHOLE_RECORD, Step, StepKind
from mideditor.domain.titles import record_title
from mideditor.files.user_error import FileError, UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.field_edit import edit_fields, revert, typed_value
from mideditor.session.edits.recent_reasons import RecentReasons
from mideditor.session.session import Changed, Session
from mideditor.session.table.record_rows import RecordRows
from mideditor.ui.commands.key_words import KeyWords
from mideditor.ui.kit.scheduler import Scheduler

Draft = str
"""What was typed into a field and could not be committed yet."""


class Desk(QObject):
    """One session at work. Widgets call the methods; the window hears of it by the signals.

    `committing` asks editors to commit what is typed in them. `chosen` says which record is on the
    desk, `changed` that a step was made, `kind_changed` that edits are now corrections or coding
    changes, `pointed` which field is to have the focus. `said` carries a line for the status bar,
    `failed` a message that the user must see, `refused` one of a disk that takes no edits.
    """

    committing = Signal()
    chosen = Signal(object)
    changed = Signal(object)
    kind_changed = Signal(object)
    said = Signal(str)
    failed = Signal(str)
    refused = Signal(str)
    pointed = Signal(str, str)
    command_requested = Signal(str)

    def __init__(
        self, session: Session, scheduler: Scheduler, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.scheduler = scheduler
        self.checks = Checks(session)
        self.rows = RecordRows(session, self.checks)
        self.record_id: RecordId | None = None
        self.kind = StepKind.CORRECTION
        self.reason = ""
        self.citation = ""
        self.drafts: dict[tuple[RecordId, str], Draft] = {}
        self.keys = KeyWords(self)
        self.reasons = RecentReasons(session.history)
        session.subscribe(self._tell)

    @property
    def record(self) -> Record | None:
        """The record on the desk."""
        return None if self.record_id is None else self.session.record(self.record_id)

    def commit_pending(self) -> None:
        """Commit what is being typed anywhere in the window."""
        self.committing.emit()

    def say(self, text: str) -> None:
        """Show a line in the status bar for a while."""
        self.said.emit(text)

    def show_error(self, message: str) -> None:
        """Show a message that the user must see."""
        self.failed.emit(message)

    def run(self, command: str) -> None:
        """Run a command of the window by its name in the command table."""
        self.command_requested.emit(command)

    def choose(self, record: RecordId | None) -> None:
        """Put a record on the desk; what is being typed is committed first."""
        if record == self.record_id:
            return
        self.commit_pending()
        self.record_id = record
        self.chosen.emit(record)

    def go_to(self, record: RecordId, field: str) -> None:
        """Choose a record and put the cursor into one of its fields."""
        self.choose(record)
        self.pointed.emit(field, "")

    def choose_kind(self, kind: StepKind) -> None:
        """Make the next edits corrections or coding changes."""
        if kind != self.kind:
            self.commit_pending()
            self.kind = kind
            self.kind_changed.emit(kind)

    def commit(self, field: str, value: Any) -> bool:
        """Set a field of the record on the desk; False where that failed, with the user told."""
        return self.commit_several({field: value})

    def commit_several(self, values: dict[str, Any]) -> bool:
        """Set several fields of the record on the desk as one step."""
        record = self.record_id
        if record is None:
            return False
        step = self.attempt(
            lambda: edit_fields(
                self.session, record, values, self.kind, reason=self.reason, citation=self.citation
            )
        )
        if step is _FAILED:
            return False
        for field in values:
            self.drafts.pop((record, field), None)
        if isinstance(step, Step):
            self.say(self._sentence(step))
        return True

    def take_back(self, field: str) -> bool:
        """Give a field of the record on the desk its original value again."""
        record = self.record_id
        if record is None:
            return False
        self.drafts.pop((record, field), None)
        step = self.attempt(lambda: revert(self.session, record, field))
        if step is None:
            self.chosen.emit(record)
        if isinstance(step, Step):
            self.say(f"Taken back: {self._sentence(step)}")
        return step is not _FAILED

    def show_step(self, word: str, step: Step) -> None:
        """Go where a step was made, and say what was done: ``Undone``."""
        shown = [change for change in step.changes if change.field in FIELDS]
        if shown and step.changes[0].field != WHOLE_RECORD:
            self.go_to(shown[0].record, shown[0].field)
        self.say(f"{word}: {self._sentence(step)}")

    def attempt(self, action: Callable[[], Step | None]) -> object:
        """Run an action that may make a step; error is told, and is not a step."""
        try:
            return action()
        except FileError as error:
            self.refused.emit(str(error))
            return _FAILED
        except UserError as error:
            self.show_error(str(error))
            return _FAILED

    def show_failure(self, error: Exception) -> None:
        """Show the error that stopped work done in parts; raises any that is not the user's."""

        def again() -> NoReturn:
            raise error

        self.attempt(again)

    def _sentence(self, step: Step) -> str:
        if not step.changes:
            return f"{step.kind.label} (step {step.number})"
        fields = list(dict.fromkeys(change.field for change in step.changes))
        if WHOLE_RECORD in fields:
            records = len({change.record for change in step.changes})
            return f"import of {records} records (step {step.number})"
        names = ", ".join(FIELDS[field].label for field in fields if field in FIELDS)
        record = step.changes[0].record
        return f"{names} of {self.title(record)} · {step.kind.label} · step {step.number}, on disk"

    def title(self, record: RecordId) -> str:
        """What a record is called."""
        return record_title(self.session.record(record))

    def parse(self, field: str, text: str) -> Any:
        """What was typed as the field's value; raises ValueError with words for the user."""
        assert self.record_id is not None
        return typed_value(self.session, self.record_id, field, text)

    def _tell(self, changed: Changed) -> None:
        if changed.membership and self.record_id not in set(self.session.ids()):
            self.record_id = None
            self.chosen.emit(None)
        self.changed.emit(changed)


_FAILED = object()
