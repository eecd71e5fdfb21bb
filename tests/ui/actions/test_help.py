"""The guide: its pages, links and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence

from mideditor.ui.actions.help_window import PAGES, HelpWindow, page_path
from mideditor.ui.commands.commands import COMMANDS
from tests.ui.conftest import Person, record_of

Key = Qt.Key

IN_FIELDS = {"Enter", "Esc", "Tab", "Del", "Space", "Ctrl", "Shift", "Ctrl+A", "Ctrl+Enter"}
IN_FIELDS |= {"Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right", "Shift+Down", "Shift+Enter", "Ctrl+C"}
IN_FIELDS |= {"A", "Shift+A", "Q", "U", "T", "S", "K", "O"}
"""Keys of lists and fields that belong to no command."""


def backquoted_words(page: str) -> Iterator[str]:
    yield from re.findall(r"`([^`]+)`", page_path(page).read_text(encoding="utf-8"))


def written(key: str) -> str:
    return QKeySequence(key).toString()


def test_every_page_is_in_the_list() -> None:
    assert {path.stem for path in page_path("start").parent.glob("*.md")} == PAGES.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_key_on_a_page_exists(page: str) -> None:
    known = IN_FIELDS | {written(key) for command in COMMANDS.values() for key in command.keys}
    a_key = re.compile(r"((Ctrl|Shift|Alt)\+)+.+|F\d+")
    named = [word for word in backquoted_words(page) if a_key.fullmatch(word)]
    assert [key for key in named if key not in known and written(key) not in known] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_and_pictures_exist(page: str) -> None:
    text = page_path(page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (page_path(page).parent / target).exists(), target


def test_the_guide_opens_at_the_page_of_the_focused_part(person: Person) -> None:
    opened = []
    person.view.desk.select(record_of(person, 9101))
    for go in (
        lambda: person.go("narrative"),
        lambda: person.go("fatalities"),
        person.view.tabs.show_findings,
    ):
        go()
        person.window.run("show_help")
        guide = person.window.view_commands.guide
        assert isinstance(guide, HelpWindow)
        opened.append(guide.page.toPlainText().splitlines()[0])
        person.bot.keyClick(guide.page, Key.Key_Escape)
        assert not guide.isVisible()
        with person.bot.waitActive(person.window):
            person.window.activateWindow()
    assert opened == [
        "Narrative and coding changes",
        "Fields and participants",
        "Findings and questions",
    ]


def test_only_links_to_pages_are_followed(person: Person) -> None:
    guide = HelpWindow(person.window)
    person.bot.addWidget(guide)
    guide.show_page("start")
    guide.page.anchorClicked.emit(QUrl("table.md"))
    assert guide.page.toPlainText().startswith("Records, search and facets")
    guide.page.anchorClicked.emit(QUrl("https://example.org/x.md"))
    assert guide.page.toPlainText().startswith("Records, search and facets")
