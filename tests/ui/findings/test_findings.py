"""The findings panel: grouping, filtering, fixing, accepting and reporting, by keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Entry, Participant
from mideditor.reference.state_list import own_list_path
from mideditor.session.session import Session
from mideditor.ui.findings.findings_list import FindingButton
from mideditor.ui.findings.findings_panel import FindingsPanel
from mideditor.ui.findings.fixes_dialog import FixesDialog
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person, record_of, reopened

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def entry(number: int, narrative: str, **values: object) -> Entry:
    fields: dict[str, object] = {
        "dispute_number": number,
        "start_date": parse_date("May 1964"),
        "end_date": parse_date("May 1964"),
        "side_a": (Participant(code=2, name="United States of America"),),
        "side_b": (Participant(code=365, name="Russia"),),
        "outcome": "Stalemate",
        "settlement": "None",
        "fatalities": "None",
        "narrative": (narrative,),
    }
    return Entry.model_validate(fields | values)


@pytest.fixture
def finder(person: Person) -> Person:
    """A user at the findings: repeated words in two entries, one of which ends before it starts."""
    person.view.desk.session.add(
        {
            1: entry(1, "They met at the the border and and left in May 1964."),
            2: entry(2, "It was was quiet in May 1964.", end_date=parse_date("April 1964")),
        }
    )
    person.press(Key.Key_F8, SHIFT)
    assert person.view.tabs.currentWidget() is person.view.findings
    return person


def shown(person: Person) -> list[str]:
    """The rows as text: a group and its count, or a finding and its record."""
    model = person.view.findings.table.lines
    rows = []
    for row in range(model.rowCount()):
        what, other = (model.index(row, column).data() for column in (0, 2))
        rows.append(f"{what} | {other}")
    return rows


def go_to(person: Person, words: str) -> None:
    """Select the first row with these words."""
    table = person.view.findings.table
    row = next(n for n, line in enumerate(shown(person)) if words in line)
    table.setFocus()
    table.setCurrentIndex(table.lines.index(row, 0))


REPEATED = [
    "repeated words | 3 findings",
    "      “the the” stands in “They met at the the border and and” | MID 1",
    "      “and and” stands in “the the border and and left in May 1964.” | MID 1",
    "      “was was” stands in “It was was quiet in May” | MID 2",
]


def test_findings_are_grouped_by_rule_the_most_severe_first(
    finder: Person, qtmodeltester: ModelTester
) -> None:
    assert shown(finder)[:2] == [
        "dates in order | 1 finding",
        "      The dispute ends (April 1964) before it starts (May 1964). | MID 2",
    ]
    assert [line for line in shown(finder) if "repeated" in line or " stands in " in line] == (
        REPEATED
    )
    panel = finder.view.findings
    count = panel.project_findings.open_count
    assert finder.view.tabs.tabText(finder.view.tabs.indexOf(panel)) == f"Findings ({count})"
    assert panel.table.lines.index(0, 1).data() == "error", "the severity is a word"
    assert not panel.table.lines.index(0, 1).data(Qt.ItemDataRole.DecorationRole).isNull()
    qtmodeltester.check(panel.table.lines)


def test_left_and_right_fold_a_group(finder: Person) -> None:
    go_to(finder, "“and and”")
    finder.press(Key.Key_Left)
    assert [line for line in shown(finder) if " stands in " in line] == []
    assert finder.view.findings.table.current is not None
    assert finder.view.findings.table.current.title == "repeated words"
    finder.press(Key.Key_Right)
    assert REPEATED[1] in shown(finder)
    finder.press(Key.Key_Return)
    assert REPEATED[1] not in shown(finder)


def test_findings_can_be_grouped_by_record(finder: Person) -> None:
    go_to(finder, "repeated words")
    finder.press(Key.Key_2)
    lines = shown(finder)
    place = lines.index("MID 2 | 2 findings")
    assert lines[place + 1].endswith("before it starts (May 1964). | dates in order")
    assert lines[place + 2].endswith("| repeated words")


def test_words_severity_rule_and_table_filter_the_list(finder: Person) -> None:
    head = finder.view.findings.head
    head.words.setFocus()
    finder.type("was quiet 2")
    assert finder.view.findings.head.grouping.current == 0, "a typed digit is no shortcut"
    assert shown(finder) == ["repeated words | 1 finding", REPEATED[3]]
    assert " of " in head.count.text()
    finder.retype("no such words")
    assert finder.view.findings.table.isHidden()
    assert finder.view.findings.empty.text().startswith("No finding is like this.")
    finder.retype("")
    head.severity.setCurrentText("only errors")
    assert shown(finder)[0] == "dates in order | 1 finding"
    assert len(shown(finder)) == 2
    head.severity.setCurrentIndex(0)
    head.rule.setCurrentIndex(head.rule.findData("repeated words"))
    assert shown(finder) == REPEATED
    head.only_shown.setChecked(True)
    finder.view.filter.setText("number:2")
    assert shown(finder) == ["repeated words | 1 finding", REPEATED[3]]
    finder.view.filter.setText("")
    assert shown(finder) == REPEATED


def test_enter_goes_to_the_field_and_the_words(finder: Person) -> None:
    go_to(finder, "“was was”")
    assert finder.title() == "MID 2", "the record of the row is selected"
    finder.press(Key.Key_Return)
    editor = finder.view.texts.panels["narrative"].editor
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == "was was"
    finder.press(Key.Key_F8, SHIFT)
    go_to(finder, "The dispute ends")
    finder.press(Key.Key_Return)
    assert finder.view.field_with_focus() == "end_date"


def test_f_applies_the_previewed_fix(finder: Person) -> None:
    go_to(finder, "“and and”")
    lines = finder.view.findings.details.text().splitlines()
    assert lines[0].endswith("(repeated words; source: English spelling and typesetting)")
    assert lines[1].startswith("F, as a correction: ")
    assert "and and" in lines[1]
    finder.press(Key.Key_F)
    fixed = finder.view.desk.session.record(record_of(finder, 1))
    assert isinstance(fixed, Entry)
    assert fixed.narrative == ("They met at the the border and left in May 1964.",)
    assert finder.title() == "MID 2", "the next finding is selected"
    step = finder.view.desk.session.history.steps[-1]
    assert step.kind is ChangeKind.CORRECTION
    assert step.reason.startswith("repeated words: ")
    assert [line for line in shown(finder) if "“and and”" in line] == []
    finder.ctrl(Key.Key_Z)
    assert [line for line in shown(finder) if "“and and”" in line] == [REPEATED[2]]


def test_f_does_nothing_without_a_certain_fix(finder: Person) -> None:
    steps = len(finder.view.desk.session.history.steps)
    go_to(finder, "The dispute ends")
    finder.press(Key.Key_F)
    assert finder.status().startswith("What would mend it is not certain")
    assert not finder.view.findings.buttons["fix"].isEnabled()
    assert len(finder.view.desk.session.history.steps) == steps


def test_shift_f_applies_the_marked_fixes_of_the_rule_in_one_step(finder: Person) -> None:
    records: list[str] = []

    def answer(dialog: FixesDialog) -> None:
        rows = range(dialog.model.rowCount())
        records.extend(dialog.model.index(row, 0).data() for row in rows)
        assert dialog.go.text() == "Mend 2 records"
        dialog.table.setCurrentIndex(dialog.model.index(0, 0))
        finder.bot.keyClick(dialog.table, Key.Key_Space)
        assert dialog.go.text() == "Mend 1 record"
        finder.bot.keyClick(dialog.table, Key.Key_Space)
        dialog.reason.setEditText("Printed twice")

    finder.answers.fixes = answer
    go_to(finder, "repeated words")
    finder.press(Key.Key_F, SHIFT)
    assert records == ["MID 1", "MID 2"]
    assert finder.status().startswith("2 records mended")
    assert [line for line in shown(finder) if "repeated words" in line] == []
    finder.ctrl(Key.Key_Z)
    assert [line for line in shown(finder) if "repeated" in line] == [REPEATED[0]]
    finder.window.run("redo")
    with reopened(finder) as session:
        assert session.history.steps[2].reason == "Printed twice"
        assert {change.record for change in session.history.steps[2].record_changes} == {
            session.with_number(1)[0],
            session.with_number(2)[0],
        }


def test_a_finding_is_accepted_with_the_reason_of_the_edit_bar(finder: Person) -> None:
    go_to(finder, "The dispute ends")
    finder.press(Key.Key_F6)
    finder.type("The source has it so")
    go_to(finder, "The dispute ends")
    finder.press(Key.Key_A)
    assert "dates in order | 1 finding" not in shown(finder)
    step = finder.view.desk.session.history.steps[-1]
    assert (step.kind, step.reason) == (ChangeKind.REVIEW, "The source has it so")


def test_several_are_accepted_after_a_reason_is_given(finder: Person) -> None:
    go_to(finder, "“the the”")
    finder.press(Key.Key_Down, SHIFT)
    finder.press(Key.Key_A)
    bar = finder.view.findings.bar
    assert bar.question.text().startswith("Accept 2 findings, and say why. They stay quiet")
    assert not bar.go.isEnabled(), "a reason is needed"
    finder.press(Key.Key_Escape)
    assert finder.view.findings.table.hasFocus()
    assert REPEATED[1] in shown(finder), "nothing was accepted"
    finder.press(Key.Key_A)
    finder.type("A stammer")
    finder.press(Key.Key_Return)
    assert finder.status().startswith("2 findings accepted · step 3")
    assert [line for line in shown(finder) if " stands in " in line] == [REPEATED[3]]


def test_accepted_findings_are_listed_with_their_reason_and_reopened(finder: Person) -> None:
    panel = finder.view.findings
    go_to(finder, "repeated words")
    finder.press(Key.Key_A)
    finder.type("A stammer")
    finder.press(Key.Key_Return)
    finder.press(Key.Key_4)
    assert shown(finder) == REPEATED
    assert panel.table.lines.index(1, 4).data() == "A stammer"
    go_to(finder, "“was was”")
    assert panel.details.text().splitlines()[1] == "Accepted: A stammer"
    finder.press(Key.Key_F)
    finder.press(Key.Key_O)
    assert finder.status().startswith("1 finding opened again")
    assert shown(finder) == ["repeated words | 2 findings", *REPEATED[1:3]]
    finder.press(Key.Key_3)
    assert shown(finder)[-2:] == ["repeated words | 1 finding", REPEATED[3]]


def test_an_edit_elsewhere_updates_the_list(finder: Person) -> None:
    session = finder.view.desk.session
    other = record_of(finder, 2)
    session.edit(ChangeKind.CORRECTION, {other: {"end_date": parse_date("May 1964")}})
    assert "dates in order | 1 finding" not in shown(finder)
    session.undo()
    assert shown(finder)[0] == "dates in order | 1 finding"


def test_the_current_finding_stays_selected_when_others_change(finder: Person) -> None:
    go_to(finder, "“was was”")
    finder.view.desk.session.edit(
        ChangeKind.CORRECTION, {record_of(finder, 2): {"end_date": parse_date("May 1964")}}
    )
    line = finder.view.findings.table.current
    assert line is not None
    assert line.finding_row is not None
    assert line.finding_row.finding.message.startswith("“was was”")


def test_an_empty_list_says_so_and_focus_stays_in_the_panel(finder: Person) -> None:
    table = finder.view.findings.table
    table.setFocus()
    table.selectAll()
    finder.press(Key.Key_A)
    finder.type("All looked at")
    finder.press(Key.Key_Return)
    assert table.isHidden()
    assert finder.view.findings.empty.text() == "Nothing was found."
    assert finder.view.findings.isAncestorOf(finder.focused)
    finder.window.run("undo")
    assert not table.isHidden()


def test_a_finding_is_fixed_and_accepted_in_the_form(finder: Person) -> None:
    finder.view.desk.select(record_of(finder, 1))
    lines = finder.view.form.findings.lines
    first = in_form(finder, "“and and”")
    assert first.fix.isEnabled()
    first.setFocus()
    finder.press(Key.Key_F)
    assert finder.read("narrative") == "They met at the the border and left in May 1964."
    finder.focused.clearFocus()
    line = in_form(finder, "“the the”")
    line.setFocus()
    finder.press(Key.Key_A)
    assert finder.status() == "Give the reason first (F6), then accept the finding."
    finder.view.desk.reason = "A stammer"
    finder.press(Key.Key_A)
    assert [one for one in lines if not one.isHidden() and "“the the”" in one.text()] == []
    assert finder.view.desk.session.history.steps[-1].kind is ChangeKind.REVIEW


def in_form(person: Person, words: str) -> FindingButton:
    lines = person.view.form.findings.lines
    return next(line for line in lines if not line.isHidden() and words in line.text())


def test_nothing_can_be_changed_in_a_read_only_project(finder: Person, qtbot: QtBot) -> None:
    path = finder.view.desk.session.path
    finder.view.desk.session.save()
    with Session.open(path, "Reader", read_only=True) as reader:
        steps = len(reader.history.steps)
    other = MainWindow(finder.window.theme, finder.window.settings.preferences)
    qtbot.addWidget(other)
    assert other.open(path)
    assert other.view is not None
    assert other.view.desk.session.read_only
    panel = other.view.findings
    other.run("go_to_findings")
    other.show()
    panel.table.selectAll()
    for key in (Key.Key_F, Key.Key_A):
        qtbot.keyClick(panel.table, key)
    assert panel.bar.isHidden()
    assert not panel.buttons["accept"].isEnabled()
    assert len(other.view.desk.session.history.steps) == steps
    assert other.close_project()


def test_many_records_are_checked_in_slices(person: Person, qtbot: QtBot) -> None:
    session = person.view.desk.session
    session.add({number: entry(number, "It was was quiet.") for number in range(100, 200)})
    panel: FindingsPanel = person.view.findings
    assert panel.lane.running
    assert panel.all_findings() is None
    person.window.run("report_findings")
    assert person.status() == "The records are still being looked at."
    qtbot.waitUntil(lambda: not panel.lane.running)
    before = panel.project_findings.open_count
    assert len(
        [row for row in panel.all_findings() or () if row.finding.rule == "repeated words"]
    ) >= (100)
    person.answers.fixes = lambda dialog: None
    person.press(Key.Key_F8, SHIFT)
    go_to(person, "repeated words")
    with qtbot.waitSignal(panel.finding_actions.lane.ended):
        person.press(Key.Key_F, SHIFT)
    qtbot.waitUntil(lambda: not panel.lane.running and not panel.project_findings.waiting)
    qtbot.waitUntil(lambda: panel.project_findings.open_count == before - 100)
    assert len(session.history.steps[-1].changes) == 100
    person.window.run("undo")
    qtbot.waitUntil(lambda: panel.project_findings.open_count == before)


@pytest.mark.parametrize("ending", ["html", "csv", "json", "txt"])
def test_the_file_extension_decides_the_report_format(
    finder: Person, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"findings.{ending}"
    finder.answers.report = target
    finder.window.run("report_findings")
    finder.bot.waitUntil(lambda: finder.status() == f"Written to {target}")
    text = target.read_text(encoding="utf-8")
    assert "was was" in text
    if ending == "json":
        assert len(json.loads(text)) == finder.view.findings.project_findings.open_count


def test_a_report_with_an_unknown_file_extension_is_refused(finder: Person, tmp_path: Path) -> None:
    finder.answers.report = tmp_path / "findings.docx"
    finder.window.run("report_findings")
    finder.bot.waitUntil(lambda: not finder.view.banner.isHidden())
    assert "findings.docx: the ending says how the report is written" in (finder.view.banner.text)


@pytest.fixture
def _remove_custom_list() -> object:
    yield
    own_list_path().unlink(missing_ok=True)


@pytest.mark.usefixtures("_remove_custom_list")
def test_another_state_list_is_used_and_the_bundled_one_restored(
    finder: Person, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.csv"
    newer.write_text(
        "code,abbreviation,name,from,to,variants\n2,USA,United States of America,1816-01-01,,\n",
        encoding="utf-8",
    )
    finder.view.desk.select(record_of(finder, 2))
    finder.answers.state_answer, finder.answers.states_file = "another", newer
    finder.window.run("choose_state_list")
    assert "the one that comes with the program: 217 states" in finder.answers.shown[-1]
    assert finder.status() == "The list of states is now that of newer.csv: 1 state."
    assert finder.title() == "MID 2", "the same record is still selected"
    rules = [row.finding.rule for row in finder.view.findings.all_findings() or ()]
    assert "state code" in rules, "365 is not in the newer list"

    newer.write_text("name;place\nUSA;here\n", encoding="utf-8")
    finder.window.run("choose_state_list")
    assert "The list in use is as it was." in finder.view.banner.text
    assert len(finder.view.desk.session.states) == 1

    finder.answers.state_answer = "bundled"
    finder.window.run("choose_state_list")
    assert "one of your own" in finder.answers.shown[-1]
    rules = [row.finding.rule for row in finder.view.findings.all_findings() or ()]
    assert "state code" not in rules
    assert QApplication.focusWidget() is not None
