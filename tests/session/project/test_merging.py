"""Changes from another program or copy are offered, and applied only by choice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.session.project.merging import apply_diffs, find_changes, read_copy
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, REFERENCE, TRAINER, file_of, imported

pytestmark = pytest.mark.needs_file


def closed_project(folder: Path) -> Path:
    session = imported(folder)
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    session.close()
    return session.path


def test_a_record_changed_with_tinydb_while_closed_is_offered(tmp_path: Path) -> None:
    project = closed_project(tmp_path)
    with TinyDB(project) as database:
        database.table("records").update({"outcome": "Stalemate"}, doc_ids=[ALASKA])
        database.table("records").remove(doc_ids=[REFERENCE])
    with Session.open(project, "Ana") as session:
        (notice,) = opening_notice(session)
        assert f"{project.name} was changed by another program after it was saved" in notice
        assert f"kept as {project.name}.outside-1" in notice
        assert list(faults(session)) == []
        outside = file_of(session).changes_before_opening()
        assert outside is not None
        found = run_now(find_changes(session, outside))
        assert [(one.title, one.label, one.here, one.there) for one in found] == [
            ("MID 2899", "Outcome", "Unclear", "Stalemate"),
            ("MID 611", "Whole record", "in the project", "not there"),
        ]
        run_now(apply_diffs(session, found[:1], "Changed in a notebook"))
        assert session.history.steps[-1].reason == "Changed in a notebook"
        assert session.record(ALASKA).model_dump()["outcome"] == Outcome.STALEMATE
        run_now(apply_diffs(session, found[1:], "Changed in a notebook"))
        assert REFERENCE not in session.ids()
        assert list(faults(session)) == []
    with Session.open(project, "Ana", read_only=True) as session:
        assert opening_notice(session) == []


def test_what_only_we_changed_is_not_offered_and_what_both_changed_says_so(tmp_path: Path) -> None:
    project = closed_project(tmp_path)
    copy = tmp_path / "copy.mid.json"
    shutil.copy(project, copy)
    with Session.open(copy, "Ben") as theirs:
        theirs.edit(
            ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="So it says"
        )
        theirs.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_100}})
    with Session.open(project, "Ana") as session:
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_250}})
        session.edit(ChangeKind.CORRECTION, {REFERENCE: {"dispute_number": 612}})
        found = run_now(find_changes(session, run_now(read_copy(copy))))
        assert [(one.title, one.label, one.here, one.there, one.both) for one in found] == [
            ("MID 2899", "Outcome", "Unclear", "Stalemate", False),
            ("MID 2220", "Fatalities", "101–250 deaths", "26–100 deaths", True),
        ]


def test_an_invalid_value_is_shown_and_cannot_be_applied(tmp_path: Path) -> None:
    project = closed_project(tmp_path)
    with TinyDB(project) as database:
        database.table("records").update({"outcome": "A draw"}, doc_ids=[ALASKA])
    with Session.open(project, "Ana") as session:
        (one,) = run_now(find_changes(session, file_of(session).changes_before_opening()))
        assert (one.label, one.there, one.fits) == ("Outcome", "A draw", False)
        assert run_now(apply_diffs(session, [one], "")) is None
        assert session.record(ALASKA).model_dump()["outcome"] == Outcome.UNCLEAR


def test_reformatted_tables_are_no_change(tmp_path: Path) -> None:
    project = closed_project(tmp_path)
    with TinyDB(project) as database:
        database.table("records").update({"outcome": "Unclear"}, doc_ids=[ALASKA])
    with Session.open(project, "Ana") as session:
        assert opening_notice(session) == []
