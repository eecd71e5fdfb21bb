"""Find and replace in the texts: match by match, or all matches at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt

from mideditor.domain.counting import quantity
from mideditor.domain.fields import text_fields
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.session import Changed
from mideditor.session.texts.replacing_text import (
    MOST_HITS,
    FindQuery,
    Hit,
    TextSearch,
    replace_words,
)
from mideditor.session.undoing import records_of
from mideditor.session.work import run_now
from mideditor.ui.desk.desk import Desk
from mideditor.ui.texts.find_bar import FindBar
from mideditor.ui.texts.replace_dialog import ReplaceDialog
from mideditor.ui.texts.text_marks import TextMarks
from mideditor.ui.texts.text_panel import TextPanel

_MOST_COUNTED = 2_000
"""The maximum number of matches that are counted while the user types."""

_Position = tuple[RecordId, int, int]
"""A sortable position: the record, the index of the field, the offset in its text."""

_Scope = tuple[FindQuery, RecordId | None]
"""A query and the record to search, None for all records."""


class FindReplace(QObject):
    """Connects a find bar to the text panels. ``dialog`` is the open preview of Replace all."""

    def __init__(
        self,
        desk: Desk,
        bar: FindBar,
        marks: TextMarks,
        panels: Callable[[], Mapping[str, TextPanel]],
    ) -> None:
        super().__init__(bar)
        self.dialog: ReplaceDialog | None = None
        self._desk = desk
        self._search = TextSearch(desk.session)
        self._found: tuple[_Scope, int, list[Hit]] | None = None
        self._last_field = text_fields()[0]
        self._bar = bar
        self._marks = marks
        self._panels = panels
        bar.changed.connect(self.refresh)
        bar.stepped.connect(self.step)
        bar.replaced.connect(self.replace_one)
        bar.replaced_all.connect(self.replace_all)
        bar.closed.connect(self.close)
        desk.record_selected.connect(lambda _: self.refresh())
        desk.changed.connect(self._on_changed)
        if desk.session.read_only:
            bar.lock()

    def begin(self) -> None:
        """Open the bar, with the selected words of a text as words to find."""
        selected = [panel.editor.textCursor().selectedText() for panel in self._panels().values()]
        self._bar.begin(next((words for words in selected if 0 < len(words) < 80), ""))
        self.refresh()

    def close(self) -> None:
        """Close the bar and focus the narrative."""
        self._bar.hide()
        self._marks.show_hits(())
        self._panels()["narrative"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Highlight and count the matches."""
        if self._bar.isHidden():
            return
        query = self._bar.query()
        self._marks.show_hits(query.spans(self._panels()["narrative"].editor.typed_text()))
        self._bar.count.setText(self._count_text(query))

    def step(self, by: int) -> None:
        """Go to the next match, with -1 to the previous one, wrapping around."""
        if not self._bar.words.text():
            self.begin()
            return
        self._commit()
        hits = self._hits(MOST_HITS)
        if not hits:
            self._desk.say(f"“{self._bar.words.text()}” was not found.")
            return
        positions = [self._position(hit) for hit in hits]
        current = self._current_position()
        at = bisect_right(positions, current) if by > 0 else bisect_left(positions, current) - 1
        if not 0 <= at < len(hits):
            self._desk.say("From the beginning again." if by > 0 else "From the end again.")
        self._show(hits[at % len(hits)])

    def replace_one(self) -> None:
        """Replace the selected match, if any, and go to the next one."""
        self._commit()
        here = [hit for hit in self._hits(MOST_HITS) if self._is_selected(hit)]
        if here and not self._desk.session.read_only:
            desk, new = self._desk, self._bar.replacement.text()
            work = replace_words(
                desk.session, here[:1], new, reason=desk.reason, citation=desk.citation
            )
            step = desk.attempt(lambda: run_now(work))
            if not isinstance(step, Step):
                return
            self._bar.clear_undo()
            start = self._position(here[0])[2] + len(new)
            self._panels()[here[0].field].editor.select_span(start, start)
        self.step(1)

    def replace_all(self) -> None:
        """Show what replacing all would make of each place, to be done as one step."""
        self._commit()
        hits = self._hits(MOST_HITS)
        if not hits:
            self._desk.say(f"“{self._bar.words.text()}” was not found.")
            return
        self.dialog = ReplaceDialog(
            self._bar.window(), self._desk, hits, self._bar.replacement.text()
        )
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.finished.connect(self._take_result)
        self.dialog.open()

    def _take_result(self) -> None:
        dialog, self.dialog = self.dialog, None
        step = dialog.step if dialog is not None else None
        if step is None:
            self._bar.words.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._bar.clear_undo()
            records = quantity(records_of(step), "record")
            self._desk.say(f"Replaced in {records} · step {step.number}, on disk")

    def _count_text(self, query: FindQuery) -> str:
        if not query.words:
            return ""
        hits = self._hits(_MOST_COUNTED + 1)
        if len(hits) > _MOST_COUNTED:
            return f"more than {_MOST_COUNTED:,} places"
        places = quantity(len(hits), "place")
        records = len({hit.record for hit in hits})
        in_records = f" in {records} records" if records > 1 else ""
        return f"{places}{in_records}" if hits else "not found"

    def _hits(self, most: int) -> list[Hit]:
        """Up to ``most`` matches in the scope of the bar, in the order of the project."""
        desk = self._desk
        everywhere = self._bar.in_project.isChecked()
        if everywhere:
            records: Sequence[RecordId] = desk.session.ids()
        else:
            records = [] if desk.record_id is None else [desk.record_id]
        scope = self._bar.query(), None if everywhere else desk.record_id
        if self._found is not None and self._found[0] == scope:
            _, limit, found = self._found
            if len(found) < limit or limit >= most:
                return found[:most]
        found = self._search.hits(self._bar.query(), records, most)
        self._found = scope, most, found
        return found

    def _on_changed(self, changed: Changed) -> None:
        """Search again after a step that changed a text or a title."""
        if any(
            changed.touches(record, *text_fields(), "dispute_number") for record in changed.records
        ):
            self._found = None
            self.refresh()

    def _commit(self) -> None:
        for panel in self._panels().values():
            panel.commit_pending()

    def _position(self, hit: Hit) -> _Position:
        """The position of a match; in the current record, in the text as it is shown."""
        at = hit.at
        if hit.field == "coding_changes" and hit.record == self._desk.record_id:
            shown = self._panels()[hit.field].editor.typed_text()
            at = max(0, shown.find(hit.text)) + hit.start
        return hit.record, text_fields().index(hit.field), at

    def _current_position(self) -> _Position:
        """The position of the caret in the focused text, or in the last one with a match."""
        panels = self._panels()
        field = next(
            (f for f, panel in panels.items() if panel.editor.hasFocus()), self._last_field
        )
        start = panels[field].editor.textCursor().selectionStart()
        if not panels[field].editor.textCursor().hasSelection():
            start -= 1
        return self._desk.record_id or 0, text_fields().index(field), start

    def _is_selected(self, hit: Hit) -> bool:
        record, _, at = self._position(hit)
        cursor = self._panels()[hit.field].editor.textCursor()
        return (
            record == self._desk.record_id
            and cursor.selectedText() == hit.words
            and (cursor.selectionStart() == at)
        )

    def _show(self, hit: Hit) -> None:
        self._last_field = hit.field
        self._desk.select(hit.record)
        at = self._position(hit)[2]
        self._panels()[hit.field].editor.select_span(at, at + len(hit.words))
