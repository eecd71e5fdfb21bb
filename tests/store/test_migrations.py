"""Projects of older versions open with all their data, and a backup of the old file is kept."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.files.user_error import FileError
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.backups import Backups
from mideditor.store.documents import VERSION, NewerProject
from mideditor.store.project_store import ProjectStore
from tests.session.chapters import file_of
from tests.store.steps import backups_of, files_of, journal_of

VERSIONS = Path(__file__).with_name("versions")
OLD_VERSIONS = range(1, VERSION)


def of_version(folder: Path, version: int) -> Path:
    project = folder / "p.mid.json"
    shutil.copy(VERSIONS / f"version-{version}.mid.json", project)
    return project


def tables_of(project: Path) -> dict[str, dict[str, dict[str, object]]]:
    tables: dict[str, dict[str, dict[str, object]]] = json.loads(project.read_bytes())
    return tables


def in_any_order(documents: Iterable[Mapping[str, Any]]) -> list[str]:
    """Records, without their ids, to compare as sets."""
    return sorted(json.dumps(document, sort_keys=True) for document in documents)


def test_there_is_a_project_file_for_every_older_version() -> None:
    for version in OLD_VERSIONS:
        meta = tables_of(VERSIONS / f"version-{version}.mid.json")["meta"]["1"]
        assert meta["version"] == version


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_an_older_project_keeps_its_records_log_and_undo(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = tables_of(project)
    with Session.open(project, "Ana") as session:
        assert file_of(session).opened.migrated_from == version
        (notice,) = opening_notice(session)
        assert notice.startswith(f"p.mid.json was of project version {version} and is now of the")
        assert in_any_order(session.documents().values()) == in_any_order(old["records"].values())
        assert [step.former_hash for step in session.history.steps] == [
            step["hash"] for step in old["log"].values()
        ]
        assert [(step.time.isoformat(), step.author) for step in session.history.steps] == [
            (datetime.fromisoformat(str(step["time"])).isoformat(), step["author"])
            for step in old["log"].values()
        ]
        assert list(faults(session)) == []
        documents = [dict(session.documents())]
        while (step := session.history.next_undo_of_anyone()) is not None:
            session.undo(step.number)
            documents.append(dict(session.documents()))
        assert session.ids() == []
        for before in reversed(documents[:-1]):
            session.redo()
            assert dict(session.documents()) == before
        assert list(faults(session)) == []
    assert tables_of(project)["meta"]["1"]["version"] == VERSION
    with Session.open(project, "Ana") as session:
        assert file_of(session).opened.migrated_from is None
        assert opening_notice(session) == []


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_the_older_file_is_kept_unchanged_through_any_number_of_saves(
    tmp_path: Path, version: int
) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    for number in range(3):
        with Session.open(project, "Ana") as session:
            first = session.ids()[0]
            session.edit(ChangeKind.CORRECTION, {first: {"page": 900 + number}})
            session.save()
    copies = [gzip.decompress(one.path.read_bytes()) for one in Backups(backups_of(project)).all()]
    assert copies.count(old) == 1
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_the_backup_of_the_older_file_can_be_read(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = tables_of(project)
    with Session.open(project, "Ana"):
        pass
    copy = Backups(backups_of(project)).all()[-1]
    contents = copy.read().contents
    assert in_any_order(contents.records.values()) == in_any_order(old["records"].values())


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_migration_killed_after_the_backup_is_repeated(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    ProjectStore.open(project).abandon()
    migrated = project.read_bytes()
    project.write_bytes(old)
    (tmp_path / ".p.mid.json.abc123.unfinished").write_bytes(migrated[:50])
    with Session.open(project, "Ana") as session:
        assert file_of(session).opened.migrated_from == version
        assert list(faults(session)) == []
    assert project.read_bytes() == migrated
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_nothing_is_migrated_without_a_backup(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    backups_of(project).write_bytes(b"in the way")
    with pytest.raises(FileError, match=r"\.backups: File exists\. No backup was made"):
        ProjectStore.open(project)
    assert project.read_bytes() == old


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_reader_sees_the_migrated_project_and_does_not_change_the_file(
    tmp_path: Path, version: int
) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    with Session.open(project, "Ben", read_only=True) as session:
        assert list(faults(session)) == []
        assert opening_notice(session) == []
    assert project.read_bytes() == old
    assert not backups_of(project).exists()


# The journal that an older program left


def with_journal(folder: Path, name: str) -> Path:
    """A project of version 2 as a crash left it."""
    project = folder / "p.mid.json"
    for suffix in ("", ".journal"):
        file = VERSIONS / f"{name}.mid.json{suffix}"
        if file.exists():
            shutil.copy(file, project.with_name(project.name + suffix))
    return project


def old_steps(project: Path, journal: Sequence[bytes]) -> list[str]:
    """The hashes of the steps of a version 2 project and of the lines of its journal."""
    saved = tables_of(project)["log"].values() if project.exists() else ()
    journaled = [json.loads(line.partition(b" ")[2])["step"] for line in journal]
    return [str(step["hash"]) for step in (*saved, *journaled)]


def state_of(session: Session) -> dict[str, Any]:
    return {name: dict(rows) for name, rows in file_of(session).contents.tables().items()}


@pytest.mark.parametrize("name", ["version-2-journal", "version-2-journal-alone"])
def test_the_journal_of_an_older_project_is_taken_over(tmp_path: Path, name: str) -> None:
    project = with_journal(tmp_path, name)
    lines = journal_of(project).read_bytes().splitlines()
    steps = old_steps(project, lines)
    with Session.open(project, "Ben", read_only=True) as session:
        seen = state_of(session)
        assert list(faults(session)) == []
    assert journal_of(project).exists()
    with Session.open(project, "Ana") as session:
        assert [step.former_hash for step in session.history.steps] == steps
        assert file_of(session).opened.recovered == len(lines)
        assert file_of(session).opened.set_aside == []
        assert list(faults(session)) == []
        assert state_of(session) == seen
    assert files_of(tmp_path) == ["p.mid.json"]
    with Session.open(project, "Ana") as session:
        assert state_of(session) == seen


@pytest.mark.parametrize("name", ["version-2-journal", "version-2-journal-alone"])
def test_an_older_journal_left_beside_the_migrated_file_is_not_put_in_twice(
    tmp_path: Path, name: str
) -> None:
    """The program was killed after it had written the file, before it discarded the journal."""
    project = with_journal(tmp_path, name)
    old_journal = journal_of(project).read_bytes()
    Session.open(project, "Ana").close()
    journal_of(project).write_bytes(old_journal)
    migrated = project.read_bytes()
    with Session.open(project, "Ben", read_only=True) as session:
        seen = state_of(session)
        assert opening_notice(session) == []
    with Session.open(project, "Ana") as session:
        assert (file_of(session).opened.recovered, file_of(session).opened.set_aside) == (0, [])
        assert state_of(session) == seen
        assert list(faults(session)) == []
    assert project.read_bytes() == migrated
    assert files_of(tmp_path) == ["p.mid.json"]


def test_an_older_journal_goes_on_in_front_of_newer_entries(tmp_path: Path) -> None:
    """Killed before it was discarded, it got the entries of the next steps."""
    project = with_journal(tmp_path, "version-2-journal")
    old_journal = journal_of(project).read_bytes()
    with Session.open(project, "Ana") as session:
        steps = len(session.history.steps)
    session = Session.open(project, "Ana")
    first = session.ids()[0]
    session.edit(ChangeKind.CORRECTION, {first: {"page": 900}})
    session.abandon()
    journal_of(project).write_bytes(old_journal + journal_of(project).read_bytes())
    with Session.open(project, "Ana") as session:
        assert (file_of(session).opened.recovered, file_of(session).opened.set_aside) == (1, [])
        assert len(session.history.steps) == steps + 1
        assert session.record(first).page == 900
        assert list(faults(session)) == []
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("kept", [1, 40, 400])
def test_a_torn_end_of_an_older_journal_is_set_aside(tmp_path: Path, kept: int) -> None:
    project = with_journal(tmp_path, "version-2-journal")
    journal = journal_of(project).read_bytes()
    *whole, last = journal.splitlines(keepends=True)
    torn = b"".join(whole) + last[:-kept]
    journal_of(project).write_bytes(torn)
    steps = old_steps(project, whole)
    with Session.open(project, "Ana") as session:
        assert [step.former_hash for step in session.history.steps] == steps
        (set_aside,) = file_of(session).opened.set_aside
        assert set_aside.read_bytes() == torn
        assert list(faults(session)) == []


def test_the_older_journal_of_another_project_is_set_aside(tmp_path: Path) -> None:
    project = of_version(tmp_path, 2)
    foreign = (VERSIONS / "version-2-journal.mid.json.journal").read_bytes()
    journal_of(project).write_bytes(foreign)
    with Session.open(project, "Ana") as session:
        assert [step.former_hash for step in session.history.steps] == [
            step["hash"] for step in tables_of(VERSIONS / "version-2.mid.json")["log"].values()
        ]
        (set_aside,) = file_of(session).opened.set_aside
        assert set_aside.read_bytes() == foreign
        assert opening_notice(session)


@pytest.mark.parametrize("version", [VERSION + 1, VERSION + 97])
def test_a_newer_project_is_refused_and_not_changed(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, 1)
    tables = tables_of(project)
    tables["meta"]["1"]["version"] = version
    project.write_text(json.dumps(tables), encoding="utf-8")
    before = project.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NewerProject, match=r"p\.mid\.json was written by a newer mideditor"):
            ProjectStore.open(project, read_only=read_only)
    assert project.read_bytes() == before
    assert files_of(tmp_path) == ["p.mid.json"]
