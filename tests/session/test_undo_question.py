"""What is asked before an undo: whose step is next, and what an import would take with it."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.session.session import Session
from mideditor.session.undo_question import UndoQuestion, step_in_words, undo_question
from tests.session.chapters import ALASKA, FRAGMENT, TRAINER, imported

FOUR = "Undo of step 1 takes 4 records out of the project."


def as_coder(session: Session, author: str) -> UndoQuestion | None:
    """The question to a coder."""
    session.author = author
    return undo_question(session)


def edit(session: Session, author: str, record: int, **values: object) -> None:
    session.author = author
    session.edit(ChangeKind.CORRECTION, {record: values})


def test_the_coder_s_own_edit_needs_no_question(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        edit(session, "Ana", ALASKA, page=3)
        edit(session, "Ben", TRAINER, page=4)
        assert as_coder(session, "Ana") is None
        assert as_coder(session, " ana ") is None, "the same coder"


def test_only_steps_of_others_are_left(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        edit(session, "Ben", ALASKA, page=3)
        made = session.history.steps[-1].time.astimezone()
        asked = as_coder(session, "Cleo")
        assert asked is not None
        assert asked.step.number == 2
        assert asked.text == (
            f"None of your own steps is left to undo. The next is by Ben, {made:%d %B %Y, %H:%M}: "
            "Page of MID 2899 (correction, step 2)."
        )
        assert asked.answer == "Take back step 2"


def test_an_import_is_asked_about(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        asked = as_coder(session, "Ana")
        assert asked == UndoQuestion(session.history.steps[0], FOUR, "Take back step 1")


def test_an_import_says_which_edits_of_others_stand_in_it(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        edit(session, "Ben", ALASKA, page=3)
        edit(session, "Ben", TRAINER, page=4, chapter=2)
        edit(session, "Cleo", FRAGMENT, page=5)
        edit(session, "Dora", FRAGMENT, page=6)
        session.undo()
        asked = as_coder(session, "Ana")
        assert asked is not None
        assert asked.text == f"{FOUR} 3 edits by Ben, Cleo stand in them."


def test_an_import_of_another_coder_says_both(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        asked = as_coder(session, "Ben")
        assert asked is not None
        assert asked.text.startswith("None of your own steps is left to undo. The next is by Ana, ")
        assert asked.text.endswith(f": import of 4 records (import, step 1). {FOUR}")


def test_with_nothing_left_nothing_is_asked(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.undo()
        assert as_coder(session, "Ana") is None
        assert as_coder(session, "Ben") is None


def test_a_step_in_words(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 3, "outcome": "Stalemate"}})
        session.edit(ChangeKind.CORRECTION, {one: {"chapter": 3} for one in session.ids()})
        session.add_word("gunboats")
        words = [step_in_words(session, step) for step in session.history.steps]
        assert words == [
            "import of 4 records",
            "Page, Outcome of MID 2899",
            "Chapter of 4 records",
            "word (step 4)",
        ]
