"""Projects of older versions show everything as the program of their time showed it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.coders import coder_key
from mideditor.session.session import Session
from mideditor.store.project_store import ProjectStore
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
    """A copy of a project, for reading only where its log is broken."""
    store = ProjectStore.open(copied(name, folder), read_only=name in BROKEN, now=lambda: THEN)
    session = Session(store, "Ana")
    try:
        yield session
    finally:
        session.abandon()


THEN = datetime(2026, 3, 14, 16, tzinfo=UTC)
"""A time soon after the projects were made, so that no backup is too old to be kept."""

BROKEN = {"version-2-broken-chain", "version-2-broken-chain-resealed"}

REORDERED = {
    "version-2-backups": [1, 2, 4, 3, 5],
    "version-2-import-redone": None,
    "version-2-imported-again": [1, 2, 4, 5, 6, 7, 8, 3, 9],
    "version-2-merged": None,
    "version-2-merged-from": None,
    "version-2-pages-backwards": [3, 1, 2],
    "version-2-restored": None,
    "version-2-restored-twice": None,
    "version-2-several-authors": None,
    "version-2-undo-redo": None,
    "version-2-walk": None,
    "version-2-walk-out-of-order": None,
    "version-2": None,
}
"""The projects that are in another order now and then, since records stand by their page."""


REVIVED = {
    "version-2-imported-again": ("log", "log as text", "removed", "steps"),
    "version-2-walk": ("removed", "steps", "log", "log as text"),
}
"""What names records that were imported again in other words, since they have one id now."""


def without_what_changed(name: str, truth: Truth) -> Truth:
    """What is to be equal, after the changes that version 3 was made for.

    Records stand in the order of the book. “Ana” and “ana” are one coder. Redo belongs to the coder
    who undid. A dismissed record is no reason of the readings dismissed beside it. Messages name
    records by their titles, and `verify` names the step from which on a record is not as the log
    says.
    """
    kept = {part: value for part, value in truth.items() if part != "next redo"}
    kept["log"] = [
        {**line, "reason": ""} if line["kind"] == "skip" else line for line in truth["log"]
    ]
    kept["log as text"] = [line for line in truth["log as text"] if "  skip  " not in line]
    kept["verify"] = bool(truth["verify"])
    kept["authors"] = sorted(set(map(coder_key, truth["authors"])))
    kept["records"] = {
        record: {**shown, "findings": [finding[:2] for finding in shown["findings"]]}
        for record, shown in truth["records"].items()
    }
    for part in REVIVED.get(name, ()):
        kept.pop(part)
    if name in REORDERED:
        kept["order"] = sorted(truth["order"])
        kept |= {
            part: sorted(kept[part], key=str) for part in ("log as text", "log") if part in kept
        }
        kept.pop("text")
        for shown in kept["records"].values():
            shown["findings"] = [one for one in shown["findings"] if "in the dyad" not in one[0]]
    return kept


def without_order(name: str, rows: list[Truth]) -> list[Truth]:
    """The rows of undoing, of what is to be equal."""
    undone = [row for row in rows if row["what"] == "undo"]
    return [
        {key: value for key, value in row.items() if key != "text" or name not in REORDERED}
        for row in undone
    ]


@pytest.mark.parametrize("name", NAMES)
def test_it_shows_all_that_it_showed(name: str, tmp_path: Path) -> None:
    expected = truth_beside(name)
    shown = {part: value for part, value in expected.items() if not part.endswith(" trail")}
    with opened(name, tmp_path) as session:
        found = without_what_changed(name, as_json(truth_of(session)))
        expected = without_what_changed(name, shown)
        assert first_difference(expected, found) is None


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BROKEN])
def test_each_undo_gives_what_it_gave(name: str, tmp_path: Path) -> None:
    expected = without_order(name, truth_beside(name)["undo trail"])
    if expected and "refused" in expected[-1]:
        expected.pop()  # the import of records that have been changed, which can be undone now
    with opened(name, tmp_path) as session:
        found = without_order(name, as_json(undo_trail(session)))[: len(expected)]
        assert first_difference(expected, found) is None


def test_copies_migrated_apart_have_equal_common_steps(tmp_path: Path) -> None:
    """One copy was taken of the other after two steps; then both went on."""
    logs = []
    for name in ("version-2-merged", "version-2-merged-from"):
        (tmp_path / name).mkdir()
        with opened(name, tmp_path / name) as session:
            logs.append([step.model_dump() for step in session.history.steps])
    one, other = logs
    assert one[:2] == other[:2]
    assert one[2]["id"] != other[2]["id"]


@pytest.mark.parametrize("name", [name for name, order in REORDERED.items() if order])
def test_records_stand_in_the_order_of_the_book(name: str, tmp_path: Path) -> None:
    with opened(name, tmp_path) as session:
        assert truth_of(session)["order"] == REORDERED[name]


@pytest.mark.parametrize("name", [name for name in NAMES if "backups trail" in truth_beside(name)])
def test_each_backup_gives_what_it_gave(name: str, tmp_path: Path) -> None:
    expected = truth_beside(name)["backups trail"]
    with opened(name, tmp_path) as session:
        found = as_json(backups_trail(session))
    for backup, was in expected.items():
        now = found[backup]
        for state in ("restored", "undone"):
            assert (was.pop(state) or {}).get("records") == (now.pop(state) or {}).get("records")
        was["differences"].sort(key=str)
        now["differences"].sort(key=str)
        assert first_difference(was, now) is None


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
