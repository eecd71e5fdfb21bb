"""Journals left by a crash, a full disk or another project."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mideditor.store.documents import VERSION, contents_of
from mideditor.store.layout import file_bytes
from mideditor.store.opening import NewerJournal
from mideditor.store.project import DamagedProject
from mideditor.store.project_store import ProjectStore
from tests.store.steps import (
    append_steps,
    backups_of,
    crashed_project,
    files_of,
    journal_of,
    numbers,
    project_with,
)


def test_steps_in_the_journal_are_replayed_and_saved(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=3, unsaved=2)
    store = ProjectStore.open(project)
    assert store.opened.recovered == 2
    assert store.opened.set_aside == []
    assert not journal_of(project).exists()
    assert len(append_steps(store, 1)) == 1
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5, 6]


def test_a_project_that_crashed_before_its_first_snapshot_is_recovered(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=0, unsaved=2)
    assert not project.exists()
    store = ProjectStore.open(project)
    assert store.opened.recovered == 2
    store.close()
    assert numbers(project) == [1, 2]


@pytest.mark.parametrize("cut", [1, 2, 9, 10, 40])
def test_a_journal_with_a_torn_last_line_is_set_aside(tmp_path: Path, cut: int) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=3)
    journal = journal_of(project)
    torn = journal.read_bytes()[:-cut]
    journal.write_bytes(torn)
    assert numbers(project) == [1, 2, 3, 4]
    store = ProjectStore.open(project)
    assert (store.opened.recovered, len(store.contents.log)) == (2, 4)
    assert store.opened.set_aside == [tmp_path / "p.mid.json.journal.damaged-1"]
    assert store.opened.set_aside[0].read_bytes() == torn
    append_steps(store, 1)
    store.close()
    assert numbers(project) == [1, 2, 3, 4, 5]


def test_replay_stops_at_a_damaged_line_and_nothing_is_discarded(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=0, unsaved=4)
    lines = journal_of(project).read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"Ana", b"Ann")
    journal_of(project).write_bytes(b"".join(lines))
    store = ProjectStore.open(project)
    assert len(store.contents.log) == 2
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == b"".join(lines)
    store.close()


def test_a_second_damaged_journal_does_not_overwrite_the_first(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    for content in (b"first", b"second"):
        journal_of(project).write_bytes(content)
        ProjectStore.open(project).close()
    set_aside = [tmp_path / f"p.mid.json.journal.damaged-{number}" for number in (1, 2)]
    assert [path.read_bytes() for path in set_aside] == [b"first", b"second"]


@pytest.mark.parametrize(("ours", "theirs"), [(2, 4), (4, 2), (2, 2), (0, 3)])
def test_the_journal_of_another_project_is_not_replayed_but_kept(
    tmp_path: Path, ours: int, theirs: int
) -> None:
    project = project_with(tmp_path / "ours.mid.json", ours, author="Ana")
    other = crashed_project(tmp_path / "theirs.mid.json", saved=1, unsaved=theirs, author="Ben")
    foreign = journal_of(other).read_bytes()
    journal_of(other).rename(journal_of(project))
    store = ProjectStore.open(project)
    assert {step["author"] for step in store.contents.log.values()} <= {"Ana"}
    assert len(store.contents.log) == ours
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == foreign
    store.close()


def test_a_crash_between_saving_and_deleting_the_journal_does_no_harm(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=3)
    journal = journal_of(project).read_bytes()
    ProjectStore.open(project).close()
    journal_of(project).write_bytes(journal)
    store = ProjectStore.open(project)
    assert (store.opened.recovered, store.opened.set_aside) == (0, [])
    assert len(store.contents.log) == 5
    store.close()
    assert files_of(tmp_path) == ["p.mid.json"]


def test_a_half_written_snapshot_is_removed(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=1)
    (tmp_path / ".p.mid.json.abc123.unfinished").write_bytes(b'{"meta"')
    assert numbers(project) == [1, 2, 3]
    ProjectStore.open(project).close()
    assert files_of(tmp_path) == ["p.mid.json"]


def test_an_empty_journal_is_not_damaged(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 2)
    journal_of(project).write_bytes(b"")
    store = ProjectStore.open(project)
    assert store.opened.set_aside == []
    store.close()
    assert not journal_of(project).exists()


def test_a_recovered_file_equals_a_saved_one(tmp_path: Path) -> None:
    crashed = crashed_project(tmp_path / "crashed.mid.json", saved=2, unsaved=3)
    ProjectStore.open(crashed).close()
    saved = project_with(tmp_path / "saved.mid.json", 5)
    assert crashed.read_bytes() == saved.read_bytes()


def rewritten(line: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A line of a journal with its entry changed, under a checksum that is right for it."""
    entry = json.loads(line.partition(b" ")[2])
    change(entry)
    body = json.dumps(entry).encode()
    return b"%08x %b\n" % (zlib.crc32(body), body)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("saved", [0, 2])
@pytest.mark.parametrize("version", [VERSION + 1, VERSION + 97, "4", None])
@pytest.mark.parametrize("which", [0, -1])
def test_a_journal_of_a_newer_version_is_refused_and_nothing_is_touched(
    tmp_path: Path, saved: int, version: object, which: int
) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=saved, unsaved=3)
    lines = journal_of(project).read_bytes().splitlines(keepends=True)
    lines[which] = rewritten(lines[which], lambda entry: entry.update(version=version))
    journal_of(project).write_bytes(b"".join(lines))
    before = files_in(tmp_path)
    for read_only in (True, False):
        with pytest.raises(NewerJournal, match=r"p\.mid\.json\.journal was written by a newer"):
            ProjectStore.open(project, read_only=read_only)
    assert files_in(tmp_path) == before


def test_a_newer_entry_after_a_damaged_line_is_refused_too(tmp_path: Path) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=1, unsaved=3)
    first, _, last = journal_of(project).read_bytes().splitlines(keepends=True)
    newer = rewritten(last, lambda entry: entry.update(version=VERSION + 1))
    journal_of(project).write_bytes(b"".join((first, b"00000000 {}\n", newer)))
    before = files_in(tmp_path)
    with pytest.raises(NewerJournal):
        ProjectStore.open(project)
    assert files_in(tmp_path) == before


BAD_CONTENT: dict[str, Callable[[dict[str, Any]], object]] = {
    "a record that is no record": lambda entry: entry["records"]["1"].update(kind="dragon"),
    "a record with a bad value": lambda entry: entry["records"]["1"].update(page="nine"),
    "an original that is no record": lambda entry: entry["originals"].update(
        {"a" * 64: {"kind": "dragon"}}
    ),
    "an unknown change": lambda entry: entry["step"]["changes"][0].update(change="burnt"),
    "a step without a time": lambda entry: entry["step"].pop("time"),
    "a step without changes": lambda entry: entry["step"].pop("changes"),
    "a step with another link": lambda entry: entry["step"].update(link="f" * 64),
    "a step with another number": lambda entry: entry["step"].update(number=9),
    "a step with other content": lambda entry: entry["step"].update(author="Zoe"),
    "a step without a link": lambda entry: entry["step"].pop("link"),
    "a step without content": lambda entry: entry["step"].pop("content"),
    "content that is no hash": lambda entry: entry["step"].update(content="é"),
    "a step without a number": lambda entry: entry["step"].pop("number"),
    "a number that is none": lambda entry: entry["step"].update(number="4"),
    "a step that is a list": lambda entry: entry.update(step=[]),
    "no step": lambda entry: entry.pop("step"),
    "an original under another digest": lambda entry: entry["originals"].update(
        {"a" * 64: entry["records"]["1"]}
    ),
    "originals that are a list": lambda entry: entry.update(originals=[]),
    "an original that is a word": lambda entry: entry["originals"].update({"a" * 64: "word"}),
    "records that are a list": lambda entry: entry.update(records=[7]),
    "a record that is a word": lambda entry: entry["records"].update({"1": "word"}),
    "a record without a number": lambda entry: entry["records"].update({"one": {}}),
    "a record that is gone and never was": lambda entry: entry["records"].update({"7": None}),
    "sources that are no list": lambda entry: entry.update(sources={"1": {}}),
    "a source that is a word": lambda entry: entry.update(sources=["word"]),
    "a source without a name": lambda entry: entry.update(sources=[{"id": "00"}]),
    "a source with other bytes": lambda entry: entry.update(
        sources=[{"id": "00", "name": "a.txt", "encoding": "utf-8", "text": "942"}]
    ),
}


@pytest.mark.parametrize("change", BAD_CONTENT.values(), ids=BAD_CONTENT)
def test_an_entry_with_bad_content_under_a_right_checksum_is_set_aside(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=3)
    first, second, third = journal_of(project).read_bytes().splitlines(keepends=True)
    left = b"".join((first, rewritten(second, change), third))
    journal_of(project).write_bytes(left)
    assert numbers(project) == [1, 2, 3]
    store = ProjectStore.open(project)
    assert len(store.contents.log) == 3
    assert store.contents.records[1]["page"] == 3
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == left
    assert not store.opened.journal_is_intact
    assert append_steps(store, 1) == [4]
    store.close()
    assert numbers(project) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "body", [b"[]", b"7", b"null", b"{}", b"{", b"", b'{"version": 3}', b"\xff"]
)
def test_a_line_that_is_no_entry_under_a_right_checksum_is_damage(
    tmp_path: Path, body: bytes
) -> None:
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=1)
    with journal_of(project).open("ab") as journal:
        journal.write(b"%08x %b\n" % (zlib.crc32(body), body))
    left = journal_of(project).read_bytes()
    assert numbers(project) == [1, 2, 3]
    store = ProjectStore.open(project)
    assert len(store.contents.log) == 3
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == left
    store.close()


OLD_JOURNAL = Path(__file__).with_name("versions") / "version-2-journal.mid.json"

BAD_OLD_CONTENT: dict[str, Callable[[dict[str, Any]], object]] = {
    "a record that is no record": lambda entry: entry["records"].update({"1": {"kind": "dragon"}}),
    "a record that is gone and never was": lambda entry: entry["records"].update({"777": None}),
    "no records": lambda entry: entry.update(records=[]),
    "a source that is none": lambda entry: entry.update(sources=[{}]),
    "no sources": lambda entry: entry.pop("sources"),
    "a step that is none": lambda entry: entry.update(step={}),
    "a step without the hash before": lambda entry: entry["step"].pop("previous"),
}


@pytest.mark.parametrize("change", BAD_OLD_CONTENT.values(), ids=BAD_OLD_CONTENT)
def test_an_older_entry_with_bad_content_is_set_aside(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    project = tmp_path / "p.mid.json"
    shutil.copy(OLD_JOURNAL, project)
    first, second, *rest = journal_of(OLD_JOURNAL).read_bytes().splitlines(keepends=True)
    left = b"".join((first, rewritten(second, change), *rest))
    journal_of(project).write_bytes(left)
    store = ProjectStore.open(project)
    assert store.opened.recovered == 1
    (set_aside,) = store.opened.set_aside
    assert set_aside.read_bytes() == left
    store.close()


def test_an_unknown_kind_of_change_in_the_log_is_told_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    """The digest of the file is right, and a journal goes on from it."""
    project = crashed_project(tmp_path / "p.mid.json", saved=2, unsaved=1)
    tables = json.loads(project.read_bytes())
    tables["log"]["1"]["changes"][0]["change"] = "burnt"
    project.write_bytes(file_bytes(contents_of(project, tables)))
    shutil.rmtree(backups_of(project))
    before = files_in(tmp_path)
    with pytest.raises(DamagedProject, match="does not know, “burnt”"):
        ProjectStore.open(project)
    assert files_in(tmp_path) == before
