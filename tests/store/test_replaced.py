"""Another copy is put in the place of a file of an open project, as a sync client does.

No step that was made may be lost, nor what was put there, and the notice on opening tells of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.files.user_error import UserError
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.project_store import ProjectStore
from tests.store.steps import (
    append_step,
    append_steps,
    backups_of,
    hourly_clock,
    journal_of,
    numbers,
    project_with,
)

VERSIONS = Path(__file__).with_name("versions")
SAVED = 4


def opened(project: Path, unsaved: int) -> ProjectStore:
    """An open project of four steps, each saved an hour apart, and some in the journal alone.

    Beside it lies ``older``, the file as it was after the second step.
    """
    clock = hourly_clock()
    store = ProjectStore.open(project, create=True, now=lambda: next(clock))
    for number in range(1, SAVED + 1):
        append_step(store)
        store.save()
        if number == 2:
            shutil.copy(project, project.with_name("older"))
    append_steps(store, unsaved)
    return store


def another(project: Path, what: str) -> bytes:
    """The bytes that are put in the place of the file."""
    folder = project.with_name("elsewhere")
    folder.mkdir(exist_ok=True)
    copy = folder / "p.mid.json"
    if what in ("newer", "fork of the older"):
        shutil.copy(project if what == "newer" else project.with_name("older"), copy)
        store = ProjectStore.open(copy)
        append_steps(store, 5, author="Ben")
        store.close()
        return copy.read_bytes()
    if what == "unrelated":
        return project_with(copy, 3, author="Zoe").read_bytes()
    if what == "version 2":
        return (VERSIONS / "version-2-edits.mid.json").read_bytes()
    older = project.with_name("older").read_bytes()
    return {"older": older, "empty": b"", "truncated": older[:-200]}[what]


def put(path: Path, data: bytes, how: str) -> None:
    """Replace a file, or write into it."""
    if how == "replaced":
        path.with_name("new").write_bytes(data)
        path.with_name("new").replace(path)
    else:
        path.write_bytes(data)


def close(store: ProjectStore) -> int:
    with suppress(UserError):
        store.close()
    store.abandon()
    return 0


def kill(store: ProjectStore) -> int:
    store.abandon()
    return 0


def edit_and_kill(store: ProjectStore) -> int:
    append_steps(store, 2)
    store.abandon()
    return 2


ENDS: dict[str, Callable[[ProjectStore], int]] = {
    "close": close,
    "kill": kill,
    "edit and kill": edit_and_kill,
}
COPIES = ("older", "newer", "fork of the older", "unrelated", "empty", "truncated", "version 2")


def authors(store: ProjectStore) -> list[str]:
    return [step["author"] for step in store.contents.log.values()]


@pytest.mark.parametrize("how", ["replaced", "written into"])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("unsaved", [0, 1])
@pytest.mark.parametrize("what", COPIES)
def test_another_copy_in_the_place_of_the_file_loses_no_step(
    tmp_path: Path, what: str, unsaved: int, end: str, how: str
) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, unsaved)
    there = another(project, what)
    put(project, there, how)
    made = SAVED + unsaved + ENDS[end](store)
    session = Session.open(project, "Ana")
    found = ProjectStore.open(project, read_only=True)
    notice = " ".join(opening_notice(session))
    if made == SAVED and what in ("unrelated", "version 2"):
        assert "backups of another project" in notice
        assert session.file is not None
        kept = session.file.opened.backups_set_aside
        assert kept is not None
        assert [path.name[19:25] for path in sorted(kept.iterdir())] == [
            f"step {number}" for number in range(1, SAVED + 1)
        ]
    elif made == SAVED and what == "newer":
        assert authors(found) == ["Ana"] * SAVED + ["Ben"] * 5
        assert notice == ""
    else:
        assert authors(found) == ["Ana"] * made
        aside = [path.name for path in tmp_path.iterdir() if "-1" in path.name]
        assert [(tmp_path / name).read_bytes() for name in aside] == [there]
        assert aside[0] in notice
    assert list(faults(session)) == []
    session.close()


@pytest.mark.parametrize("end", ["close", "kill"])
def test_an_older_copy_is_told_and_offered(tmp_path: Path, end: str) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 1)
    put(project, another(project, "older"), "replaced")
    ENDS[end](store)
    session = Session.open(project, "Ana")
    assert session.file is not None
    outside = session.file.changes_before_opening()
    assert outside is not None
    assert outside.records[1]["page"] == 2
    assert opening_notice(session)[0] == (
        "Another copy of p.mid.json, with 2 steps, was put in its place. The project was opened as "
        "it was left here; that copy is kept as p.mid.json.outside-1. File > Changes from outside "
        "shows what it has otherwise, to be taken over or left."
    )
    session.close()
    again = Session.open(project, "Ana")
    assert opening_notice(again) == []
    again.close()


@pytest.mark.parametrize("end", ["close", "kill"])
def test_a_copy_of_before_the_migration_is_offered(tmp_path: Path, end: str) -> None:
    project = tmp_path / "p.mid.json"
    shutil.copy(VERSIONS / "version-2-edits.mid.json", project)
    before = project.read_bytes()
    session = Session.open(project, "Ana")
    session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"page": 77}})
    steps = len(session.history.steps)
    session.save()
    put(project, before, "replaced")
    if end == "close":
        with suppress(UserError):
            session.close()
    session.abandon()
    again = Session.open(project, "Ana")
    assert len(again.history.steps) == steps
    assert f"with {steps - 1} steps, was put in its place" in opening_notice(again)[0]
    assert (tmp_path / "p.mid.json.outside-1").read_bytes() == before
    assert list(faults(again)) == []
    again.close()


@pytest.mark.parametrize("there", [b"", b"{}", b"a text", "the file without steps"])
@pytest.mark.parametrize("saved", [True, False])
def test_a_project_of_a_moment_ago_is_made_again(
    tmp_path: Path, there: bytes | str, saved: bool
) -> None:
    """The file was put back to what it was before the first step, or damaged before a backup."""
    project = tmp_path / "p.mid.json"
    store = ProjectStore.open(project, create=True)
    store.save()
    empty = project.read_bytes()
    append_steps(store, 3)
    if saved:
        store.save()
    put(project, there if isinstance(there, bytes) else empty, "replaced")
    store.abandon()
    session = Session.open(project, "Ana")
    assert len(session.history.steps) == 3
    assert opening_notice(session) != []
    assert session.file is not None
    kept = [path.read_bytes() for path in session.file.opened.set_aside]
    assert kept == ([there] if isinstance(there, bytes) else [empty] if saved else [])
    session.close()
    assert opening_notice(Session.open(project, "Ana", read_only=True)) == []


# The journal


def lose(journal: Path) -> None:
    journal.unlink()


def make_older(journal: Path) -> None:
    put(journal, b"".join(journal.read_bytes().splitlines(keepends=True)[:1]), "replaced")


def make_foreign(journal: Path) -> None:
    put(journal, b"0000 nothing of ours\n", "written into")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("change", [lose, make_older, make_foreign])
def test_a_journal_that_is_removed_or_replaced_is_written_anew(
    tmp_path: Path, change: Callable[[Path], None], end: str
) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 3)
    change(journal_of(project))
    there = journal_of(project).read_bytes() if journal_of(project).exists() else None
    assert not store.was_changed_outside()
    assert numbers(project) == list(range(1, 8))
    made = 7 + ENDS[end](store)
    assert numbers(project) == list(range(1, made + 1))
    kept = [path.read_bytes() for path in tmp_path.glob("*.journal.outside-*")]
    assert kept == ([] if there is None else [there])


def test_a_journal_of_the_same_length_is_noticed_and_a_touched_one_is_ours(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 2)
    journal = journal_of(project)
    journal.touch()
    store.was_changed_outside()
    assert list(tmp_path.glob("*.journal.outside-*")) == []
    journal.write_bytes(journal.read_bytes().replace(b"Ana", b"Zoe"))
    store.was_changed_outside()
    assert len(list(tmp_path.glob("*.journal.outside-*"))) == 1
    store.abandon()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("change", [lose, make_older, make_foreign])
def test_closing_without_the_journal_saves_what_was_in_it(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 3)
    change(journal_of(project))
    store.close()
    assert numbers(project) == list(range(1, 8))


def test_a_journal_that_comes_out_of_nowhere_is_not_appended_to(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 0)
    journal_of(project).write_bytes(b"0000 nothing of ours\n")
    append_step(store)
    store.abandon()
    assert numbers(project) == [1, 2, 3, 4, 5]
    (kept,) = tmp_path.glob("*.journal.outside-*")
    assert kept.read_bytes() == b"0000 nothing of ours\n"


def test_file_and_journal_of_an_earlier_moment_together(tmp_path: Path) -> None:
    """The sync client puts the whole folder back, but for the backups."""
    project = tmp_path / "p.mid.json"
    store = opened(project, 1)
    file, journal = project.read_bytes(), journal_of(project).read_bytes()
    append_step(store)
    store.save()
    store.abandon()
    project.write_bytes(file)
    journal_of(project).write_bytes(journal)
    session = Session.open(project, "Ana")
    assert len(session.history.steps) == 6
    assert "with 5 steps, was put in its place" in opening_notice(session)[0]
    session.close()


# The backups


def test_without_backups_the_steps_of_the_journal_are_offered(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 1)
    journal = journal_of(project).read_bytes()
    put(project, another(project, "older"), "replaced")
    shutil.rmtree(backups_of(project))
    store.abandon()
    session = Session.open(project, "Ana")
    assert session.file is not None
    offered = session.file.changes_before_opening()
    assert offered is not None
    assert offered.records[1]["page"] == 5
    assert session.file.opened.set_aside[0].read_bytes() == journal
    assert "A part of the journal could not be put back" in opening_notice(session)[0]
    session.close()


def test_backups_that_are_removed_are_made_again(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 1)
    shutil.rmtree(backups_of(project))
    store.close()
    assert store.backup_error is None
    assert len(list(backups_of(project).iterdir())) == 1


@pytest.mark.parametrize("end", ENDS)
def test_the_backups_of_another_project_are_not_taken_for_ours(tmp_path: Path, end: str) -> None:
    project = tmp_path / "p.mid.json"
    store = opened(project, 1)
    other = project_with(tmp_path / "elsewhere.mid.json", 9, author="Zoe")
    shutil.rmtree(backups_of(project))
    shutil.copytree(backups_of(other), backups_of(project))
    made = SAVED + 1 + ENDS[end](store)
    again = ProjectStore.open(project)
    assert authors(again) == ["Ana"] * made
    again.close()
