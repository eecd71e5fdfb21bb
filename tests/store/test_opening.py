"""What a damaged, altered or missing file comes to: the newest good copy, the journal, and a word.

Whatever cannot be used is kept aside, byte for byte.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Thread

import pytest
from tinydb import TinyDB

from mideditor.files.user_error import UserError
from mideditor.store.backups import Backups
from mideditor.store.documents import DamagedProject, NewerProject
from mideditor.store.opening import FileIsGone
from mideditor.store.project_store import ChangedOutside, OnlyRead, ProjectStore
from tests.store.steps import (
    append_step,
    append_steps,
    backups_of,
    crashed_project,
    files_of,
    hours_apart,
    journal_of,
    numbers,
    project_with,
)


def saved_at_each(project: Path, steps: int, unsaved: int = 0) -> Path:
    """A project with a backup for every step, an hour apart; some steps in the journal only."""
    clock = hours_apart()
    store = ProjectStore.open(project, create=True, now=lambda: next(clock))
    for _ in range(steps):
        append_step(store)
        store.snapshot()
    append_steps(store, unsaved)
    store.abandon()
    return project


def damage(path: Path, at: float = 0.5) -> bytes:
    """Cut the file short so that no JSON is left of it; what it is now."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * at)])
    return path.read_bytes()


def log_of(store: ProjectStore) -> list[int]:
    return [step["number"] for step in store.contents.log.values()]


# A damaged file


@pytest.mark.parametrize("content", ["half of it", "nothing", "zeros", "a text"])
def test_a_damaged_file_gives_way_to_the_newest_backup_and_the_journal(
    tmp_path: Path, content: str
) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3, unsaved=2)
    whole = project.read_bytes()
    left = {
        "half of it": whole[: len(whole) // 2],
        "nothing": b"",
        "zeros": bytes(len(whole)),
        "a text": b"MID#2899\nDispute Number: 2899\n",
    }[content]
    project.write_bytes(left)
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2, 3, 4, 5]
    assert store.contents.records[1]["page"] == 5
    assert store.opened.backup is not None
    assert (store.opened.backup.steps, store.opened.recovered) == (3, 2)
    assert store.opened.kept_aside == [tmp_path / "p.mid.json.damaged-1"]
    assert store.opened.kept_aside[0].read_bytes() == left
    assert not journal_of(project).exists()
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]


def test_a_reader_of_a_damaged_file_is_told_and_changes_nothing(tmp_path: Path) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3)
    damage(project)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(DamagedProject, match=r"p\.mid\.json is damaged: it is not complete JSON"):
        ProjectStore.open(project, read_only=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_bad_backups_are_passed_over_and_what_only_the_journal_has_is_offered(
    tmp_path: Path,
) -> None:
    """The journal goes on from step 4, and the newest copy that can be read is of step 2."""
    project = saved_at_each(tmp_path / "p.mid.json", 4, unsaved=1)
    for backup in Backups(backups_of(project)).all()[:2]:
        damage(backup.path)
    journal = journal_of(project).read_bytes()
    damage(project)
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2]
    assert store.opened.journal_is_whole is False
    assert [path.name for path in store.opened.kept_aside] == [
        "p.mid.json.damaged-1",
        "p.mid.json.journal.damaged-1",
    ]
    assert store.opened.kept_aside[1].read_bytes() == journal
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 5
    assert store.contents.records[1]["page"] == 2
    store.close()
    assert numbers(project) == [1, 2]


def test_where_every_backup_is_bad_the_file_is_refused_and_left(tmp_path: Path) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3, unsaved=1)
    for backup in Backups(backups_of(project)).all():
        damage(backup.path)
    left, journal = damage(project), journal_of(project).read_bytes()
    with pytest.raises(DamagedProject, match="Open a copy kept elsewhere"):
        ProjectStore.open(project)
    assert (project.read_bytes(), journal_of(project).read_bytes()) == (left, journal)
    assert files_of(tmp_path) == ["p.mid.json", "p.mid.json.journal"]


def test_a_newer_file_does_not_give_way_to_a_backup(tmp_path: Path) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 2)
    newer = project.read_bytes().replace(b'"version": 2', b'"version": 99')
    project.write_bytes(newer)
    with pytest.raises(NewerProject):
        ProjectStore.open(project)
    assert project.read_bytes() == newer
    assert files_of(tmp_path) == ["p.mid.json"]


# A file that is gone


def test_a_file_that_is_gone_while_its_journal_is_there_gives_way_to_a_backup(
    tmp_path: Path,
) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3, unsaved=2)
    project.unlink()
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2, 3, 4, 5]
    assert store.opened.backup is not None
    assert store.opened.kept_aside == []
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("create", [False, True])
def test_a_journal_whose_file_is_gone_with_every_backup_is_not_taken_for_a_new_project(
    tmp_path: Path, read_only: bool, create: bool
) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3, unsaved=2)
    shutil.rmtree(backups_of(project))
    project.unlink()
    with pytest.raises(FileIsGone, match=r"p\.mid\.json is gone, and .*\.journal goes on from"):
        ProjectStore.open(project, read_only=read_only, create=create)
    assert files_of(tmp_path) == ["p.mid.json.journal"]


# A file that another program has changed


def pages(path: Path) -> list[int]:
    with TinyDB(path) as database:
        return [record["page"] for record in database.table("records")]


def with_tinydb(path: Path, page: int) -> bytes:
    """Change the record with stock TinyDB; the file as it is then."""
    with TinyDB(path) as database:
        database.table("records").update({"page": page}, doc_ids=[1])
    return path.read_bytes()


def test_a_change_by_tinydb_is_offered_beside_what_was_saved(tmp_path: Path) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3, unsaved=1)
    written = with_tinydb(project, 77)
    store = ProjectStore.open(project)
    assert store.opened.altered
    assert store.contents.records[1]["page"] == 4
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 77
    assert store.opened.kept_aside == [tmp_path / "p.mid.json.outside-1"]
    assert store.opened.kept_aside[0].read_bytes() == written
    store.close()
    assert pages(project) == [4]
    again = ProjectStore.open(project)
    assert not again.opened.altered
    again.close()


def test_a_change_by_tinydb_without_a_backup_is_taken_and_told(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    shutil.rmtree(backups_of(project))
    written = with_tinydb(project, 77)
    store = ProjectStore.open(project)
    assert (store.opened.altered, store.opened.outside) == (True, None)
    assert store.contents.records[1]["page"] == 77
    (aside,) = store.opened.kept_aside
    assert aside.read_bytes() == written
    store.close()


def test_a_reader_is_told_that_the_file_was_altered(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    assert not ProjectStore.open(project, read_only=True).opened.altered
    written = with_tinydb(project, 77)
    store = ProjectStore.open(project, read_only=True)
    assert store.opened.altered
    assert project.read_bytes() == written
    assert files_of(tmp_path) == ["p.mid.json"]


def without_an_author(project: Path) -> bytes:
    """Take the author out of the last step; the file as it is then."""
    text = project.read_text(encoding="utf-8")
    at = text.rindex('"author"')
    project.write_text(text[:at] + text[at:].replace('"author"', '"nobody"'), encoding="utf-8")
    return project.read_bytes()


def test_a_log_that_cannot_be_read_gives_way_to_an_older_backup(tmp_path: Path) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 3)
    Backups(backups_of(project)).all()[0].path.unlink()
    left = without_an_author(project)
    store = ProjectStore.open(project)
    assert log_of(store) == [1, 2]
    assert store.opened.backup is not None
    assert store.opened.kept_aside[0].read_bytes() == left
    store.close()


@pytest.mark.parametrize("version", [1, 2])
def test_a_log_that_cannot_be_read_is_damage_where_there_is_no_backup(
    tmp_path: Path, version: int
) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    shutil.rmtree(backups_of(project))
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('"version": 2', f'"version": {version}'), encoding="utf-8")
    left = without_an_author(project)
    with pytest.raises(DamagedProject, match=r"the log cannot be read \(author: Field required"):
        ProjectStore.open(project)
    assert project.read_bytes() == left
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("key", ["-2", "02", " 2", "0", "+2", "2.0", "１"])
def test_a_row_under_a_number_that_the_editor_never_writes_is_damage(
    tmp_path: Path, key: str
) -> None:
    """Its form could not be found again in the file; so it must not be taken over."""
    project = project_with(tmp_path / "p.mid.json", 3)
    shutil.rmtree(backups_of(project))
    text = project.read_text(encoding="utf-8")
    assert text.count('\n    "2": ') == 1
    project.write_text(text.replace('\n    "2": ', f'\n    "{key}": '), encoding="utf-8")
    with pytest.raises(DamagedProject, match=r"p\.mid\.json is damaged: a table is missing or"):
        ProjectStore.open(project)


def test_a_change_while_open_is_noticed_and_not_written_over(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    append_step(store)
    assert not store.was_changed_outside()
    written = with_tinydb(project, 77)
    assert store.was_changed_outside()
    with pytest.raises(ChangedOutside, match=r"p\.mid\.json was changed by another program"):
        store.snapshot()
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
    written = with_tinydb(project, 77)
    with pytest.raises(UserError, match=r"All changes are safe in .*p\.mid\.json\.journal"):
        store.close()
    store.abandon()
    assert project.read_bytes() == written
    again = ProjectStore.open(project)
    assert again.contents.records[1]["page"] == 4
    assert again.opened.outside is not None
    assert again.opened.outside.records[1]["page"] == 77
    again.close()


def test_touching_the_file_or_writing_the_same_rows_is_no_change(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    store = ProjectStore.open(project)
    append_step(store)
    project.touch()
    assert not store.was_changed_outside()
    with_tinydb(project, 3)
    assert not store.was_changed_outside()
    store.close()
    assert numbers(project) == [1, 2, 3, 4]


def test_no_save_of_our_own_is_taken_for_a_change_from_outside(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project)
    asked = []

    def edit_and_save() -> None:
        for _ in range(40):
            append_step(store)
            store.snapshot()

    saving = Thread(target=edit_and_save)
    saving.start()
    while saving.is_alive():
        asked.append(store.was_changed_outside())
    saving.join()
    assert asked
    assert not any(asked)
    store.close()


def test_a_reader_settles_nothing(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project, read_only=True)
    with pytest.raises(OnlyRead):
        store.settle_outside()
    assert files_of(tmp_path) == ["p.mid.json"]


# A journal that does not go on from the file


def test_the_journal_of_a_fork_of_the_project_is_offered(tmp_path: Path) -> None:
    """Two people went on from one file; the journal of one lies beside the file of the other."""
    ours = project_with(tmp_path / "ours.mid.json", 3)
    (tmp_path / "theirs").mkdir()
    theirs = tmp_path / "theirs" / "ours.mid.json"
    shutil.copy(ours, theirs)
    for project, author, steps in ((ours, "Ana", 1), (theirs, "Ben", 4)):
        store = ProjectStore.open(project)
        append_steps(store, steps, author)
        if project == ours:
            store.snapshot()
        store.abandon()
    shutil.copy(journal_of(theirs), journal_of(ours))
    store = ProjectStore.open(ours)
    assert log_of(store) == [1, 2, 3, 4]
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 7
    assert store.opened.kept_aside == [journal_of(ours).with_name(f"{ours.name}.journal.damaged-1")]
    store.close()


def test_the_journal_of_another_project_is_kept_and_not_offered(tmp_path: Path) -> None:
    project = project_with(tmp_path / "ours.mid.json", 2, author="Ana")
    other = crashed_project(tmp_path / "theirs.mid.json", saved=1, unsaved=3, author="Ben")
    journal_of(other).rename(journal_of(project))
    store = ProjectStore.open(project)
    assert (log_of(store), store.opened.outside) == ([1, 2], None)
    assert len(store.opened.kept_aside) == 1
    store.close()


def test_what_stands_after_a_damaged_line_of_the_journal_is_offered(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=4)
    lines = journal_of(project).read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"Ana", b"Ann")
    journal_of(project).write_bytes(b"".join(lines))
    store = ProjectStore.open(project)
    assert (log_of(store), store.opened.recovered) == ([1, 2, 3], 1)
    assert store.contents.records[1]["page"] == 3
    assert store.opened.outside is not None
    assert store.opened.outside.records[1]["page"] == 6
    (aside,) = store.opened.kept_aside
    assert aside.read_bytes() == b"".join(lines)
    store.close()


def test_each_fault_is_kept_aside_under_a_name_of_its_own(tmp_path: Path) -> None:
    project = saved_at_each(tmp_path / "p.mid.json", 2)
    for number in (1, 2, 3):
        project.write_bytes(b"fault %d" % number)
        ProjectStore.open(project).close()
    asides = [tmp_path / f"p.mid.json.damaged-{number}" for number in (1, 2, 3)]
    assert [path.read_bytes() for path in asides] == [b"fault 1", b"fault 2", b"fault 3"]


def test_a_reader_beside_a_busy_writer_never_takes_half_a_step_for_damage(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project)

    def edit() -> None:
        for number in range(200):
            append_step(store, reason="long " * 10_000)
            if number % 50 == 49:
                store.snapshot()

    writing = Thread(target=edit)
    writing.start()
    seen = []
    while writing.is_alive():
        opened = ProjectStore.open(project, read_only=True).opened
        assert opened.journal_is_whole
        seen.append(len(opened.contents.log))
    writing.join()
    assert seen == sorted(seen)
    store.close()
