"""The table of commands: one row gives a command its menu, its words, its key and its icon.

To add a command, add its row and a method of that name to `DeskCommands`, or to
`MainWindow` if it works without a project.
"""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = None


@dataclass(frozen=True)
class Command:
    """``name`` is its method; ``needs`` is what must be there for it to be enabled:
    '' nothing, 'project' an open one, 'change' one that may be changed, 'record' a chosen one,
    'edit' one that may be changed, 'undo' or 'redo' something to do, 'review' differences with a
    text to decide, 'outside' changes that another program made.
    ``choice_of`` groups commands of which one is checked.
    """

    name: str
    title: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = "project"
    choice_of: str = ""


MENUS: dict[str, tuple[Command | None, ...]] = {
    "&File": (
        Command("new_project", "&New project…", ("Ctrl+N",), "new", ""),
        Command("open_project", "&Open project…", ("Ctrl+O",), "open", ""),
        Command("open_sample", "Open the &sample project", (), "sample", ""),
        SEPARATOR,
        Command("import_texts", "&Import chapter texts…", ("Ctrl+I",), "import", "change"),
        Command("export_text", "&Export corrected text…", ("Ctrl+E",), "export"),
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
            "take_back", "&Take the field back to its original", ("Ctrl+R",), "take-back", "edit"
        ),
        SEPARATOR,
        Command("switch_kind", "S&witch correction / coding change", ("F4",), "coding", "change"),
        Command("focus_reason", "R&eason for the next edits", ("F6",), "reason", "change"),
        SEPARATOR,
        Command("focus_filter", "&Filter the records", ("Ctrl+F",), "search"),
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
        Command("go_to_record_log", "Log of the &record", ("Ctrl+5",), "log"),
        Command("go_to_project_log", "&Log of the project", ("Ctrl+6",), "log"),
        Command("go_to_source", "Show it in the &source", ("Ctrl+7",), "source", "record"),
        Command("go_to_doubts", "&Doubtful readings", ("Ctrl+8",), "doubts"),
        Command("go_to_review", "&Import review", ("Ctrl+9",), "import", "review"),
        SEPARATOR,
        Command("next_finding", "Next record with a &finding", ("F8",), "warning"),
        Command("mark_coded", "Mark as c&oded and go to the next", ("Ctrl+M",), "review", "edit"),
    ),
    "&View": (
        Command("theme_system", "Theme of the &system", (), "", "", "theme"),
        Command("theme_light", "&Light", (), "", "", "theme"),
        Command("theme_dark", "&Dark", (), "", "", "theme"),
    ),
    "&Help": (
        Command("show_shortcuts", "&Keyboard shortcuts", ("F1",), "help", ""),
        Command("show_about", "&About mideditor", (), "", ""),
    ),
}

COMMANDS: dict[str, Command] = {
    command.name: command for menu in MENUS.values() for command in menu if command is not None
}
