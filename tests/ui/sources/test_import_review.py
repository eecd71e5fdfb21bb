"""A newer text of existing records: its differences are listed and decided by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry
from tests.ui.conftest import PAGE, Person, record_of

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
NEWER = (
    (
        PAGE.replace("Unclear (None)", "Stalemate (None)")
        .replace("over the border", "across the border")
        .replace("1–25 deaths", "26–100 deaths")
    )
    + """\
MID#9104
Dispute Number: 9104
Date(s): May 1965
Participants: 365 Russia/2 United States of America
Outcome (and Settlement): Stalemate (None)
Fatalities: None
Narrative: A patrol boat was stopped and released.
"""
)


@pytest.fixture
def reviewer(person: Person, tmp_path: Path) -> Person:
    """A user who corrected a field and then imported a newer text of the page."""
    trainer = record_of(person, 9102)
    session = person.view.desk.session
    session.edit(ChangeKind.CORRECTION, {trainer: {"fatalities": "Missing"}}, reason="Not known")
    import_text(person, tmp_path / "second extraction.txt", NEWER)
    return person


def import_text(person: Person, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    person.answers.texts = [path]
    person.window.run("import_texts")
    person.bot.waitUntil(lambda: not person.window.scheduler.running)


def rows(person: Person) -> list[list[str]]:
    model = person.view.review.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def shown(person: Person) -> bool:
    tabs = person.view.tabs
    return tabs.isTabVisible(tabs.indexOf(person.view.review))


def entry(person: Person, number: int) -> Entry:
    found = person.view.desk.session.record(record_of(person, number))
    assert isinstance(found, Entry)
    return found


def test_differences_are_listed_and_nothing_is_changed(
    reviewer: Person, qtmodeltester: ModelTester
) -> None:
    assert rows(reviewer) == [
        ["MID 9101", "Outcome", "Unclear", "Unclear", "Stalemate", "untouched"],
        ["MID 9102", "Fatalities", "1–25 deaths", "Missing", "26–100 deaths", "edited"],
        ["MID 9102", "Narrative", "… over …", "… over …", "… across …", "untouched"],
        ["MID 9104", "—", "", "", "May 1965, 365 Russia / 2 United States of America",
         "new record"],
    ]  # fmt: skip
    view = reviewer.view
    assert view.review.summary.text() == (
        "second extraction.txt has records that are here already: 2 equal, 2 differing, 1 new."
    )
    assert view.tabs.currentWidget() is view.review
    assert view.tabs.tabText(view.tabs.indexOf(view.review)) == "Import review (4)"
    assert reviewer.title() == "MID 9101"
    assert len(view.desk.session.history.steps) == 2
    assert reviewer.answers.shown == []
    qtmodeltester.check(view.review.model)


def test_t_applies_one_and_moves_to_the_next(reviewer: Person) -> None:
    reviewer.press(Key.Key_T)
    assert entry(reviewer, 9101).outcome == "Stalemate"
    assert [row[1] for row in rows(reviewer)] == ["Fatalities", "Narrative", "—"]
    step = reviewer.view.desk.session.history.steps[-1]
    assert (step.kind, step.author) == (ChangeKind.IMPORT, "Anna")
    assert step.reason == "Taken from second extraction.txt"
    reviewer.ctrl(Key.Key_Z)
    assert entry(reviewer, 9101).outcome == "Unclear"
    assert len(rows(reviewer)) == 4


def test_an_edited_field_is_not_overwritten(reviewer: Person) -> None:
    reviewer.press(Key.Key_Down)
    assert reviewer.title() == "MID 9102"
    assert "Now, edited  Missing" in reviewer.view.review.detail.toPlainText()
    assert not reviewer.view.review.buttons[True, False].isEnabled()
    reviewer.press(Key.Key_T)
    assert entry(reviewer, 9102).fatalities == "Missing"
    assert reviewer.status() == "The field was edited: type into it what you want to take."


def test_shift_t_applies_all_untouched_differences_in_one_step(reviewer: Person) -> None:
    reviewer.press(Key.Key_T, SHIFT)
    assert entry(reviewer, 9101).outcome == "Stalemate"
    assert "across the border" in entry(reviewer, 9102).narrative[0]
    assert entry(reviewer, 9102).fatalities == "Missing"
    assert entry(reviewer, 9104).outcome == "Stalemate"
    assert [row[1] for row in rows(reviewer)] == ["Fatalities"]
    assert reviewer.status().startswith("3 differences taken")
    assert len(reviewer.view.desk.session.history.steps) == 3
    reviewer.window.run("undo")
    assert "takes 1 record out of the project" in reviewer.view.banner.text
    reviewer.answer_banner()
    assert len(rows(reviewer)) == 4
    assert entry(reviewer, 9101).outcome == "Unclear"


def test_s_skips_and_the_tab_is_hidden_when_all_are_decided(reviewer: Person) -> None:
    reviewer.press(Key.Key_S)
    assert [row[1] for row in rows(reviewer)] == ["Fatalities", "Narrative", "—"]
    reviewer.press(Key.Key_S, SHIFT)
    assert not shown(reviewer)
    assert reviewer.view.tabs.currentWidget() is reviewer.view.texts
    assert not reviewer.window.menus.actions["go_to_review"].isEnabled()
    assert reviewer.status() == "3 differences skipped · step 4, on disk"
    reviewer.ctrl(Key.Key_Z)
    assert [row[1] for row in rows(reviewer)] == ["Fatalities", "Narrative", "—"]
    assert "1 new; 1 skipped." in reviewer.view.review.summary.text()


def test_skipped_differences_are_not_listed_again(reviewer: Person, tmp_path: Path) -> None:
    reviewer.press(Key.Key_S, SHIFT)
    path = reviewer.view.desk.session.path
    assert reviewer.window.close_project()
    assert reviewer.window.open(path)
    import_text(reviewer, tmp_path / "the same again.txt", NEWER)
    assert not shown(reviewer)
    assert "2 equal, 2 differing, 1 new; 4 skipped before" in reviewer.view.banner.text
    newest = NEWER.replace("Stalemate (None)\nFatalities: None\nNarrative: Two", "Yield by side A "
                           "(None)\nFatalities: None\nNarrative: Two")  # fmt: skip
    import_text(reviewer, tmp_path / "third.txt", newest)
    assert [row[:2] + row[4:5] for row in rows(reviewer)] == [
        ["MID 9101", "Outcome", "Yield by side A"]
    ]


def test_an_edit_updates_the_list(reviewer: Person) -> None:
    session = reviewer.view.desk.session
    bombers = record_of(reviewer, 9101)
    session.edit(ChangeKind.CORRECTION, {bombers: {"outcome": "Compromise"}}, reason="Mine")
    assert rows(reviewer)[0][3:] == ["Compromise", "Stalemate", "edited"]


def test_the_tab_is_only_shown_while_there_is_something_to_decide(
    person: Person, tmp_path: Path
) -> None:
    assert not shown(person)
    import_text(person, tmp_path / "same.txt", PAGE)
    assert not shown(person)
    import_text(person, tmp_path / "equal.txt", PAGE + "\n")
    assert not shown(person)
    assert "4 equal, 0 differing, 0 new" in person.view.banner.text
    import_text(person, tmp_path / "newer.txt", NEWER)
    assert shown(person)
    person.view.table.setFocus()
    person.ctrl(Key.Key_9)
    assert person.focused is person.view.review.table


def test_a_record_continues_across_a_later_imported_page(person: Person, tmp_path: Path) -> None:
    before = person.view.desk.session.ids()
    import_text(
        person, tmp_path / "page-949.txt", "Major States 949\n" + NEWER[NEWER.index("MID#9104") :]
    )
    assert not shown(person)
    assert person.view.desk.session.ids() != before
    assert entry(person, 9104).narrative == (
        "A patrol boat was stopped and released. the two fleets had left the strait by the end of "
        "the week.",
    )
    person.ctrl(Key.Key_Z)
    assert person.view.banner.text == "Undo of step 2 takes 1 record out of the project."
    person.answer_banner()
    assert person.view.desk.session.ids() == before
