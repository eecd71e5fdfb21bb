"""Words that look misspelt, and the project's word list."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
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


def test_a_word_that_occurs_twice_elsewhere_is_correct(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session)
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"narrative": ("A xqzzt, a xqzzt.",)}})
        assert marked(spelling, "The xqzzt.") == []
        session.undo()
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]


def test_a_word_does_not_count_for_itself(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session)
        text = "A xqzzt, a xqzzt, a xqzzt."
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"narrative": (text,)}})
        assert len(marked(spelling, text)) == 3


def test_a_rare_variant_of_a_frequent_name_is_marked(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        often = ("Wrzyszcz met Wrzyszcz, and Wrzyszcz agreed.",)
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"narrative": often}})
        spelling = counted(session)
        assert marked(spelling, "Wrzyz and Wszyszcz") == []
        assert marked(spelling, "Wrzyszcz and Wrzyscz") == [("Wrzyscz", "Wrzyszcz")]


def test_added_and_removed_records_are_recounted(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session)
        session.undo()
        assert not spelling.is_counted or not session.ids()
        session.redo()
        spelling.count(10)
        assert spelling.is_counted
        assert marked(spelling, "The goverment.") == [("goverment", "government")]


class TestWordList:
    def test_an_added_word_is_correct_after_reopening(self, tmp_path: Path) -> None:
        session = imported(tmp_path)
        spelling = counted(session)
        step = session.add_word("Goverment")
        assert step is not None
        assert marked(spelling, "The goverment.") == []
        assert session.add_word("goverment") is None
        line = list(log_lines(session))[-1]
        assert (line.label, line.new, line.reason) == ("Word list", "Goverment", "")
        session = reopened(session)
        assert marked(counted(session), "The goverment.") == []
        session.undo()
        assert marked(counted(session), "The goverment.") == [("goverment", "government")]
        session.redo()
        assert session.history.words() == {"goverment"}
        assert list(faults(session)) == []
        session.close()
