"""Commands that move between records, fields and panels; none of them changes a record."""

from __future__ import annotations

from functools import partial

from mideditor.domain.counting import quantity
from mideditor.session.table.copied_rows import Copied, copy_rows
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView
from mideditor.ui.kit.clipboard import copy_to_clipboard


class NavigationCommands:
    """Moves the focus and shows panels of the open project."""

    def __init__(self, view: DeskView, context: CommandContext) -> None:
        self._view = view
        self._say = context.say
        self._scheduler = context.scheduler

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        view, records, tabs = self._view, self._view.records, self._view.tabs
        return {
            "focus_filter": records.focus_filter,
            "sort_by": records.offer_columns,
            "choose_columns": records.offer_columns,
            "copy_rows": self.copy_rows,
            "show_work": records.show_progress,
            "review_changes": records.show_changes,
            "show_facets": records.show_facets,
            "next_record": partial(view.step_record, 1),
            "previous_record": partial(view.step_record, -1),
            "next_finding": self.next_finding,
            "go_to_table": records.focus_table,
            "go_to_form": view.focus_form,
            "go_to_narrative": partial(view.focus_field, "narrative"),
            "go_to_coding_changes": partial(view.focus_field, "coding_changes"),
            "go_to_record_log": partial(tabs.show_log, tabs.record_log),
            "go_to_project_log": partial(tabs.show_log, tabs.project_log),
            "go_to_source": lambda: tabs.show_source(view.field_with_focus()),
            "go_to_doubts": tabs.show_doubts,
            "go_to_review": tabs.show_review,
            "go_to_findings": tabs.show_findings,
            "go_to_published": tabs.show_published,
        }

    def copy_rows(self) -> None:
        """Copy the selected rows to the clipboard, with all visible columns."""
        desk, table = self._view.desk, self._view.table
        records = table.selected_records()
        if not records:
            self._say("Choose the rows to copy first.")
            return
        work = copy_rows(desk.session, desk.rows, records, table.shown_columns())
        label = f"Copying {quantity(len(records), 'row', separator=',')}"
        self._scheduler.run_in_slices(label, work, self._put_on_clipboard, desk.show_failure)

    def next_finding(self) -> None:
        """Go to the next record with a finding, wrapping around at the end of the table."""
        view = self._view
        if not view.table.step_to_finding() or view.desk.record_id is None:
            self._say("No record in the table has a finding.")
            return
        finding = view.desk.checks.of(view.desk.record_id)[0]
        view.focus_field(finding.field, finding.quote)
        self._say(finding.message)

    def _put_on_clipboard(self, copied: Copied) -> None:
        copy_to_clipboard(copied.text, copied.html)
        self._say(f"{quantity(copied.count, 'row', separator=',')} copied")
