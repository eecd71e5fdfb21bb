"""Find and replace by keyboard, in the record and across the project."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import CrossReference, Record
from mideditor.session.session import Session
from mideditor.ui.texts.find_bar import FindBar
from mideditor.ui.texts.find_replace import FindReplace
from mideditor.ui.texts.replace_dialog import ReplaceDialog
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier


def bar(person: Person) -> FindBar:
    return person.view.texts.narrative.find_bar


def finder(person: Person) -> FindReplace:
    return person.view.texts.finder


def text_of(person: Person, number: int) -> str:
    return text_of_record(person.view.desk.session.record(record_of(person, number)))


def text_of_record(record: Record) -> str:
    assert not isinstance(record, CrossReference)
    return "\n".join(record.narrative)


def selected_text(person: Person, field: str = "narrative") -> str:
    return person.view.texts.panels[field].editor.textCursor().selectedText()


def find(person: Person, words: str, *ticks: Key) -> None:
    """Press Ctrl+H, type the words, and tick options by their mnemonics."""
    person.ctrl(Key.Key_H)
    person.retype(words)
    for key in ticks:
        tick(person, key)


def tick(person: Person, key: Key) -> None:
    """Toggle an option by its mnemonic; Qt animates the click, so wait for it."""
    ticked = [option.isChecked() for option in bar(person).options]
    person.alt(key)
    person.bot.waitUntil(lambda: ticked != [one.isChecked() for one in bar(person).options])


def preview(person: Person) -> ReplaceDialog:
    """Press Replace all and return the preview."""
    person.alt(Key.Key_A)
    person.bot.waitUntil(lambda: finder(person).dialog is not None)
    dialog = finder(person).dialog
    assert dialog is not None
    return dialog


def activate_window(person: Person) -> None:
    """Activate the window after a dialog was closed; offscreen nothing else does."""
    with person.bot.waitActive(person.window):
        person.window.activateWindow()


def test_matches_in_the_record_are_counted_highlighted_and_stepped_through(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    find(person, "A")
    assert bar(person).count.text() == "6 places"
    assert len(person.view.texts.narrative.marks.hits) == 6
    find(person, "er")
    assert bar(person).count.text() == "4 places"
    text, cursor = person.read("narrative"), person.view.texts.narrative.editor.textCursor
    places = [at for at in range(len(text)) if text.startswith("er", at)]
    person.press(Key.Key_Return)
    assert cursor().selectionStart() == places[0]
    person.press(Key.Key_F3)
    assert cursor().selectionStart() == places[1]
    for _ in range(3):
        person.press(Key.Key_F3)
    assert cursor().selectionStart() == places[0]
    assert person.status() == "From the beginning again."
    person.press(Key.Key_F3, Shift)
    assert cursor().selectionStart() == places[3]
    assert person.status() == "From the end again."


def test_the_selected_words_are_searched_for(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    person.view.focus_field("narrative", "trainer")
    person.ctrl(Key.Key_H)
    assert bar(person).words.text() == "trainer"
    assert person.focused is bar(person).words


def test_case_and_whole_words(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    find(person, "a")
    before = bar(person).count.text()
    tick(person, Key.Key_W)
    assert bar(person).count.text() == "1 place"
    tick(person, Key.Key_C)
    assert bar(person).count.text() == "not found"
    assert before == "6 places"
    person.press(Key.Key_F3)
    assert person.status() == "“a” was not found."


def test_stepping_continues_in_the_next_records(person: Person) -> None:
    find(person, "of the", Key.Key_O)
    assert bar(person).count.text() == "1 place"
    find(person, "the")
    assert bar(person).count.text() == "6 places in 3 records"
    seen = []
    for _ in range(7):
        person.press(Key.Key_F3)
        seen.append((person.title(), selected_text(person)))
    assert seen == [
        ("Fragment", "the"),
        ("Fragment", "the"),
        ("Fragment", "the"),
        ("Fragment", "the"),
        ("MID 9101", "the"),
        ("MID 9102", "the"),
        ("Fragment", "the"),
    ]
    person.press(Key.Key_F3, Shift)
    assert person.title() == "MID 9102"


def test_coding_changes_are_searched_if_ticked(person: Person) -> None:
    find(person, "March", Key.Key_O)
    assert bar(person).count.text() == "not found"
    tick(person, Key.Key_N)
    assert bar(person).count.text() == "2 places in 2 records"
    person.press(Key.Key_F3)
    assert (person.title(), selected_text(person, "coding_changes")) == ("Fragment", "March")
    person.press(Key.Key_F3)
    assert (person.title(), selected_text(person, "coding_changes")) == ("MID 9102", "March")


def test_matches_are_replaced_one_by_one(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    person.press(Key.Key_F6)
    person.type("House style")
    find(person, "er")
    person.press(Key.Key_Tab)
    while person.focused is not bar(person).replacement:
        person.press(Key.Key_Tab)
    person.type("ER")
    person.press(Key.Key_Return)
    assert selected_text(person) == "er"
    assert "ER" not in text_of(person, 9102)
    person.press(Key.Key_Return)
    assert text_of(person, 9102).startswith("A trainER was shot down after")
    assert selected_text(person) == "er"
    step = person.view.desk.session.history.steps[-1]
    assert (step.kind, step.reason) == (ChangeKind.CORRECTION, "House style")
    person.press(Key.Key_Return)
    assert text_of(person, 9102).startswith("A trainER was shot down aftER")
    person.ctrl(Key.Key_Z)
    assert text_of(person, 9102).startswith("A trainER was shot down after")


def test_replace_all_shows_a_preview_and_makes_one_step(person: Person) -> None:
    before = {number: text_of(person, number) for number in (9101, 9102)}
    steps = len(person.view.desk.session.history.steps)
    person.press(Key.Key_F6)
    person.type("House style")
    find(person, "the", Key.Key_O)
    bar(person).replacement.setFocus()
    person.type("THE")
    dialog = preview(person)
    assert [hit.title for hit in dialog.model.items].count("Fragment") == 4
    rows = [dialog.model.data(dialog.model.index(row, 3)) for row in (0, 4)]
    assert rows == [
        "THE two fleets had left the strait by the…",
        "Two bombers crossed THE coast and turned back. Nobody was hurt.",
    ]
    person.bot.keyClick(dialog.table, Key.Key_Down)
    person.bot.keyClick(dialog.table, Key.Key_Space)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.text().replace("&", "") == "Replace 5 places"
    person.bot.keyClick(dialog, Key.Key_Return)
    person.bot.waitUntil(lambda: finder(person).dialog is None)
    activate_window(person)
    history = person.view.desk.session.history
    assert len(history.steps) == steps + 1
    assert (history.steps[-1].kind, history.steps[-1].reason) == (
        ChangeKind.CORRECTION,
        "House style",
    )
    assert text_of(person, 9101).startswith("Two bombers crossed THE coast")
    session = person.view.desk.session
    fragment = session.record(session.ids()[0])
    assert text_of_record(fragment) == "THE two fleets had left the strait by THE end of THE week."
    assert person.status().startswith("Replaced in 3 records")
    person.ctrl(Key.Key_Z)
    assert {number: text_of(person, number) for number in (9101, 9102)} == before


def test_esc_in_the_preview_changes_nothing(person: Person) -> None:
    steps = len(person.view.desk.session.history.steps)
    find(person, "the", Key.Key_O)
    person.bot.keyClick(preview(person), Key.Key_Escape)
    assert finder(person).dialog is None
    assert len(person.view.desk.session.history.steps) == steps
    activate_window(person)
    assert person.focused is bar(person).words


def test_esc_returns_to_the_text(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    find(person, "er")
    person.press(Key.Key_Escape)
    assert bar(person).isHidden()
    assert person.view.texts.narrative.marks.hits == ()
    assert person.view.field_with_focus() == "narrative"
    person.press(Key.Key_F3)
    assert selected_text(person) == "er", "the bar keeps the words"


def test_pending_text_is_searched_too(person: Person) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.go("narrative")
    person.type("A zeppelin rose. ")
    find(person, "zeppelin")
    assert bar(person).count.text() == "1 place"
    assert text_of(person, 9101).startswith("A zeppelin rose.")


def test_a_read_only_project_can_only_be_searched(window: MainWindow, person: Person) -> None:
    path = person.view.desk.session.path
    assert window.close_project()
    with Session.open(path, "Ben"):
        window.open(path)
        assert person.view.desk.session.read_only
        find(person, "the", Key.Key_O)
        person.press(Key.Key_Return)
        assert selected_text(person) == "the"
        assert not bar(person).replace_all_button.isEnabled()
        assert not bar(person).replacement.isEnabled()
        person.press(Key.Key_B, Qt.KeyboardModifier.ControlModifier, Shift)
        assert window.close_project()
