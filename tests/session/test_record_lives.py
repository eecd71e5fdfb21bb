"""The ids of records, and what counts of a record that left the project and came again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.record import Fragment
from mideditor.session.edit_plan import IdClash
from mideditor.session.log.record_versions import versions_of
from mideditor.session.project.merging import apply_diffs, find_changes, read_copy
from mideditor.session.project.verifying import faults
from mideditor.session.undoing import CannotUndo
from mideditor.session.work import run_now
from mideditor.store.project import StaleStep
from tests.session.chapters import (
    ALASKA,
    CHAPTER,
    FRAGMENT,
    REFERENCE,
    TRAINER,
    correct,
    id_at,
    import_text,
    imported,
    one_entry,
    open_session,
    reopened,
)


class TestImportedAgainAfterUndo:
    def test_the_records_have_the_same_ids(self, tmp_path: Path) -> None:
        session = imported(tmp_path)
        session.undo()
        session = reopened(session)
        assert import_text(session, tmp_path / "other.txt", one_entry(77)) == [
            id_at(one_entry(77), "MID#77")
        ]
        assert import_text(session, tmp_path / "again.txt", CHAPTER) == [
            *(FRAGMENT, ALASKA, TRAINER, REFERENCE)
        ]
        assert list(faults(session)) == []
        session.close()

    def test_it_is_a_new_life_of_the_record(self, tmp_path: Path) -> None:
        """Nothing of the earlier life counts: no edit, no coding, no value as its original."""
        session = imported(tmp_path)
        first = session.record(ALASKA)
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="So it is")
        correct(session, ALASKA, page=7)
        for _ in range(3):
            session.undo()
        import_text(session, tmp_path / "again.txt", CHAPTER)
        for _ in range(2):
            assert session.record(ALASKA) == session.original(ALASKA) == first
            assert session.history.edited_fields(ALASKA) == frozenset()
            assert session.changed_fields(ALASKA) == []
            assert not session.history.was_coded(ALASKA)
            assert session.printed_changes(ALASKA) == ()
            assert [one.step for one in versions_of(session, ALASKA)] == [0]
            assert list(faults(session)) == []
            session = reopened(session)
        correct(session, ALASKA, page=8)
        assert [one.step for one in versions_of(session, ALASKA)] == [0, 8]
        session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.RELEASED}}, reason="Or so")
        assert [one.text for one in session.printed_changes(ALASKA)] == [
            "Outcome changed from Unclear."
        ]
        session.undo()
        session.undo()
        assert session.record(ALASKA) == first
        with pytest.raises(CannotUndo, match="Step 3 does not stand"):
            session.undo(3)
        session.close()

    def test_edits_of_the_earlier_life_can_be_redone_only_in_it(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            correct(session, ALASKA, page=7)
            session.undo()
            session.undo()
            session.redo()
            session.redo()
            assert session.record(ALASKA).page == 7
            assert session.history.edited_fields(ALASKA) == {"page"}
            assert session.changed_fields(ALASKA) == ["page"]
            assert list(faults(session)) == []

    def test_by_a_colleague_it_is_not_redone_over(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            first = session.record(ALASKA)
            session.undo()
            session.author = "Ben"
            import_text(session, tmp_path / "again.txt", CHAPTER)
            session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.RELEASED}}, reason="So")
            session.author = "Ana"
            with pytest.raises(CannotUndo, match="Step 1 cannot be redone by itself"):
                session.redo()
            session.author = "Ben"
            session.undo()
            session.undo()
            session.author = "Ana"
            session.redo()
            for _ in range(2):
                assert session.record(ALASKA) == session.original(ALASKA) == first
                assert session.changed_fields(ALASKA) == []
                assert session.printed_changes(ALASKA) == ()
                assert list(faults(session)) == []
                session = reopened(session)
            correct(session, ALASKA, outcome=Outcome.STALEMATE)
            assert session.changed_fields(ALASKA) == ["outcome"]
            assert session.original(ALASKA) == first
            session.close()


class TestIds:
    def test_of_different_texts_have_none_in_common(self, tmp_path: Path) -> None:
        with imported(tmp_path) as one, imported(tmp_path, CHAPTER + "\n", "other") as other:
            assert len(one.ids()) == len(other.ids()) == 4
            assert set(one.ids()).isdisjoint(other.ids())

    def test_of_the_same_text_are_the_same(self, tmp_path: Path) -> None:
        with imported(tmp_path, name="one") as one, imported(tmp_path, name="other") as other:
            assert list(one.ids()) == list(other.ids())

    @pytest.mark.needs_file
    def test_of_a_record_taken_over_from_a_copy_is_kept(self, tmp_path: Path) -> None:
        session = imported(tmp_path)
        session.close()
        copy = tmp_path / "copy.mid.json"
        shutil.copy(session.path, copy)
        with open_session(copy, "Ben") as theirs:
            (new,) = import_text(theirs, tmp_path / "later.txt", one_entry(77))
            by_hand = Fragment(narrative=("A note of Ben’s.",))
            (made,) = theirs.add([by_hand]).record_changes
        with open_session(session.path) as ours:
            found = run_now(find_changes(ours, run_now(read_copy(copy))))
            step = run_now(apply_diffs(ours, found, "Taken from Ben"))
            assert step is not None
            assert {change.record for change in step.record_changes} == {new, made.record}
            assert ours.with_number(77) == [new]
            assert ours.record(made.record) == by_hand
            assert list(faults(ours)) == []

    def test_a_record_of_another_place_cannot_have_the_id_of_a_removed_one(
        self, tmp_path: Path
    ) -> None:
        with imported(tmp_path) as session:
            alaska, trainer = session.record(ALASKA), session.record(TRAINER)
            session.undo()
            with pytest.raises(IdClash, match=f"the same id .*{ALASKA}.*Nothing was imported"):
                session.add({ALASKA: trainer})
            assert list(session.ids()) == []
            assert len(session.history.steps) == 2
            session.add({ALASKA: alaska})
            assert list(session.ids()) == [ALASKA]
            assert list(faults(session)) == []

    def test_a_record_that_is_there_is_not_added_over(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            with pytest.raises(StaleStep):
                session.add({ALASKA: session.record(ALASKA).replace(page=7)})
            assert session.record(ALASKA).page == 942
            assert len(session.history.steps) == 1
