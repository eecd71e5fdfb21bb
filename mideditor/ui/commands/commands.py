"""The table of commands: one row gives a command its menu, its words, its key and its icon.

To add a command, add its row and a method of that name to `DeskCommands`, or to
`MainWindow` if it works without a project.
"""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = None

HINDRANCES = {
    "project": "no project is open",
    "change": "there is no project that may be changed",
    "record": "no record is chosen",
    "edit": "there is no record that may be changed",
    "undo": "there is nothing to undo",
    "redo": "there is nothing to redo",
    "review": "there are no differences",
    "published": "no published tables were chosen",
    "outside": "no other program changed the file",
}
"""Why a command cannot be used now, by what it needs."""


@dataclass(frozen=True)
class Command:
    """``name`` is its method; ``needs`` is what must be there for it to be enabled:
    '' nothing, 'project' an open one, 'change' one that may be changed, 'record' a chosen one,
    'edit' one that may be changed, 'undo' or 'redo' something to do, 'review' differences with a
    text to decide, 'published' tables to compare with, 'outside' changes that another program made.
    ``choice_of`` groups commands of which one is checked.
    """

    name: str
    title: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = "project"
    choice_of: str = ""

    @property
    def words(self) -> str:
        """The title without the mark of its letter in the menu."""
        return self.title.replace("&", "")


MENUS: dict[str, tuple[Command | None, ...]] = {
    "&File": (
        Command("new_project", "&New project…", ("Ctrl+N",), "new", ""),
        Command("open_project", "&Open project…", ("Ctrl+O",), "open", ""),
        Command("open_sample", "Open the &sample project", (), "sample", ""),
        SEPARATOR,
        Command("import_texts", "&Import chapter texts…", ("Ctrl+I",), "import", "change"),
        Command("export_text", "&Export corrected text…", ("Ctrl+E",), "export"),
        SEPARATOR,
        Command("compare_published", "Compare with &published tables…", (), "published"),
        Command("report_comparison", "Report of the co&mparison…", (), "", "published"),
        Command("report_findings", "Report of the &findings…"),
        Command("choose_state_list", "State &list…"),
        Command("save_work_picture", "Save the &picture of the work…", ()),
        SEPARATOR,
        Command("save", "&Save the project file", ("Ctrl+S",), "save", "change"),
        Command("save_as", "Save &as…", ("Ctrl+Shift+S",)),
        Command("restore_backup", "&Restore from backup…", (), "undo", "change"),
        Command("merge_copy", "&Merge another copy…", (), "", "change"),
        Command("changes_from_outside", "Changes from o&utside…", (), "", "outside"),
        Command("close_project", "&Close project", ("Ctrl+W",)),
        SEPARATOR,
        Command("quit", "&Quit", ("Ctrl+Q",), "quit", ""),
    ),
    "&Edit": (
        Command("undo", "&Undo", ("Ctrl+Z",), "undo", "undo"),
        Command("redo", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", "redo"),
        SEPARATOR,
        Command(
            "commit_field", "&Commit the field", ("Ctrl+Return", "Ctrl+Enter"), "commit", "edit"
        ),
        Command(
            "commit_and_next",
            "Commit and go to the ne&xt record",
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            "next",
            "edit",
        ),
        Command(
            "take_back", "&Take the field back to its original", ("Ctrl+R",), "take-back", "edit"
        ),
        Command("change_several", "Change the c&hosen records…", ("Ctrl+Shift+E",), "", "change"),
        Command("compare_moments", "Record at two &moments…", ("Ctrl+Shift+M",), "", "record"),
        Command("field_history", "&History of the field", ("F7",), "log", "record"),
        Command("ask_about_field", "As&k about the field…", ("Ctrl+Shift+Q",), "help", "edit"),
        Command("answer_question", "Ans&wer the question…", ("Ctrl+Shift+A",), "reason", "record"),
        SEPARATOR,
        Command("switch_kind", "S&witch correction / coding change", ("F4",), "coding", "change"),
        Command("owed_reasons", "Reasons that are o&wed…", ("Ctrl+Shift+R",), "", "change"),
        Command("focus_reason", "R&eason for the next edits", ("F6",), "reason", "change"),
        SEPARATOR,
        Command("focus_filter", "&Filter the records", ("Ctrl+F",), "search"),
        Command("sort_by", "S&ort by…", ("Ctrl+Shift+O",)),
        Command("choose_columns", "Co&lumns…"),
        Command("copy_rows", "Cop&y the chosen rows"),
        Command("keep_view", "&Keep this view…"),
        Command("show_facets", "F&acets beside the table", ("F9",)),
        Command("name_coder", "Coder’s &name…", (), "coder", ""),
    ),
    "&Record": (
        Command("next_record", "&Next record", ("Ctrl+PgDown", "Alt+PgDown"), "next", "project"),
        Command("previous_record", "&Previous record", ("Ctrl+PgUp", "Alt+PgUp"), "previous"),
        SEPARATOR,
        Command("go_to_table", "Go to the &table", ("Ctrl+1",)),
        Command("go_to_form", "Go to the &fields", ("Ctrl+2",), "", "record"),
        Command("go_to_narrative", "Go to the n&arrative", ("Ctrl+3",), "", "record"),
        Command("go_to_coding_changes", "Go to the &coding changes", ("Ctrl+4",), "", "record"),
        Command("go_to_field", "Go to a f&ield…", ("Ctrl+J",), "", "record"),
        Command("go_to_record_log", "Log of the &record", ("Ctrl+5",), "log"),
        Command("go_to_project_log", "&Log of the project", ("Ctrl+6",), "log"),
        Command("show_work", "Picture of the wor&k", ("Ctrl+Shift+T",)),
        Command("review_changes", "Re&view the changes", ("Ctrl+Shift+L",), "review"),
        Command("go_to_source", "Show it in the &source", ("Ctrl+7",), "source", "record"),
        Command("go_to_doubts", "&Doubtful readings", ("Ctrl+8",), "doubts"),
        Command("go_to_review", "&Import review", ("Ctrl+9",), "import", "review"),
        Command("go_to_published", "Published &data set", ("Ctrl+D",), "published", "published"),
        SEPARATOR,
        Command("next_finding", "Next record with a &finding", ("F8",), "warning"),
        Command("go_to_findings", "Findings of the pro&ject", ("Shift+F8",), "warning"),
        Command("mark_coded", "Mark as c&oded and go to the next", ("Ctrl+M",), "review", "edit"),
    ),
    "&Text": (
        Command("find_and_replace", "&Find and replace…", ("Ctrl+H",), "search", "record"),
        Command("find_next", "Next p&lace found", ("F3",), "down", "record"),
        Command("find_previous", "Pre&vious place found", ("Shift+F3",), "up", "record"),
        SEPARATOR,
        Command(
            "show_difference",
            "&Difference against the original",
            ("Ctrl+Shift+D",),
            "source",
            "record",
        ),
        Command("follow_mark", "&Go to the MID at the cursor", ("Alt+Return",), "", "record"),
        Command("mark_evidence", "&Evidence for a field…", ("Ctrl+G",), "", "edit"),
        Command("go_to_evidence", "Evidence &of the field", ("Ctrl+Shift+G",), "", "record"),
        Command("next_misspelling", "&Next word to check", ("Shift+F7",), "", "record"),
        Command("add_to_words", "&Add the word to the word list", ("Ctrl+Shift+W",), "", "edit"),
        SEPARATOR,
        Command("split_paragraph", "&Split the paragraph here", ("Ctrl+Shift+B",), "", "edit"),
        Command("join_paragraph", "&Join with the next paragraph", ("Ctrl+Shift+J",), "", "edit"),
    ),
    "&View": (
        Command("theme_system", "Theme of the &system", (), "", "", "theme"),
        Command("theme_light", "&Light", (), "", "", "theme"),
        Command("theme_dark", "&Dark", (), "", "", "theme"),
        Command("theme_light_contrast", "Light, &high contrast", (), "", "", "theme"),
        Command("theme_dark_contrast", "Dark, h&igh contrast", (), "", "", "theme"),
        SEPARATOR,
        Command("larger_text", "La&rger text", ("Ctrl++", "Ctrl+="), "", ""),
        Command("smaller_text", "S&maller text", ("Ctrl+-",), "", ""),
        Command("normal_text", "&Normal text size", ("Ctrl+0",), "", ""),
    ),
    "&Help": (
        Command("show_palette", "&Command palette…", ("Ctrl+Shift+P", "Ctrl+K"), "search", ""),
        Command("show_help", "&Help for this screen", ("Shift+F1",), "help", ""),
        Command("show_shortcuts", "&Keyboard shortcuts", ("F1",), "help", ""),
        Command("show_about", "&About mideditor", (), "", ""),
    ),
}

MENU_OF: dict[str, str] = {
    command.name: title.replace("&", "")
    for title, commands in MENUS.items()
    for command in commands
    if command is not None
}
"""The menu that a command stands in."""

COMMANDS: dict[str, Command] = {
    command.name: command for menu in MENUS.values() for command in menu if command is not None
}
