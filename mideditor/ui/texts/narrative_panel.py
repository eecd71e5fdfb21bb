"""The narrative: text with marks, difference from the original, and find bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.paragraph_breaks import join_paragraphs, split_paragraph
from mideditor.domain.record import Evidence
from mideditor.domain.steps import Step
from mideditor.session.texts.spelling_marks import Misspelling, Spelling, load_words
from mideditor.session.texts.text_marks import Mark, MarkKind, describe_mark, target_of, text_marks
from mideditor.session.work import in_one_part
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.plain import plain_caption
from mideditor.ui.look.theme import Theme
from mideditor.ui.texts.difference_view import DifferenceView
from mideditor.ui.texts.evidence_marker import EvidenceMarker
from mideditor.ui.texts.find_bar import FindBar
from mideditor.ui.texts.text_marks import TextMarks
from mideditor.ui.texts.text_panel import TextPanel

_IS_DIFFERENCE = "The difference against the original, to be read only. Esc goes back to the text."
_NO_DIFFERENCE = "Nothing differs from the original. Esc goes back to the text."


class NarrativePanel(TextPanel):
    """The narrative of the current record. ``marks`` are the marks in its text."""

    points = 11.5
    gap = 9

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(FIELDS["narrative"], desk, theme)
        self.difference = DifferenceView(self.points, self.gap, theme, self.field.label)
        self.marks = TextMarks(self.editor, theme, self._marks_of, self._describe)
        self.find_bar = FindBar(desk.keys, theme)
        self.evidence = EvidenceMarker(self.editor, desk)
        self.to_check = QLabel()
        self.to_check.setProperty("role", "quiet")
        self.spelling = Spelling(desk.session)
        self.has_dictionary = False
        self._counting = desk.scheduler.lane(self, ahead=True)
        self._stack = QStackedWidget()
        self._assemble_narrative()
        self.marks.followed.connect(self._follow)
        self.editor.menu_wanted.connect(self._extend_menu)
        self.difference.closed.connect(self.toggle_difference)
        desk.changed.connect(self._count_again)
        self._count_words()

    @property
    def shows_difference(self) -> bool:
        """Whether the difference is shown instead of the text."""
        return self._stack.currentWidget() is self.difference

    @property
    @override
    def shown_fields(self) -> tuple[str, ...]:
        """The text and the fields that are marked in it."""
        return (self.field.name, "doubts", "evidence")

    @override
    def show_record(self, caret: int | None = None) -> None:
        with self.marks.deferred():
            super().show_record(caret)
        self._count_words_to_check()
        if self.shows_difference:
            self._fill_difference()

    @override
    def has_focus(self) -> bool:
        return self.editor.hasFocus() or self.difference.hasFocus()

    @override
    def take_focus(self, quote: str = "") -> None:
        if self.shows_difference and not quote:
            self.difference.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._stack.setCurrentWidget(self.editor)
        super().take_focus(quote)

    def toggle_difference(self) -> None:
        """Toggle between the text and its difference from the original."""
        self.commit_pending()
        show = not self.shows_difference and self.editor.isEnabled()
        shown = self.difference if show else self.editor
        self._stack.setCurrentWidget(shown)
        if show:
            self._fill_difference()
        else:
            self.show_remark(self.remark())
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def split(self) -> None:
        """Start a new paragraph at the sentence with the caret."""
        self._reshape(split_paragraph, "The sentence begins a paragraph already.")

    def join(self) -> None:
        """Join the paragraph with the caret and the next one."""
        self._reshape(join_paragraphs, "No paragraph follows.")

    def mark_evidence(self) -> None:
        """Open the menu of fields that the selected words can be evidence for."""
        self.commit_pending()
        if self.can_be_edited and not self.is_modified and not self.shows_difference:
            self.evidence.open_menu()

    def follow(self) -> None:
        """Go to the record or field of the mark at the caret, or describe the mark."""
        marks = self.marks.at(self.editor.textCursor().position())
        if not marks:
            self.desk.say("Nothing is marked at the cursor.")
            return
        references = [mark for mark in marks if mark.kind is MarkKind.REFERENCE]
        evidence = [mark.what for mark in marks if isinstance(mark.what, Evidence)]
        if references:
            self._follow(references[0])
        elif evidence and self.desk.record_id is not None:
            self.desk.go_to(self.desk.record_id, evidence[0].field)
        else:
            self.desk.say(" · ".join(map(self._describe, marks)).replace("\n", " "))

    def add_word(self) -> None:
        """Add the possibly misspelt word at the caret to the word list."""
        found = self._misspelling(self.editor.textCursor().position())
        if found is None:
            self.desk.say("No word at the cursor is marked as misspelt.")
        else:
            self._add_to_word_list(found)

    def next_word(self) -> None:
        """Select the next possibly misspelt word, wrapping around."""
        found = [mark for mark in self.marks.marks if mark.kind is MarkKind.SPELLING]
        at = self.editor.textCursor().selectionEnd()
        mark = next((mark for mark in found if mark.start >= at), next(iter(found), None))
        if mark is None:
            message = (
                "No word looks misspelt here." if self.has_dictionary else "Words are being read."
            )
            self.desk.say(message)
            return
        self.take_focus(self.editor.typed_text()[mark.start : mark.end])
        self.editor.choose(mark.start, mark.end)
        self.desk.say(self._describe(mark))

    def _assemble_narrative(self) -> None:
        self.heading_row.addStretch()
        self.heading_row.addWidget(self.to_check)
        layout = self.box
        at = layout.indexOf(self.editor)
        layout.removeWidget(self.editor)
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self.difference)
        layout.insertWidget(at, self.find_bar)
        layout.insertWidget(at + 1, self._stack, 1)

    def _fill_difference(self) -> None:
        record = self.desk.record_id
        if record is None or not self.editor.isEnabled():
            self._stack.setCurrentWidget(self.editor)
            return
        versions = self.desk.session.original(record), self.desk.session.record(record)
        old, new = (printed_value(self.field, getattr(one, self.field.name)) for one in versions)
        self.difference.show_difference(old, new)
        self.show_remark(_IS_DIFFERENCE if old != new else _NO_DIFFERENCE)

    def _reshape(self, change: Callable[[str, int], tuple[str, int] | None], message: str) -> None:
        self.commit_pending()
        if self.is_modified or not self.can_be_edited or self.shows_difference:
            return
        result = change(self.editor.typed_text(), self.editor.textCursor().position())
        if result is None:
            self.desk.say(message)
        elif self.commit_text(result[0]):
            self.show_record(result[1])

    def _marks_of(self, text: str) -> list[Mark]:
        record = self.desk.record_id
        if record is None or not text:
            return []
        spelling = self.spelling if self.has_dictionary and self.spelling.is_counted else None
        return text_marks(self.desk.session, record, self.field.name, text, spelling)

    def _describe(self, mark: Mark) -> str:
        return describe_mark(self.desk.session, self.desk.record_id or 0, mark)

    def _follow(self, mark: Mark) -> None:
        target = target_of(self.desk.session, mark)
        if target is None:
            self.desk.say(self._describe(mark))
        else:
            self.desk.go_to(target, self.field.name)

    def _misspelling(self, position: int) -> Misspelling | None:
        found = (mark.what for mark in self.marks.at(position))
        return next((what for what in found if isinstance(what, Misspelling)), None)

    def _add_to_word_list(self, found: Misspelling) -> None:
        step = self.desk.attempt(lambda: self.desk.session.add_word(found.word))
        if isinstance(step, Step):
            self.desk.say(
                f"“{found.word}” is in the project’s word list · step {step.number}, on disk"
            )
        self._marks_changed()

    def _extend_menu(self, menu: QMenu, position: int) -> None:
        """Insert actions for the marks at a position at the top of its context menu."""
        actions = [
            self._reference_action(menu, mark)
            for mark in self.marks.at(position)
            if mark.kind is MarkKind.REFERENCE
        ]
        found = self._misspelling(position)
        if found is not None and self.can_be_edited:
            if found.meant:
                write = QAction(plain_caption(f"Write “{found.meant}”"), menu)
                write.triggered.connect(
                    lambda: self.editor.retype(found.start, found.end, found.meant)
                )
                actions.append(write)
            add = QAction(plain_caption(f"Add “{found.word}” to the word list"), menu)
            add.triggered.connect(lambda: self._add_to_word_list(found))
            actions.append(add)
        if actions:
            first = menu.actions()[0]
            menu.insertActions(first, actions)
            menu.insertSeparator(first)

    def _reference_action(self, menu: QMenu, mark: Mark) -> QAction:
        words = self.editor.typed_text()[mark.start : mark.end]
        go = QAction(plain_caption(f"Go to {words}"), menu)
        go.setEnabled(target_of(self.desk.session, mark) is not None)
        go.triggered.connect(lambda: self._follow(mark))
        return go

    def _count_words(self) -> None:
        work = self.spelling.count_all()
        self._counting.run(work, lambda _: self._use_counts(), self.desk.show_failure)

    def _use_counts(self) -> None:
        if self.has_dictionary:
            self._marks_changed()
        else:
            loading = in_one_part(load_words)
            self.desk.scheduler.run_unseen(
                loading, self._on_dictionary_loaded, self.desk.show_error
            )

    def _on_dictionary_loaded(self, _: object) -> None:
        self.has_dictionary = True
        self._marks_changed()

    def _count_again(self) -> None:
        if not self.spelling.is_counted and not self._counting.running:
            self._count_words()

    def _marks_changed(self) -> None:
        self.marks.refresh()
        self._count_words_to_check()

    def _count_words_to_check(self) -> None:
        count = sum(mark.kind is MarkKind.SPELLING for mark in self.marks.marks)
        self.to_check.setText(f"{quantity(count, 'word')} to check" if count else "")
