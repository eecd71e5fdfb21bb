"""A file that cannot be opened is named with a remedy, and not changed."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from mideditor.files.user_error import FileError, UserError
from mideditor.store.documents import VERSION, NewerProject, NotAProject
from mideditor.store.project import DamagedProject
from mideditor.store.project_store import ProjectStore
from tests.store.ordinary_user import open_as_ordinary_user, shared_folder
from tests.store.steps import append_step, files_of, journal_of, project_with

CHAPTER = "MID#2899\nDispute Number: 2899\nDate(s): March 15, 1963\n"
VALID: dict[str, Any] = {
    "meta": {"1": {"format": "mideditor project", "version": VERSION}},
    "sources": {},
    "records": {},
    "log": {},
    "originals": {},
}
OLD: dict[str, Any] = {
    "meta": {"1": {"format": "mideditor project", "version": 1}},
    "sources": {},
    "records": {},
    "removed": {},
    "log": {},
}

UNREADABLE: list[tuple[str, type[UserError], str]] = [
    ("", DamagedProject, "p.mid.json is damaged: it is empty. It has been left as it is."),
    ('{"meta": {"1": {"for', DamagedProject, "is damaged: it is not complete JSON"),
    (json.dumps(VALID)[:-1], DamagedProject, "Open a copy kept elsewhere"),
    (
        json.dumps(VALID | {"log": []}),
        DamagedProject,
        "“log” is not readable (a table is no object",
    ),
    (json.dumps({"meta": VALID["meta"]}), DamagedProject, "the table “sources” is missing. It has"),
    (json.dumps(VALID | {"records": {"one": {}}}), DamagedProject, "“records” is not readable"),
    (json.dumps(VALID | {"records": {"1": 7}}), DamagedProject, "(row 1 is no document)"),
    (
        json.dumps(VALID | {"originals": {"1": {}}}),
        DamagedProject,
        "the table “originals” is not readable (a row has no “digest”)",
    ),
    (
        json.dumps(VALID | {"records": {"1": {"kind": "fragment", "place": {"source": "00"}}}}),
        DamagedProject,
        "the place of a record is not readable (a row has no “lines”)",
    ),
    (
        json.dumps(VALID | {"records": {"1": {"kind": "fragment", "place": 7}}}),
        DamagedProject,
        "the place of a record is not readable",
    ),
    (json.dumps(OLD | {"log": []}), DamagedProject, "the table “log” is not readable"),
    (json.dumps({"meta": OLD["meta"]}), DamagedProject, "the table “sources” is missing"),
    (json.dumps(OLD | {"records": {"one": {}}}), DamagedProject, "the table “records” is not"),
    (json.dumps(OLD | {"records": {"1": 7}}), DamagedProject, "(row 1 is no document)"),
    (
        json.dumps(OLD | {"log": {"1": {}}}),
        DamagedProject,
        "it cannot be migrated (a row has no “number”)",
    ),
    (CHAPTER, NotAProject, "p.mid.json is not a mideditor project. To read a chapter's text"),
    ("null", NotAProject, "is not a mideditor project"),
    ("[]", NotAProject, "is not a mideditor project"),
    ('"text"', NotAProject, "is not a mideditor project"),
    ("{}", NotAProject, "is not a mideditor project"),
    (json.dumps({"_default": {"1": {"name": "cat"}}}), NotAProject, "is not a mideditor project"),
    (
        json.dumps(VALID | {"meta": {"1": {"format": "mideditor project", "version": 4}}}),
        NewerProject,
        "p.mid.json was written by a newer mideditor (project version 4; this one reads up to 3). "
        "It has not been touched. Update mideditor to open it.",
    ),
    (
        json.dumps(VALID | {"meta": {"1": {"format": "another", "version": 1}}}),
        NotAProject,
        "is not a mideditor project",
    ),
]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(("content", "error", "message"), UNREADABLE)
def test_an_invalid_project_file_is_named_and_not_changed(
    tmp_path: Path,
    content: str,
    error: type[UserError],
    message: str,
    create: bool,
    read_only: bool,
) -> None:
    project = tmp_path / "p.mid.json"
    project.write_text(content, encoding="utf-8")
    with pytest.raises(error) as caught:
        ProjectStore.open(project, create=create, read_only=read_only)
    assert message in str(caught.value)
    assert str(project) in str(caught.value)
    assert project.read_text(encoding="utf-8") == content
    assert files_of(tmp_path) == ["p.mid.json"]


@pytest.mark.parametrize("read_only", [False, True])
def test_another_kind_of_file_is_not_a_project(tmp_path: Path, read_only: bool) -> None:
    project = tmp_path / "p.mid.json"
    project.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    with pytest.raises(NotAProject):
        ProjectStore.open(project, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_is_not_a_project(tmp_path: Path, read_only: bool) -> None:
    folder = tmp_path / "p.mid.json"
    folder.mkdir()
    with pytest.raises(FileError, match=r"p\.mid\.json: Is a directory\. Check that"):
        ProjectStore.open(folder, read_only=read_only)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("folder", ["no such folder", "a file"])
def test_a_project_cannot_be_created_without_a_folder(tmp_path: Path, folder: str) -> None:
    (tmp_path / "a file").write_text("text", encoding="utf-8")
    with pytest.raises(FileError, match=f"{folder}.*Choose a folder that exists"):
        ProjectStore.open(tmp_path / folder / "p.mid.json", create=True)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_itself_is_not_a_project(tmp_path: Path) -> None:
    loop = tmp_path / "p.mid.json"
    loop.symlink_to(loop)
    for create in (False, True):
        with pytest.raises(UserError, match=r"p\.mid\.json"):
            ProjectStore.open(loop, create=create)


def test_an_unreadable_journal_is_an_error(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    journal_of(project).mkdir()
    before = project.read_bytes()
    with pytest.raises(FileError, match=r"p\.mid\.json\.journal: Is a directory"):
        ProjectStore.open(project)
    assert project.read_bytes() == before
    journal_of(project).rmdir()
    ProjectStore.open(project).close()


def test_a_step_is_not_made_if_the_journal_cannot_be_written(tmp_path: Path) -> None:
    project = project_with(tmp_path / "p.mid.json", 1)
    store = ProjectStore.open(project)
    journal_of(project).mkdir()
    with pytest.raises(FileError, match="The change was not saved and has not been made"):
        append_step(store)
    assert len(store.contents.log) == 1
    journal_of(project).rmdir()
    assert append_step(store) == 2
    store.close()


posix = pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")


@posix
@pytest.mark.parametrize("how", ["read", "write"])
def test_a_file_without_read_permission_is_an_error(how: str) -> None:
    with shared_folder() as folder:
        project = project_with(folder / "p.mid.json", 1)
        project.chmod(0)
        message = open_as_ordinary_user(project, how)
        assert message.startswith(f"{project}: Permission denied. Check that")
        assert stat.S_IMODE(project.stat().st_mode) == 0


@posix
def test_a_project_in_a_read_only_folder_can_be_read() -> None:
    with shared_folder() as folder:
        project = project_with(folder / "p.mid.json", 1)
        project.chmod(0o644)
        folder.chmod(0o555)
        assert open_as_ordinary_user(project, "read") == "opened"
        assert open_as_ordinary_user(project, "write") == (
            f"{project}: Permission denied. Choose a folder that exists and that you may write to."
        )
