"""Finding and replacing in the texts of the desk: from place to place, or all at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt

from mideditor.domain.counting import quantity
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.session import Changed
from mideditor.session.texts.replacing_text import (
    MOST_HITS,
    TEXTS,
    FindQuery,
    Hit,
    TextSearch,
    replace_words,
)
from mideditor.session.work import run_now
from mideditor.ui.desk.desk import Desk
from mideditor.ui.texts.find_bar import FindBar
from mideditor.ui.texts.replace_dialog import ReplaceDialog
from mideditor.ui.texts.text_marks import TextMarks
from mideditor.ui.texts.text_panel import TextPanel

_MOST_COUNTED = 2_000
"""Places that are counted while one types; more are hardly what is wanted."""

_Stop = tuple[RecordId, int, int]
"""A place in the order of the project: the record, the field, the character of its text."""

_Scope = tuple[FindQuery, RecordId | None]
"""What was searched for, in one record or in all."""


class FindReplace(QObject):
    """Serves one find bar over the text panels. ``dialog`` is the preview while it is open."""

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
        self._last = TEXTS[0]
        self._bar = bar
        self._marks = marks
        self._panels = panels
        bar.changed.connect(self.refresh)
        bar.stepped.connect(self.step)
        bar.replaced.connect(self.replace_one)
        bar.replaced_all.connect(self.replace_all)
        bar.closed.connect(self.close)
        desk.record_selected.connect(lambda _: self.refresh())
        desk.changed.connect(self._search_again)
        if desk.session.read_only:
            bar.lock()

    def begin(self) -> None:
        """Open the bar; words that are selected in a text are to be found."""
        selected = [panel.editor.textCursor().selectedText() for panel in self._panels().values()]
        self._bar.begin(next((words for words in selected if 0 < len(words) < 80), ""))
        self.refresh()

    def close(self) -> None:
        """Close the bar and go back to the text."""
        self._bar.hide()
        self._marks.show_hits(())
        self._panels()["narrative"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Mark and count what is to be found."""
        if self._bar.isHidden():
            return
        wanted = self._bar.wanted()
        self._marks.show_hits(wanted.spans(self._panels()["narrative"].editor.typed_text()))
        self._bar.count.setText(self._counted(wanted))

    def step(self, by: int) -> None:
        """Go to the next place, or with -1 to the one before; from the last to the first."""
        if not self._bar.words.text():
            self.begin()
            return
        self._commit()
        hits = self._hits(MOST_HITS)
        if not hits:
            self._desk.say(f"“{self._bar.words.text()}” was not found.")
            return
        stops = [self._stop(hit) for hit in hits]
        at = bisect_right(stops, self._here()) if by > 0 else bisect_left(stops, self._here()) - 1
        if not 0 <= at < len(hits):
            self._desk.say("From the beginning again." if by > 0 else "From the end again.")
        self._show(hits[at % len(hits)])

    def replace_one(self) -> None:
        """Replace the place that is selected and go to the next; without one go there first."""
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
            self._bar.settle()
            start = self._stop(here[0])[2] + len(new)
            self._panels()[here[0].field].editor.choose(start, start)
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
            self._bar.settle()
            records = quantity(len({change.record for change in step.changes}), "record")
            self._desk.say(f"Replaced in {records} · step {step.number}, on disk")

    def _counted(self, wanted: FindQuery) -> str:
        if not wanted.words:
            return ""
        hits = self._hits(_MOST_COUNTED + 1)
        if len(hits) > _MOST_COUNTED:
            return f"more than {_MOST_COUNTED:,} places"
        places = quantity(len(hits), "place")
        records = len({hit.record for hit in hits})
        in_records = f" in {records} records" if records > 1 else ""
        return f"{places}{in_records}" if hits else "not found"

    def _hits(self, most: int) -> list[Hit]:
        """The places in the scope of the bar, in the order of the project."""
        desk = self._desk
        everywhere = self._bar.in_project.isChecked()
        if everywhere:
            records: Sequence[RecordId] = desk.session.ids()
        else:
            records = [] if desk.record_id is None else [desk.record_id]
        scope = self._bar.wanted(), None if everywhere else desk.record_id
        if self._found is not None and self._found[0] == scope:
            _, asked, found = self._found
            if len(found) < asked or asked >= most:
                return found[:most]
        found = self._search.hits(self._bar.wanted(), records, most)
        self._found = scope, most, found
        return found

    def _search_again(self, changed: Changed) -> None:
        """Search again after a step that has touched what is found, or its title."""
        if any(changed.touches(record, *TEXTS, "dispute_number") for record in changed.records):
            self._found = None
            self.refresh()

    def _commit(self) -> None:
        for panel in self._panels().values():
            panel.commit_pending()

    def _stop(self, hit: Hit) -> _Stop:
        """Where a hit stands; in the record on the desk, in the text as it is shown."""
        at = hit.at
        if hit.field == "coding_changes" and hit.record == self._desk.record_id:
            shown = self._panels()[hit.field].editor.typed_text()
            at = max(0, shown.find(hit.text)) + hit.start
        return hit.record, TEXTS.index(hit.field), at

    def _here(self) -> _Stop:
        """Where the cursor is, or was last; before everything where it is in no text."""
        panels = self._panels()
        field = next((f for f, panel in panels.items() if panel.editor.hasFocus()), self._last)
        start = panels[field].editor.textCursor().selectionStart()
        if not panels[field].editor.textCursor().hasSelection():
            start -= 1
        return self._desk.record_id or 0, TEXTS.index(field), start

    def _is_selected(self, hit: Hit) -> bool:
        record, _, at = self._stop(hit)
        cursor = self._panels()[hit.field].editor.textCursor()
        return (
            record == self._desk.record_id
            and cursor.selectedText() == hit.words
            and (cursor.selectionStart() == at)
        )

    def _show(self, hit: Hit) -> None:
        self._last = hit.field
        self._desk.select(hit.record)
        at = self._stop(hit)[2]
        self._panels()[hit.field].editor.choose(at, at + len(hit.words))
