"""A newer extraction of an imported chapter: no duplicates, and no edit is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry
from mideditor.session.imports.import_plan import (
    ImportPlan,
    carry_out,
    new_records,
    open_differences,
    read_texts,
)
from mideditor.session.imports.import_review import Counts, ImportReview
from mideditor.session.imports.import_summary import plan_summary
from mideditor.session.project.verifying import faults
from mideditor.session.sample import sample_text
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, imported, one_entry, open_session
from tests.session.imports.test_page_joining import FIRST, LAST, MIDDLE, pages_of, written

NEWER = CHAPTER.replace("Alaska", "northern Alaska").replace(
    "Released (None)", "Yield by side A (None)"
)
MORE = NEWER.replace("MID#611\n", one_entry(77) + "MID#611\n")


def plan_for(session: Session, folder: Path, text: str) -> ImportPlan:
    path = folder / "newer.txt"
    path.write_text(text, encoding="utf-8")
    return run_now(read_texts(session, [path]))


def review_of(session: Session, folder: Path, text: str) -> ImportReview:
    plan = plan_for(session, folder, text)
    assert carry_out(session, plan) is None
    review = ImportReview(session)
    review.offer(plan.newer)
    return review


def differing(review: ImportReview) -> list[tuple[int | None, str, bool]]:
    return [(one.record, one.field, one.edited) for one in review.open()]


def entry(session: Session, record: int) -> Entry:
    found = session.record(record)
    assert isinstance(found, Entry)
    return found


class TestOfferedDifferences:
    def test_the_differences_by_record_and_field(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, MORE)
            assert differing(review) == [
                (ALASKA, "narrative", False),
                (TRAINER, "outcome", False),
                (None, "record", False),
            ]
            outcome, new = review.open()[1:]
            assert (outcome.original, outcome.current, outcome.new) == (
                "Released",
                "Released",
                "Yield by side A",
            )
            assert (new.title, new.new) == ("MID 77", "May 1911, 100 Colombia / 135 Peru")
            assert review.counts() == [Counts("newer.txt", 2, 2, 1)]
            assert len(session.history.steps) == 1

    def test_edited_fields_are_marked(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            session.edit(ChangeKind.CODING, {TRAINER: {"outcome": "Stalemate"}}, reason="data set")
            review = review_of(session, tmp_path, NEWER)
            (_, outcome) = review.open()
            assert (outcome.current, outcome.new, outcome.edited) == (
                "Stalemate",
                "Yield by side A",
                True,
            )

    def test_a_field_edited_to_the_new_value_is_no_difference(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            session.edit(ChangeKind.CORRECTION, {TRAINER: {"outcome": "Yield by side A"}})
            assert differing(review_of(session, tmp_path, NEWER)) == [(ALASKA, "narrative", False)]

    def test_an_equal_text_offers_nothing(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            plan = plan_for(session, tmp_path, CHAPTER.replace("\n", "\r\n"))
            assert carry_out(session, plan) is None
            assert open_differences(session, plan) == []
            assert "4 equal, 0 differing, 0 new" in plan_summary(session, plan)

    def test_the_same_text_is_known(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            plan = plan_for(session, tmp_path, CHAPTER)
            assert (plan.newer, plan.runs) == ((), ())
            assert plan_summary(session, plan) == "newer.txt: already imported"

    def test_a_chapter_with_a_few_numbers_in_common_is_another_one(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            other = one_entry(2899) + one_entry(78) + one_entry(79)
            plan = plan_for(session, tmp_path, other)
            assert plan.newer == ()
            assert carry_out(session, plan) is not None
            assert len(session.with_number(2899)) == 2

    def test_a_single_page_does_not_differ_where_it_is_cut(self, tmp_path: Path) -> None:
        with open_session(tmp_path / "p.mid.json", create=True) as session:
            whole = written(tmp_path, [FIRST + MIDDLE + LAST])
            carry_out(session, run_now(read_texts(session, whole)))
            for page in (FIRST, LAST):
                plan = plan_for(session, tmp_path, page)
                assert len(plan.newer) == 1
                assert open_differences(session, plan) == []

    def test_the_sample_chapter_page_by_page_after_the_whole(self, tmp_path: Path) -> None:
        text = sample_text().read_text(encoding="utf-8")
        with open_session(tmp_path / "p.mid.json", create=True) as session:
            carry_out(session, run_now(read_texts(session, written(tmp_path, [text]))))
            before = dict(session.documents())
            for page in pages_of(text)[:-1]:
                plan = plan_for(session, tmp_path, page)
                assert [one.record for one in new_records(session, plan)] == []
                assert carry_out(session, plan) is None
            assert dict(session.documents()) == before


class TestApplying:
    def test_one_difference_is_one_step_with_its_source(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, NEWER)
            step = review.take(review.open()[1:])
            assert step is not None
            assert (step.kind, step.reason) == (ChangeKind.IMPORT, "Taken from newer.txt")
            assert entry(session, TRAINER).outcome == "Yield by side A"
            assert session.changed_fields(TRAINER) == []
            assert [source.name for source in session.sources][1:] == ["newer.txt"]
            assert differing(review) == [(ALASKA, "narrative", False)]
            assert list(faults(session)) == []
            session.undo()
            assert len(differing(review)) == 2

    def test_all_unedited_fields_and_new_records_are_one_step(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            session.edit(ChangeKind.CORRECTION, {TRAINER: {"outcome": "Stalemate"}})
            before = dict(session.documents())
            review = review_of(session, tmp_path, MORE)
            assert review.take(review.open()) is not None
            assert "northern Alaska" in entry(session, ALASKA).narrative[0]
            assert entry(session, TRAINER).outcome == "Stalemate"
            assert len(session.with_number(77)) == 1
            assert differing(review) == [(TRAINER, "outcome", True)]
            session.undo()
            assert dict(session.documents()) == before
            assert len(review.open()) == 3
            session.redo()
            assert differing(review) == [(TRAINER, "outcome", True)]
            assert list(faults(session)) == []

    def test_nothing_to_apply_makes_no_step(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            session.edit(ChangeKind.CORRECTION, {TRAINER: {"outcome": "Stalemate"}})
            review = review_of(session, tmp_path, NEWER)
            assert review.take(review.open()[1:]) is None

    def test_an_edit_after_applying_has_the_applied_value_as_original(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, NEWER)
            review.take(review.open())
            session.edit(ChangeKind.CORRECTION, {TRAINER: {"outcome": "Stalemate"}})
            original = session.original(TRAINER)
            assert isinstance(original, Entry)
            assert original.outcome == "Yield by side A"
            assert list(faults(session)) == []

    @settings(max_examples=25)
    @given(
        edited=st.sets(st.sampled_from(["narrative", "outcome", "settlement", "fatalities"])),
        changed=st.sets(st.sampled_from(["narrative", "outcome", "settlement", "fatalities"])),
    )
    def test_no_edit_is_ever_overwritten(
        self, tmp_path_factory: pytest.TempPathFactory, edited: set[str], changed: set[str]
    ) -> None:
        folder = tmp_path_factory.mktemp("p")
        edits = {
            "narrative": ("My text.",),
            "outcome": "Stalemate",
            "settlement": "Negotiated",
            "fatalities": "Missing",
        }
        words = {
            "narrative": ("its way over", "its course near"),
            "outcome": ("Released (", "Compromise ("),
            "settlement": ("Released (None", "Released (Imposed"),
            "fatalities": ("deaths", "deaths"),
        }
        text = CHAPTER
        for field in changed - {"outcome"} if "settlement" in changed else changed:
            text = text.replace(*words[field])
        with imported(folder) as session:
            for field in edited:
                session.edit(ChangeKind.CORRECTION, {TRAINER: {field: edits[field]}})
            before = entry(session, TRAINER)
            plan = plan_for(session, folder, text + "\n")
            carry_out(session, plan, open_differences(session, plan))
            after = entry(session, TRAINER)
            assert all(getattr(after, field) == getattr(before, field) for field in edited)
            assert list(faults(session)) == []
