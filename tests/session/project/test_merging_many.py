"""Merging and restoring many records: in small parts, with no change before the end."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Settlement
from mideditor.domain.record import Entry, RecordId
from mideditor.session.project.merging import ChangedMeanwhile, apply_diffs, find_changes, read_copy
from mideditor.session.project.restoring import (
    find_changes_back,
    list_backups,
    read_backup,
    restore,
)
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.work import READ_AT_A_TIME, Work, run_now
from mideditor.store.project import StaleStep
from tests.benchmarks.book import made_up_records

pytestmark = pytest.mark.needs_file

MANY = 3 * READ_AT_A_TIME


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project, and a copy of it in which every entry has another settlement."""
    folder = tmp_path_factory.mktemp("book")
    with Session.open(folder / "ours.mid.json", "Ana", create=True) as session:
        session.add(made_up_records(MANY))
    shutil.copy(folder / "ours.mid.json", folder / "theirs.mid.json")
    with Session.open(folder / "theirs.mid.json", "Ben") as session:
        values = {record: {"settlement": Settlement.IMPOSED} for record in unsettled(session)}
        session.edit(ChangeKind.CORRECTION, values)
        session.add(made_up_records(20, seed=2))
    return folder


@pytest.fixture
def session(book: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copytree(book, tmp_path, dirs_exist_ok=True)
    with Session.open(tmp_path / "ours.mid.json", "Ana") as session:
        yield session


def unsettled(session: Session) -> list[RecordId]:
    entries = ((record, session.record(record)) for record in session.ids())
    return [
        record
        for record, entry in entries
        if isinstance(entry, Entry) and entry.settlement is not Settlement.IMPOSED
    ]


def comparing(session: Session) -> Work[object]:
    return find_changes(session, run_now(read_copy(session.path.with_name("theirs.mid.json"))))


def merging(session: Session) -> Work[object]:
    theirs = run_now(read_copy(session.path.with_name("theirs.mid.json")))
    return apply_diffs(session, run_now(find_changes(session, theirs)), "Taken")


def previewing(session: Session) -> Work[object]:
    (backup,) = list_backups(session)
    change_many(session)
    return find_changes_back(session, run_now(read_backup(backup)))


def restoring(session: Session) -> Work[object]:
    (backup,) = list_backups(session)
    change_many(session)
    return restore(session, backup, run_now(read_backup(backup)))


def change_many(session: Session) -> None:
    session.edit(ChangeKind.CORRECTION, {record: {"page": 9} for record in session.ids()})


ALL: dict[str, Callable[[Session], Work[object]]] = {
    "comparing": comparing,
    "merging": merging,
    "previewing": previewing,
    "restoring": restoring,
}
CHANGING = ("merging", "restoring")
CHANGED_ALSO_BY: dict[str, dict[str, Any]] = {
    "comparing": {"page": 77},
    "merging": {"settlement": Settlement.NEGOTIATED},
    "restoring": {"page": 77},
}
"""A value that a step sets meanwhile. Comparing is of the whole project, so that any step counts;
the others are stale only by a value that they change."""


@pytest.mark.parametrize("begin", ALL.values(), ids=ALL)
def test_few_different_records_are_processed_per_slice(
    session: Session, begin: Callable[[Session], Work[object]]
) -> None:
    progress = list(begin(session))
    parts = [after[0] - before[0] for before, after in pairwise([(0, 0), *progress])]
    assert len(progress) > MANY / 2
    assert max(parts) <= 20, "cross-references have no settlement"
    assert all(0 <= done <= total for done, total in progress)


def test_many_equal_records_are_processed_per_slice(session: Session) -> None:
    (backup,) = list_backups(session)
    contents = run_now(read_backup(backup))
    assert list(find_changes_back(session, contents)) == [
        (number * READ_AT_A_TIME, MANY) for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("name", CHANGING)
@pytest.mark.parametrize("parts", [1, MANY // 2])
def test_cancelled_work_changes_nothing(session: Session, name: str, parts: int) -> None:
    work = ALL[name](session)
    before, steps = dict(session.documents()), len(session.history.steps)
    for _ in range(parts):
        next(work)
    work.close()
    assert dict(session.documents()) == before
    assert len(session.history.steps) == steps
    assert list(faults(session)) == []


@pytest.mark.parametrize("name", ["comparing", *CHANGING])
def test_a_step_made_meanwhile_is_kept_and_the_work_is_stale(session: Session, name: str) -> None:
    work = ALL[name](session)
    for _ in range(MANY // 2):  # the first entry need not be the first record
        next(work)
    edits = [{record: CHANGED_ALSO_BY[name]} for record in unsettled(session)]
    edit = next(one for one in edits if session.plan(ChangeKind.CORRECTION, one).changes)
    session.edit(ChangeKind.CORRECTION, edit)
    (first,) = edit
    before, steps = session.record(first), len(session.history.steps)
    with pytest.raises((StaleStep, ChangedMeanwhile), match="Nothing was changed; do it again"):
        run_now(work)
    assert session.record(first) == before
    assert len(session.history.steps) == steps


def test_fields_and_whole_records_are_one_step(session: Session) -> None:
    mine = set(session.ids())
    work = merging(session)
    before = len(session.history.steps)
    run_now(work)
    (step,) = session.history.steps[before:]
    kinds = Counter(change.kind for change in step.record_changes)
    assert (kinds[ChangeKind.IMPORT], kinds.total()) == (20, len(step.changes))
    assert kinds[ChangeKind.CORRECTION] > MANY / 2
    assert step.reason == "Taken"
    assert mine.isdisjoint(unsettled(session))
    assert run_now(comparing(session)) == []
    assert list(faults(session)) == []
