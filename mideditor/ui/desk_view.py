"""The open project on screen: the edit bar, the records, the form, and the tabs beside it."""

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
    """All panels of one open project.

    `state_changed` says that commands may have become available, or may be so no longer.
    """

    state_changed = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.desk = desk
        self.reading = desk.scheduler.lane(self, ahead=True)
        self.preparing = desk.scheduler.lane(self, ahead=True)
        self._work_ahead()
        self.banner = Banner(theme)
        self.edit_bar = EditBar(desk, theme)
        self.above = above = DeskRecords(desk, theme)
        self.table, self.filter, self.count = above.table, above.filter, above.count_label
        self.facets, self.views, self.mistake = above.facets, above.views, above.mistake
        self.changes, self.progress = above.changes, above.progress
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
        self.sheet = QSplitter(Qt.Orientation.Horizontal)
        self._assemble()
        self._connect()

    def show_record(self) -> None:
        """Show the record on the desk in every panel."""
        self.form.show_record()
        self.texts.show_record()
        self._show_tab()

    def focus_field(self, field: str, quote: str = "") -> None:
        """Put the cursor into a field, wherever it is shown, and choose the quoted words there."""
        if field in self.texts.panels:
            self.tabs.setCurrentWidget(self.texts)
            self.texts.panels[field].take_focus(quote)
        else:
            self.form.focus(field)

    def field_with_focus(self) -> str | None:
        """The field in which the cursor is."""
        for name, panel in self.texts.panels.items():
            if panel.has_focus():
                return name
        return self.form.field_with_focus()

    def commit_field(self) -> None:
        """Commit the field in which the cursor is."""
        self.form.commit_pending()
        for panel in self.texts.panels.values():
            panel.commit_pending()

    def help_page(self) -> str:
        """The page of the guide for the part of the desk in which the cursor is."""
        pages = (
            (self.changes, "history"),
            (self.above, "table"),
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
        )
        cursor = self.window().focusWidget()
        return next((page for part, page in pages if cursor and part.isAncestorOf(cursor)), "start")

    def point_at(self, field: str) -> None:
        """Bring a field into sight, and leave the cursor where it is."""
        if field in self.texts.panels:
            self.tabs.setCurrentWidget(self.texts)
        else:
            self.form.highlight(field)

    def focus_form(self) -> None:
        """Put the focus into the first field of the form."""
        if self.form.boxes:
            self.form.focus(next(iter(self.form.boxes)))

    def step_in_field(self, by: int) -> None:
        """Go so many rows down, with the focus in the same field."""
        field = self.field_with_focus()
        if not self.table.step(by):
            self.desk.say("This is the last record." if by > 0 else "This is the first record.")
        elif field is not None:
            self.focus_field(field)

    def available(self) -> set[Needs]:
        """What commands find here that they may need, but for changes from outside."""
        session, writable = self.desk.session, not self.desk.session.read_only
        has_record = self.desk.record_id is not None
        there = {
            Needs.NOTHING: True,
            Needs.PROJECT: True,
            Needs.WRITABLE_PROJECT: writable,
            Needs.RECORD: has_record,
            Needs.WRITABLE_RECORD: writable and has_record,
            Needs.IMPORT_REVIEW: bool(self.review.model.items),
            Needs.PUBLISHED: self.published.is_shown,
            Needs.UNDO: writable and session.history.next_undo is not None,
            Needs.REDO: writable and session.history.next_redo is not None,
        }
        return {need for need, is_there in there.items() if is_there}

    def layout_state(self) -> dict[str, str]:
        """How the user has arranged the panels and columns, by part, as text."""
        states = {name: as_text(part.saveState()) for name, part in self._parts().items()}
        return states | {"order": self.table.kept_order()}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        """Arrange panels and columns as in an earlier `layout_state`."""
        for name, part in self._parts().items():
            part.restoreState(as_state(state.get(name, "")))
        self.table.keep_order(state.get("order", ""))

    # Helpers, in call order

    def _parts(self) -> dict[str, QSplitter | QHeaderView]:
        return {
            "halves": self.halves,
            "lower_half": self.lower_half,
            "texts": self.texts,
            "columns": self.table.horizontalHeader(),
        }

    def _work_ahead(self) -> None:
        """Make the first keystroke in the filter as quick as the second; then find the findings."""
        reading, preparing = self.desk.checks.read_ahead(), self.desk.rows.prepare()
        self.reading.run(reading, _nothing, self.desk.show_failure, at_once=True)
        self.preparing.run(preparing, _nothing, _nothing)

    def _assemble(self) -> None:
        for splitter, parts, sizes in (
            (self.lower_half, (self.form, self.tabs), [480, 700]),
            (self.halves, (self.above, self.lower_half), [250, 470]),
        ):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(10)
            for part in parts:
                splitter.addWidget(part)
            splitter.setStretchFactor(1, 1)
            splitter.setSizes(sizes)
        self.form.setMinimumWidth(_FORM_WIDTH)
        widest = round(_FORM_WIDTH * 1.1)  # with large text the texts need the room, too
        FollowTextSize(
            self.form, lambda _: self.form.setMinimumWidth(min(scaled(_FORM_WIDTH), widest))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self.edit_bar)
        layout.addWidget(self.banner)
        self.sheet.setChildrenCollapsible(False)
        self.sheet.setHandleWidth(10)
        self.sheet.addWidget(self.facets)
        self.sheet.addWidget(self.halves)
        self.sheet.setStretchFactor(1, 1)
        layout.addWidget(self.sheet, 1)

    def _connect(self) -> None:
        desk = self.desk
        desk.record_selected.connect(self.show_record)
        desk.changed.connect(self._take)
        desk.focus_requested.connect(self.focus_field)
        desk.failed.connect(self.banner.show_error)
        self.changes.field_selected.connect(self.point_at)
        self.tabs.counted.connect(self.state_changed)
        self.tabs.emptied.connect(self.table.setFocus)
        self.table.narrowed.connect(lambda *_: self.findings.refresh())
        self.tabs.currentChanged.connect(self._show_tab)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_cursor)
        self.reading.ended.connect(self._show_findings)
        self.findings.lane.ended.connect(self._prepare_findings)

    def _show_findings(self) -> None:
        """Show what the rules can say of the records in sight, now that the project is read."""
        self.form.show_findings()
        self.table.viewport().update()

    def _prepare_findings(self) -> None:
        """The same for what needs the findings, now that all are known."""
        work = self.desk.rows.prepare(checked=True)
        self.preparing.run(work, lambda _: self.facets.refresh(), _nothing)

    def _follow_cursor(self) -> None:
        self.tabs.follow_focus(self.field_with_focus())

    def _take(self, changed: Changed) -> None:
        if self.desk.record_id in changed.records:
            self.form.show_changed(changed)
            self.texts.show_changed(changed)
        self.facets.refresh()
        self._show_tab()

    def _show_tab(self) -> None:
        """Update the tab in front; the others wait until they are."""
        self.tabs.refresh(self.field_with_focus())


def _nothing(_: object) -> None:
    """What is prepared is asked for when it is needed, and so is what went wrong."""
