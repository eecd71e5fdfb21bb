"""The desk on screen: the edit bar, the table with its filter, the form, the texts and the logs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from mideditor.session.session import Changed
from mideditor.session.table.searching import understood
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.edit_bar import EditBar
from mideditor.ui.findings.findings_panel import FindingsPanel
from mideditor.ui.form.record_form import RecordForm
from mideditor.ui.history.changes_panel import ChangesPanel
from mideditor.ui.history.log_panel import LogPanel
from mideditor.ui.history.progress_panel import ProgressPanel
from mideditor.ui.kit.banner import Banner
from mideditor.ui.kit.slices import AT_ONCE, Slices
from mideditor.ui.kit.views_button import ViewsButton
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.comparison_panel import ComparisonPanel
from mideditor.ui.sources.doubts_panel import DoubtsPanel
from mideditor.ui.sources.import_review_panel import ImportReviewPanel
from mideditor.ui.sources.source_panel import SourcePanel
from mideditor.ui.table.facet_panel import FacetPanel
from mideditor.ui.table.record_table import RecordTable
from mideditor.ui.table.search_line import SearchLine
from mideditor.ui.texts.text_panels import TextPanels

_FORM_WIDTH = 400


class DeskView(QWidget):
    """All panels of one open project."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.desk = desk
        self.reading = Slices(self, ahead=True)
        self.preparing = Slices(self, ahead=True)
        self._work_ahead()
        self.banner = Banner(theme)
        self.edit_bar = EditBar(desk, theme)
        self.table = RecordTable(desk, theme)
        self.filter = SearchLine(desk.rows, self.table, theme)
        self.changes = ChangesPanel(desk, theme, self.table.shown_records)
        self.work = ProgressPanel(desk, theme, self.table.shown_records)
        self.facets = FacetPanel(desk.rows, theme)
        self.views = ViewsButton(theme)
        self.facets.hide()
        self.mistake = QLabel()
        self.mistake.setProperty("role", "error")
        self.mistake.setTextFormat(Qt.TextFormat.PlainText)
        self.mistake.hide()
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.form = RecordForm(desk, theme)
        self.texts = TextPanels(desk, theme)
        self.record_log = LogPanel(desk, theme, of_project=False)
        self.project_log = LogPanel(desk, theme, of_project=True)
        self.source = SourcePanel(desk, theme)
        self.doubts = DoubtsPanel(desk, theme)
        self.review = ImportReviewPanel(desk, theme)
        self.published = ComparisonPanel(desk, theme)
        self.findings = FindingsPanel(desk, theme, self.table.shown_records)
        if desk.session.read_only:
            self.edit_bar.hide()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("Texts, logs, source and lists")
        self.tabs.addTab(self.texts, "Text")
        self.tabs.addTab(self.record_log, "Record log")
        self.tabs.addTab(self.project_log, "Project log")
        self.tabs.addTab(self.source, "Source")
        self.tabs.addTab(self.doubts, "")
        self.tabs.addTab(self.review, "")
        self.tabs.addTab(self.published, "")
        self.tabs.addTab(self.findings, "Findings")
        self.lower_half = QSplitter(Qt.Orientation.Horizontal)
        self.above = QStackedWidget()
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.sheet = QSplitter(Qt.Orientation.Horizontal)
        self._assemble()
        self._connect()
        self._show_count(*self.table.shown())

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

    def show_log(self, panel: LogPanel) -> None:
        """Turn to a log and put the cursor there."""
        self.tabs.setCurrentWidget(panel)
        panel.show_log()
        panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_source(self) -> None:
        """Turn to the source, with the field lit up in which the cursor is."""
        field = self.field_with_focus()
        self.tabs.setCurrentWidget(self.source)
        self.source.show_record(field)

    def show_doubts(self) -> None:
        """Turn to the doubtful readings."""
        self.tabs.setCurrentWidget(self.doubts)
        self.doubts.begin()

    def show_review(self) -> None:
        """Turn to what newer texts tell otherwise."""
        self.tabs.setCurrentWidget(self.review)
        self.review.begin()

    def show_published(self) -> None:
        """Turn to the comparison with the published data set."""
        self.tabs.setCurrentWidget(self.published)
        self.published.begin()

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

    def show_findings(self) -> None:
        """Turn to the findings of the whole project."""
        self.tabs.setCurrentWidget(self.findings)
        self.findings.begin()

    def review_changes(self) -> None:
        """Show what coders changed in the place of the records, or the records again."""
        self._switch_above(self.changes)

    def show_work(self) -> None:
        """Show the picture of the work in the place of the records, or the records again."""
        self._switch_above(self.work)

    def _switch_above(self, panel: ChangesPanel | ProgressPanel) -> None:
        if self.above.currentWidget() is panel:
            self.above.setCurrentIndex(0)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.above.setCurrentWidget(panel)
            panel.begin()

    def point_at(self, field: str) -> None:
        """Bring a field into sight, and leave the cursor where it is."""
        if field in self.texts.panels:
            self.tabs.setCurrentWidget(self.texts)
        else:
            self.form.point_at(field)

    def show_facets(self) -> None:
        """Show the facets and put the cursor there, or put them away."""
        shown = self.facets.isHidden()
        self.facets.setVisible(shown)
        if shown:
            self.facets.refresh()
            self.facets.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.table.setFocus()

    def _narrow(self, line: str) -> None:
        mistakes = understood(line).mistakes
        self.mistake.setText(" ".join(mistake.message for mistake in mistakes))
        self.mistake.setVisible(bool(mistakes))
        self.table.narrow(line)
        self.facets.show_line(line)

    def _work_ahead(self) -> None:
        """Make the first keystroke in the filter as quick as the second; then find the findings."""
        total = len(self.desk.session.ids())
        reading, preparing = self.desk.checks.read_ahead(), self.desk.rows.prepare()
        self.reading.run(reading, total, _nothing, self.desk.tell, at_once=AT_ONCE)
        self.preparing.run(preparing, total, _nothing, _nothing)

    def _assemble(self) -> None:
        narrowing = QHBoxLayout()
        narrowing.setSpacing(12)
        narrowing.addWidget(self.filter, 1)
        narrowing.addWidget(self.count)
        narrowing.addWidget(self.views)
        records = QWidget()
        top = QVBoxLayout(records)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        top.addLayout(narrowing)
        top.addWidget(self.mistake)
        top.addWidget(self.table, 1)
        self.above.addWidget(records)
        self.above.addWidget(self.changes)
        self.above.addWidget(self.work)
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
        desk.chosen.connect(self.show_record)
        desk.changed.connect(self._take)
        desk.pointed.connect(self.focus_field)
        desk.failed.connect(self.banner.show_error)
        self.filter.textChanged.connect(self._narrow)
        self.facets.narrowed.connect(self.filter.setText)
        self.changes.pointed.connect(self.point_at)
        self.changes.left.connect(self.review_changes)
        self.work.left.connect(self.show_work)
        self.views.chosen.connect(self.filter.setText)
        self.table.narrowed.connect(self._show_count)
        self.doubts.counted.connect(self._count_doubts)
        self._count_doubts(len(self.doubts.model.items))
        self.review.counted.connect(self._count_differences)
        self._count_differences(0)
        self.published.counted.connect(self._count_published)
        self._count_published(-1)
        self.findings.counted.connect(self._count_findings)
        self._count_findings(self.findings.gathering.open_count)
        self.table.narrowed.connect(lambda *_: self.findings.refresh())
        self.table.narrowed.connect(lambda *_: self.work.refresh())
        self.table.looking.connect(self._show_looking)
        self.facets.failed.connect(desk.tell)
        self.tabs.currentChanged.connect(self._show_tab)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_cursor)
        self.reading.ended.connect(self._show_findings)
        self.findings.slices.ended.connect(self._prepare_findings)

    def _show_findings(self) -> None:
        """Show what the rules can say of the records in sight, now that the project is read."""
        self.form.refresh()
        self.table.viewport().update()

    def _prepare_findings(self) -> None:
        """The same for what needs the findings, now that all are known."""
        total = len(self.desk.session.ids())
        work = self.desk.rows.prepare(checked=True)
        self.preparing.run(work, total, lambda _: self.facets.refresh(), _nothing)

    def _follow_cursor(self) -> None:
        if self.tabs.currentWidget() is self.source and self.field_with_focus() is not None:
            self.source.show_record(self.field_with_focus())

    def _take(self, changed: Changed) -> None:
        if self.desk.record_id in changed.records:
            self.form.refresh()
            for panel in self.texts.panels.values():
                if not panel.is_being_typed:
                    panel.show_record()
            self.texts.share()
        self.facets.refresh()
        self._show_tab()

    def _show_tab(self) -> None:
        """Bring up to date what the tab in front shows; the others wait until they are."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, LogPanel):
            shown.show_log()
        elif shown is self.source:
            self.source.show_record(self.field_with_focus())
        record = self.desk.record_id
        edits = 0 if record is None else len(self.desk.session.history.standing_edits_of(record))
        self.tabs.setTabText(1, f"Record log ({edits})" if edits else "Record log")

    def _count_doubts(self, count: int) -> None:
        title = f"Doubts ({count})" if count else "Doubts"
        self.tabs.setTabText(self.tabs.indexOf(self.doubts), title)

    def _count_differences(self, count: int) -> None:
        """Show the tab of the import review while something in it is to be decided."""
        if not count and self.tabs.currentWidget() is self.review:
            self.tabs.setCurrentWidget(self.texts)
            self.table.setFocus()
        self.tabs.setTabText(self.tabs.indexOf(self.review), f"Import review ({count})")
        self.tabs.setTabVisible(self.tabs.indexOf(self.review), count > 0)

    def _count_published(self, count: int) -> None:
        """Show the tab of the comparison once there is anything to compare with."""
        there = count >= 0
        if not there and self.tabs.currentWidget() is self.published:
            self.tabs.setCurrentWidget(self.texts)
            self.table.setFocus()
        title = f"Published ({count:,})" if count > 0 else "Published"
        self.tabs.setTabText(self.tabs.indexOf(self.published), title)
        self.tabs.setTabVisible(self.tabs.indexOf(self.published), there)

    def _count_findings(self, count: int) -> None:
        title = f"Findings ({count:,})" if count else "Findings"
        self.tabs.setTabText(self.tabs.indexOf(self.findings), title)

    def _show_looking(self, done: int, total: int) -> None:
        self.count.setText(f"Looking: {100 * done // max(total, 1)} %")

    def _show_count(self, shown: int, total: int) -> None:
        noun = "record" if total == 1 else "records"
        of = "" if shown == total else f"{shown:,} of "
        self.count.setText(f"{of}{total:,} {noun}")


def _nothing(_: object) -> None:
    """What is prepared is asked for when it is needed, and so is what went wrong."""
