"""The themes: TOML tokens turned into a palette, a style sheet and icon colours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from mideditor.files.bundled import bundled_path
from mideditor.ui.look.icons import icon_file
from mideditor.ui.look.text_size import NORMAL, NORMAL_POINTS, clamp_text_size

_PREFERRED_FONT = "Inter"
_FALLBACK_FONTS = ("DejaVu Sans", "Bitstream Vera Sans")

THEMES = ("system", "light", "dark", "light_contrast", "dark_contrast")
_TITLE_POINTS, _HEADING_POINTS, _LINE_PIXELS = 15, 12, 20

_PALETTE_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "row-alternate",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "text-quiet",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent-text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Mid: "border",
}


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme by role."""

    name: str
    roles: dict[str, str]

    def color(self, role: str) -> QColor:
        """The colour of a role."""
        return QColor(self.roles[role])


def load_tokens(name: str) -> Tokens:
    """Read a theme's tokens and resolve its roles to colours."""
    table = tomllib.loads(bundled_path("resources", "themes", f"{name}.toml").read_text("utf-8"))
    return Tokens(name, {role: table["colors"][color] for role, color in table["roles"].items()})


def preferred_theme(scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> str:
    """The theme that matches the user's system settings."""
    name = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    return f"{name}_contrast" if contrast == Qt.ContrastPreference.HighContrast else name


class Theme(QObject):
    """The look of the application; `changed` is emitted after a theme or text size is applied."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system", text_size: int = NORMAL) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice if choice in THEMES else "system"
        self._text_size = clamp_text_size(text_size)
        app.setStyle("Fusion")
        self._font = _interface_font(app)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self.apply(self._choice)

    @property
    def choice(self) -> str:
        """The theme that the user selected, one of `THEMES`."""
        return self._choice

    @property
    def text_size(self) -> int:
        """The text size in per cent of the normal one."""
        return self._text_size

    @property
    def tokens(self) -> Tokens:
        """The colours of the current theme."""
        return self._tokens

    def apply(self, choice: str) -> None:
        """Apply a theme, one of `THEMES`."""
        self._choice = choice
        self._restyle()

    def set_text_size(self, percent: int) -> None:
        """Scale all text, clamped to the allowed sizes."""
        self._text_size = clamp_text_size(percent)
        self._restyle()

    def _restyle(self) -> None:
        self._tokens = load_tokens(self._theme_name())
        scale = self._text_size / 100
        font = QFont(self._font)
        font.setPointSizeF(NORMAL_POINTS * scale)
        self._app.setStyleSheet(
            ""
        )  # clear it first: replacing a style sheet takes ten times as long
        self._app.setFont(font)
        self._app.setPalette(_palette(self._tokens))
        self._app.setStyleSheet(_style_sheet(self._tokens, scale))
        self.changed.emit()

    def _theme_name(self) -> str:
        if self._choice != "system":
            return self._choice
        hints = self._app.styleHints()
        return preferred_theme(hints.colorScheme(), hints.accessibility().contrastPreference())

    def _follow_system(self) -> None:
        if self._choice == "system":
            self.apply("system")


def _interface_font(app: QApplication) -> QFont:
    """The system font, or Inter if the system only has Qt's fallback font."""
    font = QFont(app.font())
    if QFontInfo(font).family() in _FALLBACK_FONTS and QFontDatabase.hasFamily(_PREFERRED_FONT):
        font.setFamily(_PREFERRED_FONT)
    return font


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    for palette_role, role in _PALETTE_ROLES.items():
        palette.setColor(palette_role, tokens.color(role))
    for palette_role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, palette_role, tokens.color("text-off"))
    return palette


def _style_sheet(tokens: Tokens, scale: float) -> str:
    sheet = bundled_path("resources", "themes", "desk.qss").read_text("utf-8")
    pictures = {
        meaning: icon_file(meaning, tokens.name, tokens.color(role))
        for meaning, role in (("chevron", "text-quiet"), ("checked", "accent-text"))
    }
    sizes = {
        "title-size": f"{_TITLE_POINTS * scale:.1f}pt",
        "heading-size": f"{_HEADING_POINTS * scale:.1f}pt",
        "line-height": f"{_LINE_PIXELS * scale:.0f}px",
    }
    return _RoleTemplate(sheet).substitute(tokens.roles | sizes | pictures)


class _RoleTemplate(Template):
    """A template with ``$role`` placeholders; role names may contain hyphens."""

    idpattern = r"[a-z]+(?:-[a-z]+)*"
