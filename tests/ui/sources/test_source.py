"""The source panel: highlights the record and its field, and selects the record of a line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QTextCursor

from tests.ui.conftest import PAGE, Person, record_of

Key = Qt.Key


def highlighted(person: Person, role: str) -> list[str]:
    """The lines with the background colour of a role."""
    background: QColor = person.window.theme.tokens.color(role)
    marks = person.view.source.editor.extraSelections()
    texts = [m.cursor.selectedText() for m in marks if m.format.background().color() == background]
    return [line for text in texts for line in text.split("\u2029")]


def click_line(person: Person, number: int) -> None:
    editor = person.view.source.editor
    block = editor.document().findBlockByNumber(number - 1)
    editor.setTextCursor(QTextCursor(block))
    middle = editor.cursorRect().center() + QPoint(6, 0)
    person.bot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_the_record_and_its_field_are_highlighted(person: Person) -> None:
    person.view.desk.select(record_of(person, 9102))
    person.go("fatalities")
    person.ctrl(Key.Key_7)
    lines = PAGE.splitlines()
    assert person.view.source.editor.toPlainText().splitlines() == lines
    first, last = lines.index("MID#9102"), lines.index("MID#9103")
    assert highlighted(person, "accent-ground") == lines[first:last]
    assert highlighted(person, "coding-ground") == ["Fatalities: 1–25 deaths"]
    assert person.view.source.remark == f"page-950.txt  ·  lines {first + 1}–{last}"


def test_the_highlight_follows_the_field_and_the_record(person: Person) -> None:
    person.ctrl(Key.Key_7)
    person.view.desk.select(record_of(person, 9101))
    person.view.form.focus("outcome")
    assert highlighted(person, "coding-ground") == ["Outcome (and Settlement): Unclear (None)"]
    person.ctrl(Key.Key_PageDown)
    assert highlighted(person, "accent-ground")[0] == "MID#9102"
    assert highlighted(person, "coding-ground") == ["Outcome (and Settlement): Released (None)"]


def test_clicking_a_line_selects_its_record(person: Person) -> None:
    person.ctrl(Key.Key_7)
    click_line(person, 1 + PAGE.splitlines().index("Fatalities: 1–25 deaths"))
    assert person.title() == "MID 9102"
    assert highlighted(person, "coding-ground") == ["Fatalities: 1–25 deaths"]


def test_a_running_head_belongs_to_no_record(person: Person) -> None:
    person.ctrl(Key.Key_7)
    before = person.view.desk.record_id
    click_line(person, 1)
    assert person.view.desk.record_id == before
    assert person.status() == "Line 1 belongs to no record."


def test_a_source_in_another_encoding_is_shown_as_it_was_read(
    person: Person, tmp_path: Path
) -> None:
    text = PAGE.replace("910", "920").replace("Two bombers", "Two “bombers”—é")
    path = tmp_path / "latin.txt"
    path.write_bytes(text.encode("cp1252"))
    person.answers.texts = [path]
    person.window.run("import_texts")
    person.bot.waitUntil(lambda: not person.window.scheduler.running)
    person.view.desk.select(record_of(person, 9201))
    person.ctrl(Key.Key_7)
    assert "Two “bombers”—é crossed" in person.view.source.editor.toPlainText()
    assert highlighted(person, "accent-ground")[0] == "MID#9201"


def test_a_record_that_continues_in_another_file_is_shown_in_both(
    person: Person, tmp_path: Path
) -> None:
    cut = tmp_path / "page-949.txt"
    cut.write_text(
        "Major States 949\n"
        + PAGE[PAGE.index("MID#9101") : PAGE.index("MID#9102")].replace("9101", "9106"),
        encoding="utf-8",
    )
    person.answers.texts = [cut]
    person.window.run("import_texts")
    person.bot.waitUntil(lambda: not person.window.scheduler.running)
    person.view.desk.select(record_of(person, 9106))
    person.ctrl(Key.Key_7)
    source = person.view.source
    assert source.remark.startswith("page-949.txt  ·  lines 2–8")
    assert source.other_part.text() == "Goes on in page-950.txt"
    person.bot.mouseClick(source.other_part, Qt.MouseButton.LeftButton)
    assert source.remark == "page-950.txt  ·  lines 2–3"
    assert highlighted(person, "accent-ground") == PAGE.splitlines()[1:3]
    assert source.other_part.text() == "Begins in page-949.txt"
    person.go("coding_changes")
    person.ctrl(Key.Key_7)
    assert highlighted(person, "coding-ground") == PAGE.splitlines()[2:3]
    person.view.desk.select(record_of(person, 9101))
    assert source.other_part.isHidden()
