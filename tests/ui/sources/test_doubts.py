"""Uncertain readings, decided by keys: the current one or all like it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Doubt, Entry
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of

Key = Qt.Key


def doubt(quote: str, instead: str, certainty: float = 0.6) -> Doubt:
    question = f"Is it “{quote}”?"
    return Doubt(
        field="narrative", quote=quote, instead=instead, question=question, certainty=certainty
    )


def entry(number: int, narrative: Sequence[str], doubts: Sequence[Doubt]) -> Entry:
    return Entry(
        dispute_number=number,
        start_date=parse_date("May 1964"),
        narrative=tuple(narrative),
        doubts=tuple(doubts),
    )


@pytest.fixture
def doubter(person: Person) -> Person:
    """A user with two records with doubts, one of them about a word and a paragraph break."""
    word = doubt("faceoff", "face-off")
    end = doubt("went home.\nIn May", "went home. In May", 0.7)
    person.view.desk.session.add(
        {
            1: entry(
                1, ["After the faceoff they went home.", "In May they met again."], [word, end]
            ),
            2: entry(2, ["A second faceoff followed."], [word]),
        }
    )
    person.ctrl(Key.Key_8)
    return person


def narrative(person: Person, number: int) -> tuple[str, ...]:
    found = person.view.desk.session.record(record_of(person, number))
    assert isinstance(found, Entry)
    return found.narrative


def quotes(person: Person) -> list[str]:
    return [reading.doubt.quote for reading in person.view.doubts.model.items]


def test_the_list_shows_each_doubt_in_its_context(
    doubter: Person, qtmodeltester: ModelTester
) -> None:
    model = doubter.view.doubts.model
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row[:2] == ["MID 1", "After the "]
    assert row[2:] == [
        "faceoff",
        " they went home. ¶ In May they met again.",
        "face-off",
        "60.0%",
    ]
    assert [model.index(1, column).data() for column in (2, 4)] == ["home. ¶ In", "home. In"]
    assert doubter.title() == "MID 1", "the record with the doubt is selected"
    assert doubter.view.tabs.tabText(4) == "Doubts (3)"
    qtmodeltester.check(model)


def test_k_keeps_a_reading_and_moves_to_the_next(doubter: Person) -> None:
    doubter.press(Key.Key_K)
    assert quotes(doubter) == ["went home.\nIn May", "faceoff"]
    assert narrative(doubter, 1)[0] == "After the faceoff they went home."
    step = doubter.view.desk.session.history.steps[-1]
    assert (step.kind, step.author) == (ChangeKind.REVIEW, "Anna")
    assert doubter.view.doubts.table.currentIndex().row() == 0


def test_o_applies_the_other_reading_as_a_correction(doubter: Person) -> None:
    doubter.press(Key.Key_Down)
    doubter.press(Key.Key_O)
    assert narrative(doubter, 1) == ("After the faceoff they went home. In May they met again.",)
    assert doubter.view.desk.session.history.steps[-1].kind is ChangeKind.CORRECTION
    doubter.ctrl(Key.Key_Z)
    assert len(narrative(doubter, 1)) == 2
    assert len(quotes(doubter)) == 3


def test_shift_decides_all_alike_in_one_step(doubter: Person) -> None:
    doubter.press(Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert narrative(doubter, 1)[0] == "After the face-off they went home."
    assert narrative(doubter, 2) == ("A second face-off followed.",)
    assert quotes(doubter) == ["went home.\nIn May"]
    assert doubter.status().startswith("2 readings put right")
    doubter.window.run("undo")
    assert narrative(doubter, 2) == ("A second faceoff followed.",)


def test_editing_the_words_removes_their_doubt(doubter: Person) -> None:
    doubter.view.desk.select(record_of(doubter, 2))
    doubter.go("narrative")
    doubter.ctrl(Key.Key_A)
    doubter.type("A second stand-off followed.")
    doubter.ctrl(Key.Key_Return)
    assert len(quotes(doubter)) == 2


def test_an_empty_list_says_so(window: MainWindow, qtbot: QtBot, person: Person) -> None:
    person.ctrl(Key.Key_8)
    while quotes(person):
        person.press(Key.Key_K)
    assert person.view.doubts.table.isHidden()
    assert person.view.tabs.tabText(4) == "Doubts"


def test_a_field_with_a_doubt_has_a_badge_until_it_is_decided(person: Person) -> None:
    record = record_of(person, 9102)
    doubt = Doubt(field="outcome", quote="Released", question="Is it Released?", certainty=0.5)
    session = person.view.desk.session
    session.edit(ChangeKind.REVIEW, {record: {"doubts": (doubt,)}})
    person.view.desk.select(record)
    label = person.view.form.boxes["outcome"].label
    assert label.text() == "Outcome  (?)"
    assert "Is it Released?" in label.toolTip()
    session.edit(ChangeKind.REVIEW, {record: {"doubts": ()}})
    assert label.text() == "Outcome"
