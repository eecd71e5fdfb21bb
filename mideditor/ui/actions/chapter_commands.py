"""Commands that import, export and save the open project, and keep searches as views."""

from __future__ import annotations

from pathlib import Path

from mideditor.files.outputs import Output
from mideditor.files.project_name import PROJECT_SUFFIX
from mideditor.files.user_error import UserError
from mideditor.session.imports.import_plan import ImportPlan, carry_out, read_texts
from mideditor.session.imports.import_summary import first_lines, plan_summary
from mideditor.session.project.exporting import export
from mideditor.session.work import Work, in_one_part
from mideditor.ui.actions.chosen_output import chosen_output
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView

_NARROWEST_WRAP = 40


class ChapterCommands:
    """Handles import, export, save and saved views."""

    def __init__(self, view: DeskView, context: CommandContext) -> None:
        self._view = view
        self._session = view.desk.session
        self._dialogs = context.dialogs
        self._scheduler = context.scheduler
        self._settings = context.settings
        self._say = context.say
        self._show_views()
        view.views.forgotten.connect(self._forget_view)

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "import_texts": self.import_texts,
            "export_text": self.export_text,
            "save": self.save,
            "keep_view": self.keep_view,
        }

    def import_texts(self) -> None:
        """Ask for texts, read them in the background, and add new records in one step."""
        paths = self._dialogs.texts_to_import(self._settings.folder)
        if not paths:
            return
        self._settings.update(last_folder=paths[0].resolve().parent)
        work = read_texts(self._session, paths)
        self._scheduler.run_in_thread(f"Reading {paths[0].name}", work, self._add_texts)

    def export_text(self) -> None:
        """Ask for the target and format, and write the records in the background."""
        self._view.desk.commit_pending()
        stem = self._session.path.name.removesuffix(PROJECT_SUFFIX)
        chosen = self._dialogs.export_target(self._settings.folder / f"{stem}.txt")
        output = chosen_output(self._view, chosen[0]) if chosen else None
        if chosen is None or output is None:
            return
        format_name = chosen[1]
        width = self._dialogs.line_width() if format_name == "text" else 0
        if width is None:
            return
        wrap = max(width, _NARROWEST_WRAP) if width else None
        self._scheduler.run_in_thread(
            "Exporting",
            self._exported(output, format_name, wrap),
            lambda path: self._say(f"Exported to {path}"),
        )

    def save(self) -> None:
        """Write the project file; all edits are in the journal on disk already."""
        self._view.desk.commit_pending()
        name = self._session.path.name
        work = in_one_part(self._session.save)
        self._scheduler.run_in_thread("Saving", work, lambda _: self._say(f"Saved {name}"))

    def keep_view(self) -> None:
        """Save the search under a name."""
        line = self._view.filter.text().strip()
        if not line:
            self._say("Narrow the table first: then its view can be kept.")
            return
        name = self._dialogs.view_name(line)
        if name:
            self._settings.update(views=self._settings.preferences.views | {name: line})
            self._show_views()
            self._say(f"Kept as “{name}”")

    def _exported(self, output: Output, format_name: str, wrap: int | None) -> Work[Path]:
        output.write((yield from export(self._session, format_name, wrap=wrap)))
        return output.path

    def _forget_view(self, name: str) -> None:
        views = self._settings.preferences.views
        self._settings.update(views={kept: line for kept, line in views.items() if kept != name})
        self._show_views()

    def _show_views(self) -> None:
        self._view.views.show_views(self._settings.preferences.views)

    def _add_texts(self, plan: ImportPlan) -> None:
        view, session = self._view, self._session
        summary = plan_summary(session, plan)
        try:
            step = carry_out(session, plan)
        except UserError as error:
            view.desk.show_error(str(error))
            return
        view.review.offer(plan.newer)
        if step is None and view.review.model.items:
            view.tabs.show_review()
        else:
            view.banner.show_done(first_lines(summary))
        if step is not None:
            existing = session.documents()
            view.desk.select(
                next((c.record for c in step.record_changes if c.record in existing), None)
            )
            view.table.setFocus()
