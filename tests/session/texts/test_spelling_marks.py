"""Words that look misspelt, and the list of those that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.steps import StepKind
from mideditor.session.log.logbook import log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.texts.spelling_marks import Spelling
from tests.session.chapters import ALASKA, TRAINER, imported, reopened


def counted(session: Session) -> Spelling:
    spelling = Spelling(session)
    while not spelling.is_counted:
        spelling.count(2)
    return spelling


def marked(spelling: Spelling, text: str) -> list[tuple[str, str]]:
    marks = spelling.marks(ALASKA, text)
    assert all(text[one.start : one.end] == one.word for one in marks)
    return [(one.word, one.meant) for one in marks]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Soviet goverment fell.", [("goverment", "government")]),
        (
            "They recieved the goverment’s note.",
            [("recieved", "received"), ("goverment", "government")],
        ),
        ("It occured in the comittee room.", [("occured", "occurred"), ("comittee", "committee")]),
        ("The two planes xqzzt crossed.", [("xqzzt", "")]),
        ("A gunboat shelled the démarche of a boarder guard.", []),
        ("Guantánamo, Hồ Chí Minh and the USS Pueblo of 1968 and MID#2203", []),
        ("A counter-attack by anti-aircraft guns didn’t help.", []),
        ("", []),
    ],
)
def test_words_that_look_misspelt(tmp_path: Path, text: str, words: list[tuple[str, str]]) -> None:
    with imported(tmp_path) as session:
        assert marked(counted(session), text) == words


def test_a_word_that_stands_elsewhere_twice_is_right(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session)
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]
        session.edit(StepKind.CORRECTION, {TRAINER: {"narrative": ("A xqzzt, a xqzzt.",)}})
        assert marked(spelling, "The xqzzt.") == []
        session.undo()
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]


def test_a_word_does_not_vouch_for_itself(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session)
        text = "A xqzzt, a xqzzt, a xqzzt."
        session.edit(StepKind.CORRECTION, {ALASKA: {"narrative": (text,)}})
        assert len(marked(spelling, text)) == 3


def test_a_rare_variant_of_a_frequent_name_is_marked(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        often = ("Wrzyszcz met Wrzyszcz, and Wrzyszcz agreed.",)
        session.edit(StepKind.CORRECTION, {TRAINER: {"narrative": often}})
        spelling = counted(session)
        assert marked(spelling, "Wrzyz and Wszyszcz") == []
        assert marked(spelling, "Wrzyszcz and Wrzyscz") == [("Wrzyscz", "Wrzyszcz")]


def test_records_that_come_and_go_are_counted_anew(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session)
        session.undo()
        assert not spelling.is_counted or not session.ids()
        session.redo()
        spelling.count(10)
        assert spelling.is_counted
        assert marked(spelling, "The goverment.") == [("goverment", "government")]


class TestTheList:
    def test_a_word_that_was_added_is_right_also_next_time(self, tmp_path: Path) -> None:
        session = imported(tmp_path)
        spelling = counted(session)
        step = session.add_word("Goverment")
        assert step is not None
        assert marked(spelling, "The goverment.") == []
        assert session.add_word("goverment") is None
        told = list(log_lines(session))[-1]
        assert (told.label, told.new, told.reason) == ("Word list", "Goverment", "")
        session = reopened(session)
        assert marked(counted(session), "The goverment.") == []
        session.undo()
        assert marked(counted(session), "The goverment.") == [("goverment", "government")]
        session.redo()
        assert session.history.words() == {"goverment"}
        assert list(faults(session)) == []
        session.close()
