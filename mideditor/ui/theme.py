"""Light and dark: tokens from TOML made into a palette, a style sheet and icon colours."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from mideditor.files.bundled import bundled_path
from mideditor.ui.icons import arrow_picture

_CALM_FONT = "Inter"
_FALLBACK_FONTS = ("DejaVu Sans", "Bitstream Vera Sans")

THEMES = ("system", "light", "dark")

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


class Theme(QObject):
    """The look of the application; `changed` is emitted after it has been put on."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        app.setStyle("Fusion")
        app.setFont(_interface_font(app))
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.put_on(choice)

    @property
    def choice(self) -> str:
        """What the user chose: system, light or dark."""
        return self._choice

    @property
    def tokens(self) -> Tokens:
        """The colours now in use."""
        return self._tokens

    def put_on(self, choice: str) -> None:
        """Wear the chosen theme."""
        self._choice = choice
        self._tokens = load_tokens(self._wanted())
        self._app.setPalette(_palette(self._tokens))
        self._app.setStyleSheet(_style_sheet(self._tokens))
        self.changed.emit()

    def _wanted(self) -> str:
        if self._choice != "system":
            return self._choice
        scheme = self._app.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        if self._choice == "system":
            self.put_on("system")


def _interface_font(app: QApplication) -> QFont:
    """The system's own font; where that is the fallback of a bare system, a calmer one."""
    font = QFont(app.font())
    if QFontInfo(font).family() in _FALLBACK_FONTS and QFontDatabase.hasFamily(_CALM_FONT):
        font.setFamily(_CALM_FONT)
    font.setPointSizeF(10)
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
        palette.setColor(QPalette.ColorGroup.Disabled, palette_role, tokens.color("border-strong"))
    return palette


def _style_sheet(tokens: Tokens) -> str:
    sheet = bundled_path("resources", "themes", "desk.qss").read_text("utf-8")
    chevron = arrow_picture(tokens.name, tokens.color("text-quiet"))
    return _RoleTemplate(sheet).substitute(tokens.roles, chevron=chevron)


class _RoleTemplate(Template):
    """``$role`` where the names of roles may hold hyphens."""

    idpattern = r"[a-z]+(?:-[a-z]+)*"
