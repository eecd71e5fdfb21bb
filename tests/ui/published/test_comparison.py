"""The comparison with published tables: reviewing, applying and accepting, by keyboard."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.modeltest import ModelTester

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry
from mideditor.domain.steps import Step
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
    """Both tables, in the wrong order."""
    return [
        written(tmp_path, "MIDB.csv", PARTICIPANTS),
        written(tmp_path, "MIDA.csv", DISPUTES),
    ]


@pytest.fixture
def comparer(person: Person, tables: list[Path]) -> Person:
    """A user who compares the page with the tables."""
    person.view.desk.select(record_of(person, 9101))
    choose(person, tables)
    return person


def choose(person: Person, tables: list[Path]) -> None:
    person.answers.tables = tables
    person.window.run("compare_published")
    settle(person)


def settle(person: Person) -> None:
    """Wait until reading and comparing have ended."""
    person.bot.waitUntil(lambda: not person.window.scheduler.running)
    person.bot.waitUntil(lambda: not panel(person).lane.running)


def panel(person: Person) -> ComparisonPanel:
    return person.view.published


def lines(person: Person) -> list[list[str]]:
    """The texts of the rows of the list in front."""
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
    """The title of the tab; "" if it is hidden."""
    tabs, place = person.view.tabs, person.view.tabs.indexOf(panel(person))
    return tabs.tabText(place) if tabs.isTabVisible(place) else ""


class TestTables:
    def test_without_tables_there_is_no_tab(self, person: Person) -> None:
        assert tab(person) == ""
        assert not person.window.menus.actions["go_to_published"].isEnabled()
        choose(person, [])
        assert tab(person) == ""

    def test_the_tab_appears_with_the_tables(self, comparer: Person) -> None:
        assert tab(comparer) == "Published (7)"
        assert comparer.view.tabs.currentWidget() is panel(comparer)
        assert panel(comparer).head.summary.text() == CITED
        comparer.view.table.setFocus()
        comparer.ctrl(Key.Key_D)
        assert comparer.focused is panel(comparer).record.list.table

    def test_a_file_that_is_no_table_shows_an_error(self, person: Person, page: Path) -> None:
        choose(person, [page])
        assert tab(person) == ""
        assert str(page) in person.view.banner.text

    def test_the_tables_are_restored_with_the_project(
        self, comparer: Person, project: Path
    ) -> None:
        assert comparer.window.open(project)
        comparer.bot.waitUntil(lambda: tab(comparer) == "Published (7)")
        assert comparer.view.tabs.currentWidget() is comparer.view.texts
        assert comparer.view.banner.isHidden()

    def test_a_missing_table_is_reported_in_the_panel(
        self, comparer: Person, tables: list[Path], project: Path
    ) -> None:
        tables[0].unlink()
        assert comparer.window.open(project)
        assert panel(comparer).head.notes.text() == (
            f"{tables[0]}: not there any more. Choose the published tables again, or put them away."
        )
        assert (tab(comparer), comparer.answers.shown) == ("Published", [])
        comparer.ctrl(Key.Key_D)
        assert comparer.focused is panel(comparer).head.tables_button
        choose(comparer, tables[1:])
        assert panel(comparer).head.summary.text() == "MIDA.csv, version 4.01"

    def test_closed_tables_are_forgotten(self, comparer: Person, project: Path) -> None:
        panel(comparer).head.close_button.click()
        assert tab(comparer) == ""
        assert comparer.view.tabs.currentWidget() is comparer.view.texts
        assert comparer.window.open(project)
        assert not panel(comparer).is_shown


class TestThisRecord:
    def test_three_columns_and_a_verdict(
        self, comparer: Person, qtmodeltester: ModelTester
    ) -> None:
        day = "March 15, 1963"
        assert lines(comparer) == [
            ["Start date", day, day, day, "= agree"],
            ["End date", day, day, day, "= agree"],
            ["Side A", "365 Russia", "365 Russia", "2 United States of America", "⇄ sides swapped"],
            ["Side B", "2 United States of America", "2 United States of America", "365 Russia",
             "⇄ sides swapped"],
            ["Outcome", "Unclear", "Unclear", "Stalemate", "≠ differ"],
            ["Settlement", "None", "None", "None", "= agree"],
            ["Fatalities", "None", "None", "None", "= agree"],
        ]  # fmt: skip
        qtmodeltester.check(panel(comparer).record.list.table.lines)

    def test_the_next_record_is_shown_at_once(self, comparer: Person) -> None:
        comparer.ctrl(Key.Key_PageDown)
        verdicts = {line[0]: line[-1] for line in lines(comparer)}
        assert verdicts["End date"] == "≈ other precision"
        assert verdicts["Side A"] == "≠ differ"
        assert verdicts["Fatalities"] == "≠ differ"
        assert panel(comparer).record.list.note.text() == "Here more precisely."
        comparer.ctrl(Key.Key_PageDown)
        assert lines(comparer) == []
        assert panel(comparer).record.list.table.why_empty == "MID 9103: only entries are compared."

    def test_t_asks_for_a_missing_reason(self, comparer: Person) -> None:
        table = panel(comparer).record.list.table
        table.selectRow(4)
        comparer.press(Key.Key_T)
        bar = panel(comparer).bar
        assert bar.question.text() == (
            "Take 1 published value over, as a correction (F4 switches)."
        )
        assert (bar.reason.text(), bar.citation.text()) == ("As in the published data set", CITED)
        comparer.press(Key.Key_F4)
        assert "as a coding change" in bar.question.text()
        comparer.press(Key.Key_Return)
        assert entry(comparer, 9101).outcome == "Stalemate"
        step = last_step(comparer)
        assert (step.kind, step.reason) == (ChangeKind.CODING, "As in the published data set")
        assert (step.citation, step.author) == (CITED, "Anna")
        assert lines(comparer)[4] == ["Outcome", "Unclear", "Stalemate", "Stalemate", "= agree"]
        assert comparer.focused is table
        assert tab(comparer) == "Published (6)"
        assert comparer.status().startswith("1 value taken over · step 2")

    def test_with_a_reason_t_applies_at_once(self, comparer: Person) -> None:
        comparer.press(Key.Key_F6)
        comparer.type("Looked up")
        comparer.ctrl(Key.Key_D)
        panel(comparer).record.list.table.selectRow(4)
        comparer.press(Key.Key_T)
        step = last_step(comparer)
        assert (step.kind, step.reason, step.citation) == (
            ChangeKind.CORRECTION, "Looked up", CITED,
        )  # fmt: skip
        assert panel(comparer).bar.isHidden()

    def test_esc_changes_nothing(self, comparer: Person) -> None:
        panel(comparer).record.list.table.selectRow(4)
        comparer.press(Key.Key_T)
        comparer.press(Key.Key_Escape)
        assert panel(comparer).bar.isHidden()
        assert comparer.focused is panel(comparer).record.list.table
        assert len(comparer.view.desk.session.history.steps) == 1

    def test_an_agreeing_value_is_not_applied(self, comparer: Person) -> None:
        panel(comparer).record.list.table.selectRow(0)
        assert not panel(comparer).buttons["take"].isEnabled()
        comparer.press(Key.Key_T)
        assert comparer.status() == "There is no published value to take over."

    def test_an_edit_updates_the_row(self, comparer: Person) -> None:
        bombers = record_of(comparer, 9101)
        session = comparer.view.desk.session
        session.edit(ChangeKind.CODING, {bombers: {"outcome": "Compromise"}}, reason="Mine")
        assert lines(comparer)[4] == ["Outcome", "Unclear", "Compromise", "Stalemate", "≠ differ"]
        comparer.ctrl(Key.Key_Z)
        assert comparer.view.published.record.list.table.lines.items[4].note == ""
        assert lines(comparer)[4][2] == "Unclear"

    def test_the_switch_shows_the_other_views(self, comparer: Person) -> None:
        buttons = panel(comparer).head.switch.findChildren(QToolButton)
        for place, button in enumerate(buttons):
            button.click()
            assert panel(comparer).views.currentIndex() == place
            assert [one.isChecked() for one in buttons].index(True) == place
            assert sum(one.isChecked() for one in buttons) == 1

    def test_enter_goes_to_the_field(self, comparer: Person) -> None:
        panel(comparer).record.list.table.selectRow(4)
        comparer.press(Key.Key_Return)
        assert comparer.view.field_with_focus() == "outcome"


class TestMatrix:
    @pytest.fixture
    def counter(self, comparer: Person) -> Person:
        """A user at the matrix."""
        comparer.press(Key.Key_2)
        return comparer

    def counts(self, person: Person) -> dict[tuple[str, str], str]:
        """The texts of the cells by printed and published value."""
        model = panel(person).matrix.model
        return {
            (printed, published): model.index(row, column).data()
            for row, printed in enumerate(model.printed)
            for column, published in enumerate(model.published)
        }

    def test_it_starts_at_the_largest_cell_of_the_field_with_most_differences(
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

    def test_selecting_a_cell_lists_its_records(self, counter: Person) -> None:
        counter.press(Key.Key_Up)
        assert panel(counter).matrix.sentence.text() == (
            "Outcome: 1 printed Released, published Stalemate: 1 as printed."
        )
        assert [line[0] for line in lines(counter)] == ["MID 9102"]
        assert panel(counter).buttons["take"].text() == "Take the cell over (T)"
        counter.press(Key.Key_Return)
        assert counter.focused is panel(counter).matrix.list.table
        assert panel(counter).buttons["take"].text() == "Take over (T)"

    def test_t_applies_the_cell_in_one_step(self, counter: Person) -> None:
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
        [sentence] = [one.text for one in session.printed_changes(record_of(counter, 9101))]
        assert sentence == "Outcome changed from Unclear."
        counter.window.run("undo")
        assert entry(counter, 9101).outcome == "Unclear"
        assert self.counts(counter)["Unclear", "Stalemate"] == "≠ 1"

    def test_edited_values_are_kept(self, counter: Person) -> None:
        bombers = record_of(counter, 9101)
        session = counter.view.desk.session
        session.edit(ChangeKind.CORRECTION, {bombers: {"outcome": "Compromise"}}, reason="Mine")
        assert "1 edited otherwise" in panel(counter).matrix.sentence.text()
        counter.press(Key.Key_T)
        assert panel(counter).bar.isHidden()
        assert counter.status() == "Nothing in this cell waits to be taken over."

    def test_another_field_can_be_selected(self, counter: Person) -> None:
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

    def test_a_cell_is_accepted_and_reopened(self, counter: Person) -> None:
        counter.press(Key.Key_A)
        assert panel(counter).bar.citation.isHidden()
        counter.type("The chapter is right")
        counter.press(Key.Key_Return)
        assert self.counts(counter)["Unclear", "Stalemate"] == "✓ 1"
        assert entry(counter, 9101).outcome == "Unclear"
        assert last_step(counter).kind is ChangeKind.REVIEW
        assert tab(counter) == "Published (6)"
        counter.press(Key.Key_Return)
        assert lines(counter)[0][-1] == "≠ accepted"
        assert panel(counter).matrix.list.note.text() == "Accepted: The chapter is right"
        counter.press(Key.Key_A)
        assert self.counts(counter)["Unclear", "Stalemate"] == "≠ 1"


class TestAllDifferences:
    @pytest.fixture
    def lister(self, comparer: Person) -> Person:
        """A user at the list of all differences."""
        comparer.press(Key.Key_3)
        return comparer

    def fields(self, person: Person) -> list[tuple[str, str]]:
        return [(line[0], line[1]) for line in lines(person)]

    def test_open_differences_are_listed(self, lister: Person) -> None:
        assert self.fields(lister) == [
            ("MID 9101", "Side A"),
            ("MID 9101", "Side B"),
            ("MID 9101", "Outcome"),
            ("MID 9102", "End date"),
            ("MID 9102", "Side A"),
            ("MID 9102", "Outcome"),
            ("MID 9102", "Fatalities"),
        ]
        assert lister.focused is panel(lister).differences.list.table

    def test_the_list_is_filtered_by_field_and_verdict(self, lister: Person) -> None:
        view = panel(lister).differences
        view.field.setFocus()
        lister.type("o")
        assert self.fields(lister) == [("MID 9101", "Outcome"), ("MID 9102", "Outcome")]
        view.verdict.setFocus()
        lister.type("s")
        assert view.verdict.currentText() == "Sides swapped"
        assert self.fields(lister) == []
        assert view.list.table.why_empty == "None: sides swapped."

    def test_marked_differences_are_applied_in_one_step(self, lister: Person) -> None:
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
        assert [change.field for change in last_step(lister).record_changes] == [
            "outcome", "side_a", "outcome",
        ]  # fmt: skip
        assert self.fields(lister) == [
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

    def test_accepted_differences_are_not_open(self, lister: Person) -> None:
        lister.press(Key.Key_A)
        lister.type("Printed so on purpose")
        lister.press(Key.Key_Return)
        assert self.fields(lister)[0] == ("MID 9101", "Side B")
        view = panel(lister).differences
        view.verdict.setCurrentText(ACCEPTED)
        view.verdict.activated.emit(view.verdict.currentIndex())
        assert self.fields(lister) == [("MID 9101", "Side A")]

    def test_unmatched_entries_and_disputes_are_listed(self, lister: Person) -> None:
        session = lister.view.desk.session
        session.edit(ChangeKind.CORRECTION, {record_of(lister, 9101): {"dispute_number": 7}})
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
    def test_the_file_extension_decides_the_format(
        self, comparer: Person, tmp_path: Path, ending: str
    ) -> None:
        target = comparer.answers.report = tmp_path / f"comparison.{ending}"
        comparer.window.run("report_comparison")
        settle(comparer)
        text = target.read_text(encoding="utf-8")
        if ending == "json":
            assert len(json.loads(text)["differences"]) == 7
        elif ending == "csv":
            assert len(list(csv.DictReader(text.splitlines()))) == 7
        else:
            assert "Stalemate" in text
        assert comparer.status() == f"Written to {target}"

    def test_an_unknown_file_extension_shows_an_error(
        self, comparer: Person, tmp_path: Path
    ) -> None:
        comparer.answers.report = tmp_path / "comparison.docx"
        comparer.window.run("report_comparison")
        settle(comparer)
        assert "comparison.docx: the ending says" in comparer.view.banner.text
        assert not (tmp_path / "comparison.docx").exists()


def test_a_read_only_project_is_compared_but_not_changed(
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
def test_every_control_has_a_name_a_key_and_a_ring(
    comparer: Person, view: Key, asked: bool
) -> None:
    comparer.press(view)
    if asked:
        panel(comparer).record.list.table.selectRow(4)
        comparer.press(Key.Key_T)
        assert panel(comparer).bar.isVisible()
    shown = panel(comparer)
    assert without_name(shown) == []
    assert without_key(shown) == []
    assert not_reached_by_tab(comparer.window, comparer.bot) == []
    assert without_ring(shown, comparer.window.theme) == []
