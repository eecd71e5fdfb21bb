"""Scripted edits of one entry, without a session, and the coding changes printed after them.

A case is a title after ``##``, followed by lines: ``source TEXT`` gives the entry a *Coding
changes* paragraph; other lines are actions (see `Coder.do`); ``= SENTENCE`` lines are the sentences
expected in print at that point, a bare ``=`` none. More actions and expectations may follow.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

import pytest

from mideditor.domain.changes import Change, ChangeKind, FieldChanged, StepsUndone
from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.coding_sentences import split_sentences
from mideditor.domain.fields import FIELDS, stored_value
from mideditor.domain.partial_date import parse_date
from mideditor.domain.printed_changes import (
    Coding,
    coding_from_log,
    own_sentences,
    printed_coding_changes,
)
from mideditor.domain.record import CodingChange, Entry, Participant, Record
from mideditor.domain.states import State, StateList
from mideditor.domain.steps import FIRST_LINK, Step, StepDraft, new_step_id

NAMES = {2: "USA", 40: "Cuba", 200: "United Kingdom", 365: "Russia", 385: "Norway", 770: "Pakistan"}
STATES = StateList(State(code, "", name) for code, name in NAMES.items())

ENTRY = Entry(
    dispute_number=2220,
    start_date=parse_date("May 1964"),
    end_date=parse_date("June 2, 1964"),
    side_a=(Participant(code=2, name=NAMES[2]),),
    side_b=(Participant(code=365, name=NAMES[365]),),
    outcome=Outcome.RELEASED,
    settlement=Settlement.NONE,
    fatalities=Fatalities.NONE,
)


def cases(text: str) -> list[object]:
    """The cases of a text as test parameters, with their titles as ids."""
    sections = (case.strip().split("\n", 1) for case in text.split("## ") if case.strip())
    return [pytest.param(script.splitlines(), id=title) for title, script in sections]


def play(script: list[str]) -> None:
    """Run the actions of a case, and compare the printed sentences with each expectation."""
    entry = ENTRY
    if script[0].startswith("source "):
        source = script[0].removeprefix("source ")
        entry = entry.replace(coding_changes=split_sentences(source))
    coder = Coder(entry)
    is_expectation = False
    for is_expectation, lines in groupby(script, lambda line: line.startswith("=")):
        if is_expectation:
            expected = [line.removeprefix("=").strip() for line in lines]
            printed = [sentence.text for sentence in coder.printed()]
            assert printed == [sentence for sentence in expected if sentence]
        else:
            for action in lines:
                coder.do(action)
    assert is_expectation, "the case ends without saying what is printed"


class Coder:
    """Applies the actions of a script to a record."""

    def __init__(self, original: Record) -> None:
        self.record = self.original = original
        self._steps: list[Step] = []
        self._undone: set[int] = set()

    def do(self, action: str) -> None:
        """``correct FIELD VALUE``, ``code FIELD VALUE``, ``word TEXT`` or ``undo [STEP]``."""
        verb, _, rest = action.strip().partition(" ")
        if verb == "source":
            return
        if verb == "undo":
            self._undo(int(rest) if rest else None)
        elif verb == "word":
            typed = FIELDS["coding_changes"].parse(rest, STATES)
            own = own_sentences(typed, self._own, self.printed())
            self._set(ChangeKind.CORRECTION, "coding_changes", own)
        else:
            field, _, text = rest.partition(" ")
            kind = {"correct": ChangeKind.CORRECTION, "code": ChangeKind.CODING}[verb]
            self._set(kind, field, FIELDS[field].parse(text, STATES))

    def coding(self) -> Coding:
        """The record's coding according to the log."""
        logged = [(step, change) for step in self._steps for change in step.record_changes]
        return coding_from_log(self.original, logged, self._stands)

    def printed(self) -> tuple[CodingChange, ...]:
        """The sentences currently printed."""
        return printed_coding_changes(self.record, self.coding())

    @property
    def _own(self) -> tuple[CodingChange, ...]:
        return getattr(self.record, "coding_changes", ())

    def _stands(self, step: Step) -> bool:
        return step.reversal is None and step.number not in self._undone

    def _undo(self, number: int | None) -> None:
        standing = [step for step in self._steps if self._stands(step)]
        last = standing[-1] if number is None else self._steps[number - 1]
        back = [change.inverse() for change in last.changes if isinstance(change, FieldChanged)]
        for change in back:
            self.record = self.record.replace(**{change.field: change.new})
        self._log(StepsUndone(steps=(last.id,)), *back)
        self._undone.add(last.number)

    def _set(self, kind: ChangeKind, field: str, value: object) -> None:
        old, new = (stored_value(field, v) for v in (getattr(self.record, field), value))
        self.record = self.record.replace(**{field: value})
        self._log(FieldChanged(record=1, field=field, kind=kind, old=old, new=new))

    def _log(self, *changes: Change) -> None:
        draft = StepDraft(
            id=new_step_id(),
            time=datetime(2026, 3, 14, tzinfo=UTC),
            author="Ana",
            changes=changes,
        )
        previous = self._steps[-1].link if self._steps else FIRST_LINK
        self._steps.append(draft.sealed(len(self._steps) + 1, previous))
