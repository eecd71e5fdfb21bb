"""The table of commands: one row defines a command's menu, title, keys and icon.

To add a command, add its row here and its handler to the `handlers` of a class in
`mideditor.ui.actions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SEPARATOR = None


class Needs(Enum):
    """What a command needs to be enabled; the value is shown as the reason if it is disabled."""

    NOTHING = ""
    PROJECT = "no project is open"
    WRITABLE_PROJECT = "there is no project that may be changed"
    RECORD = "no record is chosen"
    WRITABLE_RECORD = "there is no record that may be changed"
    UNDO = "there is nothing to undo"
    REDO = "there is nothing to redo"
    IMPORT_REVIEW = "there are no differences"
    PUBLISHED = "no published tables were chosen"
    OUTSIDE_CHANGES = "no other program changed the file"


@dataclass(frozen=True)
class Command:
    """``name`` is the key of the handler; ``choice_of`` names a group with one checked command."""

    name: str
    title: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Needs = Needs.PROJECT
    choice_of: str = ""

    @property
    def label(self) -> str:
        """The title without the ampersand of its mnemonic."""
        return self.title.replace("&", "")


MENUS: dict[str, tuple[Command | None, ...]] = {
    "&File": (
        Command("new_project", "&New project…", ("Ctrl+N",), "new", Needs.NOTHING),
        Command("open_project", "&Open project…", ("Ctrl+O",), "open", Needs.NOTHING),
        Command("open_sample", "Open the &sample project", (), "sample", Needs.NOTHING),
        SEPARATOR,
        Command(
            "import_texts", "&Import chapter texts…", ("Ctrl+I",), "import", Needs.WRITABLE_PROJECT
        ),
        Command("export_text", "&Export corrected text…", ("Ctrl+E",), "export"),
        SEPARATOR,
        Command("compare_published", "Compare with &published tables…", (), "published"),
        Command("report_comparison", "Report of the co&mparison…", (), "", Needs.PUBLISHED),
        Command("report_findings", "Report of the &findings…"),
        Command("choose_state_list", "State &list…"),
        Command("project_coders", "Co&ders of this project…", (), "coder"),
        Command("save_work_picture", "Save the &picture of the work…", ()),
        SEPARATOR,
        Command("save", "&Save the project file", ("Ctrl+S",), "save", Needs.WRITABLE_PROJECT),
        Command("save_as", "Save &as…", ("Ctrl+Shift+S",)),
        Command("restore_backup", "&Restore from backup…", (), "undo", Needs.WRITABLE_PROJECT),
        Command("merge_copy", "&Merge another copy…", (), "", Needs.WRITABLE_PROJECT),
        Command("changes_from_outside", "Changes from o&utside…", (), "", Needs.OUTSIDE_CHANGES),
        Command("close_project", "&Close project", ("Ctrl+W",)),
        SEPARATOR,
        Command("quit", "&Quit", ("Ctrl+Q",), "quit", Needs.NOTHING),
    ),
    "&Edit": (
        Command("undo", "&Undo", ("Ctrl+Z",), "undo", Needs.UNDO),
        Command("redo", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", Needs.REDO),
        SEPARATOR,
        Command(
            "commit_field",
            "&Commit the field",
            ("Ctrl+Return", "Ctrl+Enter"),
            "commit",
            Needs.WRITABLE_RECORD,
        ),
        Command(
            "commit_and_next",
            "Commit and go to the ne&xt record",
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            "next",
            Needs.WRITABLE_RECORD,
        ),
        Command(
            "take_back",
            "&Take the field back to its original",
            ("Ctrl+R",),
            "take-back",
            Needs.WRITABLE_RECORD,
        ),
        Command(
            "change_several",
            "Change the c&hosen records…",
            ("Ctrl+Shift+E",),
            "",
            Needs.WRITABLE_PROJECT,
        ),
        Command("compare_moments", "Record at two &moments…", ("Ctrl+Shift+M",), "", Needs.RECORD),
        Command("field_history", "&History of the field", ("F7",), "log", Needs.RECORD),
        Command(
            "ask_about_field",
            "As&k about the field…",
            ("Ctrl+Shift+Q",),
            "help",
            Needs.WRITABLE_RECORD,
        ),
        Command(
            "answer_question", "Ans&wer the question…", ("Ctrl+Shift+A",), "reason", Needs.RECORD
        ),
        SEPARATOR,
        Command(
            "switch_kind",
            "S&witch correction / coding change",
            ("F4",),
            "coding",
            Needs.WRITABLE_PROJECT,
        ),
        Command(
            "owed_reasons", "Reasons that are o&wed…", ("Ctrl+Shift+R",), "", Needs.WRITABLE_PROJECT
        ),
        Command(
            "focus_reason", "R&eason for the next edits", ("F6",), "reason", Needs.WRITABLE_PROJECT
        ),
        SEPARATOR,
        Command("focus_filter", "&Filter the records", ("Ctrl+F",), "search"),
        Command("sort_by", "S&ort by…", ("Ctrl+Shift+O",)),
        Command("choose_columns", "Co&lumns…"),
        Command("copy_rows", "Cop&y the chosen rows"),
        Command("keep_view", "&Keep this view…"),
        Command("show_facets", "F&acets beside the table", ("F9",)),
        Command("name_coder", "Coder’s &name…", (), "coder", Needs.NOTHING),
    ),
    "&Record": (
        Command(
            "next_record", "&Next record", ("Ctrl+PgDown", "Alt+PgDown"), "next", Needs.PROJECT
        ),
        Command("previous_record", "&Previous record", ("Ctrl+PgUp", "Alt+PgUp"), "previous"),
        SEPARATOR,
        Command("go_to_table", "Go to the &table", ("Ctrl+1",)),
        Command("go_to_form", "Go to the &fields", ("Ctrl+2",), "", Needs.RECORD),
        Command("go_to_narrative", "Go to the n&arrative", ("Ctrl+3",), "", Needs.RECORD),
        Command("go_to_coding_changes", "Go to the &coding changes", ("Ctrl+4",), "", Needs.RECORD),
        Command("go_to_field", "Go to a f&ield…", ("Ctrl+J",), "", Needs.RECORD),
        Command("go_to_record_log", "Log of the &record", ("Ctrl+5",), "log"),
        Command("go_to_project_log", "&Log of the project", ("Ctrl+6",), "log"),
        Command("show_work", "Picture of the wor&k", ("Ctrl+Shift+T",)),
        Command("review_changes", "Re&view the changes", ("Ctrl+Shift+L",), "review"),
        Command("go_to_source", "Show it in the &source", ("Ctrl+7",), "source", Needs.RECORD),
        Command("go_to_doubts", "&Doubtful readings", ("Ctrl+8",), "doubts"),
        Command("go_to_review", "&Import review", ("Ctrl+9",), "import", Needs.IMPORT_REVIEW),
        Command(
            "go_to_published", "Published &data set", ("Ctrl+D",), "published", Needs.PUBLISHED
        ),
        SEPARATOR,
        Command("next_finding", "Next record with a &finding", ("F8",), "warning"),
        Command("go_to_findings", "Findings of the pro&ject", ("Shift+F8",), "warning"),
        Command(
            "mark_coded",
            "Mark as c&oded and go to the next",
            ("Ctrl+M",),
            "review",
            Needs.WRITABLE_RECORD,
        ),
    ),
    "&Text": (
        Command("find_and_replace", "&Find and replace…", ("Ctrl+H",), "search", Needs.RECORD),
        Command("find_next", "Next p&lace found", ("F3",), "down", Needs.RECORD),
        Command("find_previous", "Pre&vious place found", ("Shift+F3",), "up", Needs.RECORD),
        SEPARATOR,
        Command(
            "show_difference",
            "&Difference against the original",
            ("Ctrl+Shift+D",),
            "source",
            Needs.RECORD,
        ),
        Command("follow_mark", "&Go to the MID at the cursor", ("Alt+Return",), "", Needs.RECORD),
        Command("mark_evidence", "&Evidence for a field…", ("Ctrl+G",), "", Needs.WRITABLE_RECORD),
        Command("go_to_evidence", "Evidence &of the field", ("Ctrl+Shift+G",), "", Needs.RECORD),
        Command("next_misspelling", "&Next word to check", ("Shift+F7",), "", Needs.RECORD),
        Command(
            "add_to_words",
            "&Add the word to the word list",
            ("Ctrl+Shift+W",),
            "",
            Needs.WRITABLE_RECORD,
        ),
        SEPARATOR,
        Command(
            "split_paragraph",
            "&Split the paragraph here",
            ("Ctrl+Shift+B",),
            "",
            Needs.WRITABLE_RECORD,
        ),
        Command(
            "join_paragraph",
            "&Join with the next paragraph",
            ("Ctrl+Shift+J",),
            "",
            Needs.WRITABLE_RECORD,
        ),
    ),
    "&View": (
        Command("theme_system", "Theme of the &system", (), "", Needs.NOTHING, "theme"),
        Command("theme_light", "&Light", (), "", Needs.NOTHING, "theme"),
        Command("theme_dark", "&Dark", (), "", Needs.NOTHING, "theme"),
        Command("theme_light_contrast", "Light, &high contrast", (), "", Needs.NOTHING, "theme"),
        Command("theme_dark_contrast", "Dark, h&igh contrast", (), "", Needs.NOTHING, "theme"),
        SEPARATOR,
        Command("larger_text", "La&rger text", ("Ctrl++", "Ctrl+="), "", Needs.NOTHING),
        Command("smaller_text", "S&maller text", ("Ctrl+-",), "", Needs.NOTHING),
        Command("normal_text", "&Normal text size", ("Ctrl+0",), "", Needs.NOTHING),
    ),
    "&Help": (
        Command(
            "show_palette", "&Command palette…", ("Ctrl+Shift+P", "Ctrl+K"), "search", Needs.NOTHING
        ),
        Command("show_help", "&Help for this screen", ("Shift+F1",), "help", Needs.NOTHING),
        Command("show_shortcuts", "&Keyboard shortcuts", ("F1",), "help", Needs.NOTHING),
        Command("show_about", "&About mideditor", (), "", Needs.NOTHING),
    ),
}

MENU_OF: dict[str, str] = {
    command.name: title.replace("&", "")
    for title, commands in MENUS.items()
    for command in commands
    if command is not None
}
"""The title of each command's menu."""

COMMANDS: dict[str, Command] = {
    command.name: command for menu in MENUS.values() for command in menu if command is not None
}
