"""Questions on a field: asked, answered and closed by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Question
from mideditor.session.edits.questions import ask
from mideditor.ui.form.field_questions import FieldQuestions
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key
CTRL_SHIFT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)


def popup(person: Person) -> FieldQuestions:
    found = [one for one in person.view.findChildren(FieldQuestions) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def questions(person: Person, number: int = 9101) -> tuple[Question, ...]:
    return person.view.desk.session.record(record_of(person, number)).questions


def write(person: Person, text: str, *modifiers: Qt.KeyboardModifier) -> None:
    """Type into the popup below the field and press Enter."""
    line = popup(person).line
    person.bot.keyClicks(line, text)
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    person.bot.keyClick(line, Key.Key_Return, held)


def read(person: Person) -> list[tuple[str, str, str]]:
    """Author, state and text of each row."""
    model = popup(person).model
    cells = [[model.index(r, c).data() for c in (0, 2, 3)] for r in range(model.rowCount())]
    return [(by, state, what) for by, state, what in cells]


@pytest.fixture
def asker(person: Person) -> Person:
    """A user with the focus in the outcome of MID 9101."""
    person.view.desk.select(record_of(person, 9101))
    person.go("outcome")
    return person


def test_a_question_is_asked_answered_and_closed_by_keyboard(
    asker: Person, qtmodeltester: ModelTester
) -> None:
    asker.press(Key.Key_Q, *CTRL_SHIFT)
    frame = popup(asker)
    assert frame.heading.text() == "A new question about Outcome of MID 9101"
    assert frame.line.hasFocus()
    write(asker, "Why Unclear?")
    assert asker.status() == "Outcome of MID 9101: question asked · step 2, on disk"
    lines = asker.view.form.findings.lines
    assert "Anna asks: Why Unclear?" in [line.text() for line in lines]
    assert asker.view.desk.session.history.steps[-1].kind is ChangeKind.REVIEW

    asker.view.desk.session.author = "Ben"
    asker.go("outcome")
    asker.press(Key.Key_A, *CTRL_SHIFT)
    assert read(asker) == [("Anna", "open", "Why Unclear?")]
    qtmodeltester.check(popup(asker).model)
    write(asker, "As printed.")
    asker.press(Key.Key_A, *CTRL_SHIFT)
    assert read(asker) == [
        ("Anna", "answered", "Why Unclear?"),
        ("Ben", "answers", "As printed."),
    ]
    write(asker, "Agreed", Qt.KeyboardModifier.ShiftModifier)
    assert questions(asker)[0].closed
    assert asker.status().startswith("Outcome of MID 9101: question closed")
    assert asker.view.form.findings.isHidden()
    with reopened(asker) as session:
        (kept,) = session.record(session.with_number(9101)[0]).questions
        assert [(one.author, one.text) for one in kept.answers] == [
            ("Ben", "As printed."),
            ("Ben", "Agreed"),
        ]


def test_a_closed_question_is_reopened(asker: Person) -> None:
    session, record = asker.view.desk.session, record_of(asker, 9101)
    ask(session, record, "outcome", "Why?")
    asker.press(Key.Key_A, *CTRL_SHIFT)
    write(asker, "", Qt.KeyboardModifier.ShiftModifier)
    assert questions(asker)[0].closed
    asker.press(Key.Key_A, *CTRL_SHIFT)
    assert popup(asker).close_button.text() == "Open again (Shift+Enter)"
    write(asker, "", Qt.KeyboardModifier.ShiftModifier)
    assert not questions(asker)[0].closed
    asker.window.run("undo")
    assert questions(asker)[0].closed


def test_the_selected_question_is_answered(asker: Person) -> None:
    session, record = asker.view.desk.session, record_of(asker, 9101)
    ask(session, record, "outcome", "First?")
    ask(session, record, "outcome", "Second?")
    asker.press(Key.Key_A, *CTRL_SHIFT)
    frame = popup(asker)
    assert frame.text.text() == "First?"
    asker.bot.keyClick(frame.line, Key.Key_Down)
    assert frame.text.text() == "Second?"
    write(asker, "Here.")
    assert [len(one.answers) for one in questions(asker)] == [0, 1]


def test_an_empty_question_is_rejected_and_esc_closes(asker: Person) -> None:
    asker.press(Key.Key_Q, *CTRL_SHIFT)
    frame = popup(asker)
    write(asker, "  ")
    assert frame.error.text() == "Write something first, or press Esc."
    assert not frame.error.isHidden()
    with asker.bot.waitSignal(frame.destroyed):
        asker.bot.keyClick(frame.line, Key.Key_Escape)
    assert questions(asker) == ()


def test_the_answer_command_goes_to_the_field_with_a_question(asker: Person) -> None:
    ask(asker.view.desk.session, record_of(asker, 9101), "narrative", "Which coast?")
    asker.view.table.setFocus()
    asker.press(Key.Key_A, *CTRL_SHIFT)
    assert popup(asker).heading.text() == "Questions about Narrative of MID 9101"
    popup(asker).close()
    assert asker.view.field_with_focus() == "narrative"


def test_without_questions_the_status_bar_says_so(asker: Person) -> None:
    asker.press(Key.Key_A, *CTRL_SHIFT)
    assert asker.status() == "Nobody has asked about this record."
    asker.view.table.setFocus()
    asker.press(Key.Key_Q, *CTRL_SHIFT)
    assert asker.status() == "Put the cursor into the field that you want to ask about."


def test_f8_and_the_search_line_find_a_question(asker: Person) -> None:
    ask(asker.view.desk.session, record_of(asker, 9102), "settlement", "Is it None?")
    asker.view.filter.setText("question:open")
    asker.press(Key.Key_F8)
    assert asker.title() == "MID 9102"
    assert asker.status() == "Anna asks: Is it None?"
    assert asker.view.field_with_focus() == "settlement"
