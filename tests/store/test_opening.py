"""Opening damaged, altered or missing files: recovery from backups and journal.

Every file that cannot be used is set aside unchanged.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Thread

import pytest
from tinydb import TinyDB

from mideditor.files.user_error import UserError
from mideditor.store.backups import Backups
from mideditor.store.documents import VERSION, NewerProject
from mideditor.store.opening import ProjectFileMissing
from mideditor.store.project import DamagedProject, ReadOnlyProject
from mideditor.store.project_store import ChangedOutside, ProjectStore
from tests.store.steps import (
    append_step,
    append_steps,
    backups_of,
    crashed_project,
    files_of,
    hourly_clock,
    journal_of,
    numbers,
    project_with,
)


def saved_at_each_step(project: Path, steps: int, unsaved: int = 0) -> Path:
    """Create a project with hourly backups, one per step, and ``unsaved`` steps in the journal."""
    clock = hourly_clock()
    store = ProjectStore.open(project, create=True, now=lambda: next(clock))
    for _ in range(steps):
        append_step(store)
        store.save()
    append_steps(store, unsaved)
    store.abandon()
    return project


def damage(path: Path, share: float = 0.5) -> bytes:
    """Truncate the file so that it is not valid JSON; returns its new content."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path.read_bytes()


def log_of(store: ProjectStore) -> list[int]:
    return [step["number"] for step in store.contents.log.values()]


# A damaged file


@pytest.mark.parametrize("content", ["half of it", "nothing", "zeros", "a text"])
def test_a_damaged_file_is_recovered_from_the_newest_backup_and_the_journal(
    tmp_path: Path, content: str
) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3, unsaved=2)
    complete = project.read_bytes()
    damaged = {
        "half of it": complete[: len(complete) // 2],
        "nothing": b"",
        "zeros": bytes(len(complete)),
        "a text": b"MID#2899\nDispute Number: 2899\n",
    }[content]
    project.write_bytes(damaged)
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2, 3, 4, 5]
    assert store.contents.records[1]["page"] == 5
    assert store.opened.backup is not None
    assert (store.opened.backup.steps, store.opened.recovered) == (3, 2)
    assert store.opened.set_aside == [tmp_path / "p.mid.json.damaged-1"]
    assert store.opened.set_aside[0].read_bytes() == damaged
    assert not journal_of(project).exists()
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]


def test_a_reader_of_a_damaged_file_gets_an_error_and_changes_nothing(tmp_path: Path) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3)
    damage(project)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(DamagedProject, match=r"p\.mid\.json is damaged: it is not complete JSON"):
        ProjectStore.open(project, read_only=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_bad_backups_are_skipped_and_steps_only_in_the_journal_are_offered(
    tmp_path: Path,
) -> None:
    """The journal continues from step 4, but the newest readable backup has step 2."""
    project = saved_at_each_step(tmp_path / "p.mid.json", 4, unsaved=1)
    for backup in Backups(backups_of(project)).all()[:2]:
        damage(backup.path)
    journal = journal_of(project).read_bytes()
    damage(project)
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2]
    assert store.opened.journal_is_intact is False
    assert [path.name for path in store.opened.set_aside] == [
        "p.mid.json.damaged-1",
        "p.mid.json.journal.damaged-1",
    ]
    assert store.opened.set_aside[1].read_bytes() == journal
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 5
    assert store.contents.records[1]["page"] == 2
    store.close()
    assert numbers(project) == [1, 2]


def test_if_every_backup_is_bad_the_file_is_refused_and_not_changed(tmp_path: Path) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3, unsaved=1)
    for backup in Backups(backups_of(project)).all():
        damage(backup.path)
    damaged, journal = damage(project), journal_of(project).read_bytes()
    with pytest.raises(DamagedProject, match="Open a copy kept elsewhere"):
        ProjectStore.open(project)
    assert (project.read_bytes(), journal_of(project).read_bytes()) == (damaged, journal)
    assert files_of(tmp_path) == ["p.mid.json", "p.mid.json.journal"]


def test_a_newer_file_is_not_replaced_by_a_backup(tmp_path: Path) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 2)
    newer = project.read_bytes().replace(b'"version": %d' % VERSION, b'"version": 99')
    project.write_bytes(newer)
    with pytest.raises(NewerProject):
        ProjectStore.open(project)
    assert project.read_bytes() == newer
    assert files_of(tmp_path) == ["p.mid.json"]


# A missing file


def test_a_missing_file_with_a_journal_is_recovered_from_a_backup(
    tmp_path: Path,
) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3, unsaved=2)
    project.unlink()
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2, 3, 4, 5]
    assert store.opened.backup is not None
    assert store.opened.set_aside == []
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("create", [False, True])
def test_a_journal_without_file_and_backups_does_not_become_a_new_project(
    tmp_path: Path, read_only: bool, create: bool
) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3, unsaved=2)
    shutil.rmtree(backups_of(project))
    project.unlink()
    with pytest.raises(
        ProjectFileMissing, match=r"p\.mid\.json is gone, and .*\.journal goes on from"
    ):
        ProjectStore.open(project, read_only=read_only, create=create)
    assert files_of(tmp_path) == ["p.mid.json.journal"]


# A file changed by another program


def pages(path: Path) -> list[int]:
    with TinyDB(path) as database:
        return [record["page"] for record in database.table("records")]


def change_with_tinydb(path: Path, page: int) -> bytes:
    """Change the record with stock TinyDB; returns the new file content."""
    with TinyDB(path) as database:
        database.table("records").update({"page": page}, doc_ids=[1])
    return path.read_bytes()


def test_a_change_by_tinydb_is_offered_and_the_saved_state_is_opened(tmp_path: Path) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3, unsaved=1)
    written = change_with_tinydb(project, 77)
    store = ProjectStore.open(project)
    assert store.opened.altered
    assert store.contents.records[1]["page"] == 4
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 77
    assert store.opened.set_aside == [tmp_path / "p.mid.json.outside-1"]
    assert store.opened.set_aside[0].read_bytes() == written
    store.close()
    assert pages(project) == [4]
    again = ProjectStore.open(project)
    assert not again.opened.altered
    again.close()


def test_a_change_by_tinydb_without_a_backup_is_accepted_and_reported(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    shutil.rmtree(backups_of(project))
    written = change_with_tinydb(project, 77)
    store = ProjectStore.open(project)
    assert (store.opened.altered, store.opened.outside) == (True, None)
    assert store.contents.records[1]["page"] == 77
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == written
    store.close()


def test_a_reader_sees_that_the_file_was_altered(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    assert not ProjectStore.open(project, read_only=True).opened.altered
    written = change_with_tinydb(project, 77)
    store = ProjectStore.open(project, read_only=True)
    assert store.opened.altered
    assert project.read_bytes() == written
    assert files_of(tmp_path) == ["p.mid.json"]


def remove_author(project: Path) -> bytes:
    """Remove the author from the last step; returns the new file content."""
    text = project.read_text(encoding="utf-8")
    start = text.rindex('"author"')
    project.write_text(
        text[:start] + text[start:].replace('"author"', '"nobody"'), encoding="utf-8"
    )
    return project.read_bytes()


def test_a_file_with_an_unreadable_log_is_replaced_by_an_older_backup(tmp_path: Path) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 3)
    Backups(backups_of(project)).all()[0].path.unlink()
    damaged = remove_author(project)
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2]
    assert store.opened.backup is not None
    assert store.opened.set_aside[0].read_bytes() == damaged
    store.close()


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_with_an_unreadable_log_and_no_backup_is_damaged(
    tmp_path: Path, version: int
) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    shutil.rmtree(backups_of(project))
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('"version": 2', f'"version": {version}'), encoding="utf-8")
    damaged = remove_author(project)
    with pytest.raises(DamagedProject, match=r"the log cannot be read \(author: Field required"):
        ProjectStore.open(project)
    assert project.read_bytes() == damaged
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("key", ["-2", "02", " 2", "0", "+2", "2.0", "１"])
def test_a_row_key_that_the_editor_never_writes_is_damage(tmp_path: Path, key: str) -> None:
    """The layout could not represent such a row, so the file must not be accepted."""
    project = project_with(tmp_path / "p.mid.json", 3)
    shutil.rmtree(backups_of(project))
    text = project.read_text(encoding="utf-8")
    assert text.count('\n    "2": ') == 1
    project.write_text(text.replace('\n    "2": ', f'\n    "{key}": '), encoding="utf-8")
    with pytest.raises(DamagedProject, match=r"p\.mid\.json is damaged: the table “\w+” is not"):
        ProjectStore.open(project)


def test_a_change_while_open_is_noticed_and_not_overwritten(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    append_step(store)
    assert not store.was_changed_outside()
    written = change_with_tinydb(project, 77)
    assert store.was_changed_outside()
    with pytest.raises(ChangedOutside, match=r"p\.mid\.json was changed by another program"):
        store.save()
    assert project.read_bytes() == written
    assert append_step(store) == 5
    assert store.read_outside().records[1]["page"] == 77
    assert store.settle_outside().read_bytes() == written
    assert not store.was_changed_outside()
    store.close()
    assert pages(project) == [5]
    assert files_of(tmp_path) == ["p.mid.json", "p.mid.json.outside-1"]


def test_closing_after_a_change_from_outside_keeps_both(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    append_step(store)
    written = change_with_tinydb(project, 77)
    with pytest.raises(UserError, match=r"All changes are safe in .*p\.mid\.json\.journal"):
        store.close()
    store.abandon()
    assert project.read_bytes() == written
    again = ProjectStore.open(project)
    assert again.contents.records[1]["page"] == 4
    assert again.opened.outside is not None
    assert again.opened.outside.records[1]["page"] == 77
    again.close()


def test_touching_the_file_or_writing_the_same_rows_is_not_a_change(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    append_step(store)
    project.touch()
    assert not store.was_changed_outside()
    change_with_tinydb(project, 3)
    assert not store.was_changed_outside()
    store.close()
    assert numbers(project) == [1, 2, 3, 4]


def test_our_own_saves_do_not_count_as_outside_changes(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project)
    answers = []

    def edit_and_save() -> None:
        for _ in range(40):
            append_step(store)
            store.save()

    saving = Thread(target=edit_and_save)
    saving.start()
    while saving.is_alive():
        answers.append(store.was_changed_outside())
    saving.join()
    assert answers
    assert not any(answers)
    store.close()


def test_a_reader_cannot_overwrite_outside_changes(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project, read_only=True)
    with pytest.raises(ReadOnlyProject):
        store.settle_outside()
    assert files_of(tmp_path) == ["p.mid.json"]


# A journal that does not continue the file


def test_the_journal_of_a_fork_of_the_project_is_offered(tmp_path: Path) -> None:
    """Two people continued from one file; the journal of one is beside the file of the other."""
    ours = project_with(tmp_path / "ours.mid.json", 3)
    (tmp_path / "theirs").mkdir()
    theirs = tmp_path / "theirs" / "ours.mid.json"
    shutil.copy(ours, theirs)
    for project, author, steps in ((ours, "Ana", 1), (theirs, "Ben", 4)):
        store = ProjectStore.open(project)
        append_steps(store, steps, author)
        if project == ours:
            store.save()
        store.abandon()
    shutil.copy(journal_of(theirs), journal_of(ours))
    store = ProjectStore.open(ours)
    assert log_of(store) == [1, 2, 3, 4]
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 7
    assert store.opened.set_aside == [journal_of(ours).with_name(f"{ours.name}.journal.damaged-1")]
    store.close()


def test_the_journal_of_another_project_is_set_aside_and_not_offered(tmp_path: Path) -> None:
    project = project_with(tmp_path / "ours.mid.json", 2, author="Ana")
    other = crashed_project(tmp_path / "theirs.mid.json", saved=1, unsaved=3, author="Ben")
    journal_of(other).rename(journal_of(project))
    store = ProjectStore.open(project)
    assert (log_of(store), store.opened.outside) == ([1, 2], None)
    assert len(store.opened.set_aside) == 1
    store.close()


def test_entries_after_a_damaged_journal_line_are_offered(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=4)
    lines = journal_of(project).read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"Ana", b"Ann")
    journal_of(project).write_bytes(b"".join(lines))
    store = ProjectStore.open(project)
    assert (log_of(store), store.opened.recovered) == ([1, 2, 3], 1)
    assert store.contents.records[1]["page"] == 3
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 6
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == b"".join(lines)
    store.close()


def test_each_damaged_file_is_set_aside_under_its_own_name(tmp_path: Path) -> None:
    project = saved_at_each_step(tmp_path / "p.mid.json", 2)
    for number in (1, 2, 3):
        project.write_bytes(b"fault %d" % number)
        ProjectStore.open(project).close()
    set_aside = [tmp_path / f"p.mid.json.damaged-{number}" for number in (1, 2, 3)]
    assert [path.read_bytes() for path in set_aside] == [b"fault 1", b"fault 2", b"fault 3"]


def test_a_reader_never_mistakes_a_half_written_step_for_damage(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project)

    def edit() -> None:
        for number in range(200):
            append_step(store, reason="long " * 10_000)
            if number % 50 == 49:
                store.save()

    writing = Thread(target=edit)
    writing.start()
    seen = []
    while writing.is_alive():
        opened = ProjectStore.open(project, read_only=True).opened
        assert opened.journal_is_intact
        seen.append(len(opened.contents.log))
    writing.join()
    assert seen == sorted(seen)
    store.close()
