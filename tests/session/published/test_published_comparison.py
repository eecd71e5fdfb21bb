"""Comparing a project with the published tables: columns, a matrix, and applying values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Unread
from mideditor.domain.reports.comparison import (
    Cell,
    Comparison,
    FieldComparison,
    Matrix,
    Verdict,
    matrix_of,
    open_differences_in,
)
from mideditor.domain.titles import printed_participants
from mideditor.reference.published import PublishedTables
from mideditor.reference.published_files import read_tables
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.log.logbook import log_lines
from mideditor.session.project.exporting import ExportFilter, export
from mideditor.session.project.verifying import faults
from mideditor.session.published.apply_published import (
    NoReason,
    NotPublished,
    StaleDifference,
    accept_differences,
    applicable,
    apply_published,
    reopen_differences,
)
from mideditor.session.published.published_comparison import PublishedComparison, compare
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.store.project import StaleStep
from tests.reference.tables import DISPUTES, MIDA, MIDB, PARTICIPANTS, SHARED, column, tables_of
from tests.session.chapters import (
    ALASKA,
    CHAPTER,
    TRAINER,
    field_changes,
    imported,
    one_entry,
    open_session,
    reopened,
)

BOOK = SHARED / "corpus" / "book"
CITED = "MIDA.csv and MIDB.csv, version 4.01"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A project with the chapter."""
    with imported(tmp_path) as session:
        yield session


@pytest.fixture
def tables(tmp_path: Path) -> PublishedTables:
    return tables_of(tmp_path)


def whole(session: Session, tables: PublishedTables, **selected: int) -> Comparison:
    return run_now(compare(session, tables, ExportFilter(**selected)))


def difference_lines(comparison: Comparison) -> list[str]:
    """The three columns of each difference, with its verdict."""
    return [
        f"{one.number} {one.label}: {one.printed} | {one.current} | {one.published}: {one.verdict}"
        for one in comparison.differences
    ]


def difference(
    session: Session, tables: PublishedTables, number: int, name: str
) -> FieldComparison:
    found = whole(session, tables, dispute=number).differences
    [wanted] = [one for one in found if one.field == name]
    return wanted


def test_three_columns(session: Session, tables: PublishedTables) -> None:
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.COMPROMISE}})
    found = whole(session, tables)
    assert difference_lines(found) == [
        "2899 Outcome: Unclear | Compromise | Stalemate: differ",
        "2220 End date: March 27, 1964 | March 27, 1964 | March 1964: other precision",
        "2220 Side B: 365 Russia | 365 Russia | 265 German Democratic Republic, 365 Russia: differ",
        "2220 Fatalities: None | None | 1–25 deaths: differ",
    ]
    assert (found.entries, found.citation) == (2, CITED)
    assert found.counts("outcome") == {Verdict.DIFFER: 1, Verdict.AGREE: 1}


def test_the_matrix_counts_what_was_printed_and_what_is_left(
    session: Session, tables: PublishedTables
) -> None:
    def outcomes() -> Matrix:
        return matrix_of(whole(session, tables).fields, "outcome")

    fault = ("Unclear", "Stalemate")
    assert outcomes().values == ("Stalemate", "Released", "Unclear")
    assert outcomes().faults == [Cell("outcome", *fault, count=1, left=1, edited=0)]
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.COMPROMISE}})
    assert outcomes().cells[fault] == Cell("outcome", *fault, count=1, left=0, edited=1)
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert outcomes().cells[fault] == Cell("outcome", *fault, count=1, left=0, edited=0)


def test_blank_and_unread_values_have_their_own_rows(tmp_path: Path) -> None:
    misread = CHAPTER.replace("Unclear (None)", "Unkleer (None)")
    with imported(tmp_path, misread) as session:
        matrix = matrix_of(whole(session, tables_of(tmp_path)).fields, "outcome")
        assert ("(unread)", "Stalemate") in matrix.cells
        unknown = tables_of(tmp_path, column(DISPUTES, "settle", 6))
        settlements = matrix_of(whole(session, unknown).fields, "settlement")
        assert settlements.faults == [Cell("settlement", "None", "(blank)", 1, 1, 0)]


def test_edits_are_followed(session: Session, tables: PublishedTables) -> None:
    comparing = PublishedComparison(session, tables)
    assert [one.field for one in comparing.of(ALASKA) if one.differs] == ["outcome"]
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert [one.field for one in comparing.of(ALASKA) if one.differs] == []
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"dispute_number": 7}})
    assert comparing.of(ALASKA) == ()
    session.undo()
    session.undo()
    assert [one.field for one in comparing.of(ALASKA) if one.differs] == ["outcome"]


class TestMatching:
    def test_entries_that_are_not_published(
        self, session: Session, tables: PublishedTables
    ) -> None:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"dispute_number": 7}})
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"dispute_number": Unread(unread="22Z0")}})
        assert [(one.record, one.number) for one in whole(session, tables).unpublished] == [
            (ALASKA, 7),
            (TRAINER, None),
        ]

    def test_entries_that_share_a_number_are_each_compared(self, tmp_path: Path) -> None:
        with imported(tmp_path, CHAPTER.replace("2220", "2899")) as session:
            found = whole(session, tables_of(tmp_path))
            both = session.with_number(2899)
            assert len(both) == 2
            assert {one.record for one in found.fields} == set(both)

    def test_published_disputes_of_a_covered_dyad(self, tmp_path: Path) -> None:
        """2221 began in 1970, between two records of its dyad; without headings this is unknown."""
        later = one_entry(4000).replace("100 Colombia/135 Peru", "2 United States of America/365 R")
        text = CHAPTER.replace("MID#2899\n", "2 United States of America/365 Russia\nMID#2899\n", 1)
        tables = tables_of(tmp_path)
        with imported(tmp_path, text) as session:
            found = whole(session, tables)
            assert (found.missing, found.elsewhere) == ((), 1)
        with imported(tmp_path, text + later.replace("1911", "1971"), "longer") as session:
            [missing] = whole(session, tables).missing
            assert (missing.record, missing.number) == (None, 2221)
            assert missing.summary == (
                "October 21, 1970 to November 10, 1970, 2 United States of America / 365 Russia"
            )

    def test_a_dyad_between_two_others_is_fully_covered(self, tmp_path: Path) -> None:
        text = "\n".join(
            [
                "941 Chapter 7",
                "2 United States of America/200 United Kingdom",
                one_entry(1).strip(),
                "2 United States of America/365 Russia",
                CHAPTER.split("\n", 3)[3].strip(),
                "200 United Kingdom/220 France",
                one_entry(3).strip(),
            ]
        )
        with imported(tmp_path, text) as session:
            assert [one.number for one in whole(session, tables_of(tmp_path)).missing] == [2221]

    def test_a_dispute_that_is_only_referred_to_is_not_missing(self, tmp_path: Path) -> None:
        tables = tables_of(tmp_path, DISPUTES.replace("2221", "611"), PARTICIPANTS)
        with imported(tmp_path) as session:
            found = whole(session, tables)
            assert (found.missing, found.elsewhere) == ((), 0)

    def test_a_selection_by_number_reports_only_that_number(
        self, session: Session, tables: PublishedTables
    ) -> None:
        assert {one.number for one in whole(session, tables, dispute=2899).fields} == {2899}
        assert whole(session, tables, dispute=2899).elsewhere == 0
        assert [one.number for one in whole(session, tables, dispute=2221).missing] == [2221]


class TestApplying:
    def test_a_cell_is_one_step_that_cites_the_tables(
        self, session: Session, tables: PublishedTables
    ) -> None:
        before = dict(session.documents())
        found = whole(session, tables)
        selected = open_differences_in(found.fields, "outcome", "Unclear", "Stalemate")
        step = run_now(
            apply_published(session, selected, ChangeKind.CODING, "As published", found.citation)
        )
        assert step is not None
        assert (step.kind, step.reason, step.citation) == (ChangeKind.CODING, "As published", CITED)
        assert [line.new for line in log_lines(session)][1:] == ["Stalemate"]
        assert [str(one.text) for one in session.printed_changes(ALASKA)] == [
            "Outcome changed from Unclear."
        ]
        session.undo()
        assert dict(session.documents()) == before
        assert session.printed_changes(ALASKA) == ()

    def test_applying_all_fields_leaves_no_differences(
        self, session: Session, tables: PublishedTables
    ) -> None:
        selected = applicable(whole(session, tables).fields)
        step = run_now(apply_published(session, selected, ChangeKind.CODING, "As published", CITED))
        assert step is not None
        assert len(step.changes) == 4
        assert difference_lines(whole(session, tables)) == []
        assert [one.text for one in session.printed_changes(TRAINER)] == [
            "Settlement changed from Imposed.",
            "Added to the dispute: 265 German Democratic Republic.",
            "End Date changed from March 27, 1964.",
            "Fatalities changed from None.",
        ]
        assert list(faults(session)) == []

    def test_a_correction_prints_nothing(self, session: Session, tables: PublishedTables) -> None:
        selected = applicable(whole(session, tables).fields, "outcome")
        run_now(apply_published(session, selected, ChangeKind.CORRECTION, "Misprinted", CITED))
        assert session.printed_changes(ALASKA) == ()
        assert whole(session, tables).counts("outcome") == {Verdict.AGREE: 2}

    def test_an_edited_field_is_replaced_only_if_selected_itself(
        self, session: Session, tables: PublishedTables
    ) -> None:
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.COMPROMISE}})
        found = whole(session, tables)
        assert open_differences_in(found.fields, "outcome", "Unclear", "Stalemate") == []
        assert applicable(found.fields, "outcome") == []
        one = difference(session, tables, 2899, "outcome")
        assert (
            run_now(apply_published(session, [one], ChangeKind.CODING, "Looked up", CITED))
            is not None
        )

    def test_swapped_sides_are_exchanged(self, tmp_path: Path) -> None:
        swapped = CHAPTER.replace("365 Russia/2 United States of America\nO", "2 USA/365 Russia\nO")
        with imported(tmp_path, swapped) as session:
            tables = tables_of(tmp_path)
            found = [one for one in whole(session, tables).differences if one.number == 2899]
            assert [one.verdict for one in found[:2]] == [Verdict.SWAPPED, Verdict.SWAPPED]
            run_now(apply_published(session, found[:1], ChangeKind.CODING, "As published", CITED))
            entry = session.record(*session.with_number(2899))
            assert printed_participants(entry) == "365 Russia / 2 USA"

    def test_an_empty_selection_makes_no_step(self, session: Session) -> None:
        assert (
            run_now(apply_published(session, [], ChangeKind.CODING, "As published", CITED)) is None
        )

    def test_invalid_differences_are_rejected(self, session: Session, tmp_path: Path) -> None:
        unknown = tables_of(tmp_path, column(DISPUTES, "settle", 6))
        settlement = difference(session, unknown, 2899, "settlement")
        outcome = difference(session, unknown, 2899, "outcome")
        with pytest.raises(NotPublished, match="MID 2899, Settlement: the data set has no value"):
            run_now(apply_published(session, [outcome, settlement], ChangeKind.CODING, "x", CITED))
        with pytest.raises(NoReason):
            run_now(apply_published(session, [outcome], ChangeKind.CODING, " ", CITED))
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"outcome": Outcome.RELEASED}})
        with pytest.raises(StaleDifference, match="MID 2899, Outcome: the value was changed since"):
            run_now(apply_published(session, [outcome], ChangeKind.CODING, "x", CITED))
        assert len(session.history.steps) == 2

    def test_the_key_of_a_difference_is_stable_until_a_value_changes(
        self, session: Session, tables: PublishedTables
    ) -> None:
        before = difference(session, tables, 2220, "end_date")
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"narrative": ("Otherwise.",)}})
        assert difference(session, tables, 2220, "end_date").key == before.key
        session.edit(ChangeKind.CODING, {TRAINER: {"end_date": parse_date("1964-03-26")}})
        assert difference(session, tables, 2220, "end_date").key != before.key


class TestAccepting:
    def test_an_accepted_difference_is_no_longer_open(
        self, session: Session, tables: PublishedTables
    ) -> None:
        outcome = difference(session, tables, 2899, "outcome")
        step = run_now(accept_differences(session, [outcome], " The chapter is right "))
        assert step is not None
        assert (step.kind, step.reason) == (ChangeKind.REVIEW, "The chapter is right")
        outcome = difference(session, tables, 2899, "outcome")
        assert (outcome.differs, outcome.is_open) == (True, False)
        assert outcome.note == "Accepted: The chapter is right"
        found = whole(session, tables)
        assert applicable(found.fields, "outcome") == []
        assert open_differences_in(found.fields, "outcome", "Unclear", "Stalemate") == []
        assert matrix_of(found.fields, "outcome").cells["Unclear", "Stalemate"] == Cell(
            "outcome", "Unclear", "Stalemate", count=1, left=0, edited=0
        )

    def test_it_is_open_again_when_its_value_changes(
        self, session: Session, tables: PublishedTables
    ) -> None:
        run_now(
            accept_differences(session, [difference(session, tables, 2899, "outcome")], "Right so")
        )
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.COMPROMISE}})
        assert difference(session, tables, 2899, "outcome").is_open
        session.undo()
        assert not difference(session, tables, 2899, "outcome").is_open

    def test_several_of_one_record_are_one_step(
        self, session: Session, tables: PublishedTables
    ) -> None:
        before = dict(session.documents())
        found = whole(session, tables).differences
        run_now(accept_differences(session, found, "All right"))
        assert whole(session, tables).agrees
        assert len(session.history.steps) == 2
        run_now(reopen_differences(session, whole(session, tables).differences))
        assert whole(session, tables).differences == found
        assert dict(session.documents()) == before

    def test_it_needs_a_reason_and_the_current_value(
        self, session: Session, tables: PublishedTables
    ) -> None:
        outcome = difference(session, tables, 2899, "outcome")
        with pytest.raises(NoReason):
            run_now(accept_differences(session, [outcome], " "))
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.COMPROMISE}})
        with pytest.raises(StaleDifference):
            run_now(accept_differences(session, [outcome], "Right so"))


class TestInBatches:
    def test_comparing(self, session: Session, tables: PublishedTables) -> None:
        comparing = PublishedComparison(session, tables)
        everything = comparing.waiting
        comparing.compare_next(1)
        assert comparing.waiting == everything - 1
        comparing.compare_next(everything)
        assert (comparing.waiting, comparing.open_count) == (0, 4)
        assert tuple(comparing.fields()) == whole(session, tables).fields
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
        assert (comparing.waiting, comparing.open_count) == (1, 3)
        comparing.close()
        session.undo()
        assert comparing.waiting == 1

    def test_unmatched_disputes_follow_the_numbers(
        self, session: Session, tables: PublishedTables
    ) -> None:
        comparing = PublishedComparison(session, tables)
        assert comparing.unmatched() == ((), (), 1)
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"dispute_number": 7}})
        assert [one.number for one in comparing.unmatched()[0]] == [7]

    def test_nothing_is_changed_before_the_end(
        self, session: Session, tables: PublishedTables
    ) -> None:
        selected = applicable(whole(session, tables).fields)
        taking = apply_published(session, selected, ChangeKind.CODING, "As published", CITED)
        assert next(taking) == (1, 2)
        assert len(session.history.steps) == 1
        assert [*taking] == [(2, 2)]
        assert len(session.history.steps) == 2

    def test_a_step_made_meanwhile_stops_it(
        self, session: Session, tables: PublishedTables
    ) -> None:
        selected = applicable(whole(session, tables).fields)
        taking = apply_published(session, selected, ChangeKind.CODING, "As published", CITED)
        next(taking)
        first = next(one for one in selected if one.record == ALASKA)
        session.edit(ChangeKind.CORRECTION, {ALASKA: first.to_apply})
        with pytest.raises(StaleStep, match="changed meanwhile"):
            list(taking)
        assert len(session.history.steps) == 2

    def test_a_step_of_another_field_made_meanwhile_does_not(
        self, session: Session, tables: PublishedTables
    ) -> None:
        selected = applicable(whole(session, tables).fields)
        taking = apply_published(session, selected, ChangeKind.CODING, "As published", CITED)
        next(taking)
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": ("Otherwise.",)}})
        list(taking)
        assert len(session.history.steps) == 3
        assert applicable(whole(session, tables).fields) == []
        assert session.document(ALASKA)["narrative"] == ["Otherwise."]
        assert list(faults(session)) == []


@pytest.mark.skipif(
    not (BOOK.is_dir() and MIDA.exists()),
    reason="the made-up book and the published tables are not part of the project (../shared)",
)
def test_the_error_of_the_book_is_fixed_in_one_step_and_undone_in_one(tmp_path: Path) -> None:
    """Only Unclear × Stalemate, in the whole book: the figures of docs/comparing.md."""
    session = open_session(tmp_path / "book.mid.json", create=True)
    add_texts(
        session, [run_now(read_text(path, session.states)) for path in sorted(BOOK.glob("*.txt"))]
    )
    tables = read_tables(MIDA, MIDB)
    found = run_now(compare(session, tables))
    assert found.entries == 2237
    assert [cell for matrix in found.matrices for cell in matrix.faults] == [
        Cell("outcome", "Unclear", "Stalemate", count=1467, left=1467, edited=0),
        Cell("settlement", "Unclear", "(blank)", count=1, left=1, edited=0),
    ]
    assert len(found.differences) == 1468
    assert (found.unpublished, found.missing, found.elsewhere) == ((), (), 0)

    text, before = run_now(export(session, "text")), dict(session.documents())
    selected = open_differences_in(found.fields, "outcome", "Unclear", "Stalemate")
    step = run_now(
        apply_published(session, selected, ChangeKind.CODING, "As published", found.citation)
    )
    assert step is not None
    assert step.citation == "gml-MIDA_4.01.csv and gml-MIDB_4.01.csv, version 4.01"
    assert [(c.field, c.old, c.new) for c in field_changes(step)] == [
        ("outcome", "Unclear", "Stalemate")
    ] * 1467
    lines = [line for line in log_lines(session) if line.step == step.number]
    assert {(line.kind, line.reason, line.original) for line in lines} == {
        ("coding", "As published", "Unclear")
    }
    assert {one.dispute_number for one in lines} == {one.number for one in selected}
    sentences = [
        one.text
        for change in step.record_changes
        for one in session.printed_changes(change.record)
        if one.field == "outcome"
    ]
    assert sentences == ["Outcome changed from Unclear."] * 1467
    printed = run_now(export(session, "text")).decode("utf-8")
    assert printed.count("Outcome (and Settlement): Stalemate (") == 1467
    assert printed.count("Outcome (and Settlement): Unclear (") == 47
    assert matrix_of(run_now(compare(session, tables)).fields, "outcome").cells[
        "Unclear", "Stalemate"
    ] == Cell("outcome", "Unclear", "Stalemate", count=1467, left=0, edited=0)

    session = reopened(session)
    session.undo()
    assert run_now(export(session, "text")) == text
    assert dict(session.documents()) == before
    assert list(faults(session)) == []
    session.close()
