"""Commands on the published tables: select them, compare, report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from mideditor.domain.reports.comparison import Comparison
from mideditor.export.comparison_reports import COMPARISON_FORMATS
from mideditor.files.outputs import Output
from mideditor.files.user_error import UserError
from mideditor.reference.published import PublishedTables
from mideditor.reference.table_files import read_table_files
from mideditor.session.work import in_one_part
from mideditor.ui.actions.chosen_output import chosen_output
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView

REPORTS = {".html": "html", ".htm": "html", ".csv": "csv", ".json": "json", ".txt": "text"}
"""Report formats by file extension."""

_WRITING = "Writing the report"
_SETTINGS_KEY = "published"
_CHOOSE_AGAIN = "Choose the published tables again, or put them away."


class UnknownEnding(UserError):
    """The file extension of a report names no format."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name}: the ending says how the report is written. "
            f"Give the file one of {', '.join(REPORTS)}."
        )


class PublishedCommands:
    """Handles commands on the comparison; remembers the tables for the next project."""

    def __init__(self, view: DeskView, context: CommandContext) -> None:
        self._view = view
        self._dialogs = context.dialogs
        self._scheduler = context.scheduler
        self._settings = context.settings
        self._say = context.say
        self._remembered = _paths(context.settings.window_value(_SETTINGS_KEY))
        view.published.close_requested.connect(self.close_published)

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "compare_published": self.compare_published,
            "report_comparison": self.report_comparison,
        }

    def compare_published(self) -> None:
        """Ask for the tables, read them in the background, and compare."""
        folder = self._remembered[0].parent if self._remembered else self._settings.folder
        paths = self._dialogs.published_tables(folder)
        if not paths:
            return

        def show(tables: PublishedTables) -> None:
            self._remember(paths)
            self._view.published.compare_with(tables)
            self._view.tabs.show_published()

        self._scheduler.run_in_thread(f"Reading {paths[0].name}", read_table_files(paths), show)

    def compare_again(self) -> None:
        """Read the remembered tables in the background and compare; shows errors in the panel."""
        paths, panel = self._remembered, self._view.published
        if not paths:
            return
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            panel.show_error(f"{' and '.join(missing)}: not there any more. {_CHOOSE_AGAIN}")
            return
        self._scheduler.run_in_background(
            read_table_files(paths), panel.compare_with, panel.show_error
        )

    def close_published(self) -> None:
        """End the comparison and forget the tables."""
        self._remember([])
        self._view.published.close_tables()

    def report_comparison(self) -> None:
        """Ask for the target and write the comparison in the background."""
        comparing = self._view.published.full_comparison()
        if comparing is None:
            self._say("The comparison is still being worked out.")
            return
        target = self._dialogs.report_target(self._settings.folder / "comparison.html")
        reading = self._remembered
        output = chosen_output(self._view, target, reading) if target is not None else None
        if output is None:
            return
        self._scheduler.run_in_slices(
            _WRITING, comparing, lambda found: self._write_report(found, output)
        )

    def _write_report(self, found: Comparison, output: Output) -> None:
        def write() -> Path:
            ending = output.path.suffix.lower()
            if ending not in REPORTS:
                raise UnknownEnding(output.path)
            output.write(COMPARISON_FORMATS[REPORTS[ending]](found).encode("utf-8"))
            return output.path

        self._scheduler.run_in_thread(
            _WRITING, in_one_part(write), lambda path: self._say(f"Written to {path}")
        )

    def _remember(self, paths: Sequence[Path]) -> None:
        self._remembered = [path.resolve() for path in paths]
        text = json.dumps([str(path) for path in self._remembered]) if paths else ""
        self._settings.update_window({_SETTINGS_KEY: text})


def _paths(remembered: str) -> list[Path]:
    try:
        return [Path(name) for name in json.loads(remembered or "[]")]
    except (TypeError, ValueError):
        return []
