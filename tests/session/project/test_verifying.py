"""Changes made outside the editor are detected and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.record_ids import handle
from mideditor.domain.steps import Step, StepDraft
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.store.documents import contents_of
from mideditor.store.layout import file_bytes
from tests.session.chapters import ALASKA, FRAGMENT, TRAINER, imported
from tests.store.steps import backups_of

pytestmark = pytest.mark.needs_file

ALTERED = "the file is not as it was saved: another program or a fault of the disk changed it"

Tables = dict[str, dict[str, dict[str, Any]]]


def worked_on(folder: Path) -> Path:
    """A closed project: an import (1), three edits (2, 3, 4), the last of them undone (5)."""
    with imported(folder) as session:
        for outcome in (Outcome.STALEMATE, Outcome.COMPROMISE):
            session.edit(ChangeKind.CODING, {ALASKA: {"outcome": outcome}}, reason="why")
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"page": 1, "heading": None}})
        session.undo()
    return session.path


def verified(project: Path) -> list[str]:
    return list(faults(Session.open(project, "Ana", read_only=True)))


def test_work_in_the_editor_is_consistent(tmp_path: Path) -> None:
    assert verified(worked_on(tmp_path)) == []


def test_an_edited_heading_and_a_redone_import_are_consistent(tmp_path: Path) -> None:
    usa, russia = (
        {"code": 2, "name": "United States of America"},
        {"code": 365, "name": "Russia"},
    )
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"heading": {"a": usa, "b": russia}}})
        assert list(faults(session)) == []
        session.undo()
        session.undo()
        assert list(faults(session)) == []
        session.redo()
        session.redo()
        assert list(faults(session)) == []


def outcome_of_alaska(tables: Tables) -> None:
    tables["records"][str(ALASKA)]["outcome"] = "Released"


def untouched_field(tables: Tables) -> None:
    tables["records"][str(TRAINER)]["fatalities"] = ">999 deaths"


def dyad_beside_its_heading(tables: Tables) -> None:
    tables["records"][str(ALASKA)]["dyad"] = [2, 20]


def strange_field(tables: Tables) -> None:
    tables["records"][str(ALASKA)]["weather"] = "fair"


def impossible_value(tables: Tables) -> None:
    tables["records"][str(ALASKA)]["outcome"] = "Draw"


def record_gone(tables: Tables) -> None:
    del tables["records"][str(FRAGMENT)]


def record_from_nowhere(tables: Tables) -> None:
    tables["records"]["9"] = tables["records"][str(FRAGMENT)]


def reason_of_step_2(tables: Tables) -> None:
    tables["log"]["2"]["reason"] = "another"


def old_value_of_step_3(tables: Tables) -> None:
    tables["log"]["3"]["changes"][0]["old"] = "Released"


def step_that_5_undoes(tables: Tables) -> None:
    undone, _ = tables["log"]["5"]["changes"]
    undone["steps"] = [tables["log"]["3"]["id"]]


def step_3_dropped(tables: Tables) -> None:
    del tables["log"]["3"]


def last_step_dropped(tables: Tables) -> None:
    """The undo: the page is as imported, but the log now says that it was changed."""
    del tables["log"]["5"]


def steps_moved(tables: Tables) -> None:
    log = tables["log"]
    log["2"], log["3"] = log["3"], log["2"]


def step_2_altered_and_sealed_again(tables: Tables) -> None:
    first, second = (Step.model_validate(tables["log"][number]) for number in "12")
    altered = StepDraft.model_validate(
        second.model_dump(include=set(StepDraft.model_fields)) | {"author": "Ben"}
    ).sealed(2, first.link)
    tables["log"]["2"] = altered.model_dump(mode="json")


def word_of_the_source(tables: Tables) -> None:
    source = tables["sources"]["1"]
    source["text"] = source["text"].replace("Alaska", "Oregon")


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (outcome_of_alaska, "MID 2899, outcome, does not agree with the log"),
        (untouched_field, "MID 2220, fatalities, does not agree with the log"),
        (dyad_beside_its_heading, "MID 2899, dyad, does not agree with the log"),
        (strange_field, "MID 2899, weather, does not agree with the log"),
        (impossible_value, f"record {handle(ALASKA)}, outcome, does not agree with the log"),
        (record_gone, f"record {handle(FRAGMENT)} is in the log but not in the project"),
        (record_from_nowhere, "Fragment is in no step of the log"),
        (reason_of_step_2, "step 2 was altered after it was made"),
        (old_value_of_step_3, "step 3 was altered after it was made"),
        (step_that_5_undoes, "step 5 was altered after it was made"),
        (step_3_dropped, "step 3 is missing: step 4 stands in its place"),
        (last_step_dropped, "MID 2220, page, does not agree with the log"),
        (steps_moved, "step 2 is missing: step 3 stands in its place"),
        (step_2_altered_and_sealed_again, "step 3 does not follow the step that stands before it"),
        (word_of_the_source, "the source “chapter 7.txt” is not what was imported"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_manual_change_is_detected(
    tmp_path: Path, tamper: Callable[[Tables], None], fault: str
) -> None:
    project = worked_on(tmp_path)
    tables: Tables = json.loads(project.read_text(encoding="utf-8"))
    tamper(tables)
    project.write_text(json.dumps(tables), encoding="utf-8")
    assert any(found.startswith(fault) for found in verified(project)), verified(project)


def source_removed(tables: Tables) -> None:
    tables["sources"] = {}


def source_renamed(tables: Tables) -> None:
    tables["sources"]["1"]["name"] = "x.txt"


def original_removed(tables: Tables) -> None:
    del tables["originals"][_original_of_alaska(tables)]


def original_altered(tables: Tables) -> None:
    tables["originals"][_original_of_alaska(tables)]["record"]["page"] = 3


def _original_of_alaska(tables: Tables) -> str:
    rows = tables["originals"].items()
    return next(key for key, row in rows if row["record"].get("dispute_number") == 2899)


def nothing(tables: Tables) -> None:
    """The tables are as they were."""


@pytest.mark.parametrize(
    ("tamper", "faults_found"),
    [
        (source_removed, ["the source “chapter 7.txt” of step 1 is not in the project"]),
        (
            source_renamed,
            [
                "the source “chapter 7.txt” of step 1 is now “x.txt”: it was changed outside the "
                "editor"
            ],
        ),
        (
            original_removed,
            [f"record {handle(ALASKA)}: step 1, record does not follow from the log"],
        ),
        (
            original_altered,
            [
                "MID 2899 is not kept as it was when it was added: it was changed outside the "
                "editor",
                "MID 2899, page, does not agree with the log: it was changed outside the editor",
            ],
        ),
        (record_gone, [f"record {handle(FRAGMENT)} is in the log but not in the project"]),
        (nothing, []),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_was_changed_is_named_even_if_the_file_is_sealed_again(
    tmp_path: Path, tamper: Callable[[Tables], None], faults_found: list[str]
) -> None:
    project = worked_on(tmp_path)
    tables: Tables = json.loads(project.read_bytes())
    tamper(tables)
    project.write_bytes(file_bytes(contents_of(project, tables)))
    assert verified(project) == faults_found


def test_records_that_the_last_step_took_out_are_named(tmp_path: Path) -> None:
    """The step that brought them back was removed with TinyDB."""
    with imported(tmp_path) as session:
        session.undo()
        session.redo()
    with TinyDB(session.path) as database:
        database.table("log").remove(doc_ids=[3])
    found = verified(session.path)
    assert found[0] == ALTERED
    assert "MID 2899 was taken out by the log" in found


def test_a_change_with_stock_tinydb_is_detected(tmp_path: Path) -> None:
    project = worked_on(tmp_path)
    with TinyDB(project) as database:
        database.table("records").update({"outcome": "Released"}, doc_ids=[ALASKA])
    assert verified(project) == [
        ALTERED,
        "MID 2899, outcome, does not agree with the log: it was changed outside the editor",
    ]


def test_a_change_to_a_record_of_an_undone_import_is_detected_after_redo(
    tmp_path: Path,
) -> None:
    with imported(tmp_path) as session:
        session.undo()
    tables: Tables = json.loads(session.path.read_text(encoding="utf-8"))
    (kept,) = (
        row["record"]
        for row in tables["originals"].values()
        if row["record"].get("dispute_number") == 2899
    )
    kept["outcome"] = "Released"
    session.path.write_text(json.dumps(tables), encoding="utf-8")
    assert verified(session.path) == [
        ALTERED,
        "MID 2899 is not kept as it was when it was added: it was changed outside the editor",
        "MID 2899: step 2, record does not follow from the log",
    ]
    shutil.rmtree(backups_of(session.path))
    with Session.open(session.path, "Ana") as again:
        again.redo()
        assert list(faults(again)) != []
