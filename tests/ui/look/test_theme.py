"""Themes: readable text, visible borders and focus rings, and switching between them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from mideditor.files.bundled import bundled_path
from mideditor.session.preferences import Preferences
from mideditor.ui.form.side_box import SideBox
from mideditor.ui.kit.elided_label import ElidedLabel
from mideditor.ui.kit.text_editor import TextEditor
from mideditor.ui.look.text_size import LARGEST, SMALLEST, clamp_text_size
from mideditor.ui.look.theme import THEMES, Theme, load_tokens, preferred_theme
from tests.ui.conftest import Person, record_of
from tests.ui.contrast import contrast

Key = Qt.Key
NAMED_THEMES = [name for name in THEMES if name != "system"]
HIGH_CONTRAST = [name for name in NAMED_THEMES if name.endswith("contrast")]
BACKGROUNDS = ("window", "surface", "raised", "row-alternate")

# Every pair of text colour and background that the widgets and the style sheet use.
TEXTS = (
    *((text, background) for text in ("text", "text-quiet") for background in BACKGROUNDS),
    *(("text", f"{kind}-ground") for kind in ("error", "coding", "correction", "accent")),
    ("text-quiet", "accent-ground"),
    ("text-quiet", "coding-ground"),
    ("accent-text", "accent"),
    ("accent-text", "coding"),
    ("accent-text", "correction"),
    *(
        (kind, background)
        for kind in ("coding", "correction")
        for background in ("surface", "selection")
    ),
    ("error", "window"),
    ("error", "error-ground"),
    ("selection-text", "selection"),
)
RINGS = tuple(("accent", background) for background in BACKGROUNDS)
BORDERS = tuple(
    (edge, background)
    for edge in ("border", "border-strong", "selection-edge")
    for background in ("window", "surface")
)


def low_contrast(name: str, pairs: tuple[tuple[str, str], ...], minimum: float) -> dict[str, float]:
    """The pairs of roles whose contrast is below the minimum, with their ratios."""
    roles = load_tokens(name).roles
    ratios = {f"{one} on {two}": contrast(roles[one], roles[two]) for one, two in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < minimum}


@pytest.mark.parametrize("name", NAMED_THEMES)
def test_every_text_is_readable_on_its_background(name: str) -> None:
    assert low_contrast(name, TEXTS, 7 if name in HIGH_CONTRAST else 4.5) == {}


@pytest.mark.parametrize("name", NAMED_THEMES)
def test_the_focus_ring_is_visible(name: str) -> None:
    assert low_contrast(name, RINGS, 3) == {}


@pytest.mark.parametrize("name", HIGH_CONTRAST)
def test_high_contrast_borders_are_visible(name: str) -> None:
    assert low_contrast(name, BORDERS, 3) == {}


def test_all_themes_have_the_same_roles() -> None:
    roles = {name: frozenset(load_tokens(name).roles) for name in NAMED_THEMES}
    assert len(set(roles.values())) == 1, roles


@pytest.mark.parametrize("name", NAMED_THEMES)
def test_a_theme_is_applied_and_remembered(theme: Theme, person: Person, name: str) -> None:
    person.window.run(f"theme_{name}")
    assert theme.tokens.name == name
    background = person.view.table.palette().base().color().name()
    assert background == load_tokens(name).roles["surface"]
    assert Preferences.load().theme == name
    assert person.window.menus.actions[f"theme_{name}"].isChecked()


def test_an_unknown_theme_falls_back_to_the_system_theme(qapp: QApplication) -> None:
    assert Theme(qapp, "sepia").choice == "system"


@pytest.mark.parametrize(
    ("scheme", "contrast_preference", "name"),
    [
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, "light"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, "dark"),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, "light_contrast"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, "dark_contrast"),
    ],
)
def test_the_system_theme_follows_the_system_settings(
    scheme: Qt.ColorScheme, contrast_preference: Qt.ContrastPreference, name: str
) -> None:
    assert preferred_theme(scheme, contrast_preference) == name


def test_every_text_colour_in_the_style_sheet_is_checked_above() -> None:
    sheet = bundled_path("resources", "themes", "desk.qss").read_text(encoding="utf-8")
    texts = set(re.findall(r"(?<![-\w])(?:placeholder-text-|selection-)?color: \$([a-z-]+)", sheet))
    assert texts - {"text-off"} <= {text for text, _ in TEXTS}, "disabled text need not be readable"
    assert re.findall(r"#[0-9a-f]{6}\b|rgba?\(", sheet) == [], (
        "colours are defined in the themes only"
    )


class TestTextSize:
    @given(st.integers())
    def test_it_stays_within_bounds(self, percent: int) -> None:
        clamped = clamp_text_size(percent)
        assert SMALLEST <= clamped <= LARGEST
        assert clamped == percent or not SMALLEST <= percent <= LARGEST

    def test_keys_change_it_and_it_is_remembered(self, person: Person, theme: Theme) -> None:
        person.ctrl(Key.Key_Plus)
        person.ctrl(Key.Key_Plus)
        assert theme.text_size == 120
        assert Preferences.load().text_size == 120
        assert person.status() == "Text at 120 %"
        person.ctrl(Key.Key_Minus)
        assert theme.text_size == 110
        person.ctrl(Key.Key_0)
        assert theme.text_size == 100

    def test_everything_scales_with_it(self, person: Person, theme: Theme) -> None:
        def sizes() -> dict[str, float]:
            view = person.view
            side = view.form.boxes["side_a"]
            assert isinstance(side, SideBox)
            title = next(
                label
                for label in view.form.findChildren(QLabel)
                if label.property("role") == "heading"
            )
            return {
                "interface": QApplication.font().pointSizeF(),
                "field": view.form.boxes["outcome"].editor.font().pointSizeF(),
                "narrative": view.texts.narrative.editor.document().defaultFont().pointSizeF(),
                "source": view.source.editor.font().pointSizeF(),
                "title": title.font().pointSizeF(),
                "rows": view.table.verticalHeader().defaultSectionSize(),
                "dates": view.table.columnWidth(1),
                "members": side.members.height(),
            }

        person.view.desk.select(record_of(person, 9102))
        before = sizes()
        theme.set_text_size(150)
        ratios = {name: size / before[name] for name, size in sizes().items()}
        assert {name: ratio for name, ratio in ratios.items() if not 1.4 < ratio < 1.6} == {}
        assert person.view.form.minimumWidth() < 480, "the texts need space, too"
        theme.set_text_size(100)
        assert sizes() == before

    def test_switching_the_theme_keeps_the_text_size(self, person: Person, theme: Theme) -> None:
        editor = person.view.texts.narrative.editor
        theme.set_text_size(150)
        points = editor.document().defaultFont().pointSizeF()
        theme.apply("dark")
        assert editor.document().defaultFont().pointSizeF() == points > 15

    def test_a_widget_created_later_has_the_same_text_size(self, theme: Theme) -> None:
        normal = TextEditor(11, 9).document().defaultFont().pointSizeF()
        theme.set_text_size(200)
        assert TextEditor(11, 9).document().defaultFont().pointSizeF() == 2 * normal

    @pytest.mark.parametrize("percent", [100, 150])
    @pytest.mark.parametrize("number", [9101, 9103])
    def test_no_text_is_cut_off(
        self, person: Person, theme: Theme, number: int, percent: int
    ) -> None:
        person.view.desk.select(record_of(person, number))
        theme.set_text_size(percent)
        for tab in range(person.view.tabs.count()):
            person.view.tabs.setCurrentIndex(tab)
            for _ in range(_LAYOUT_DEPTH):
                QApplication.processEvents()
            assert person.window.width() == 1280, "large text must not make the window wider"
            assert cut_off(person.window) == []


_LAYOUT_DEPTH = 6
"""Nesting depth of layouts: each level is updated one event-loop round after the inner one."""


def cut_off(window: QWidget) -> list[str]:
    """The visible labels, buttons and line edits that are smaller than their text needs."""
    return [
        f"{type(widget).__name__} {widget.objectName()} “{text_of(widget)}”"
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and not _may_elide(widget)
        if widget.width() < needed(widget)[0] or widget.height() < needed(widget)[1]
    ]


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def needed(widget: QWidget) -> tuple[int, int]:
    """The minimum width and height in pixels for the text of a widget."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLineEdit | QComboBox):
        is_inner = isinstance(widget.parent(), QComboBox)
        return 0, metrics.height() + (0 if is_inner else _LINE_EDIT_FRAME)
    if not text_of(widget):
        return 0, 0
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    words = text_of(widget).replace("&", "")
    return 0 if wraps else metrics.horizontalAdvance(words), metrics.height()


_LINE_EDIT_FRAME = 8
"""Border and padding above and below a line edit, in pixels."""


def _may_elide(widget: QWidget) -> bool:
    """Whether a widget elides its text and shows all of it in a tool tip."""
    return isinstance(widget, ElidedLabel) or widget.property("role") == "finding"


def test_the_line_under_the_current_tab_stays_through_every_theme(person: Person) -> None:
    """A style sheet is taken off before the next is put on: the tabs are laid out for both."""
    bar = person.view.tabs.tabBar()
    for name in ("dark", "light_contrast", "light"):
        with person.bot.waitSignal(person.window.theme.changed):
            QTimer.singleShot(0, person.window.menus.actions[f"theme_{name}"].trigger)
        QApplication.processEvents()
        assert bar.height() == bar.sizeHint().height(), name
