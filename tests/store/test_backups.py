"""Backups: which are kept, that each can be read, and that a failed backup does not stop a save."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.files.user_error import FileError, UserError
from mideditor.store.backups import Backup, Backups, to_prune
from mideditor.store.project_store import ProjectStore
from tests.store.steps import append_step, append_steps, backups_of, numbers, project_with

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def made_at(*times: datetime) -> list[Backup]:
    """Backups of successive steps, made at these times; newest first."""
    made = [
        Backup(Path(f"{number}.mid.json.gz"), time, number, f"{number:012x}")
        for number, time in enumerate(times, start=1)
    ]
    return made[::-1]


def kept(backups: list[Backup], now: datetime = NOW) -> list[str]:
    """The times of the backups that are kept, newest first, in UTC."""
    pruned = list(to_prune(backups, now))
    return [
        f"{backup.time.astimezone(UTC):%Y-%m-%d %H:%M}"
        for backup in backups
        if backup not in pruned
    ]


def test_the_last_backup_of_each_hour_is_kept_for_a_day() -> None:
    backups = made_at(*(NOW - timedelta(minutes=minutes) for minutes in (125, 100, 95, 31, 29, 0)))
    assert kept(backups) == ["2026-11-22 10:30", "2026-11-22 09:59", "2026-11-22 08:55"]


def test_the_last_backup_of_each_day_is_kept_for_a_month() -> None:
    backups = made_at(*(NOW - timedelta(days=days, hours=2) for days in (3, 2.1, 2, 1.1, 1)))
    assert kept(backups) == ["2026-11-21 08:30", "2026-11-20 08:30", "2026-11-19 08:30"]


def test_the_last_backup_of_each_earlier_month_is_kept() -> None:
    backups = made_at(*(NOW - timedelta(days=days) for days in (400, 100, 95, 90, 50, 45)))
    assert kept(backups) == [
        "2026-10-08 10:30",
        "2026-08-24 10:30",
        "2025-10-18 10:30",
    ]


def test_the_time_zone_of_the_computer_makes_no_difference() -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    times = [NOW - timedelta(minutes=minutes) for minutes in (125, 100, 95, 31, 29, 0)]
    in_nepal = made_at(*(time.astimezone(nepal) for time in times))
    assert kept(in_nepal, NOW.astimezone(nepal)) == kept(made_at(*times))


def test_after_the_clock_was_set_back_the_newest_is_still_the_last_save() -> None:
    backups = made_at(NOW, NOW + timedelta(days=40), NOW - timedelta(days=700))
    assert kept(backups, NOW - timedelta(days=700)) == [
        "2024-12-22 10:30",
        "2027-01-01 10:30",
        "2026-11-22 10:30",
    ]


@given(
    minutes=st.lists(st.integers(-600_000, 600_000), min_size=1, max_size=40),
    now=st.integers(-600_000, 600_000),
)
def test_the_newest_is_always_kept_and_pruning_twice_deletes_no_more(
    minutes: list[int], now: int
) -> None:
    backups = made_at(*(NOW + timedelta(minutes=minute) for minute in minutes))
    then = NOW + timedelta(minutes=now)
    pruned = list(to_prune(backups, then))
    left = [backup for backup in backups if backup not in pruned]
    assert left[0] == backups[0]
    assert list(to_prune(left, then)) == []
    assert len(left) <= 25 + 31 + 2 * 600_000 // (60 * 24 * 28) + len(
        {backup.time.replace(minute=0) for backup in left if backup.time > then}
    )


def minutes_apart(start: datetime = NOW, minutes: int = 40) -> Iterator[datetime]:
    while True:
        yield start
        start += timedelta(minutes=minutes)


def saved_repeatedly(project: Path, times: int, clock: Iterator[datetime]) -> ProjectStore:
    store = ProjectStore.open(project, create=True, now=lambda: next(clock))
    for _ in range(times):
        append_step(store)
        store.save()
        assert store.backup_error is None
    return store


def test_each_save_makes_a_backup_that_replaces_the_one_of_the_same_hour(
    tmp_path: Path,
) -> None:
    store = saved_repeatedly(tmp_path / "p.mid.json", 4, minutes_apart())
    assert [(backup.steps, f"{backup.time:%H:%M}") for backup in store.backups.all()] == [
        (4, "12:30"),
        (3, "11:50"),
        (1, "10:30"),
    ]
    for backup in store.backups.all():
        assert len(backup.read().contents.log) == backup.steps
        assert not backup.read().altered
    store.close()


def test_a_clock_set_back_between_two_saves_loses_no_backup(tmp_path: Path) -> None:
    store = saved_repeatedly(tmp_path / "p.mid.json", 3, minutes_apart(NOW, -60 * 24 * 50))
    assert [backup.steps for backup in store.backups.all()] == [3, 2, 1]
    found = store.backups.newest_readable()
    assert found is not None
    assert found[0].steps == 3
    store.close()


def test_a_backup_is_a_project_that_gunzip_unpacks(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 3)
    (backup,) = Backups(backups_of(project)).all()
    assert gzip.decompress(backup.path.read_bytes()) == project.read_bytes()


def damage(backup: Backup, how: str) -> None:
    data = bytearray(backup.path.read_bytes())
    if how == "cut":
        del data[len(data) // 2 :]
    elif how == "a flipped byte":
        data[len(data) // 2] ^= 0x10
    elif how == "another project’s bytes":
        text = gzip.decompress(data).replace(b'"page": ', b'"page": 1')
        data = bytearray(gzip.compress(text))
    elif how == "empty":
        data.clear()
    elif how == "no project":
        data = bytearray(gzip.compress(b"Once upon a time"))
    backup.path.write_bytes(data)


@pytest.mark.parametrize(
    "how", ["cut", "a flipped byte", "another project’s bytes", "empty", "no project"]
)
def test_a_corrupt_backup_is_named_and_skipped(tmp_path: Path, how: str) -> None:
    store = saved_repeatedly(tmp_path / "p.mid.json", 3, minutes_apart(minutes=70))
    newest, before, _ = store.backups.all()
    damage(newest, how)
    with pytest.raises(UserError, match=str(newest.path.name)):
        newest.read()
    found = store.backups.newest_readable()
    assert found is not None
    assert (found[0], len(found[1].contents.log)) == (before, 2)
    store.close()


def test_a_backup_that_cannot_be_opened_is_skipped(tmp_path: Path) -> None:
    store = saved_repeatedly(tmp_path / "p.mid.json", 2, minutes_apart(minutes=70))
    newest, before = store.backups.all()
    newest.path.unlink()
    newest.path.mkdir()
    with pytest.raises(FileError, match=r"step 2 .*Is a directory\. Choose another backup"):
        newest.read()
    found = store.backups.newest_readable()
    assert found is not None
    assert found[0] == before
    store.close()


def test_a_corrupt_backup_of_the_same_time_is_replaced(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    backups = Backups(backups_of(project))
    (backup,) = backups.all()
    damage(backup, "a flipped byte")
    again = backups.add(project.read_bytes(), backup.steps, backup.time)
    assert again.path == backup.path
    assert len(again.read().contents.log) == 1


def test_a_backup_of_an_older_version_is_not_pruned(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 5)
    backups = Backups(tmp_path / "p.mid.json.backups")
    old = backups.add(b"as version 1 left it", 5, NOW, of_older_version=True)
    backups.add(project.read_bytes(), 5, NOW)
    assert old in backups.all()
    assert gzip.decompress(old.path.read_bytes()) == b"as version 1 left it"


def test_other_files_in_the_folder_are_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "p.mid.json.backups"
    folder.mkdir()
    (folder / "notes.txt").write_text("Before the conference", encoding="utf-8")
    store = saved_repeatedly(tmp_path / "p.mid.json", 2, minutes_apart(minutes=1))
    assert [backup.steps for backup in store.backups.all()] == [2]
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "Before the conference"
    store.close()


def test_temporary_files_of_a_killed_writer_are_removed_on_opening(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    name = ".2026-11-22T103000Z step 1 0123456789ab.mid.json.gz.abc123.unfinished"
    unfinished = backups_of(project) / name
    unfinished.write_bytes(b"\x1f\x8b")
    ProjectStore.open(project).close()
    assert not unfinished.exists()
    assert len(list(backups_of(project).iterdir())) == 1


def test_a_file_in_place_of_the_folder_does_not_stop_the_save(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    backups_of(project).write_text("in the way", encoding="utf-8")
    store = ProjectStore.open(project, create=True)
    append_step(store)
    store.save()
    assert str(store.backup_error).startswith(f"{backups_of(project)}: File exists. No backup")
    assert numbers(project) == [1]
    backups_of(project).unlink()
    append_step(store)
    store.save()
    assert store.backup_error is None
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_backup_that_cannot_be_read_back_does_not_stop_the_save(tmp_path: Path) -> None:
    """The name of the next backup is taken by a link to itself."""
    project = tmp_path / "p.mid.json"
    clock = minutes_apart(minutes=0)
    store = ProjectStore.open(project, create=True, now=lambda: next(clock))
    append_steps(store, 2)
    store.save()
    (backup,) = store.backups.all()
    backup.path.unlink()
    backup.path.symlink_to(backup.path.name)
    store.settle_outside()
    assert store.backup_error is not None
    assert str(store.backup_error).startswith(f"{backups_of(project)}: Too many levels")
    assert numbers(project) == [1, 2]
    store.close()


def test_backups_with_later_steps_than_the_file_are_set_aside(tmp_path: Path) -> None:
    """Another project or an older copy replaced the file: these are not its backups."""
    project = project_with(tmp_path / "p.mid.json", 5, author="Ana")
    older = [
        backup.path.name for backup in ProjectStore.open(project, read_only=True).backups.all()
    ]
    project.unlink()
    store = ProjectStore.open(project, create=True)
    assert store.opened.backups_set_aside == tmp_path / "p.mid.json.backups.ahead-1"
    assert [path.name for path in store.opened.backups_set_aside.iterdir()] == older
    append_steps(store, 1, author="Zoe")
    store.close()
    project.write_bytes(project.read_bytes()[:-40])
    store = ProjectStore.open(project)
    assert [step["author"] for step in store.contents.log.values()] == ["Zoe"]
    store.close()


def test_backups_of_the_same_steps_are_kept(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 2)
    store = ProjectStore.open(project)
    assert store.opened.backups_set_aside is None
    assert len(store.backups.all()) == 1
    store.close()
