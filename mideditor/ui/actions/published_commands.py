"""The commands about the published tables: choosing them, remembering them, reporting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from mideditor.domain.reports.comparison import Comparison
from mideditor.export.comparison_reports import COMPARISON_FORMATS
from mideditor.files.user_error import UserError
from mideditor.reference.published import PublishedTables
from mideditor.reference.published_choice import read_chosen
from mideditor.session.project.exporting import write_export
from mideditor.session.work import in_one_part
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView

REPORTS = {".html": "html", ".htm": "html", ".csv": "csv", ".json": "json", ".txt": "text"}
"""The formats of a report by the ending of its file."""

_WRITING = "Writing the report"
_KEPT_AS = "published"
_CHOOSE_AGAIN = "Choose the published tables again, or put them away."


class UnknownEnding(UserError):
    """A report to a file whose ending names no format."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name}: the ending says how the report is written. "
            f"Give the file one of {', '.join(REPORTS)}."
        )


class PublishedCommands:
    """Acts on the comparison of the open project; remembers the tables for the next one."""

    def __init__(self, view: DeskView, context: CommandContext) -> None:
        self._view = view
        self._dialogs = context.dialogs
        self._scheduler = context.scheduler
        self._settings = context.settings
        self._say = context.say
        self._remembered = _paths(context.settings.window_text(_KEPT_AS))
        view.published.unwanted.connect(self.put_published_away)

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "compare_published": self.compare_published,
            "report_comparison": self.report_comparison,
        }

    def compare_published(self) -> None:
        """Ask for the tables, read them beside the window, and compare."""
        folder = self._remembered[0].parent if self._remembered else self._settings.folder
        paths = self._dialogs.published_tables(folder)
        if not paths:
            return

        def show(tables: PublishedTables) -> None:
            self._remember(paths)
            self._view.published.compare_with(tables)
            self._view.tabs.show_published()

        self._scheduler.run_in_thread(f"Reading {paths[0].name}", read_chosen(paths), show)

    def compare_again(self) -> None:
        """Read the tables of the last time unseen, and compare; say in the panel what failed."""
        paths, panel = self._remembered, self._view.published
        if not paths:
            return
        gone = [str(path) for path in paths if not path.exists()]
        if gone:
            panel.show_error(f"{' and '.join(gone)}: not there any more. {_CHOOSE_AGAIN}")
            return
        self._scheduler.run_unseen(read_chosen(paths), panel.compare_with, panel.show_error)

    def put_published_away(self) -> None:
        """Compare no more, and forget the tables."""
        self._remember([])
        self._view.published.put_away()

    def report_comparison(self) -> None:
        """Ask where to, and write the comparison there beside the window."""
        comparing = self._view.published.whole()
        if comparing is None:
            self._say("The comparison is still being worked out.")
            return
        target = self._dialogs.report_target(self._settings.folder / "comparison.html")
        if target is None:
            return
        self._scheduler.run_in_slices(
            _WRITING, comparing, lambda found: self._write_report(found, target)
        )

    def _write_report(self, found: Comparison, target: Path) -> None:
        def write() -> Path:
            if target.suffix.lower() not in REPORTS:
                raise UnknownEnding(target)
            report = COMPARISON_FORMATS[REPORTS[target.suffix.lower()]](found)
            write_export(self._view.desk.session, target, report.encode("utf-8"))
            return target

        self._scheduler.run_in_thread(
            _WRITING, in_one_part(write), lambda path: self._say(f"Written to {path}")
        )

    def _remember(self, paths: Sequence[Path]) -> None:
        self._remembered = [path.resolve() for path in paths]
        text = json.dumps([str(path) for path in self._remembered]) if paths else ""
        self._settings.keep_of_window({_KEPT_AS: text})


def _paths(remembered: str) -> list[Path]:
    try:
        return [Path(name) for name in json.loads(remembered or "[]")]
    except (TypeError, ValueError):
        return []
