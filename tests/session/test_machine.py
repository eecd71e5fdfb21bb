"""Random edits, undos, restores, saves and reopens, compared with a simple model."""

from __future__ import annotations

import copy
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from mideditor.domain.changes import ChangeKind, FieldChanged
from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.steps import Step
from mideditor.session.project.restoring import (
    find_changes_back,
    list_backups,
    read_backup,
    restore,
)
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo, return_to
from mideditor.session.work import run_now
from mideditor.store.project import Records
from mideditor.store.project_store import ProjectStore
from tests.session.chapters import (
    ALASKA,
    CHAPTER,
    TRAINER,
    file_of,
    import_text,
    one_entry,
    open_session,
    ticking,
)
from tests.store.steps import hourly_clock

Model = dict[int, dict[str, str]]
"""The printed values by record and field."""


@dataclass(frozen=True)
class Moment:
    """The state of the model at some time, with its undo stack."""

    now: Model
    done: tuple[Moment, ...]


records = st.sampled_from([ALASKA, TRAINER])
edits = st.one_of(
    st.tuples(st.just("outcome"), st.sampled_from(["Unclear", "Stalemate", "Released"])),
    st.tuples(st.just("end_date"), st.sampled_from(["March 15, 1963", "March 1963", ""])),
    st.tuples(st.just("side_b"), st.sampled_from(["365 Russia", "365 Russia, 40 Cuba", ""])),
)
kinds = st.sampled_from([ChangeKind.CORRECTION, ChangeKind.CODING])


class Desk(RuleBasedStateMachine):
    """A session, and a model that keeps whole states on an undo and a redo stack."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "p.mid.json")
        self.minutes = ticking()
        self.session = self.opened()
        import_text(self.session, self.path.with_name("chapter.txt"), CHAPTER)
        self.now: Model = {record: self.printed(record) for record in (ALASKA, TRAINER)}
        self.original = copy.deepcopy(self.now)
        self.done: tuple[Moment, ...] = ()
        self.undone: list[Moment] = []
        self.steps = 1
        self.imports = 0
        self.moments: dict[int, tuple[Moment, Records]] = {}

    def opened(self) -> Session:
        return open_session(self.path, create=True, clock=lambda: next(self.minutes))

    def moment(self) -> Moment:
        return Moment(copy.deepcopy(self.now), self.done)

    def step_made(self) -> None:
        """Call this before the model changes."""
        self.done = (*self.done, self.moment())
        self.undone.clear()
        self.steps += 1

    def printed(self, record: int) -> dict[str, str]:
        found = self.session.record(record)
        return {name: printed_value(FIELDS[name], getattr(found, name)) for name in FIELDS_USED}

    @rule(record=records, edit=edits, kind=kinds)
    def edit(self, record: int, edit: tuple[str, str], kind: ChangeKind) -> None:
        field, text = edit
        if record not in self.now:
            return
        value = FIELDS[field].parse(text, self.session.states)
        step = self.session.edit(kind, {record: {field: value}})
        assert (step is None) == (self.now[record][field] == text)
        if step is not None:
            self.step_made()
            self.now[record][field] = text

    @precondition(lambda self: self.imports < 3)
    @rule()
    def import_another(self) -> None:
        self.imports += 1
        self.step_made()
        text = self.path.with_name("another.txt")
        (record,) = import_text(self.session, text, one_entry(100 + self.imports))
        self.now[record] = self.printed(record)
        self.original[record] = copy.deepcopy(self.now[record])

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.session.undo()
        self.undone.append(self.moment())
        self.now, self.done = copy.deepcopy(self.done[-1].now), self.done[-1].done
        self.steps += 1

    @rule()
    def redo(self) -> None:
        if self.undone:
            self.session.redo()
            again = self.undone.pop()
            self.now, self.done = copy.deepcopy(again.now), again.done
            self.steps += 1
        else:
            try:
                self.session.redo()
            except CannotUndo:
                return
            raise AssertionError("there was nothing to redo")

    @rule()
    def reopen(self) -> None:
        self.session.close()
        self.moments.clear()
        self.session = self.opened()

    @rule()
    def crash(self) -> None:
        self.session.abandon()
        self.moments.clear()
        self.session = self.opened()

    @precondition(lambda self: self.moments)
    @rule(choice=st.integers(0, 99))
    def go_back(self, choice: int) -> None:
        """The undo stack is then that of the earlier moment, with the restore on top."""
        number = sorted(self.moments)[choice % len(self.moments)]
        then, view = self.moments[number]
        self.restored(then, self.session.apply([run_now(return_to(self.session, number, view))]))
        assert as_stored(self.session) == dict(view)

    @rule()
    def remember(self) -> None:
        """A state to go back to."""
        self.moments[self.steps] = self.moment(), self.session.frozen().documents()

    def restored(self, then: Moment, step: Step | None) -> None:
        if step is not None:
            before = self.moment()
            self.step_made()
            self.now, self.done = copy.deepcopy(then.now), (*then.done, before)

    @invariant()
    def records_are_as_in_the_model(self) -> None:
        assert {record: self.printed(record) for record in self.now} == self.now
        assert self.now.keys() == {*self.session.ids()} & self.original.keys()
        assert len(self.session.history.steps) == self.steps

    @invariant()
    def originals_never_change(self) -> None:
        for record in self.now:
            fields = self.original[record]
            first = self.session.original(record)
            assert {
                name: printed_value(FIELDS[name], getattr(first, name)) for name in fields
            } == fields

    @invariant()
    def cached_histories_agree_with_the_log(self) -> None:
        history = self.session.history
        fresh = self.session.frozen()
        for record in self.now:
            assert self.session.standing_edits(record) == history.standing_edits_of(record)
            values = self.session.original_values(record)
            assert values == fresh.original_values(record)
            assert self.session.list_values(record) == fresh.list_values(record)

    @invariant()
    def changed_outcomes_are_printed(self) -> None:
        for record in self.now:
            coded = self.session.history.coding_of(record)
            old = [
                change.old
                for _, change in coded
                if isinstance(change, FieldChanged) and change.field == "outcome"
            ]
            printed = [s.text for s in self.session.printed_changes(record) if s.field == "outcome"]
            changed = bool(old) and old[0] != self.now[record]["outcome"]
            assert printed == ([f"Outcome changed from {old[0]}."] if changed else [])

    def teardown(self) -> None:
        assert list(faults(self.session)) == []
        kept = as_stored(self.session)
        self.session.close()
        with open_session(self.path, "Ben") as again:
            assert as_stored(again) == kept
            assert len(again.history.steps) == self.steps
        self.folder.cleanup()


class FileDesk(Desk):
    """The session of a project file, which is saved, backed up and recovered."""

    def __init__(self) -> None:
        self.hours = hourly_clock()
        self.backups: dict[int, Moment] = {}
        super().__init__()

    @override
    def opened(self) -> Session:
        """Saves are an hour apart, so that each makes a backup."""
        store = ProjectStore.open(self.path, create=True, now=lambda: next(self.hours))
        return Session(store, "Ana", lambda: next(self.minutes))

    def saved(self) -> None:
        assert file_of(self.session).backup_error is None
        self.backups[self.steps] = self.moment()

    @rule()
    def save(self) -> None:
        self.session.save()
        self.saved()

    @rule()
    def reopen(self) -> None:
        self.session.close()
        self.saved()
        self.moments.clear()
        self.session = self.opened()
        assert file_of(self.session).opened.recovered == 0

    @rule()
    def crash(self) -> None:
        self.session.abandon()
        self.moments.clear()
        self.session = self.opened()
        if file_of(self.session).opened.recovered:
            self.saved()

    @rule(choice=st.integers(0, 99))
    def restore_a_backup(self, choice: int) -> None:
        backups = list_backups(self.session)
        if not backups:
            return
        backup = backups[choice % len(backups)]
        contents = run_now(read_backup(backup))
        found = run_now(find_changes_back(self.session, contents))
        step = run_now(restore(self.session, backup, contents))
        assert (step is None) == (found == [])
        assert as_stored(self.session) == dict(contents.records)
        self.restored(self.backups[backup.steps], step)

    @invariant()
    def a_reader_sees_the_same_tables(self) -> None:
        """Everything is on disk, in the file and its journal."""
        reader = ProjectStore.open(self.path, read_only=True)
        ours = file_of(self.session).contents
        for name, rows in reader.contents.tables().items():
            assert dict(rows) == dict(ours.tables()[name])

    @override
    def teardown(self) -> None:
        kept = as_stored(self.session)
        assert list(faults(self.session)) == []
        self.session.close()
        tables: dict[str, Any] = orjson.loads(self.session.path.read_bytes())
        assert {int(key): document for key, document in tables["records"].items()} == kept
        reader = Session.open(self.session.path, "Ben", read_only=True)
        assert as_stored(reader) == kept
        assert len(tables["log"]) == self.steps
        self.folder.cleanup()


FIELDS_USED = ("outcome", "end_date", "side_b", "narrative")


def as_stored(session: Session) -> dict[int, dict[str, Any]]:
    return {record: dict(document) for record, document in session.documents().items()}


def test_random_work() -> None:
    run_state_machine_as_test(Desk, settings=settings(max_examples=20, stateful_step_count=30))


@pytest.mark.needs_file
def test_random_work_on_a_file() -> None:
    run_state_machine_as_test(FileDesk, settings=settings(max_examples=40, stateful_step_count=30))
