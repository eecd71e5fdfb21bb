"""Projects of older versions show everything as the program of their time showed it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mideditor.session.session import Session
from tests.store.project_truth import Truth, backups_trail, first_difference, truth_of, undo_trail

VERSIONS = Path(__file__).with_name("versions")
NAMES = [path.name.removesuffix(".truth.json") for path in sorted(VERSIONS.glob("*.truth.json"))]


def truth_beside(name: str) -> Truth:
    """What the program of the time showed of a project."""
    truth: Truth = json.loads((VERSIONS / f"{name}.truth.json").read_text(encoding="utf-8"))
    return truth


def copied(name: str, folder: Path) -> Path:
    """A copy of a project, with its journal and its backups."""
    for path in VERSIONS.glob(f"{name}.mid.json*"):
        if path.is_dir():
            shutil.copytree(path, folder / path.name)
        else:
            shutil.copy(path, folder)
    return folder / f"{name}.mid.json"


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Session]:
    session = Session.open(copied(name, folder), "Ana")
    try:
        yield session
    finally:
        session.abandon()


@pytest.mark.parametrize("name", NAMES)
def test_it_shows_all_that_it_showed(name: str, tmp_path: Path) -> None:
    expected = truth_beside(name)
    shown = {part: value for part, value in expected.items() if not part.endswith(" trail")}
    with opened(name, tmp_path) as session:
        assert first_difference(shown, as_json(truth_of(session))) is None


@pytest.mark.parametrize("name", NAMES)
def test_each_undo_and_redo_gives_what_it_gave(name: str, tmp_path: Path) -> None:
    with opened(name, tmp_path) as session:
        found = as_json(undo_trail(session))
        assert first_difference(truth_beside(name)["undo trail"], found) is None


@pytest.mark.parametrize("name", [name for name in NAMES if "backups trail" in truth_beside(name)])
def test_each_backup_gives_what_it_gave(name: str, tmp_path: Path) -> None:
    with opened(name, tmp_path) as session:
        found = as_json(backups_trail(session))
        assert first_difference(truth_beside(name)["backups trail"], found) is None


def test_each_project_is_described() -> None:
    readme = (VERSIONS / "README.md").read_text(encoding="utf-8")
    projects = {path.name.split(".")[0] for path in VERSIONS.glob("*.mid.json*")}
    assert projects == {*NAMES, "version-1"}
    assert [name for name in sorted(projects) if f"| `{name}` |" not in readme] == []


def test_a_difference_is_named_by_its_place() -> None:
    before = {"records": {"1": {"page": 7, "lines": [1, 2]}}}
    assert first_difference(before, before) is None
    for now, where in (
        ({"1": {"page": 8, "lines": [1, 2]}}, "records › 1 › page: 7 before, 8 now"),
        ({"1": {"page": 7, "lines": [1]}}, "records › 1 › lines › 1: 2 before, '(nothing)' now"),
        ({}, "records › 1: {'page': 7, 'lines': [1, 2]} before, '(nothing)' now"),
    ):
        assert first_difference(before, {"records": now}) == where


def as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))
