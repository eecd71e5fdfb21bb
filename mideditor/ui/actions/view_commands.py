"""Commands on the look of the window, the palette, the guide and the shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from mideditor.ui.actions.context import CommandContext
from mideditor.ui.actions.help_window import HelpWindow
from mideditor.ui.actions.palette import Palette, PaletteLine, Source, with_most_recent
from mideditor.ui.actions.palette_lines import command_lines, field_lines, record_lines
from mideditor.ui.commands.keys import Keys
from mideditor.ui.commands.menus import Menus
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView
from mideditor.ui.look.text_size import NORMAL, STEP

_THEMES = ("system", "light", "dark", "light_contrast", "dark_contrast")


class ViewCommands:
    """Handles commands on the window; ``view`` returns the desk view, None without a project."""

    def __init__(
        self,
        window: QWidget,
        context: CommandContext,
        menus: Menus,
        view: Callable[[], DeskView | None],
        run: Callable[[str], object],
    ) -> None:
        self._window = window
        self._theme = context.theme
        self._dialogs = context.dialogs
        self._settings = context.settings
        self._say = context.say
        self._menus = menus
        self._view = view
        self._run = run
        self.guide: HelpWindow | None = None
        self.palette = Palette(window, context.theme)
        self.palette.activated.connect(self._remember_command)
        menus.check(_theme_command(self._theme.choice))
        menus.use_keys(self._settings.preferences.keys)

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            **{_theme_command(name): partial(self.use_theme, name) for name in _THEMES},
            "larger_text": lambda: self._size_text(self._theme.text_size + STEP),
            "smaller_text": lambda: self._size_text(self._theme.text_size - STEP),
            "normal_text": lambda: self._size_text(NORMAL),
            "show_palette": self.show_palette,
            "go_to_field": self.go_to_field,
            "show_help": self.show_help,
            "show_shortcuts": self.show_shortcuts,
            "show_about": self._dialogs.about,
        }

    def use_theme(self, choice: str) -> None:
        """Apply a theme and remember it."""
        self._theme.apply(choice)
        self._settings.update(theme=choice)
        self._menus.check(_theme_command(choice))

    def show_palette(self) -> None:
        """Open the palette with all commands, the fields of the record, and records by number."""
        self._open_palette(
            "Find a command, a field, or a dispute by its number", self._palette_lines
        )

    def go_to_field(self) -> None:
        """Open the palette with the fields of the record."""
        view = self._view()
        if view is not None:
            self._open_palette("Go to a field: its first letters", lambda _typed: field_lines(view))

    def show_help(self) -> None:
        """Open the guide at the page for the focused part of the window."""
        if self.guide is None:
            self.guide = HelpWindow(self._window)
        view = self._view()
        self.guide.keys = self._settings.preferences.keys
        self.guide.show_page(view.help_page() if view else "start")

    def show_shortcuts(self) -> None:
        """Open the dialog of keyboard shortcuts."""
        self._dialogs.shortcuts(self._settings.preferences.keys, self.change_keys)

    def change_keys(self, changed: Keys) -> None:
        """Save the keys that the user changed and use them."""
        self._settings.update(keys=dict(changed))
        self._menus.use_keys(changed)
        view = self._view()
        if view is not None:
            view.desk.keys.use(changed)

    def _size_text(self, percent: int) -> None:
        self._theme.set_text_size(percent)
        self._settings.update(text_size=self._theme.text_size)
        self._say(f"Text at {self._theme.text_size} %")

    def _open_palette(self, prompt: str, source: Source) -> None:
        self.palette.toggle(source, prompt, self._settings.preferences.recent_commands)

    def _palette_lines(self, typed: str) -> list[PaletteLine]:
        lines, view = command_lines(self._menus.actions, self._run), self._view()
        if view is not None:
            lines += [*field_lines(view, "Go to "), *record_lines(view, typed)]
        return lines

    def _remember_command(self, name: str) -> None:
        if name in self._menus.actions:
            recent = self._settings.preferences.recent_commands
            self._settings.update(recent_commands=with_most_recent(recent, name))


def _theme_command(choice: str) -> str:
    return f"theme_{choice}"
