"""Projects of older versions open with all their data, and a backup of the old file is kept."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from mideditor.domain.steps import StepKind
from mideditor.files.user_error import FileError
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.backups import Backups
from mideditor.store.documents import VERSION, NewerProject
from mideditor.store.migrations import MIGRATIONS
from mideditor.store.project_store import ProjectStore
from tests.store.steps import backups_of, files_of

VERSIONS = Path(__file__).with_name("versions")


def of_version(folder: Path, version: int) -> Path:
    project = folder / "p.mid.json"
    shutil.copy(VERSIONS / f"version-{version}.mid.json", project)
    return project


def tables_of(project: Path) -> dict[str, dict[str, dict[str, object]]]:
    tables: dict[str, dict[str, dict[str, object]]] = json.loads(project.read_bytes())
    return tables


def test_there_is_a_migration_and_a_project_file_for_every_older_version() -> None:
    assert sorted(MIGRATIONS) == list(range(1, VERSION))
    for version in MIGRATIONS:
        meta = tables_of(VERSIONS / f"version-{version}.mid.json")["meta"]["1"]
        assert meta["version"] == version


@pytest.mark.parametrize("version", MIGRATIONS)
def test_an_older_project_keeps_its_records_log_and_undo(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = tables_of(project)
    with Session.open(project, "Ana") as session:
        assert session.opened.migrated_from == version
        (notice,) = opening_notice(session)
        assert notice.startswith(f"p.mid.json was of project version {version} and is now of the")
        assert {str(record): dict(doc) for record, doc in session.documents().items()} == (
            old["records"]
        )
        assert [step.hash for step in session.history.steps] == [
            step["hash"] for step in old["log"].values()
        ]
        assert list(faults(session)) == []
        documents = [dict(session.documents())]
        while session.history.next_undo is not None:
            session.undo()
            documents.append(dict(session.documents()))
        assert session.ids() == []
        for before in reversed(documents[:-1]):
            session.redo()
            assert dict(session.documents()) == before
        assert list(faults(session)) == []
    assert tables_of(project)["meta"]["1"]["version"] == VERSION
    with Session.open(project, "Ana") as session:
        assert session.opened.migrated_from is None
        assert opening_notice(session) == []


@pytest.mark.parametrize("version", MIGRATIONS)
def test_the_older_file_is_kept_unchanged_through_any_number_of_saves(
    tmp_path: Path, version: int
) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    for number in range(3):
        with Session.open(project, "Ana") as session:
            first = session.ids()[0]
            session.edit(StepKind.CORRECTION, {first: {"page": 900 + number}})
            session.save()
    copies = [gzip.decompress(one.path.read_bytes()) for one in Backups(backups_of(project)).all()]
    assert copies.count(old) == 1
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("version", MIGRATIONS)
def test_the_backup_of_the_older_file_can_be_read(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = tables_of(project)
    with Session.open(project, "Ana"):
        pass
    copy = Backups(backups_of(project)).all()[-1]
    contents = copy.read().contents
    assert {str(record): doc for record, doc in contents.records.items()} == old["records"]


@pytest.mark.parametrize("version", MIGRATIONS)
def test_a_migration_killed_after_the_backup_is_repeated(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    ProjectStore.open(project).abandon()
    migrated = project.read_bytes()
    project.write_bytes(old)
    (tmp_path / ".p.mid.json.abc123.unfinished").write_bytes(migrated[:50])
    with Session.open(project, "Ana") as session:
        assert session.opened.migrated_from == version
        assert list(faults(session)) == []
    assert project.read_bytes() == migrated
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("version", MIGRATIONS)
def test_nothing_is_migrated_without_a_backup(tmp_path: Path, version: int) -> None:
    project = of_version(tmp_path, version)
    old = project.read_bytes()
    backups_of(project).write_bytes(b"in the way")
    with pytest.raises(FileError, match=r"\.backups: File exists\. No backup was made"):
        ProjectStore.open(project)
    assert project.read_bytes() == old


@pytest.mark.parametrize("version", MIGRATIONS)
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
