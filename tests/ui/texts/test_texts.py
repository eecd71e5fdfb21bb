"""The narrative and the coding changes: plain text, paragraphs and reworded sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key


def entry(person: Person, number: int) -> Entry:
    found = person.view.desk.session.record(record_of(person, number))
    assert isinstance(found, Entry)
    return found


def test_a_narrative_is_edited_and_its_paragraphs_are_kept(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("narrative")
    person.ctrl(Key.Key_End)
    person.press(Key.Key_Return)
    person.type("A second paragraph.")
    person.ctrl(Key.Key_Return)
    assert entry(person, 9101).narrative == (
        "Two bombers crossed the coast and turned back. Nobody was hurt.",
        "A second paragraph.",
    )
    assert person.view.desk.session.history.steps[-1].kind is ChangeKind.CORRECTION


def test_markup_is_shown_as_text(person: Person) -> None:
    person.press(Key.Key_Down)
    person.go("narrative")
    person.ctrl(Key.Key_A)
    person.paste("<b>=SUM(A1)</b> & <img src=x> ‘é’")
    person.ctrl(Key.Key_Return)
    assert entry(person, 9101).narrative == ("<b>=SUM(A1)</b> & <img src=x> ‘é’",)
    assert person.read("narrative") == "<b>=SUM(A1)</b> & <img src=x> ‘é’"
    shows_user_text = [label for label in person.view.findChildren(QLabel) if "<" in label.text()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in shows_user_text)


def test_edits_of_a_narrative_are_always_corrections(person: Person) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_F4)
    person.go("narrative")
    person.type("In fact: ")
    person.ctrl(Key.Key_Return)
    assert person.view.desk.session.history.steps[-1].kind is ChangeKind.CORRECTION
    assert person.read("coding_changes") == ""


def test_a_sentence_from_the_log_is_reworded(person: Person) -> None:
    person.press(Key.Key_Down)
    person.press(Key.Key_F4)
    person.go("outcome")
    person.choose_word("stal")
    person.ctrl(Key.Key_Return)
    person.go("coding_changes")
    person.ctrl(Key.Key_A)
    person.type("Outcome changed from Unclear after a second reading.")
    person.ctrl(Key.Key_Return)
    assert person.read("coding_changes") == "Outcome changed from Unclear after a second reading."
    person.go("outcome")
    person.ctrl(Key.Key_R)
    assert person.read("coding_changes") == "", "the wording is removed with the change"


def test_esc_discards_pending_text(person: Person) -> None:
    person.press(Key.Key_Down)
    before = person.read("narrative")
    person.go("narrative")
    person.type("garbage ")
    person.press(Key.Key_Escape)
    assert person.read("narrative") == before
    with reopened(person) as session:
        assert len(session.history.steps) == 1


def test_a_cross_reference_has_no_text_to_edit(person: Person) -> None:
    person.view.desk.select(record_of(person, 9103))
    narrative = person.view.texts.narrative.editor
    assert not narrative.isEnabled()
    assert "no text of its own" in narrative.placeholderText()
    assert set(person.view.form.boxes) >= {"dispute_number", "started", "see"}


def test_viewing_a_text_with_a_no_break_space_changes_nothing(person: Person) -> None:
    record = record_of(person, 9101)
    person.view.desk.session.edit(
        ChangeKind.CORRECTION, {record: {"narrative": ("Some 12\u00a0000 men.",)}}
    )
    steps = len(person.view.desk.session.history.steps)
    person.press(Key.Key_Down)
    person.go("narrative")
    person.ctrl(Key.Key_Return)
    person.ctrl(Key.Key_PageDown)
    assert entry(person, 9101).narrative == ("Some 12\u00a0000 men.",)
    assert len(person.view.desk.session.history.steps) == steps
