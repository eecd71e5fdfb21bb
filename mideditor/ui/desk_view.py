"""The view of the open project: edit bar, records, form and tabs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mideditor.session.session import Changed
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.commands.commands import Needs
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.edit_bar import EditBar
from mideditor.ui.desk_records import DeskRecords
from mideditor.ui.desk_tabs import DeskTabs
from mideditor.ui.form.record_form import RecordForm
from mideditor.ui.kit.banner import Banner
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme
from mideditor.ui.settings import as_state, as_text

_FORM_WIDTH = 400


class DeskView(QWidget):
    """All panels of an open project.

    `state_changed` is emitted when commands may have become available or unavailable.
    """

    state_changed = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.desk = desk
        self.reading = desk.scheduler.lane(self, background=True)
        self.preparing = desk.scheduler.lane(self, background=True)
        self._start_background_work()
        self.banner = Banner(theme)
        self.edit_bar = EditBar(desk, theme)
        self.records = records = DeskRecords(desk, theme)
        self.table, self.filter, self.count = records.table, records.filter, records.count_label
        self.facets, self.views = records.facets, records.views
        self.search_error = records.search_error
        self.changes, self.progress = records.changes, records.progress
        self.form = RecordForm(desk, theme)
        self.tabs = tabs = DeskTabs(desk, theme, self.table.shown_records)
        self.texts, self.source = tabs.texts, tabs.source
        self.record_log, self.project_log = tabs.record_log, tabs.project_log
        self.doubts, self.review = tabs.doubts, tabs.review
        self.published, self.findings = tabs.published, tabs.findings
        if desk.session.read_only:
            self.edit_bar.hide()
        self.lower_half = QSplitter(Qt.Orientation.Horizontal)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.content = QSplitter(Qt.Orientation.Horizontal)
        self._assemble()
        self._connect()

    def show_record(self) -> None:
        """Show the current record in every panel."""
        self.form.show_record()
        self.texts.show_record()
        self._update_tab()

    def focus_field(self, field: str, quote: str = "") -> None:
        """Focus a field in the form or the texts, and select the quoted words in it."""
        if field in self.texts.panels:
            self.tabs.setCurrentWidget(self.texts)
            self.texts.panels[field].take_focus(quote)
        else:
            self.form.focus(field)

    def field_with_focus(self) -> str | None:
        """The name of the focused field."""
        for name, panel in self.texts.panels.items():
            if panel.has_focus():
                return name
        return self.form.field_with_focus()

    def commit_field(self) -> None:
        """Commit pending text in the form and the texts."""
        self.form.commit_pending()
        for panel in self.texts.panels.values():
            panel.commit_pending()

    def help_page(self) -> str:
        """The page of the guide for the focused part of the desk."""
        pages = (
            (self.changes, "history"),
            (self.records, "table"),
            (self.facets, "table"),
            (self.form, "fields"),
            (self.edit_bar, "kinds"),
            (self.texts, "texts"),
            (self.record_log, "history"),
            (self.project_log, "history"),
            (self.source, "import"),
            (self.doubts, "import"),
            (self.review, "import"),
            (self.published, "published"),
            (self.findings, "findings"),
        )
        focused = self.window().focusWidget()
        return next(
            (page for part, page in pages if focused and part.isAncestorOf(focused)), "start"
        )

    def highlight_field(self, field: str) -> None:
        """Show and highlight a field without focusing it."""
        if field in self.texts.panels:
            self.tabs.setCurrentWidget(self.texts)
        else:
            self.form.highlight(field)

    def focus_form(self) -> None:
        """Focus the first field of the form."""
        if self.form.boxes:
            self.form.focus(next(iter(self.form.boxes)))

    def step_record(self, by: int) -> None:
        """Move a number of rows in the table and keep the same field focused."""
        field = self.field_with_focus()
        if not self.table.step(by):
            self.desk.say("This is the last record." if by > 0 else "This is the first record.")
        elif field is not None:
            self.focus_field(field)

    def available(self) -> set[Needs]:
        """The needs of commands that are met here, except changes from outside."""
        session, writable = self.desk.session, not self.desk.session.read_only
        has_record = self.desk.record_id is not None
        is_met = {
            Needs.NOTHING: True,
            Needs.PROJECT: True,
            Needs.WRITABLE_PROJECT: writable,
            Needs.RECORD: has_record,
            Needs.WRITABLE_RECORD: writable and has_record,
            Needs.IMPORT_REVIEW: bool(self.review.model.items),
            Needs.PUBLISHED: self.published.is_shown,
            Needs.UNDO: writable and session.history.next_undo_of_anyone() is not None,
            Needs.REDO: writable and session.history.next_redo(session.author) is not None,
        }
        return {need for need, met in is_met.items() if met}

    def layout_state(self) -> dict[str, str]:
        """The layout of panels and columns, as text by part."""
        states = {name: as_text(part.saveState()) for name, part in self._parts().items()}
        names = " ".join(column.name for column in RECORD_COLUMNS)
        return states | {"order": self.table.saved_order(), "known": names}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        """Restore a layout from an earlier `layout_state`."""
        for name, part in self._parts().items():
            part.restoreState(as_state(state.get(name, "")))
        self.table.hide_new_columns(state.get("known", "").split())
        self.table.restore_order(state.get("order", ""))

    # Helpers, in call order

    def _parts(self) -> dict[str, QSplitter | QHeaderView]:
        return {
            "halves": self.halves,
            "lower_half": self.lower_half,
            "texts": self.texts,
            "columns": self.table.horizontalHeader(),
        }

    def _start_background_work(self) -> None:
        """Read all records and build the search index in the background, to make searches fast."""
        reading, preparing = self.desk.checks.read_ahead(), self.desk.rows.prepare()
        self.reading.run(reading, _ignore, self.desk.show_failure, at_once=True)
        self.preparing.run(preparing, _ignore, _ignore)

    def _assemble(self) -> None:
        for splitter, parts, sizes in (
            (self.lower_half, (self.form, self.tabs), [480, 700]),
            (self.halves, (self.records, self.lower_half), [250, 470]),
        ):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(10)
            for part in parts:
                splitter.addWidget(part)
            splitter.setStretchFactor(1, 1)
            splitter.setSizes(sizes)
        self.form.setMinimumWidth(_FORM_WIDTH)
        max_width = round(_FORM_WIDTH * 1.1)  # with large text the texts need space, too
        FollowTextSize(
            self.form, lambda _: self.form.setMinimumWidth(min(scaled(_FORM_WIDTH), max_width))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self.edit_bar)
        layout.addWidget(self.banner)
        self.content.setChildrenCollapsible(False)
        self.content.setHandleWidth(10)
        self.content.addWidget(self.facets)
        self.content.addWidget(self.halves)
        self.content.setStretchFactor(1, 1)
        layout.addWidget(self.content, 1)

    def _connect(self) -> None:
        desk = self.desk
        desk.record_selected.connect(self.show_record)
        desk.changed.connect(self._on_changed)
        desk.focus_requested.connect(self.focus_field)
        desk.failed.connect(self.banner.show_error)
        self.changes.field_selected.connect(self.highlight_field)
        self.tabs.state_changed.connect(self.state_changed)
        self.tabs.current_hidden.connect(self.table.setFocus)
        self.table.filtered.connect(lambda *_: self.findings.refresh())
        self.tabs.currentChanged.connect(self._update_tab)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self.reading.ended.connect(self._on_records_read)
        self.findings.lane.ended.connect(self._index_findings)

    def _on_records_read(self) -> None:
        """Show the findings of the visible records, once all records are read."""
        self.form.show_findings()
        self.table.viewport().update()

    def _index_findings(self) -> None:
        """Add the findings to the search index, once they are all known."""
        work = self.desk.rows.prepare(checked=True)
        self.preparing.run(work, lambda _: self.facets.refresh(), _ignore)

    def _on_focus_changed(self) -> None:
        self.tabs.follow_focus(self.field_with_focus())

    def _on_changed(self, changed: Changed) -> None:
        if self.desk.record_id in changed.records:
            self.form.show_changed(changed)
            self.texts.show_changed(changed)
        self.facets.refresh()
        self._update_tab()

    def _update_tab(self) -> None:
        """Update the current tab; the others are updated when they become current."""
        self.tabs.refresh(self.field_with_focus())


def _ignore(_: object) -> None:
    """Discard a result or error of background work; it comes up again when it is needed."""
