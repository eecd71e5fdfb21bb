"""Exports: corrected text that imports as equal records, and JSON as the format page says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.record import Entry
from mideditor.files.user_error import FileError, UserError
from mideditor.session.project.exporting import ExportFilter, export, write_export
from mideditor.session.sample import sample_text
from mideditor.session.session import Session
from mideditor.session.work import Cancelled, run_now
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, import_text, imported


def recoded(folder: Path, text: str = CHAPTER) -> Session:
    """A correction and a coding change in the first two entries of a chapter."""
    session = imported(folder, text)
    entries = [r for r in session.ids() if isinstance(session.record(r), Entry)]
    session.edit(
        ChangeKind.CODING, {entries[0]: {"outcome": Outcome.JOINS_WAR}}, reason="no one gave way"
    )
    session.edit(ChangeKind.CORRECTION, {entries[1]: {"fatalities": Fatalities.OVER_999}})
    return session


def contents(session: Session) -> list[dict[str, Any]]:
    """The contents of the records, with their printed sentences."""
    return [
        session.record(record).content()
        | {
            "coding_changes": [
                sentence.model_dump() for sentence in session.printed_changes(record)
            ]
        }
        for record in session.ids()
    ]


@pytest.mark.parametrize("wrap", [None, 40, 86])
@pytest.mark.parametrize("text", [CHAPTER, sample_text().read_text(encoding="utf-8")])
def test_export_and_import_again_give_equal_records(
    tmp_path: Path, text: str, wrap: int | None
) -> None:
    with recoded(tmp_path, text) as session:
        exported = run_now(export(session, "text", wrap=wrap)).decode("utf-8")
        before = contents(session)
    again = imported(tmp_path, exported, name="again")
    assert contents(again) == before
    assert run_now(export(again, "text", wrap=wrap)).decode("utf-8") == exported
    again.close()


def test_the_text_has_corrected_values_and_the_sentence_of_the_coding_change(
    tmp_path: Path,
) -> None:
    with recoded(tmp_path) as session:
        lines = run_now(export(session, "text")).decode("utf-8").splitlines()
    assert "Outcome (and Settlement): Joins ongoing war (None)" in lines
    assert "Coding changes: Outcome changed from Unclear." in lines
    assert "Fatalities: >999 deaths" in lines
    assert not [line for line in lines if "Fatalities changed" in line]


def test_the_json_has_the_keys_of_the_format_page(tmp_path: Path) -> None:
    with recoded(tmp_path) as session:
        fragment, alaska, trainer, reference = json.loads(run_now(export(session, "json")))
    assert fragment["kind"] == "fragment"
    assert fragment["coding_changes"] == [
        {"field": "start_date", "text": "Start Date changed from January 28, 1962."}
    ]
    wanted = {
        "kind": "entry",
        "dispute_number": 2220,
        "chapter": 7,
        "page": 942,
        "dyad": None,
        "start_date": "1964-01-28",
        "end_date": "1964-03-27",
        "side_a": [{"code": 2, "name": "United States of America"}],
        "side_b": [{"code": 365, "name": "Russia"}],
        "outcome": "Released",
        "settlement": "None",
        "fatalities": ">999 deaths",
        "narrative": [
            "A trainer that had lost its way over the border was brought down by fighters."
        ],
        "coding_changes": [{"field": "settlement", "text": "Settlement changed from Imposed."}],
    }
    assert trainer.items() >= wanted.items()
    assert alaska["start_date"] == alaska["end_date"] == "1963-03-15"
    assert alaska["coding_changes"] == [
        {"field": "outcome", "text": "Outcome changed from Unclear."}
    ]
    assert reference["started"] == "1964-05"
    assert reference["see"] == {
        "a": {"code": 2, "name": "United States of America"},
        "b": {"code": 816, "name": "Vietnam"},
    }


def test_unreadable_text_is_exported_unchanged(tmp_path: Path) -> None:
    odd = CHAPTER.replace("Unclear (None)", "Un-clear? (None)")
    with imported(tmp_path, odd) as session:
        (_, alaska, *_) = json.loads(run_now(export(session, "json")))
        assert alaska["outcome"] == {"unread": "Un-clear?"}
        text = run_now(export(session, "text")).decode("utf-8")
        assert "Outcome (and Settlement): Un-clear? (None)" in text


@pytest.mark.parametrize(
    ("selection", "numbers"),
    [
        (ExportFilter(), [77, None, 2899, 2220, 611]),
        (ExportFilter(chapter=7), [None, 2899, 2220, 611]),
        (ExportFilter(dispute=77), [77]),
        (ExportFilter(chapter=7, dispute=611), [611]),
    ],
)
def test_a_chapter_or_a_dispute_can_be_selected(
    tmp_path: Path, selection: ExportFilter, numbers: list[int | None]
) -> None:
    with imported(tmp_path) as session:
        entry = CHAPTER.split("MID#2899\n")[1].split("MID#2220")[0].replace("2899", "77")
        import_text(session, tmp_path / "b.txt", f"Europe 311\n{entry}")
        records = json.loads(run_now(export(session, "json", selection=selection)))
        assert [record.get("dispute_number") for record in records] == numbers


def test_a_selection_without_records_is_an_error(tmp_path: Path) -> None:
    with imported(tmp_path) as session, pytest.raises(UserError, match="no record of chapter 9"):
        run_now(export(session, "text", selection=ExportFilter(chapter=9)))


def test_an_export_never_overwrites_its_project(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.save()
        before = session.path.read_bytes()
        link = tmp_path / "link.txt"
        link.symlink_to(session.path)
        for target in (session.path, link, tmp_path / "." / session.path.name):
            with pytest.raises(UserError, match="is the project itself"):
                write_export(session, target, b"text")
        assert session.path.read_bytes() == before
        write_export(session, tmp_path / "out.txt", b"text")
        assert (tmp_path / "out.txt").read_bytes() == b"text"
        with pytest.raises(FileError):
            write_export(session, tmp_path / "no" / "out.txt", b"text")


def test_an_export_can_be_cancelled(tmp_path: Path) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with imported(tmp_path) as session, pytest.raises(Cancelled):
        run_now(export(session, "text"), cancel)


def test_corrected_records_keep_their_source_places(tmp_path: Path) -> None:
    with recoded(tmp_path) as session:
        records = json.loads(run_now(export(session, "json")))
        assert [record["id"] for record in records] == list(session.ids())
        by_id = {record["id"]: record for record in records}
        assert by_id[ALASKA]["place"]["lines"]["outcome"] == [8, 8]
        assert by_id[TRAINER]["place"]["lines"]["fatalities"] == [17, 17]
