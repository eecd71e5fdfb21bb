"""Chance edits, undoes, redoes and reopens a project; a plain model says what must be there."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

import orjson
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.steps import StepKind
from mideditor.session.session import CannotUndo, Session
from mideditor.session.verifying import faults
from tests.session.chapters import ALASKA, TRAINER, imported, open_session

Model = dict[int, dict[str, str]]
"""By record and field what is printed."""

records = st.sampled_from([ALASKA, TRAINER])
edits = st.one_of(
    st.tuples(st.just("outcome"), st.sampled_from(["Unclear", "Stalemate", "Released"])),
    st.tuples(st.just("end_date"), st.sampled_from(["March 15, 1963", "March 1963", ""])),
    st.tuples(st.just("side_b"), st.sampled_from(["365 Russia", "365 Russia, 40 Cuba", ""])),
)
kinds = st.sampled_from([StepKind.CORRECTION, StepKind.CODING])


class Desk(RuleBasedStateMachine):
    """A session beside a model that keeps whole states on two stacks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.session = imported(Path(self.folder.name))
        self.now: Model = {record: self.printed(record) for record in (ALASKA, TRAINER)}
        self.original = copy.deepcopy(self.now)
        self.done: list[Model] = []
        self.undone: list[Model] = []
        self.steps = 1

    def printed(self, record: int) -> dict[str, str]:
        found = self.session.record(record)
        return {name: printed_value(FIELDS[name], getattr(found, name)) for name in FIELDS_USED}

    @rule(record=records, edit=edits, kind=kinds)
    def edit(self, record: int, edit: tuple[str, str], kind: StepKind) -> None:
        field, text = edit
        value = FIELDS[field].typed(text, self.session.states)
        step = self.session.edit(kind, {record: {field: value}})
        assert (step is None) == (self.now[record][field] == text)
        if step is not None:
            self.done.append(copy.deepcopy(self.now))
            self.undone.clear()
            self.now[record][field] = text
            self.steps += 1

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.session.undo()
        self.undone.append(self.now)
        self.now = self.done.pop()
        self.steps += 1

    @rule()
    def redo(self) -> None:
        if self.undone:
            self.session.redo()
            self.done.append(self.now)
            self.now = self.undone.pop()
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
        self.session = open_session(self.session.path)

    @rule()
    def crash(self) -> None:
        self.session.abandon()
        self.session = open_session(self.session.path)

    @rule()
    def save(self) -> None:
        self.session.save()

    @invariant()
    def records_are_as_in_the_model(self) -> None:
        assert {record: self.printed(record) for record in self.now} == self.now
        assert len(self.session.history.steps) == self.steps

    @invariant()
    def originals_never_change(self) -> None:
        for record, fields in self.original.items():
            first = self.session.original(record)
            assert {
                name: printed_value(FIELDS[name], getattr(first, name)) for name in fields
            } == fields

    @invariant()
    def the_outcome_is_told_where_its_coding_changed(self) -> None:
        for record in self.now:
            coded = self.session.history.coding_of(record)
            old = [change.old for _, change in coded if change.field == "outcome"]
            told = [s.text for s in self.session.printed_changes(record) if s.field == "outcome"]
            changed = bool(old) and old[0] != self.now[record]["outcome"]
            assert told == ([f"Outcome changed from {old[0]}."] if changed else [])

    def teardown(self) -> None:
        assert list(faults(self.session)) == []
        kept = as_stored(self.session)
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


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
