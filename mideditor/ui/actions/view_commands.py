"""The commands of how the window looks and is found one's way in, by the command table's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from mideditor.ui.actions.help_window import HelpWindow
from mideditor.ui.actions.palette import Palette, PaletteLine, Source, with_latest
from mideditor.ui.actions.palette_lines import command_lines, field_lines, record_lines
from mideditor.ui.commands.keys import Keys, keys_in_use
from mideditor.ui.look.text_size import NORMAL, STEP

if TYPE_CHECKING:
    from mideditor.ui.window import MainWindow


class ViewCommands:
    """Acts on the window: its theme and text size, the palette, the guide and the keys."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.guide: HelpWindow | None = None
        self.palette = Palette(window, window.theme)
        self.palette.chosen.connect(self._remember_command)

    def theme_system(self) -> None:
        """Follow the system."""
        self._wear("system")

    def theme_light(self) -> None:
        """Wear the light theme."""
        self._wear("light")

    def theme_dark(self) -> None:
        """Wear the dark theme."""
        self._wear("dark")

    def theme_light_contrast(self) -> None:
        """Wear the light theme of high contrast."""
        self._wear("light_contrast")

    def theme_dark_contrast(self) -> None:
        """Wear the dark theme of high contrast."""
        self._wear("dark_contrast")

    def larger_text(self) -> None:
        """Write everything larger."""
        self._size_text(self._window.theme.text_size + STEP)

    def smaller_text(self) -> None:
        """Write everything smaller."""
        self._size_text(self._window.theme.text_size - STEP)

    def normal_text(self) -> None:
        """Write everything in the normal size."""
        self._size_text(NORMAL)

    def show_palette(self) -> None:
        """Offer every command, every field of the record, and records by their number."""
        self._offer("Find a command, a field, or a dispute by its number", self._palette_lines)

    def go_to_field(self) -> None:
        """Offer the fields of the record."""
        view = self._window.view
        if view is not None:
            self._offer("Go to a field: its first letters", lambda _typed: field_lines(view))

    def show_help(self) -> None:
        """Open the guide at the page of what has the cursor."""
        if self.guide is None:
            self.guide = HelpWindow(self._window)
        self.guide.keys = self._window.preferences.keys
        self.guide.show_page(self._window.view.help_page() if self._window.view else "start")

    def show_shortcuts(self) -> None:
        """List the keys, and let them be changed."""
        self._window.dialogs.shortcuts(self._window.preferences.keys, self.change_keys)

    def show_about(self) -> None:
        """Say what the program is."""
        self._window.dialogs.about()

    def give_keys(self) -> None:
        """Give every command the keys that the user chose for it, else its own."""
        for name, keys in keys_in_use(self._window.preferences.keys).items():
            self._window.actions_by_name[name].setShortcuts([QKeySequence(key) for key in keys])

    def change_keys(self, changed: Keys) -> None:
        """Keep what the user chose, and give it to the commands."""
        self._window.prefer(keys=dict(changed))
        self.give_keys()
        if self._window.view is not None:
            self._window.view.desk.keys.use(changed)

    def _wear(self, choice: str) -> None:
        self._window.theme.put_on(choice)
        self._window.prefer(theme=choice)
        self._window.actions_by_name[f"theme_{choice}"].setChecked(True)

    def _size_text(self, percent: int) -> None:
        self._window.theme.size_text(percent)
        self._window.prefer(text_size=self._window.theme.text_size)
        self._window.say(f"Text at {self._window.theme.text_size} %")

    def _offer(self, prompt: str, source: Source) -> None:
        self.palette.offer(source, prompt, self._window.preferences.recent_commands)

    def _palette_lines(self, typed: str) -> list[PaletteLine]:
        lines = command_lines(self._window.actions_by_name, self._window.run)
        if self._window.view is not None:
            lines += [
                *field_lines(self._window.view, "Go to "),
                *record_lines(self._window.view, typed),
            ]
        return lines

    def _remember_command(self, name: str) -> None:
        if name in self._window.actions_by_name:
            self._window.prefer(
                recent_commands=with_latest(self._window.preferences.recent_commands, name)
            )
