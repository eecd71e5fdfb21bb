"""The looks: every theme can be read, has borders and rings that can be seen, and can be worn."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from mideditor.files.bundled import bundled_path
from mideditor.session.preferences import Preferences
from mideditor.ui.form.side_box import SideBox
from mideditor.ui.kit.elided_label import ElidedLabel
from mideditor.ui.kit.text_editor import TextEditor
from mideditor.ui.look.text_size import LARGEST, SMALLEST, within_bounds
from mideditor.ui.look.theme import THEMES, Theme, load_tokens, theme_wished
from tests.ui.conftest import Person, record_of
from tests.ui.contrast import contrast

Key = Qt.Key
WORN = [name for name in THEMES if name != "system"]
HIGH = [name for name in WORN if name.endswith("contrast")]
GROUNDS = ("window", "surface", "raised", "row-alternate")

# Every pair of a text's colour and the ground that it stands on, as the widgets and rules use them.
TEXTS = (
    *((text, ground) for text in ("text", "text-quiet") for ground in GROUNDS),
    *(("text", f"{kind}-ground") for kind in ("error", "coding", "correction", "accent")),
    ("text-quiet", "accent-ground"),
    ("text-quiet", "coding-ground"),
    ("accent-text", "accent"),
    ("accent-text", "coding"),
    ("accent-text", "correction"),
    *((kind, ground) for kind in ("coding", "correction") for ground in ("surface", "selection")),
    ("error", "window"),
    ("error", "error-ground"),
    ("selection-text", "selection"),
)
RINGS = tuple(("accent", ground) for ground in GROUNDS)
EDGES = tuple(
    (edge, ground)
    for edge in ("border", "border-strong", "selection-edge")
    for ground in ("window", "surface")
)


def weak(name: str, pairs: tuple[tuple[str, str], ...], least: float) -> dict[str, float]:
    """The pairs of roles whose contrast is less than it should be."""
    roles = load_tokens(name).roles
    ratios = {f"{one} on {two}": contrast(roles[one], roles[two]) for one, two in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("name", WORN)
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    assert weak(name, TEXTS, 7 if name in HIGH else 4.5) == {}


@pytest.mark.parametrize("name", WORN)
def test_the_ring_of_the_cursor_can_be_seen(name: str) -> None:
    assert weak(name, RINGS, 3) == {}


@pytest.mark.parametrize("name", HIGH)
def test_high_contrast_has_edges_that_can_be_seen(name: str) -> None:
    assert weak(name, EDGES, 3) == {}


def test_all_themes_have_the_same_roles() -> None:
    roles = {name: frozenset(load_tokens(name).roles) for name in WORN}
    assert len(set(roles.values())) == 1, roles


@pytest.mark.parametrize("name", WORN)
def test_a_theme_is_worn_and_remembered(theme: Theme, person: Person, name: str) -> None:
    person.window.run(f"theme_{name}")
    assert theme.tokens.name == name
    ground = person.view.table.palette().base().color().name()
    assert ground == load_tokens(name).roles["surface"]
    assert Preferences.load().theme == name
    assert person.window.menus.actions[f"theme_{name}"].isChecked()


def test_a_theme_that_is_not_known_gives_way_to_that_of_the_system(qapp: QApplication) -> None:
    assert Theme(qapp, "sepia").choice == "system"


@pytest.mark.parametrize(
    ("scheme", "wished", "name"),
    [
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, "light"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, "dark"),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, "light_contrast"),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, "dark_contrast"),
    ],
)
def test_the_system_is_followed(
    scheme: Qt.ColorScheme, wished: Qt.ContrastPreference, name: str
) -> None:
    assert theme_wished(scheme, wished) == name


def test_every_colour_that_the_sheet_gives_to_text_is_judged_above() -> None:
    sheet = bundled_path("resources", "themes", "desk.qss").read_text(encoding="utf-8")
    texts = set(re.findall(r"(?<![-\w])(?:placeholder-text-|selection-)?color: \$([a-z-]+)", sheet))
    assert texts - {"text-off"} <= {text for text, _ in TEXTS}, "what is off need not be read"
    assert re.findall(r"#[0-9a-f]{6}\b|rgba?\(", sheet) == [], "colours stand in the themes only"


class TestTextSize:
    @given(st.integers())
    def test_it_stays_within_bounds(self, percent: int) -> None:
        kept = within_bounds(percent)
        assert SMALLEST <= kept <= LARGEST
        assert kept == percent or not SMALLEST <= percent <= LARGEST

    def test_keys_make_it_larger_smaller_and_normal_and_it_is_remembered(
        self, person: Person, theme: Theme
    ) -> None:
        person.ctrl(Key.Key_Plus)
        person.ctrl(Key.Key_Plus)
        assert theme.text_size == 120
        assert Preferences.load().text_size == 120
        assert person.status() == "Text at 120 %"
        person.ctrl(Key.Key_Minus)
        assert theme.text_size == 110
        person.ctrl(Key.Key_0)
        assert theme.text_size == 100

    def test_everything_grows_with_it(self, person: Person, theme: Theme) -> None:
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

        person.view.desk.choose(record_of(person, 9102))
        before = sizes()
        theme.size_text(150)
        ratios = {name: size / before[name] for name, size in sizes().items()}
        assert {name: ratio for name, ratio in ratios.items() if not 1.4 < ratio < 1.6} == {}
        assert person.view.form.minimumWidth() < 480, "the texts need room, too"
        theme.size_text(100)
        assert sizes() == before

    def test_a_new_theme_leaves_the_sizes(self, person: Person, theme: Theme) -> None:
        editor = person.view.texts.narrative.editor
        theme.size_text(150)
        points = editor.document().defaultFont().pointSizeF()
        theme.put_on("dark")
        assert editor.document().defaultFont().pointSizeF() == points > 15

    def test_a_window_made_later_is_as_large(self, theme: Theme) -> None:
        normal = TextEditor(11, 9).document().defaultFont().pointSizeF()
        theme.size_text(200)
        assert TextEditor(11, 9).document().defaultFont().pointSizeF() == 2 * normal

    @pytest.mark.parametrize("percent", [100, 150])
    @pytest.mark.parametrize("number", [9101, 9103])
    def test_nothing_is_cut_off(
        self, person: Person, theme: Theme, number: int, percent: int
    ) -> None:
        person.view.desk.choose(record_of(person, number))
        theme.size_text(percent)
        for tab in range(person.view.tabs.count()):
            person.view.tabs.setCurrentIndex(tab)
            for _ in range(_LEVELS):
                QApplication.processEvents()
            assert person.window.width() == 1280, "large text must not make the window wider"
            assert cut_off(person.window) == []


_LEVELS = 6
"""How deep layouts lie in one another: each is set right a round after the one within it."""


def cut_off(window: QWidget) -> list[str]:
    """The labels, buttons and lines in sight that have less room than their text needs."""
    return [
        f"{type(widget).__name__} {widget.objectName()} “{text_of(widget)}”"
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and not _may_be_cut(widget)
        if widget.width() < needed(widget)[0] or widget.height() < needed(widget)[1]
    ]


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def needed(widget: QWidget) -> tuple[int, int]:
    """The least width and height in pixels that the text of a widget takes."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLineEdit | QComboBox):
        is_inner = isinstance(widget.parent(), QComboBox)
        return 0, metrics.height() + (0 if is_inner else _FRAME_OF_A_LINE)
    if not text_of(widget):
        return 0, 0
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    words = text_of(widget).replace("&", "")
    return 0 if wraps else metrics.horizontalAdvance(words), metrics.height()


_FRAME_OF_A_LINE = 8
"""The border and the padding above and below a line, in pixels."""


def _may_be_cut(widget: QWidget) -> bool:
    """Lines that end in an ellipsis and have a tip with the whole text."""
    return isinstance(widget, ElidedLabel) or widget.property("role") == "finding"
