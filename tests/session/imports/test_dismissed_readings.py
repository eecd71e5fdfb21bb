"""Differences from a newer text that a coder skipped are not offered again until they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.session.imports.dismissed_readings import dismiss
from mideditor.session.imports.import_plan import carry_out, new_records, open_differences
from mideditor.session.imports.import_review import Counts, ImportReview
from mideditor.session.imports.import_summary import plan_summary
from mideditor.session.log.logbook import log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, imported, one_entry, reopened
from tests.session.imports.test_reextraction import MORE, NEWER, differing, plan_for, review_of

OFFERED = [(ALASKA, "narrative", False), (TRAINER, "outcome", False), (None, "record", False)]


def offered_again(session: Session, folder: Path, text: str) -> list[tuple[int | None, str]]:
    """The differences that an import of a text offers now."""
    return [
        (one.record, one.field)
        for one in open_differences(session, plan_for(session, folder, text))
    ]


def skipped(folder: Path, text: str = MORE) -> Session:
    """A project in which all differences from a newer text were skipped."""
    session = imported(folder)
    review = review_of(session, folder, text)
    review.skip(review.open())
    return session


class TestSkipping:
    def test_it_is_one_step_and_leaves_nothing_open(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, MORE)
            assert differing(review) == OFFERED
            review.skip(review.open()[:1])
            assert differing(review) == OFFERED[1:]
            step = review.skip(review.open())
            assert step is not None
            assert (step.kind, step.number) == (ChangeKind.SKIP, 3)
            assert review.open() == []
            assert review.counts() == [Counts("newer.txt", 2, 2, 1, skipped=3)]
            assert list(faults(session)) == []

    def test_it_does_not_change_the_contents_of_records(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            before = [session.record(record).content() for record in session.ids()]
            review = review_of(session, tmp_path, MORE)
            review.skip(review.open())
            assert [session.record(record).content() for record in session.ids()] == before
            assert [session.changed_fields(record) for record in session.ids()] == [[], [], [], []]

    def test_skipping_again_makes_no_step(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, MORE)
            found = review.open()
            assert dismiss(session, found) is not None
            assert dismiss(session, found) is None
            assert len(session.history.steps) == 2

    def test_undo_reopens_it_and_redo_closes_it(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, MORE)
            review.skip(review.open())
            session.undo()
            assert differing(review) == OFFERED
            session.redo()
            assert review.open() == []

    def test_a_single_unwanted_record(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, MORE)
            step = review.skip(review.open()[2:])
            assert step is not None
            assert step.record_changes == ()
            assert [change.kind for change in step.changes] == [ChangeKind.SKIP]
            assert differing(review) == OFFERED[:2]
            session.undo()
            assert differing(review) == OFFERED


class TestTheNextImport:
    @pytest.mark.parametrize("restarted", [False, True])
    def test_the_same_text_offers_nothing(self, tmp_path: Path, restarted: bool) -> None:
        session = skipped(tmp_path)
        if restarted:
            session = reopened(session)
        assert offered_again(session, tmp_path, MORE) == []
        plan = plan_for(session, tmp_path, MORE)
        assert new_records(session, plan) == []
        assert carry_out(session, plan) is None
        assert plan_summary(session, plan) == (
            "newer.txt: another text of records that the project has: "
            "2 equal, 2 differing, 1 new; 3 skipped before"
        )
        review = ImportReview(session)
        review.offer(plan.newer)
        assert review.open() == []
        session.close()

    def test_the_same_readings_under_another_name_offer_nothing(self, tmp_path: Path) -> None:
        with skipped(tmp_path) as session:
            assert offered_again(session, tmp_path, MORE.replace("\n", "\r\n")) == []

    def test_a_new_difference_is_open_again(self, tmp_path: Path) -> None:
        with skipped(tmp_path) as session:
            newest = MORE.replace("Yield by side A", "Compromise")
            assert offered_again(session, tmp_path, newest) == [(TRAINER, "outcome")]
            newest = MORE.replace("A gunboat entered", "Two gunboats entered")
            assert offered_again(session, tmp_path, newest) == [(None, "record")]
            newest = MORE.replace("northern", "western")
            assert offered_again(session, tmp_path, newest) == [(ALASKA, "narrative")]

    def test_skips_of_two_texts_are_both_remembered(self, tmp_path: Path) -> None:
        with skipped(tmp_path, NEWER) as session:
            other = NEWER.replace("Yield by side A", "Compromise")
            review = review_of(session, tmp_path, other)
            review.skip(review.open())
            for text in (NEWER, other):
                assert offered_again(session, tmp_path, text) == []

    def test_undecided_differences_are_offered(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            review = review_of(session, tmp_path, MORE)
            review.skip(review.open()[1:2])
            expected = [(ALASKA, "narrative"), (None, "record")]
            assert offered_again(session, tmp_path, MORE) == expected

    def test_another_new_record_is_added(self, tmp_path: Path) -> None:
        with skipped(tmp_path) as session:
            more = MORE.replace("MID#611\n", one_entry(78) + "MID#611\n")
            assert offered_again(session, tmp_path, more) == [(None, "record")]

    def test_a_skip_survives_an_edit_of_the_record(self, tmp_path: Path) -> None:
        with skipped(tmp_path) as session:
            session.edit(ChangeKind.CORRECTION, {TRAINER: {"outcome": "Stalemate"}})
            assert offered_again(session, tmp_path, MORE) == []


def test_the_log_shows_what_was_skipped(tmp_path: Path) -> None:
    with skipped(tmp_path) as session:
        logged = [(one.kind, one.label, one.new) for one in log_lines(session)][-3:]
        assert [line[:2] for line in logged] == [
            ("skip", "Not added"),
            ("skip", "Accepted findings"),
            ("skip", "Accepted findings"),
        ]
        assert logged[0][2].startswith("MID 77, May 1911, 100 Colombia / 135 Peru (")
        assert "Left as it is; newer.txt says otherwise" in logged[1][2]


def test_a_project_without_skips_is_stored_unchanged(tmp_path: Path) -> None:
    with imported(tmp_path, CHAPTER) as session:
        assert session.history.skipped_records() == frozenset()
        assert all("accepted" not in document for document in session.documents().values())
