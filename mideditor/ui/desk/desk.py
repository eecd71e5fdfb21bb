"""The desk: the open project as widgets see it, with the current record and the kind of edits.

Widgets read from the session, make every edit through the desk, and update on its signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from PySide6.QtCore import QObject, Signal

from mideditor.domain.changes import WHOLE_RECORD, ChangeKind
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import Record, RecordId
from mideditor.domain.steps import Step
from mideditor.domain.titles import record_title
from mideditor.files.user_error import FileError, UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edits.field_edit import edit_fields, revert, typed_value
from mideditor.session.edits.recent_reasons import RecentReasons
from mideditor.session.session import Changed, Session
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.undoing import records_of
from mideditor.ui.commands.key_words import KeyWords
from mideditor.ui.kit.scheduler import Scheduler

Draft = str
"""Text typed into a field that could not be committed yet."""


class Desk(QObject):
    """An open session with its current record. Widgets call methods; the window connects signals.

    `commit_requested` asks editors to commit pending text. `record_selected` carries the id of the
    new current record or None, `changed` what a step changed, `kind_changed` the new kind of edits,
    `focus_requested` the field to focus and the words to select in it. `said` carries a line for
    the status bar, `failed` a message that the user must see, `write_failed` the message of an edit
    that could not be written to disk, `command_requested` the name of a command to run.
    """

    commit_requested = Signal()
    record_selected = Signal(object)
    changed = Signal(object)
    kind_changed = Signal(object)
    said = Signal(str)
    failed = Signal(str)
    write_failed = Signal(str)
    focus_requested = Signal(str, str)
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
        self.kind = ChangeKind.CORRECTION
        self.reason = ""
        self.citation = ""
        self.drafts: dict[tuple[RecordId, str], Draft] = {}
        self.keys = KeyWords(self)
        self.reasons = RecentReasons(session.history)
        session.subscribe(self._on_changed)

    @property
    def record(self) -> Record | None:
        """The current record."""
        return None if self.record_id is None else self.session.record(self.record_id)

    def commit_pending(self) -> None:
        """Commit pending text in any editor of the window."""
        self.commit_requested.emit()

    def say(self, text: str) -> None:
        """Show a line in the status bar for a while."""
        self.said.emit(text)

    def show_error(self, message: str) -> None:
        """Show a message that the user must see."""
        self.failed.emit(message)

    def run(self, command: str) -> None:
        """Run a command of the window by its name in the command table."""
        self.command_requested.emit(command)

    def select(self, record: RecordId | None) -> None:
        """Make a record the current one; pending text is committed first."""
        if record == self.record_id:
            return
        self.commit_pending()
        self.record_id = record
        self.record_selected.emit(record)

    def focus_field(self, field: str, quote: str = "") -> None:
        """Focus a field of the current record, with the quoted words selected in it."""
        self.focus_requested.emit(field, quote)

    def go_to(self, record: RecordId, field: str) -> None:
        """Select a record and focus one of its fields."""
        self.select(record)
        self.focus_field(field)

    def set_kind(self, kind: ChangeKind) -> None:
        """Make the next edits corrections or coding changes."""
        if kind != self.kind:
            self.commit_pending()
            self.kind = kind
            self.kind_changed.emit(kind)

    def commit(self, field: str, value: Any) -> bool:
        """Set a field of the current record; on failure, show the error and return False."""
        return self.commit_fields({field: value})

    def commit_fields(self, values: dict[str, Any]) -> bool:
        """Set several fields of the current record in one step."""
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
            self.say(self._describe(step))
        return True

    def revert(self, field: str) -> bool:
        """Set a field of the current record back to its original value."""
        record = self.record_id
        if record is None:
            return False
        self.drafts.pop((record, field), None)
        step = self.attempt(lambda: revert(self.session, record, field))
        if step is None:
            self.record_selected.emit(record)
        if isinstance(step, Step):
            self.say(f"Taken back: {self._describe(step)}")
        return step is not _FAILED

    def show_step(self, word: str, step: Step) -> None:
        """Go to the first field that a step changed, and report it: ``Undone: …``."""
        changes = step.record_changes
        shown = [change for change in changes if change.field in FIELDS]
        if shown and changes[0].field != WHOLE_RECORD:
            self.go_to(shown[0].record, shown[0].field)
        self.say(f"{word}: {self._describe(step)}")

    def attempt(self, action: Callable[[], Step | None]) -> object:
        """Run an action that may make a step; if it fails, show the error and return no step."""
        try:
            return action()
        except FileError as error:
            self.write_failed.emit(str(error))
            return _FAILED
        except UserError as error:
            self.show_error(str(error))
            return _FAILED

    def show_failure(self, error: Exception) -> None:
        """Show the error that ended long work; raises it unless it is a UserError."""

        def fail() -> NoReturn:
            raise error

        self.attempt(fail)

    def _describe(self, step: Step) -> str:
        changes = step.record_changes
        if not changes:
            return f"{step.kind.label} (step {step.number})"
        fields = list(dict.fromkeys(change.field for change in changes))
        if WHOLE_RECORD in fields:
            records = records_of(step)
            return f"import of {records} records (step {step.number})"
        names = ", ".join(FIELDS[field].label for field in fields if field in FIELDS)
        record = changes[0].record
        return f"{names} of {self.title(record)} · {step.kind.label} · step {step.number}, on disk"

    def title(self, record: RecordId) -> str:
        """The display title of a record."""
        return record_title(self.session.record(record))

    def parse(self, field: str, text: str) -> Any:
        """Parse typed text as a value of a field; raises ValueError with a message for the user."""
        assert self.record_id is not None
        return typed_value(self.session, self.record_id, field, text)

    def _on_changed(self, changed: Changed) -> None:
        if changed.membership and self.record_id not in set(self.session.ids()):
            self.record_id = None
            self.record_selected.emit(None)
        self.changed.emit(changed)


_FAILED = object()
