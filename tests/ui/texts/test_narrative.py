"""The narrative: marks, spelling, difference from the original, paragraphs, evidence."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry
from mideditor.session.log.logbook import log_lines
from mideditor.session.texts.text_marks import MarkKind
from mideditor.ui.kit.text_editor import TextEditor
from mideditor.ui.look.theme import Theme
from mideditor.ui.texts.narrative_panel import NarrativePanel
from mideditor.ui.texts.text_marks import LOOKS
from tests.ui.conftest import Person, record_of

Key = Qt.Key
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def narrative(person: Person) -> NarrativePanel:
    return person.view.texts.narrative


def write(person: Person, number: int, *paragraphs: str) -> None:
    """Replace the narrative of a record and focus it."""
    record = record_of(person, number)
    session = person.view.desk.session
    session.edit(ChangeKind.CORRECTION, {record: {"narrative": paragraphs}})
    person.view.desk.select(record)
    person.go("narrative")


def paragraphs(person: Person) -> tuple[str, ...]:
    record = person.view.desk.record
    assert isinstance(record, Entry)
    return record.narrative


def put_caret(person: Person, before: str) -> None:
    """Put the caret before the first occurrence of some words."""
    at = person.read("narrative").index(before)
    narrative(person).editor.select_span(at, at)


def caret_is_before(person: Person, words: str) -> bool:
    at = narrative(person).editor.textCursor().position()
    return person.read("narrative")[at:].startswith(words)


def marked(person: Person, kind: MarkKind) -> list[str]:
    text = person.read("narrative")
    return [text[one.start : one.end] for one in narrative(person).marks.marks if one.kind is kind]


def wait_for_dictionary(person: Person) -> None:
    person.bot.waitUntil(lambda: narrative(person).has_dictionary)


class TestLayout:
    def test_lines_have_a_readable_length(self, person: Person) -> None:
        person.window.resize(1920, 1080)
        write(person, 9101, "of the men who had left the harbor in the night " * 12)
        document = narrative(person).editor.document()
        layout = document.begin().layout()
        lengths = [layout.lineAt(line).textLength() for line in range(layout.lineCount())]
        assert 64 <= max(lengths) <= 84

    def test_the_coding_changes_take_no_more_than_their_text(self, person: Person) -> None:
        person.view.desk.select(record_of(person, 9101))
        heights = {9101: person.view.texts.sizes()}
        person.view.desk.select(record_of(person, 9102))
        heights[9102] = person.view.texts.sizes()
        line = QFontMetricsF(person.view.texts.coding_changes.editor.font()).height()
        assert all(lower < 6 * line for _, lower in heights.values())
        assert heights[9101][0] > 5 * heights[9101][1] / 2

    def test_a_moved_splitter_handle_stays(self, person: Person) -> None:
        texts = person.view.texts
        person.view.desk.select(record_of(person, 9101))
        assert texts.saveState().isEmpty()
        texts.moveSplitter(150, 1)
        texts.splitterMoved.emit(150, 1)
        moved = texts.sizes()
        person.view.desk.select(record_of(person, 9102))
        assert texts.sizes() == moved
        assert not texts.saveState().isEmpty()

    def test_committing_keeps_the_caret_position(self, person: Person) -> None:
        write(person, 9101, "One ship sank.", "Two ships fled.")
        put_caret(person, "fled")
        person.type("had ")
        person.ctrl(Key.Key_Return)
        assert paragraphs(person)[1] == "Two ships had fled."
        assert caret_is_before(person, "fled")

    def test_undo_moves_the_caret_to_the_change(self, person: Person) -> None:
        write(person, 9101, "One ship sank. Two ships fled. Nobody was hurt.")
        put_caret(person, "ships")
        person.type("grey ")
        person.ctrl(Key.Key_Return)
        person.ctrl(Key.Key_Home)
        person.ctrl(Key.Key_Z)
        assert caret_is_before(person, "ships fled")


class TestMarks:
    def test_dates_states_and_references_are_marked_while_typing(self, person: Person) -> None:
        write(person, 9101, "Cuba signed on May 2, 1964. See MID#9102.")
        assert marked(person, MarkKind.STATE) == ["Cuba"]
        assert marked(person, MarkKind.DATE) == ["May 2, 1964"]
        assert marked(person, MarkKind.REFERENCE) == ["MID#9102"]
        person.ctrl(Key.Key_End)
        person.type(" and MID 9103")
        assert marked(person, MarkKind.REFERENCE) == ["MID#9102", "MID 9103"]

    def test_marks_do_not_change_the_text(self, person: Person) -> None:
        write(person, 9101, "Cuba signed on May 2, 1964.")
        drawn = narrative(person).editor.extraSelections()
        assert len(drawn) == 2
        assert not narrative(person).is_modified
        assert not narrative(person).editor.document().isUndoAvailable()

    def test_every_kind_of_mark_has_its_own_underline(self, person: Person, theme: Theme) -> None:
        wait_for_dictionary(person)
        write(person, 9101, "Cuba signed on May 2, 1964 the goverment. See MID#9102.")
        for name in ("light", "dark"):
            theme.apply(name)
            drawn = narrative(person).editor.extraSelections()
            assert len({one.format.underlineStyle() for one in drawn}) == len(drawn) == 4
        assert len({look.line for look in LOOKS.values()}) == len(LOOKS) == len(MarkKind)

    def test_the_tool_tip_describes_the_marks(self, person: Person) -> None:
        write(person, 9101, "Cuba signed on May 2, 1964. See MID#9102.")
        text = person.read("narrative")
        marks = narrative(person).marks
        assert "May 2, 1964: a Saturday." in marks.tip(text.index("May") + 2)
        assert "40 Cuba (CUB)" in marks.tip(1)
        assert "January 28, 1964 to March 27, 1964" in marks.tip(text.index("9102"))
        assert marks.tip(text.index("signed") + 2) == ""

    def test_a_key_goes_to_the_referenced_record(self, person: Person) -> None:
        write(person, 9101, "See MID#9102.")
        put_caret(person, "9102")
        person.alt(Key.Key_Return)
        assert person.title() == "MID 9102"
        assert person.view.field_with_focus() == "narrative"

    def test_a_key_describes_the_mark_at_the_caret(self, person: Person) -> None:
        write(person, 9101, "See MID#77, signed on May 2, 1964.")
        put_caret(person, "77")
        person.alt(Key.Key_Return)
        assert person.status() == "MID 77 is not in this project."
        put_caret(person, "May 2")
        person.alt(Key.Key_Return)
        assert person.status() == "May 2, 1964: a Saturday."
        person.ctrl(Key.Key_Home)
        person.alt(Key.Key_Return)
        assert person.status() == "Nothing is marked at the cursor."

    def test_only_a_click_with_ctrl_follows_a_reference(self, person: Person) -> None:
        write(person, 9101, "See MID#9102.")
        editor = narrative(person).editor
        cursor = QTextCursor(editor.document())
        cursor.setPosition(7)
        place = editor.cursorRect(cursor).center() + QPoint(1, 0)
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert person.title() == "MID 9101"
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, Ctrl, place)
        assert person.title() == "MID 9102"


class TestSpelling:
    def test_the_next_word_to_check_is_selected_and_counted(self, person: Person) -> None:
        wait_for_dictionary(person)
        write(person, 9101, "The goverment recieved a note.")
        assert narrative(person).to_check.text() == "2 words to check"
        cursor = narrative(person).editor.textCursor
        person.press(Key.Key_F7, Shift)
        assert cursor().selectedText() == "goverment"
        assert person.status() == "“goverment” may be misspelt. Perhaps “government”?"
        person.press(Key.Key_F7, Shift)
        assert cursor().selectedText() == "recieved"
        person.type("received")
        assert narrative(person).to_check.text() != ""
        person.press(Key.Key_F7, Shift)
        assert cursor().selectedText() == "goverment"

    def test_a_word_is_added_to_the_word_list(self, person: Person) -> None:
        wait_for_dictionary(person)
        write(person, 9101, "The goverment fell.")
        person.press(Key.Key_F7, Shift)
        person.press(Key.Key_W, Ctrl, Shift)
        assert marked(person, MarkKind.SPELLING) == []
        assert narrative(person).to_check.text() == ""
        assert person.view.desk.session.history.words() == {"goverment"}
        assert person.status().startswith("“goverment” is in the project’s word list · step")
        person.press(Key.Key_W, Ctrl, Shift)
        assert person.status() == "No word at the cursor is marked as misspelt."

    def test_the_context_menu_offers_a_correction(self, person: Person) -> None:
        wait_for_dictionary(person)
        write(person, 9101, "The goverment fell. See MID#9102.")
        menu = QMenu()
        menu.addAction("Copy")
        narrative(person).editor.menu_opening.emit(menu, 6)
        offered = {action.text(): action for action in menu.actions()}
        assert list(offered)[:2] == ["Write “government”", "Add “goverment” to the word list"]
        offered["Write “government”"].trigger()
        assert person.read("narrative").startswith("The government fell.")
        other = QMenu()
        other.addAction("Copy")
        narrative(person).editor.menu_opening.emit(other, person.read("narrative").index("9102"))
        other.actions()[0].trigger()
        assert person.title() == "MID 9102"


class TestDifference:
    def test_it_replaces_the_text_and_is_read_only(self, person: Person) -> None:
        write(person, 9101, "Two bombers crossed the coast.", "Nobody was hurt.")
        person.press(Key.Key_D, Ctrl, Shift)
        panel = narrative(person)
        assert panel.shows_difference
        assert panel.difference.typed_text() == (
            "Two bombers crossed the coast and turned back. coast.¶\nNobody was hurt."
        )
        person.type("x")
        assert "x" not in panel.difference.typed_text()
        person.press(Key.Key_Escape)
        assert not panel.shows_difference
        assert panel.editor.hasFocus()
        assert person.read("narrative") == "Two bombers crossed the coast.\nNobody was hurt."

    def test_removed_words_are_struck_through_and_added_ones_underlined(
        self, person: Person
    ) -> None:
        write(person, 9101, "Two planes crossed the coast and turned back. Nobody was hurt.")
        person.press(Key.Key_D, Ctrl, Shift)
        view = narrative(person).difference

        def at(words: str) -> QTextCursor:
            cursor = QTextCursor(view.document())
            cursor.setPosition(view.typed_text().index(words) + 1)
            return cursor

        assert at("bombers").charFormat().fontStrikeOut()
        assert at("planes").charFormat().fontUnderline()
        assert not at("crossed").charFormat().fontUnderline()
        assert not at("crossed").charFormat().fontStrikeOut()

    def test_it_stays_open_for_the_next_record(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed.")
        person.press(Key.Key_D, Ctrl, Shift)
        person.ctrl(Key.Key_PageDown)
        assert person.title() == "MID 9102"
        panel = narrative(person)
        assert panel.shows_difference
        assert panel.difference.hasFocus()
        assert panel.remark_label.text().startswith("Nothing differs")
        assert "trainer" in panel.difference.typed_text()
        person.ctrl(Key.Key_PageDown)
        assert not panel.shows_difference, "a cross-reference has no text"

    def test_pending_text_is_committed_first(self, person: Person) -> None:
        person.view.desk.select(record_of(person, 9101))
        person.go("narrative")
        person.type("Indeed: ")
        person.press(Key.Key_D, Ctrl, Shift)
        assert paragraphs(person)[0].startswith("Indeed: Two")
        assert "Indeed:" in narrative(person).difference.typed_text()

    def test_the_text_can_be_reverted_there(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed.")
        person.press(Key.Key_D, Ctrl, Shift)
        person.ctrl(Key.Key_R)
        assert paragraphs(person)[0].startswith("Two bombers crossed the coast")
        assert narrative(person).remark_label.text().startswith("Nothing differs")


class TestParagraphs:
    def test_a_paragraph_is_split_in_one_step(self, person: Person) -> None:
        write(person, 9101, "One ship sank. Two ships fled. Nobody was hurt.")
        steps = len(person.view.desk.session.history.steps)
        put_caret(person, "fled")
        person.press(Key.Key_B, Ctrl, Shift)
        assert paragraphs(person) == ("One ship sank.", "Two ships fled. Nobody was hurt.")
        assert caret_is_before(person, "Two ships")
        assert len(person.view.desk.session.history.steps) == steps + 1
        last = list(log_lines(person.view.desk.session))[-1]
        assert (last.kind, last.label) == ("correction", "Narrative")
        person.ctrl(Key.Key_Z)
        assert paragraphs(person) == ("One ship sank. Two ships fled. Nobody was hurt.",)

    def test_paragraphs_are_joined_in_one_step(self, person: Person) -> None:
        write(person, 9101, "One ship sank.", "Two ships fled.")
        put_caret(person, "ship sank")
        person.press(Key.Key_J, Ctrl, Shift)
        assert paragraphs(person) == ("One ship sank. Two ships fled.",)
        assert caret_is_before(person, "Two ships")
        person.ctrl(Key.Key_Z)
        assert paragraphs(person) == ("One ship sank.", "Two ships fled.")

    def test_pending_text_is_committed_as_its_own_step(self, person: Person) -> None:
        write(person, 9101, "One ship sank. Two ships fled.")
        put_caret(person, "ships")
        person.type("grey ")
        person.press(Key.Key_B, Ctrl, Shift)
        assert paragraphs(person) == ("One ship sank.", "Two grey ships fled.")
        person.ctrl(Key.Key_Z)
        assert paragraphs(person) == ("One ship sank. Two grey ships fled.",)

    def test_without_effect_there_is_a_message_and_no_step(self, person: Person) -> None:
        write(person, 9101, "One ship sank.")
        steps = len(person.view.desk.session.history.steps)
        person.press(Key.Key_B, Ctrl, Shift)
        assert person.status() == "The sentence begins a paragraph already."
        person.press(Key.Key_J, Ctrl, Shift)
        assert person.status() == "No paragraph follows."
        assert len(person.view.desk.session.history.steps) == steps

    def test_enter_and_backspace_split_and_join(self, person: Person) -> None:
        write(person, 9101, "One ship sank. Two ships fled.")
        put_caret(person, "Two")
        person.press(Key.Key_Return)
        person.ctrl(Key.Key_Return)
        assert paragraphs(person) == ("One ship sank.", "Two ships fled.")
        put_caret(person, "Two")
        person.press(Key.Key_Backspace)
        person.type(" ")
        person.ctrl(Key.Key_Return)
        assert paragraphs(person) == ("One ship sank. Two ships fled.",)


class TestEvidence:
    def mark(self, person: Person, words: str, *keys: Qt.Key) -> None:
        """Select words, press Ctrl+G and the mnemonics of fields in the menu."""
        at = person.read("narrative").index(words)
        narrative(person).editor.select_span(at, at + len(words))
        person.ctrl(Key.Key_G)
        for key in keys:
            menu = narrative(person).evidence.menu
            assert menu is not None
            person.bot.keyClick(menu, key)

    def label(self, person: Person, field: str) -> str:
        return person.view.form.boxes[field].label.text()

    def test_selected_words_are_marked_for_a_field_by_its_mnemonic(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed and turned back. Nobody was hurt.")
        self.mark(person, "turned back", Key.Key_O)
        [one] = person.view.desk.session.record(record_of(person, 9101)).evidence
        assert (one.field, one.quote) == ("outcome", "turned back")
        assert person.status().startswith("Marked as evidence for Outcome · step")
        assert marked(person, MarkKind.EVIDENCE) == ["turned back"]
        assert self.label(person, "outcome") == "Outcome  “…”"
        assert self.label(person, "settlement") == "Settlement"

    def test_a_key_goes_from_the_field_to_its_evidence_and_back(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed and turned back. Nobody was hurt.")
        self.mark(person, "turned back", Key.Key_O)
        self.mark(person, "Nobody was hurt", Key.Key_O)
        person.go("outcome")
        person.press(Key.Key_G, Ctrl, Shift)
        cursor = narrative(person).editor.textCursor
        assert cursor().selectedText() == "turned back"
        assert person.view.field_with_focus() == "narrative"
        person.press(Key.Key_G, Ctrl, Shift)
        assert person.view.field_with_focus() == "outcome"
        person.press(Key.Key_G, Ctrl, Shift)
        assert cursor().selectedText() == "Nobody was hurt"
        person.go("settlement")
        person.press(Key.Key_G, Ctrl, Shift)
        assert person.status().startswith("No words are marked as evidence for Settlement")

    def test_the_same_mnemonic_removes_the_mark(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed and turned back.")
        self.mark(person, "turned back", Key.Key_A)
        assert self.label(person, "side_a") == "Side A  “…”"
        self.mark(person, "turned back", Key.Key_A)
        assert person.view.desk.record is not None
        assert person.view.desk.record.evidence == ()
        assert self.label(person, "side_a") == "Side A"

    def test_lost_evidence_is_a_finding_and_can_be_removed(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed and turned back.")
        self.mark(person, "turned back", Key.Key_O)
        person.ctrl(Key.Key_A)
        person.type("Nothing was seen.")
        person.ctrl(Key.Key_Return)
        assert marked(person, MarkKind.EVIDENCE) == []
        found = person.view.desk.checks.of(record_of(person, 9101))
        assert "lost evidence" in [one.rule for one in found]
        person.ctrl(Key.Key_G)
        menu = narrative(person).evidence.menu
        assert menu is not None
        [action] = menu.actions()
        assert action.text() == "Forget “turned back” for Outcome, which is lost"
        person.bot.keyClick(menu, Key.Key_Down)
        person.bot.keyClick(menu, Key.Key_Return)
        assert person.view.desk.record is not None
        assert person.view.desk.record.evidence == ()

    def test_without_a_selection_there_is_a_message(self, person: Person) -> None:
        write(person, 9101, "Two planes crossed.")
        person.ctrl(Key.Key_G)
        assert person.status() == "Choose the words in the narrative first."


def test_an_editor_keeps_its_caret_when_the_same_text_is_shown_again(person: Person) -> None:
    editor = TextEditor(11, 9)
    person.bot.addWidget(editor)
    editor.show_text("One.\nTwo.", 5)
    assert editor.textCursor().position() == 5
    editor.show_text("One.\nTwo.", 5)
    assert editor.typed_text() == "One.\nTwo."
    assert editor.textCursor().position() == 5
