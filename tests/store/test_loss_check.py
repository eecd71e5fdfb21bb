"""A store that has lost contents through a bug writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record_ids import handle
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.documents import Contents
from mideditor.store.loss_check import WouldLose
from mideditor.store.originals import OriginalTable
from mideditor.store.project_store import NotSaved, ProjectStore
from tests.session.chapters import ALASKA, file_of, imported
from tests.store.steps import append_step, files_of, journal_of, numbers, project_with


def alter_step(contents: Contents) -> None:
    contents.log[2] = contents.log[2] | {"author": "Nobody"}


def lose_steps(contents: Contents) -> None:
    for number in range(1, 9):
        del contents.log[number]


def lose_originals(contents: Contents) -> None:
    contents.originals = OriginalTable()


BUGS: list[tuple[Callable[[Contents], object], str]] = [
    (lambda contents: contents.records.pop(1), f"record {handle(1)}"),
    (lambda contents: contents.records.clear(), "records " + ", ".join(map(handle, (1, 2, 3)))),
    (
        lambda contents: vars(contents).update(originals=OriginalTable()),
        "records as they were added",
    ),
    (lambda contents: contents.log.pop(2), "step 2"),
    (alter_step, "step 2"),
    (lose_steps, "steps 1, 2, 3, 4, 5 and 3 more"),
    (lambda contents: contents.sources.clear(), "source 1"),
]


def project_with_all_tables(path: Path) -> ProjectStore:
    """A saved project: nine steps, three records, a record as it was added, and a source."""
    store = ProjectStore.open(project_with(path, 8))
    contents = store.contents
    for record in (2, 3):
        contents.put(record, {"kind": "fragment", "page": 1})
    contents.sources[1] = {"id": "00", "name": "page.txt", "text": "942 Chapter 7"}
    append_step(store)
    store.save()
    return store


@pytest.mark.parametrize(("bug", "lost"), BUGS)
def test_the_loss_is_named_and_the_file_is_not_replaced(
    tmp_path: Path, bug: Callable[[Contents], object], lost: str
) -> None:
    store = project_with_all_tables(tmp_path / "p.mid.json")
    saved = store.path.read_bytes()
    append_step(store)
    bug(store.contents)
    with pytest.raises(WouldLose, match=rf"p\.mid\.json was not written, .* lost {lost}\. That"):
        store.save()
    assert store.path.read_bytes() == saved
    with pytest.raises(NotSaved, match=r"All changes are safe in .*\.journal"):
        store.close()
    store.abandon()
    assert numbers(store.path) == list(range(1, 11))
    assert journal_of(store.path).exists()


def test_reopening_after_such_a_bug_loses_nothing(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.save()
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"dispute_number": 2890}})
    before = dict(session.documents())
    file_of(session).contents.records.clear()
    with pytest.raises(WouldLose, match=rf"records ({handle(ALASKA)}|\w{{8}}, )+"):
        session.save()
    session.abandon()
    with Session.open(session.path, "Ana") as again:
        assert dict(again.documents()) == before
        assert list(faults(again)) == []
    assert files_of(tmp_path) == ["chapter 7.mid.json", "chapter 7.txt"]


def test_a_record_removed_by_a_step_does_not_count_as_lost(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.save()
    session.undo()
    session.save()
    session.close()
    with Session.open(session.path, "Ana") as again:
        again.redo()
        assert len(again.ids()) == 4
