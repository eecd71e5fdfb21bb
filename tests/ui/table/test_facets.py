"""The search line, the facets and saved views."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItemIterator

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from tests.ui.conftest import Person, record_of

Key = Qt.Key


def shown(person: Person) -> dict[str, list[str]]:
    """The values of each facet with their counts, with a star if selected."""
    found: dict[str, list[str]] = {}
    items = QTreeWidgetItemIterator(person.view.facets.tree)
    while (item := items.value()) is not None:
        head = item.parent()
        if head is None:
            found[item.text(0)] = []
        else:
            selected = item.checkState(0) == Qt.CheckState.Checked
            found[head.text(0)].append(f"{item.text(0)} {item.text(1)}{'*' if selected else ''}")
        items += 1
    return found


def offered(person: Person) -> list[str]:
    """The completions that the search line offers."""
    model = person.view.filter.completion.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_f9_shows_facets_and_keys_filter_by_them(person: Person) -> None:
    person.press(Key.Key_F9)
    assert person.focused is person.view.facets.tree
    assert shown(person)["Outcome"] == ["Released 1", "Unclear 1"]
    tree = person.view.facets.tree
    (outcome,) = tree.findItems("Outcome", Qt.MatchFlag.MatchExactly)
    tree.setCurrentItem(outcome)
    person.press(Key.Key_Down)
    person.press(Key.Key_Space)
    assert person.view.filter.text() == "outcome:Released"
    assert person.view.count.text() == "1 of 4 records"
    assert shown(person)["Outcome"] == ["Released 1*", "Unclear 1"]
    assert "Coder" not in shown(person), "nobody has edited yet"
    current = tree.currentItem()
    assert current is not None
    assert current.text(0) == "Released", "the current item stays"
    person.press(Key.Key_Space)
    assert person.view.filter.text() == ""
    person.press(Key.Key_F9)
    assert person.view.facets.isHidden()
    assert person.view.table.hasFocus()


def test_facets_are_updated_after_edits(person: Person) -> None:
    person.press(Key.Key_F9)
    change = {record_of(person, 9101): {"outcome": Outcome.STALEMATE}}
    person.view.desk.session.edit(ChangeKind.CODING, change)
    assert shown(person)["Outcome"] == ["Released 1", "Stalemate 1"]
    assert shown(person)["Coder"] == ["Anna 1"]


def test_the_search_line_completes_fields_and_values_and_explains_errors(person: Person) -> None:
    person.ctrl(Key.Key_F)
    person.type("outc")
    popup = person.view.filter.popup
    assert popup.isVisible()
    assert offered(person) == ["outcome:"]
    person.bot.keyClick(popup, Key.Key_Down)
    person.bot.keyClick(popup, Key.Key_Return)
    assert person.view.filter.text() == "outcome:"
    assert offered(person) == ["outcome:Unclear", "outcome:Released"]
    person.bot.keyClick(popup, Key.Key_Escape)
    person.type("unc")
    assert person.view.count.text() == "1 of 4 records"
    person.type(" weather:fair")
    assert person.view.search_error.text().startswith("There is no field “weather”.")
    assert person.view.count.text() == "1 of 4 records", "the rest still applies"
    person.press(Key.Key_Escape)
    person.press(Key.Key_Escape)
    assert person.view.search_error.isHidden()


def test_a_view_is_saved_under_a_name_and_removed(person: Person) -> None:
    person.window.run("keep_view")
    assert "Narrow the table first" in person.status()
    person.view.filter.setText("state:365 year:1960..1969")
    person.answers.name = "Cold War & sea"
    person.window.run("keep_view")
    person.view.filter.clear()
    menu = person.view.views.menu()
    assert menu.actions()[0].text() == "Cold War && sea"
    menu.actions()[0].trigger()
    assert person.view.filter.text() == "state:365 year:1960..1969"
    assert person.window.settings.preferences.views == {
        "Cold War & sea": "state:365 year:1960..1969"
    }
    person.view.views.forgotten.emit("Cold War & sea")
    assert person.window.settings.preferences.views == {}
