"""Words that look misspelt, and the list of those that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.steps import StepKind
from mideditor.files.trouble import FileTrouble
from mideditor.session.session import Session
from mideditor.session.spelling_marks import Spelling
from mideditor.session.word_list import WordList
from tests.session.chapters import ALASKA, TRAINER, imported, one_entry


def counted(session: Session, tmp_path: Path) -> Spelling:
    spelling = Spelling(session, WordList(tmp_path / "words.txt"))
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
        assert marked(counted(session, tmp_path), text) == words


def test_a_word_that_stands_elsewhere_twice_is_right(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session, tmp_path)
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]
        session.edit(StepKind.CORRECTION, {TRAINER: {"narrative": ("A xqzzt, a xqzzt.",)}})
        assert marked(spelling, "The xqzzt.") == []
        session.undo()
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]


def test_a_word_does_not_vouch_for_itself(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session, tmp_path)
        text = "A xqzzt, a xqzzt, a xqzzt."
        session.edit(StepKind.CORRECTION, {ALASKA: {"narrative": (text,)}})
        assert len(marked(spelling, text)) == 3


def test_a_rare_variant_of_a_frequent_name_is_marked(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        often = ("Wrzyszcz met Wrzyszcz, and Wrzyszcz agreed.",)
        session.edit(StepKind.CORRECTION, {TRAINER: {"narrative": often}})
        spelling = counted(session, tmp_path)
        assert marked(spelling, "Wrzyz and Wszyszcz") == []
        assert marked(spelling, "Wrzyszcz and Wrzyscz") == [("Wrzyscz", "Wrzyszcz")]


def test_records_that_come_and_go_are_counted_anew(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        spelling = counted(session, tmp_path)
        session.undo()
        assert not spelling.is_counted or not session.ids()
        session.redo()
        spelling.count(10)
        assert spelling.is_counted
        assert marked(spelling, "The goverment.") == [("goverment", "government")]


class TestTheList:
    def test_a_word_that_was_added_is_right_also_next_time(self, tmp_path: Path) -> None:
        with imported(tmp_path) as session:
            spelling = counted(session, tmp_path)
            spelling.add("Goverment")
            assert marked(spelling, "The goverment.") == []
            assert marked(counted(session, tmp_path), "The goverment.") == []
        assert (tmp_path / "words.txt").read_text("utf-8") == "Goverment\n"

    def test_words_that_another_window_added_stay(self, tmp_path: Path) -> None:
        one, other = WordList(tmp_path / "words.txt"), WordList(tmp_path / "words.txt")
        one.add("démarche")
        other.add("aide-mémoire")
        assert list(WordList(tmp_path / "words.txt")) == ["aide-mémoire", "démarche"]

    def test_a_file_that_is_no_text_is_not_written_over(self, tmp_path: Path) -> None:
        path = tmp_path / "words.txt"
        path.write_bytes(b"\xff\xfe\x00")
        words = WordList(path)
        assert list(words) == []
        with pytest.raises(FileTrouble, match=r"words\.txt.*not added"):
            words.add("démarche")
        assert path.read_bytes() == b"\xff\xfe\x00"
        assert "démarche" not in words

    def test_a_list_that_cannot_be_kept_stays_as_it_was(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        words = WordList(tmp_path / "file" / "words.txt")
        with pytest.raises(FileTrouble, match="not added"):
            words.add("démarche")
        assert list(words) == []


def test_many_changes_at_once_are_counted_by_and_by(tmp_path: Path) -> None:
    chapter = "".join(one_entry(number) for number in range(101, 131))
    with imported(tmp_path, chapter) as session:
        spelling = counted(session, tmp_path)
        assert marked(spelling, "The xqzzt.") == [("xqzzt", "")]
        odd = {record: {"narrative": ("A xqzzt.",)} for record in session.ids()}
        session.edit(StepKind.CORRECTION, odd)
        assert not spelling.is_counted
        while not spelling.is_counted:
            spelling.count(7)
        assert marked(spelling, "The xqzzt’s.") == []
