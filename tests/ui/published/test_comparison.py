"""The project beside the published tables: looked at, taken over and accepted with keys."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.modeltest import ModelTester

from mideditor.domain.record import Entry
from mideditor.domain.steps import Step, StepKind
from mideditor.session.session import Session
from mideditor.ui.published.comparison_panel import ComparisonPanel
from mideditor.ui.published.differences_view import ACCEPTED, UNMATCHED
from tests.reference.tables import written
from tests.ui.conftest import Person, record_of
from tests.ui.test_access import not_reached_by_tab, without_key, without_name, without_ring

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier

# The page prints 9101 as Unclear, 9102 as ending on March 27 with a trainer's death.
DISPUTES = """\
dispnum3,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,version
9101,15,3,1963,15,3,1963,5,3,0,4.01
9102,28,1,1964,-9,3,1964,5,3,2,4.01
9103,5,5,1964,5,5,1964,5,3,0,4.01
"""
PARTICIPANTS = """\
dispnum3,stabb,ccode,sidea,version
9101,RUS,365,0,4.01
9101,USA,2,1,4.01
9102,USA,2,1,4.01
9102,RUS,365,0,4.01
"""
CITED = "MIDA.csv and MIDB.csv, version 4.01"


@pytest.fixture
def tables(tmp_path: Path) -> list[Path]:
    """Both tables, chosen in the wrong order."""
    return [
        written(tmp_path, "MIDB.csv", PARTICIPANTS),
        written(tmp_path, "MIDA.csv", DISPUTES),
    ]


@pytest.fixture
def witness(person: Person, tables: list[Path]) -> Person:
    """Someone who has put the tables beside the page."""
    person.view.desk.select(record_of(person, 9101))
    choose(person, tables)
    return person


def choose(person: Person, tables: list[Path]) -> None:
    person.answers.tables = tables
    person.window.run("compare_published")
    settle(person)


def settle(person: Person) -> None:
    """Until nothing is read or compared any more."""
    person.bot.waitUntil(lambda: not person.window.scheduler.running)
    person.bot.waitUntil(lambda: not panel(person).lane.running)


def panel(person: Person) -> ComparisonPanel:
    return person.view.published


def lines(person: Person) -> list[list[str]]:
    """The rows of the list in front, as they are read."""
    model = panel(person).table.lines
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def entry(person: Person, number: int) -> Entry:
    found = person.view.desk.session.record(record_of(person, number))
    assert isinstance(found, Entry)
    return found


def last_step(person: Person) -> Step:
    return person.view.desk.session.history.steps[-1]


def tab(person: Person) -> str:
    """The title of the tab; nothing where there is none."""
    tabs, place = person.view.tabs, person.view.tabs.indexOf(panel(person))
    return tabs.tabText(place) if tabs.isTabVisible(place) else ""


class TestTables:
    def test_there_is_no_tab_before_tables_were_chosen(self, person: Person) -> None:
        assert tab(person) == ""
        assert not person.window.menus.actions["go_to_published"].isEnabled()
        choose(person, [])
        assert tab(person) == ""

    def test_the_tab_comes_with_the_tables(self, witness: Person) -> None:
        assert tab(witness) == "Published (7)"
        assert witness.view.tabs.currentWidget() is panel(witness)
        assert panel(witness).head.told.text() == CITED
        witness.view.table.setFocus()
        witness.ctrl(Key.Key_D)
        assert witness.focused is panel(witness).record.list.table

    def test_a_table_that_is_none_is_said(self, person: Person, page: Path) -> None:
        choose(person, [page])
        assert tab(person) == ""
        assert str(page) in person.view.banner.text

    def test_they_are_there_again_the_next_time(self, witness: Person, project: Path) -> None:
        assert witness.window.open(project)
        witness.bot.waitUntil(lambda: tab(witness) == "Published (7)")
        assert witness.view.tabs.currentWidget() is witness.view.texts
        assert witness.view.banner.isHidden()

    def test_a_table_that_is_gone_is_said_in_the_panel(
        self, witness: Person, tables: list[Path], project: Path
    ) -> None:
        tables[0].unlink()
        assert witness.window.open(project)
        assert panel(witness).head.notes.text() == (
            f"{tables[0]}: not there any more. Choose the published tables again, or put them away."
        )
        assert (tab(witness), witness.answers.shown) == ("Published", [])
        witness.ctrl(Key.Key_D)
        assert witness.focused is panel(witness).head.choose
        choose(witness, tables[1:])
        assert panel(witness).head.told.text() == "MIDA.csv, version 4.01"

    def test_put_away_they_are_forgotten(self, witness: Person, project: Path) -> None:
        panel(witness).head.away.click()
        assert tab(witness) == ""
        assert witness.view.tabs.currentWidget() is witness.view.texts
        assert witness.window.open(project)
        assert not panel(witness).is_shown


class TestThisRecord:
    def test_three_columns_and_a_verdict(self, witness: Person, qtmodeltester: ModelTester) -> None:
        day = "March 15, 1963"
        assert lines(witness) == [
            ["Start date", day, day, day, "= agree"],
            ["End date", day, day, day, "= agree"],
            ["Side A", "365 Russia", "365 Russia", "2 United States of America", "⇄ sides swapped"],
            ["Side B", "2 United States of America", "2 United States of America", "365 Russia",
             "⇄ sides swapped"],
            ["Outcome", "Unclear", "Unclear", "Stalemate", "≠ differ"],
            ["Settlement", "None", "None", "None", "= agree"],
            ["Fatalities", "None", "None", "None", "= agree"],
        ]  # fmt: skip
        qtmodeltester.check(panel(witness).record.list.table.lines)

    def test_the_next_record_is_shown_at_once(self, witness: Person) -> None:
        witness.ctrl(Key.Key_PageDown)
        told = {line[0]: line[-1] for line in lines(witness)}
        assert told["End date"] == "≈ other precision"
        assert told["Side A"] == "≠ differ"
        assert told["Fatalities"] == "≠ differ"
        assert panel(witness).record.list.note.text() == "Here more precisely."
        witness.ctrl(Key.Key_PageDown)
        assert lines(witness) == []
        assert panel(witness).record.list.table.why_empty == "MID 9103: only entries are compared."

    def test_t_asks_for_a_reason_that_is_lacking(self, witness: Person) -> None:
        table = panel(witness).record.list.table
        table.selectRow(4)
        witness.press(Key.Key_T)
        bar = panel(witness).bar
        assert bar.question.text() == (
            "Take 1 published value over, as a correction (F4 switches)."
        )
        assert (bar.reason.text(), bar.citation.text()) == ("As in the published data set", CITED)
        witness.press(Key.Key_F4)
        assert "as a coding change" in bar.question.text()
        witness.press(Key.Key_Return)
        assert entry(witness, 9101).outcome == "Stalemate"
        step = last_step(witness)
        assert (step.kind, step.reason) == (StepKind.CODING, "As in the published data set")
        assert (step.citation, step.author) == (CITED, "Anna")
        assert lines(witness)[4] == ["Outcome", "Unclear", "Stalemate", "Stalemate", "= agree"]
        assert witness.focused is table
        assert tab(witness) == "Published (6)"
        assert witness.status().startswith("1 value taken over · step 2")

    def test_with_a_reason_at_hand_t_takes_at_once(self, witness: Person) -> None:
        witness.press(Key.Key_F6)
        witness.type("Looked up")
        witness.ctrl(Key.Key_D)
        panel(witness).record.list.table.selectRow(4)
        witness.press(Key.Key_T)
        step = last_step(witness)
        assert (step.kind, step.reason, step.citation) == (
            StepKind.CORRECTION, "Looked up", CITED,
        )  # fmt: skip
        assert panel(witness).bar.isHidden()

    def test_esc_leaves_all_as_it_is(self, witness: Person) -> None:
        panel(witness).record.list.table.selectRow(4)
        witness.press(Key.Key_T)
        witness.press(Key.Key_Escape)
        assert panel(witness).bar.isHidden()
        assert witness.focused is panel(witness).record.list.table
        assert len(witness.view.desk.session.history.steps) == 1

    def test_what_agrees_is_not_taken(self, witness: Person) -> None:
        panel(witness).record.list.table.selectRow(0)
        assert not panel(witness).buttons["take"].isEnabled()
        witness.press(Key.Key_T)
        assert witness.status() == "There is no published value to take over."

    def test_an_edit_is_followed_at_once(self, witness: Person) -> None:
        bombers = record_of(witness, 9101)
        session = witness.view.desk.session
        session.edit(StepKind.CODING, {bombers: {"outcome": "Compromise"}}, reason="Mine")
        assert lines(witness)[4] == ["Outcome", "Unclear", "Compromise", "Stalemate", "≠ differ"]
        witness.ctrl(Key.Key_Z)
        assert witness.view.published.record.list.table.lines.items[4].told == ""
        assert lines(witness)[4][2] == "Unclear"

    def test_the_switch_turns_to_the_other_views(self, witness: Person) -> None:
        buttons = panel(witness).head.switch.findChildren(QToolButton)
        for place, button in enumerate(buttons):
            button.click()
            assert panel(witness).views.currentIndex() == place
            assert [one.isChecked() for one in buttons].index(True) == place
            assert sum(one.isChecked() for one in buttons) == 1

    def test_enter_goes_to_the_field(self, witness: Person) -> None:
        panel(witness).record.list.table.selectRow(4)
        witness.press(Key.Key_Return)
        assert witness.view.field_with_focus() == "outcome"


class TestMatrix:
    @pytest.fixture
    def counter(self, witness: Person) -> Person:
        """Someone before the matrix."""
        witness.press(Key.Key_2)
        return witness

    def counts(self, person: Person) -> dict[tuple[str, str], str]:
        """What the cells show, by printed and published value."""
        model = panel(person).matrix.model
        return {
            (printed, published): model.index(row, column).data()
            for row, printed in enumerate(model.printed)
            for column, published in enumerate(model.published)
        }

    def test_the_field_with_most_faults_and_its_fullest_cell(
        self, counter: Person, qtmodeltester: ModelTester
    ) -> None:
        view = panel(counter).matrix
        assert view.field.currentText() == "Outcome (2)"
        assert self.counts(counter) == {
            ("Released", "Stalemate"): "≠ 1",
            ("Unclear", "Stalemate"): "≠ 1",
        }
        assert counter.focused is view.table
        assert view.cell is not None
        assert view.cell.printed == "Unclear"
        assert [line[0] for line in lines(counter)] == ["MID 9101"]
        qtmodeltester.check(view.model)

    def test_choosing_a_cell_lists_its_records(self, counter: Person) -> None:
        counter.press(Key.Key_Up)
        assert panel(counter).matrix.sentence.text() == (
            "Outcome: 1 printed Released, published Stalemate: 1 as printed."
        )
        assert [line[0] for line in lines(counter)] == ["MID 9102"]
        assert panel(counter).buttons["take"].text() == "Take the cell over (T)"
        counter.press(Key.Key_Return)
        assert counter.focused is panel(counter).matrix.list.table
        assert panel(counter).buttons["take"].text() == "Take over (T)"

    def test_t_takes_the_cell_over_in_one_step(self, counter: Person) -> None:
        counter.press(Key.Key_F4)
        counter.press(Key.Key_T)
        assert panel(counter).bar.question.text() == (
            "Take 1 published value over, as a coding change (F4 switches). "
            "Outcome: Unclear → Stalemate."
        )
        counter.press(Key.Key_Return)
        assert entry(counter, 9101).outcome == "Stalemate"
        assert entry(counter, 9102).outcome == "Released"
        assert self.counts(counter)["Unclear", "Stalemate"] == "✓ 1"
        assert counter.focused is panel(counter).matrix.table
        session = counter.view.desk.session
        [said] = [one.text for one in session.printed_changes(record_of(counter, 9101))]
        assert said == "Outcome changed from Unclear."
        counter.window.run("undo")
        assert entry(counter, 9101).outcome == "Unclear"
        assert self.counts(counter)["Unclear", "Stalemate"] == "≠ 1"

    def test_what_was_edited_is_left(self, counter: Person) -> None:
        bombers = record_of(counter, 9101)
        session = counter.view.desk.session
        session.edit(StepKind.CORRECTION, {bombers: {"outcome": "Compromise"}}, reason="Mine")
        assert "1 edited otherwise" in panel(counter).matrix.sentence.text()
        counter.press(Key.Key_T)
        assert panel(counter).bar.isHidden()
        assert counter.status() == "Nothing in this cell waits to be taken over."

    def test_another_field(self, counter: Person) -> None:
        combo = panel(counter).matrix.field
        combo.setFocus()
        counter.type("f")
        assert combo.currentText() == "Fatalities (1)"
        assert self.counts(counter) == {
            ("None", "None"): "1",
            ("None", "26–100 deaths"): "·",
            ("1–25 deaths", "None"): "·",
            ("1–25 deaths", "26–100 deaths"): "≠ 1",
        }

    def test_a_cell_is_accepted_and_opened_again(self, counter: Person) -> None:
        counter.press(Key.Key_A)
        assert panel(counter).bar.citation.isHidden()
        counter.type("The chapter is right")
        counter.press(Key.Key_Return)
        assert self.counts(counter)["Unclear", "Stalemate"] == "✓ 1"
        assert entry(counter, 9101).outcome == "Unclear"
        assert last_step(counter).kind is StepKind.REVIEW
        assert tab(counter) == "Published (6)"
        counter.press(Key.Key_Return)
        assert lines(counter)[0][-1] == "≠ accepted"
        assert panel(counter).matrix.list.note.text() == "Accepted: The chapter is right"
        counter.press(Key.Key_A)
        assert self.counts(counter)["Unclear", "Stalemate"] == "≠ 1"


class TestAllDifferences:
    @pytest.fixture
    def lister(self, witness: Person) -> Person:
        """Someone before the list of all differences."""
        witness.press(Key.Key_3)
        return witness

    def told(self, person: Person) -> list[tuple[str, str]]:
        return [(line[0], line[1]) for line in lines(person)]

    def test_all_that_wait(self, lister: Person) -> None:
        assert self.told(lister) == [
            ("MID 9101", "Side A"),
            ("MID 9101", "Side B"),
            ("MID 9101", "Outcome"),
            ("MID 9102", "End date"),
            ("MID 9102", "Side A"),
            ("MID 9102", "Outcome"),
            ("MID 9102", "Fatalities"),
        ]
        assert lister.focused is panel(lister).differences.list.table

    def test_by_field_and_by_verdict(self, lister: Person) -> None:
        view = panel(lister).differences
        view.field.setFocus()
        lister.type("o")
        assert self.told(lister) == [("MID 9101", "Outcome"), ("MID 9102", "Outcome")]
        view.verdict.setFocus()
        lister.type("s")
        assert view.verdict.currentText() == "Sides swapped"
        assert self.told(lister) == []
        assert view.list.table.why_empty == "None: sides swapped."

    def test_a_choice_is_taken_as_one_step(self, lister: Person) -> None:
        for key in (Key.Key_Down, Key.Key_Down, Key.Key_Space, Key.Key_Down):
            lister.press(key)
        assert lister.title() == "MID 9102"
        lister.press(Key.Key_Down)
        lister.press(Key.Key_Down, SHIFT)
        assert panel(lister).buttons["take"].text() == "Take 3 over (T)"
        lister.press(Key.Key_T)
        assert panel(lister).bar.question.text().startswith("Take 3 published values over")
        lister.press(Key.Key_Return)
        assert (entry(lister, 9101).outcome, entry(lister, 9102).outcome) == (
            "Stalemate", "Stalemate",
        )  # fmt: skip
        assert len(entry(lister, 9102).side_a) == 1  # type: ignore[arg-type]
        assert [change.field for change in last_step(lister).changes] == [
            "outcome", "side_a", "outcome",
        ]  # fmt: skip
        assert self.told(lister) == [
            ("MID 9101", "Side A"),
            ("MID 9101", "Side B"),
            ("MID 9102", "End date"),
            ("MID 9102", "Fatalities"),
        ]
        assert panel(lister).differences.list.table.lines.marked == set()
        lister.ctrl(Key.Key_Z)
        assert len(lines(lister)) == 7

    def test_all_are_marked_and_unmarked(self, lister: Person) -> None:
        lister.ctrl(Key.Key_A)
        assert panel(lister).buttons["accept"].text() == "Accept 7… (A)"
        lister.press(Key.Key_Escape)
        assert panel(lister).buttons["accept"].text() == "Accept… (A)"

    def test_what_is_accepted_waits_no_more(self, lister: Person) -> None:
        lister.press(Key.Key_A)
        lister.type("Printed so on purpose")
        lister.press(Key.Key_Return)
        assert self.told(lister)[0] == ("MID 9101", "Side B")
        view = panel(lister).differences
        view.verdict.setCurrentText(ACCEPTED)
        view.verdict.activated.emit(view.verdict.currentIndex())
        assert self.told(lister) == [("MID 9101", "Side A")]

    def test_what_stands_on_one_side_only(self, lister: Person) -> None:
        session = lister.view.desk.session
        session.edit(StepKind.CORRECTION, {record_of(lister, 9101): {"dispute_number": 7}})
        view = panel(lister).differences
        view.verdict.setCurrentText(UNMATCHED)
        view.verdict.activated.emit(view.verdict.currentIndex())
        assert [(line[0], line[-1]) for line in lines(lister)] == [
            ("MID 7", "← not published"),
            ("MID 9101", "→ not here"),
        ]
        assert not panel(lister).buttons["take"].isEnabled()

    def test_enter_goes_to_record_and_field(self, lister: Person) -> None:
        for _ in range(3):
            lister.press(Key.Key_Down)
        lister.press(Key.Key_Return)
        assert lister.title() == "MID 9102"
        assert lister.view.field_with_focus() == "end_date"


class TestReport:
    @pytest.mark.parametrize("ending", ["html", "csv", "json", "txt"])
    def test_its_ending_says_how_it_is_written(
        self, witness: Person, tmp_path: Path, ending: str
    ) -> None:
        target = witness.answers.report = tmp_path / f"comparison.{ending}"
        witness.window.run("report_comparison")
        settle(witness)
        text = target.read_text(encoding="utf-8")
        if ending == "json":
            assert len(json.loads(text)["differences"]) == 7
        elif ending == "csv":
            assert len(list(csv.DictReader(text.splitlines()))) == 7
        else:
            assert "Stalemate" in text
        assert witness.status() == f"Written to {target}"

    def test_an_unknown_ending_is_said(self, witness: Person, tmp_path: Path) -> None:
        witness.answers.report = tmp_path / "comparison.docx"
        witness.window.run("report_comparison")
        settle(witness)
        assert "comparison.docx: the ending says" in witness.view.banner.text
        assert not (tmp_path / "comparison.docx").exists()


def test_a_project_for_reading_is_compared_and_not_changed(
    person: Person, tables: list[Path], project: Path
) -> None:
    assert person.window.close_project()
    with Session.open(project, "Ben"):
        assert person.window.open(project)
        person.view.desk.select(record_of(person, 9101))
        choose(person, tables)
        panel(person).record.list.table.selectRow(4)
        assert lines(person)[4][-1] == "≠ differ"
        assert not panel(person).buttons["take"].isEnabled()
        assert not panel(person).buttons["accept"].isEnabled()
        person.press(Key.Key_T)
        assert panel(person).bar.isHidden()
        assert person.window.close_project()


@pytest.mark.parametrize("view", [Key.Key_1, Key.Key_2, Key.Key_3])
@pytest.mark.parametrize("asked", [False, True])
def test_every_control_has_a_name_a_key_and_a_ring(witness: Person, view: Key, asked: bool) -> None:
    witness.press(view)
    if asked:
        panel(witness).record.list.table.selectRow(4)
        witness.press(Key.Key_T)
        assert panel(witness).bar.isVisible()
    shown = panel(witness)
    assert without_name(shown) == []
    assert without_key(shown) == []
    assert not_reached_by_tab(witness.window, witness.bot) == []
    assert without_ring(shown, witness.window.theme) == []
