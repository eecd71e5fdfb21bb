"""The marks in a record's text, and their descriptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Doubt, RecordId
from mideditor.session.session import Session
from mideditor.session.texts.spelling_marks import Spelling
from mideditor.session.texts.text_marks import (
    MarkKind,
    describe_mark,
    marks_at,
    target_of,
    text_marks,
)
from tests.session.chapters import ALASKA, REFERENCE, TRAINER, imported


def descriptions(
    session: Session, text: str, record: RecordId = TRAINER
) -> list[tuple[str, str, str]]:
    """The kind, the words and the description of each mark."""
    marks = text_marks(session, record, "narrative", text, None)
    return [
        (mark.kind, text[mark.start : mark.end], describe_mark(session, record, mark))
        for mark in marks
    ]


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("on January 28, 1964", "January 28, 1964: a Tuesday."),
        ("in May 1964", "May 1964: a month, no day is given."),
        ("in 1964", "1964: a year, no day is given."),
        (
            "on January 29",
            "January 29: no year is given.\nWithin the dispute’s dates: January 29, 1964: "
            "Wednesday.",
        ),
        (
            "on April 1",
            "April 1: no year is given.\nIt is not within the dispute’s dates (January 28, 1964 to "
            "March 27, 1964).",
        ),
        (
            "by Cuba",
            "40 Cuba (CUB)\nMember of the system: May 20, 1902 to September 25, 1906; since "
            "January 23, 1909.\nA member on the dispute’s dates (January 28, 1964 to March 27, "
            "1964).",
        ),
        ("see MID#2899", "MID 2899: March 15, 1963\n365 Russia / 2 United States of America"),
        ("see MID 7", "MID 7 is not in this project."),
    ],
)
def test_the_description_of_a_mark(tmp_path: Path, text: str, description: str) -> None:
    with imported(tmp_path) as session:
        [(_, words, tip)] = descriptions(session, text)
        assert text.endswith(words)
        assert tip == description


def test_a_state_outside_the_system(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        early = {"start_date": parse_date("May 1850"), "end_date": parse_date("June 1850")}
        session.edit(ChangeKind.CORRECTION, {TRAINER: early})
        [(_, _, tip)] = descriptions(session, "by Cuba")
        assert tip.endswith("Not a member on the dispute’s dates (May 1850 to June 1850).")


def test_a_reference_points_to_its_entry(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        marks = text_marks(session, TRAINER, "narrative", "MID#2899 MID 611 MID 7 Cuba", None)
        targets = [target_of(session, mark) for mark in marks]
        assert targets == [ALASKA, REFERENCE, None, None]


def test_a_doubt_is_marked_at_the_different_words_until_resolved(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        text = "The fleet left. Nobody was hurt."
        doubt = Doubt(
            field="narrative",
            quote="fleet left. Nobody was",
            question="Does the paragraph end here?",
            certainty=0.5,
            instead="fleet left.\nNobody was",
        )
        values = {"narrative": (text,), "doubts": (doubt,)}
        session.edit(ChangeKind.CORRECTION, {TRAINER: values})
        assert descriptions(session, text) == [
            (MarkKind.DOUBT, "left. Nobody", "Doubtful reading: Does the paragraph end here?")
        ]
        assert descriptions(session, "The fleet has left.") == []
        session.edit(ChangeKind.REVIEW, {TRAINER: {"doubts": ()}})
        assert descriptions(session, text) == []


def test_misspelt_words_are_marked_once_words_are_counted(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = Spelling(session)
        spelling.count(10)
        text = "The goverment of Cuba"
        marks = text_marks(session, TRAINER, "narrative", text, spelling)
        assert [mark.kind for mark in marks] == [MarkKind.STATE, MarkKind.SPELLING]
        assert [mark.kind for mark in marks_at(marks, 5)] == [MarkKind.SPELLING]
        assert marks_at(marks, 2) == []
        tip = describe_mark(session, TRAINER, marks[1])
        assert tip == "“goverment” may be misspelt. Perhaps “government”?"
