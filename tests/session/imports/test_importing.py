"""Importing texts: each once, in one step, and nothing from files that are no chapters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mideditor.domain.record import CrossReference, Entry, Fragment
from mideditor.files.outputs import Output
from mideditor.files.user_error import FileError
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.import_report import write_report
from mideditor.session.imports.import_summary import import_summary
from mideditor.session.imports.importing import (
    NothingToImport,
    read_text,
    sources_in_use,
)
from mideditor.session.work import Cancelled, run_now
from tests.session.chapters import (
    ALASKA,
    CHAPTER,
    FRAGMENT,
    REFERENCE,
    TRAINER,
    id_at,
    import_text,
    imported,
    one_entry,
    open_session,
    reopened,
)

ODD_NUMBER = one_entry(77).replace("Dispute Number: 77", "Dispute Number: 7?")


def test_a_chapter_becomes_records_in_source_order_in_one_step(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        kinds = [type(session.record(record)) for record in session.ids()]
        assert kinds == [Fragment, Entry, Entry, CrossReference]
        (step,) = session.history.steps
        assert (step.kind.value, step.reason) == ("import", "Imported chapter 7.txt")
        assert len(step.record_changes) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_source_is_stored_byte_for_byte(tmp_path: Path, encoding: str) -> None:
    data = one_entry(77).replace("gunboat", "señor’s gunboat").encode(encoding)
    (tmp_path / "c.txt").write_bytes(data)
    session = open_session(tmp_path / "p.mid.json", create=True)
    add_texts(session, [run_now(read_text(tmp_path / "c.txt", session.states))])
    session = reopened(session)
    assert [source.data for source in session.sources] == [data]
    record = session.record(session.ids()[0])
    assert isinstance(record, Entry)
    assert record.narrative[0].startswith("A señor’s gunboat")
    session.close()


def test_the_same_text_under_another_name_adds_nothing(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session = reopened(session)
    again = import_text(session, tmp_path / "another name.txt", CHAPTER)
    assert again == []
    assert len(session.history.steps) == 1
    session.close()


def test_several_texts_are_one_step_and_duplicates_are_ignored(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        for name, text in (("a", one_entry(77)), ("b", one_entry(78)), ("c", one_entry(77))):
            (tmp_path / name).write_text(text, encoding="utf-8")
        texts = [run_now(read_text(tmp_path / name, session.states)) for name in "abc"]
        step = add_texts(session, texts)
        assert step is not None
        assert step.reason == "Imported a, b"
        assert session.with_number(77) == [id_at(one_entry(77), "MID#77")]
        assert session.with_number(78) == [id_at(one_entry(78), "MID#78")]
        assert len(session.ids()) == 6
        assert len(session.sources) == 3


def test_an_undone_import_can_be_repeated_and_its_source_is_stored_once(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.undo()
        again = import_text(session, tmp_path / "chapter 7.txt", CHAPTER)
        assert again == [FRAGMENT, ALASKA, TRAINER, REFERENCE]
        assert len(session.sources) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b" \n\r\n\t", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "the file is not a text"),
        (b"%PDF-1.7\n", "the file is not a text"),
        (b"Dear Ana,\nthe chapter follows tomorrow.\n", "there is no dispute entry in it"),
    ],
)
def test_a_file_that_is_no_chapter_is_named_and_nothing_is_imported(
    tmp_path: Path, data: bytes, why: str
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(data)
    with imported(tmp_path) as session:
        with pytest.raises(NothingToImport) as caught:
            run_now(read_text(path, session.states))
        assert str(caught.value).startswith(f"{path}: {why}")
        assert "Nothing was imported." in str(caught.value)
        assert len(session.ids()) == 4


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_a_text_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with imported(tmp_path) as session, pytest.raises(FileError, match="Check the name"):
        run_now(read_text(tmp_path / name, session.states))


def test_a_cancelled_reading_changes_nothing(tmp_path: Path) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with imported(tmp_path) as session:
        (tmp_path / "c.txt").write_text(one_entry(77), encoding="utf-8")
        with pytest.raises(Cancelled):
            run_now(read_text(tmp_path / "c.txt", session.states), cancel)
        assert len(session.ids()) == 4


def test_the_report_accounts_for_every_line_even_unreadable_ones(tmp_path: Path) -> None:
    text = "Europe 311\n" + ODD_NUMBER
    (tmp_path / "c.txt").write_text(text, encoding="utf-8")
    session = open_session(tmp_path / "p.mid.json", create=True)
    read = run_now(read_text(tmp_path / "c.txt", session.states))
    write_report(Output(tmp_path / "report.json"), [read])
    session.close()
    (report,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report["name"], report["encoding"]) == ("c.txt", "utf-8")
    assert report["furniture"] == [[1, 1]]
    assert report["unplaced"] == []
    (record,) = report["records"]
    assert record["dispute_number"] == {"unread": "7?"}
    spans = record["lines"].values()
    assert {line for first, last in spans for line in range(first, last + 1)} == set(range(2, 9))


def test_the_summary_describes_the_import(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        for name, text in (("a.txt", CHAPTER), ("b.txt", one_entry(77)), ("c.txt", ODD_NUMBER)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        texts = [run_now(read_text(tmp_path / name, session.states)) for name in ("a.txt", "b.txt")]
        fresh = {text.source for text in texts} - sources_in_use(session)
        summary = import_summary(texts, fresh)
        assert summary.splitlines()[0] == "a.txt: already imported"
        assert "b.txt: 1 entry" in summary
        every = import_summary(texts, {text.source for text in texts})
        assert every.startswith("a.txt: 1 fragment, 2 entries, 1 cross-reference")
