"""Projects of older versions show everything as the program of their time showed it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mideditor.session.session import Session
from tests.store.project_truth import Truth, first_difference, truth_of, undo_trail

VERSIONS = Path(__file__).with_name("versions")
PROJECTS = sorted(VERSIONS.glob("version-2*.mid.json"))


def short_name(project: Path) -> str:
    return project.name.removesuffix(".mid.json")


def truth_beside(project: Path) -> Truth:
    """What the program of the time showed of a project."""
    path = project.with_name(f"{short_name(project)}.truth.json")
    truth: Truth = json.loads(path.read_text(encoding="utf-8"))
    return truth


@pytest.fixture(params=PROJECTS, ids=short_name)
def project(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_it_shows_all_that_it_showed(project: Path, tmp_path: Path) -> None:
    expected = truth_beside(project)
    del expected["undo trail"]
    session = Session.open(Path(shutil.copy(project, tmp_path)), "Ana")
    try:
        assert first_difference(expected, as_json(truth_of(session))) is None
    finally:
        session.abandon()


def test_each_undo_and_redo_gives_what_it_gave(project: Path, tmp_path: Path) -> None:
    expected = truth_beside(project)["undo trail"]
    session = Session.open(Path(shutil.copy(project, tmp_path)), "Ana")
    try:
        assert first_difference(expected, as_json(undo_trail(session))) is None
    finally:
        session.abandon()


def test_a_difference_is_named_by_its_place() -> None:
    before = {"records": {"1": {"page": 7, "lines": [1, 2]}}}
    assert first_difference(before, before) is None
    for now, where in (
        ({"1": {"page": 8, "lines": [1, 2]}}, "records › 1 › page: 7 before, 8 now"),
        ({"1": {"page": 7, "lines": [1]}}, "records › 1 › lines › 1: 2 before, '(nothing)' now"),
        ({}, "records › 1: {'page': 7, 'lines': [1, 2]} before, '(nothing)' now"),
    ):
        assert first_difference(before, {"records": now}) == where


def as_json(value: object) -> object:
    return json.loads(json.dumps(value))
