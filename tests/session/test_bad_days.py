"""A session with a huge text, a clock that goes backwards, or a missing folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.files.user_error import FileError
from mideditor.session.project.verifying import faults
from mideditor.session.session import Changed, Session
from mideditor.store.project_store import ProjectStore
from tests.session.chapters import ALASKA, TRAINER, file_of, imported

pytestmark = pytest.mark.needs_file

PARAGRAPH = '“Großmächte” – the patrol fired; {nobody} said "records": why. ' * 1000
HUGE = (PARAGRAPH,) * (50_000_000 // len(PARAGRAPH.encode()) + 1)
"""50 MB of narrative."""


def narrative(session: Session) -> tuple[str, ...]:
    return tuple(session.record(ALASKA).model_dump()["narrative"])


def test_fifty_megabytes_of_narrative_are_saved_and_undone(tmp_path: Path) -> None:
    session = imported(tmp_path)
    before = narrative(session)
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": HUGE}})
    session.abandon()
    with Session.open(session.path, "Ana") as again:
        assert file_of(again).opened.recovered == 2
        assert narrative(again) == HUGE
        assert again.changed_fields(ALASKA) == ["narrative"]
    with Session.open(session.path, "Ana") as again:
        assert narrative(again) == HUGE
        again.undo()
        assert narrative(again) == before
        assert list(faults(again)) == []
    with Session.open(session.path, "Ana", read_only=True) as again:
        assert narrative(again) == before


def backwards() -> Iterator[datetime]:
    time = datetime(2026, 3, 14, 12, tzinfo=UTC)
    while True:
        yield time
        time -= timedelta(days=200, hours=7)


def test_a_clock_that_goes_backwards_keeps_steps_and_backups_in_order(tmp_path: Path) -> None:
    clock = backwards()
    project = imported(tmp_path)
    project.close()
    for outcome in (Outcome.STALEMATE, Outcome.RELEASED, Outcome.COMPROMISE):
        store = ProjectStore.open(project.path, now=lambda: next(clock))
        session = Session(store, "Ana", lambda: next(clock))
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": outcome}}, reason="So it says")
        session.close()
        assert store.backups.all()[0].steps == len(session.history.steps)
    with Session.open(project.path, "Ana") as session:
        assert [step.number for step in session.history.steps] == [1, 2, 3, 4]
        times = [step.time for step in session.history.steps[1:]]
        assert times == sorted(times, reverse=True)
        session.undo()
        assert session.record(ALASKA).model_dump()["outcome"] == Outcome.RELEASED
        assert list(faults(session)) == []


def test_an_edit_fails_without_a_folder_and_can_be_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    session = imported(folder)
    folder.rename(tmp_path / "away")
    edit = {TRAINER: {"outcome": Outcome.COMPROMISE}}
    before = session.record(TRAINER)
    heard: list[Changed] = []
    session.subscribe(heard.append)
    with pytest.raises(FileError, match=r"chapter 7\.mid\.json\.journal: No such file"):
        session.edit(ChangeKind.CORRECTION, edit)
    assert (session.record(TRAINER), len(session.history.steps), heard) == (before, 1, [])
    (tmp_path / "away").rename(folder)
    session.edit(ChangeKind.CORRECTION, edit)
    assert len(heard) == 1
    session.close()
    with Session.open(session.path, "Ana", read_only=True) as again:
        assert again.record(TRAINER).model_dump()["outcome"] == Outcome.COMPROMISE
        assert list(faults(again)) == []
