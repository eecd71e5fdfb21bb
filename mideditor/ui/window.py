"""The main window: menus and keys from the command table, one project on the desk at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.codes import ReviewState
from mideditor.domain.fields import FIELDS
from mideditor.domain.steps import StepKind
from mideditor.files.replacing import replace_file
from mideditor.files.trouble import Trouble
from mideditor.session.exporting import export
from mideditor.session.import_plan import ImportPlan, carry_out, read_texts
from mideditor.session.import_summary import first_lines, plan_summary
from mideditor.session.importing import Progress
from mideditor.session.preferences import Preferences
from mideditor.session.sample import sample_copy
from mideditor.session.session import Session
from mideditor.store.project_store import PROJECT_SUFFIX
from mideditor.ui.commands import MENUS, Command
from mideditor.ui.desk import Desk
from mideditor.ui.desk_view import DeskView
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.icons import icon
from mideditor.ui.jobs import Jobs
from mideditor.ui.theme import Theme
from mideditor.ui.welcome import Welcome

_NARROWEST_WRAP = 40


class MainWindow(QMainWindow):
    """Each public method without arguments is a command of the table."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        dialogs: Callable[[QWidget], Dialogs] = Dialogs,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.preferences = preferences
        self.dialogs = dialogs(self)
        self.view: DeskView | None = None
        self.actions_by_name: dict[str, QAction] = {}
        self.jobs = Jobs()
        self._welcome = Welcome(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._coder = QPushButton()
        self._file = QLabel()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(960, 620)
        self._make_menus()
        self._make_status_bar()
        self._connect()
        self._restore_window()
        self._show_state()

    # File

    def new_project(self) -> None:
        """Ask where, and open an empty project there."""
        path = self.dialogs.new_project(self._folder())
        if path is not None:
            self.open(path, create=True)

    def open_project(self) -> None:
        """Ask which project, and open it."""
        path = self.dialogs.project_to_open(self._folder())
        if path is not None:
            self.open(path)

    def open_sample(self) -> None:
        """Open the user's own copy of the sample project."""
        try:
            self.open(sample_copy())
        except Trouble as trouble:
            self._tell_trouble(str(trouble))

    def open(self, path: Path, *, create: bool = False) -> bool:
        """Put the project at ``path`` on the desk; False, with the user told, where that fails."""
        if not self.close_project():
            return False
        try:
            session = Session.open(path, self.preferences.signature, create=create)
        except Trouble as trouble:
            self._tell_trouble(str(trouble))
            return False
        self._lay_on_desk(session)
        folder = path.resolve().parent
        self._prefer(last_project=path.resolve(), last_folder=folder)
        return True

    def close_project(self) -> bool:
        """Save and close the open project; False where the user or the disk is against it."""
        view = self.view
        if view is None:
            return True
        view.desk.leaving.emit()
        self.jobs.wait()
        if view.desk.drafts and not self.dialogs.leave_drafts(self._drafts_in_words(view.desk)):
            return False
        try:
            view.desk.session.close()
        except Trouble as trouble:
            self._tell_trouble(str(trouble))
            return False
        self._remember_desk(view)
        self.view = None
        self.statusBar().clearMessage()
        self._stack.removeWidget(view)
        view.deleteLater()
        self._show_state()
        return True

    def import_texts(self) -> None:
        """Ask which texts, read them beside the window, and add what is new in one step."""
        view = self.view
        paths = self.dialogs.texts_to_import(self._folder()) if view else []
        if view is None or not paths:
            return
        self._prefer(last_folder=paths[0].resolve().parent)
        session = view.desk.session

        def read(progress: Progress) -> ImportPlan:
            return read_texts(session, paths, progress)

        self.jobs.run(f"Reading {paths[0].name}", read, self._add_texts)

    def export_text(self) -> None:
        """Ask where to and how, and write the records beside the window."""
        view = self.view
        if view is None:
            return
        view.desk.leaving.emit()
        stem = view.desk.session.path.name.removesuffix(PROJECT_SUFFIX)
        chosen = self.dialogs.export_target(self._folder() / f"{stem}.txt")
        width = self.dialogs.line_width() if chosen and chosen[1] == "text" else 0
        if chosen is None or width is None:
            return
        target, format_name = chosen
        wrap = max(width, _NARROWEST_WRAP) if width else None
        session = view.desk.session

        def write(progress: Progress) -> Path:
            replace_file(target, export(session, format_name, progress, wrap=wrap))
            return target

        self.jobs.run("Exporting", write, lambda path: self._say(f"Exported to {path}"))

    def save(self) -> None:
        """Bring the project file up to date; every edit is on disk already."""
        view = self.view
        if view is None:
            return
        view.desk.leaving.emit()
        session = view.desk.session

        def write(progress: Progress) -> Path:
            progress(0, 1)
            session.save()
            return session.path

        self.jobs.run("Saving", write, lambda path: self._say(f"Saved {path.name}"))

    def quit(self) -> None:
        """Close the window."""
        self.close()

    # Edit

    def undo(self) -> None:
        """Take back the last step."""
        self._on_desk(Desk.undo)

    def redo(self) -> None:
        """Make the last undone step again."""
        self._on_desk(Desk.redo)

    def commit_field(self) -> None:
        """Commit the field in which the cursor is."""
        if self.view:
            self.view.commit_field()

    def take_back(self) -> None:
        """Give the field in which the cursor is its original value."""
        field = self.view.field_with_focus() if self.view else None
        if self.view is None or field is None:
            self._say("Put the cursor into the field to take back.")
            return
        box = self.view.form.boxes.get(field) or self.view.texts.panels[field]
        box.take_back()

    def switch_kind(self) -> None:
        """Correction to coding change, or back."""
        if self.view:
            desk = self.view.desk
            coding = desk.kind is StepKind.CODING
            desk.choose_kind(StepKind.CORRECTION if coding else StepKind.CODING)
            self._say(f"Edits are now recorded as {desk.kind.label}s")

    def focus_reason(self) -> None:
        """Put the cursor into the reason."""
        if self.view:
            self.view.edit_bar.focus_reason()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        if self.view:
            self.view.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.view.filter.selectAll()

    def name_coder(self) -> None:
        """Ask who signs the steps."""
        name = self.dialogs.coder_name(self.preferences.signature)
        if name is not None:
            self._prefer(coder=name)
            if self.view:
                self.view.desk.session.author = name
            self._show_state()

    # Record

    def next_record(self) -> None:
        """Go one row down, in the same field."""
        self._step(1)

    def previous_record(self) -> None:
        """Go one row up, in the same field."""
        self._step(-1)

    def next_finding(self) -> None:
        """Go to the next row that has a finding, after the last to the first again."""
        view = self.view
        if view is None or not view.table.step_to_finding() or view.desk.record_id is None:
            self._say("No record in the table has a finding.")
            return
        finding = view.desk.checks.of(view.desk.record_id)[0]
        view.focus_field(finding.field, finding.quote)
        self._say(finding.message)

    def mark_coded(self) -> None:
        """Set the review state to coded and go one row down."""
        if self.view:
            self.view.desk.leaving.emit()
            if self.view.desk.commit("review", ReviewState.CODED):
                self._step(1)

    def go_to_table(self) -> None:
        """Put the cursor into the table."""
        if self.view:
            self.view.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_form(self) -> None:
        """Put the cursor into the first field of the form."""
        if self.view and self.view.form.boxes:
            self.view.form.focus(next(iter(self.view.form.boxes)))

    def go_to_narrative(self) -> None:
        """Put the cursor into the narrative."""
        self._focus_field("narrative")

    def go_to_coding_changes(self) -> None:
        """Put the cursor into the coding changes."""
        self._focus_field("coding_changes")

    def go_to_record_log(self) -> None:
        """Show the log of the record."""
        if self.view:
            self.view.show_log(self.view.record_log)

    def go_to_project_log(self) -> None:
        """Show the log of the project."""
        if self.view:
            self.view.show_log(self.view.project_log)

    def go_to_source(self) -> None:
        """Show the record and its field in the source."""
        if self.view:
            self.view.show_source()

    def go_to_doubts(self) -> None:
        """Show the doubtful readings."""
        if self.view:
            self.view.show_doubts()

    def go_to_review(self) -> None:
        """Show what newer texts tell otherwise."""
        if self.view:
            self.view.show_review()

    # View and help

    def theme_system(self) -> None:
        """Follow the system."""
        self._wear("system")

    def theme_light(self) -> None:
        """Wear the light theme."""
        self._wear("light")

    def theme_dark(self) -> None:
        """Wear the dark theme."""
        self._wear("dark")

    def show_shortcuts(self) -> None:
        """List the keys."""
        self.dialogs.shortcuts()

    def show_about(self) -> None:
        """Say what the program is."""
        self.dialogs.about()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.close_project():
            event.ignore()
            return
        self._remember("geometry", self.saveGeometry())
        event.accept()

    # Helpers, in call order

    def _make_menus(self) -> None:
        groups: dict[str, QActionGroup] = {}
        for title, commands in MENUS.items():
            menu = self.menuBar().addMenu(title)
            for command in commands:
                if command is None:
                    menu.addSeparator()
                    continue
                action = self._make_action(command)
                if command.choice_of:
                    group = groups.setdefault(command.choice_of, QActionGroup(self))
                    action.setCheckable(True)
                    group.addAction(action)
                menu.addAction(action)
        self.actions_by_name[f"theme_{self.theme.choice}"].setChecked(True)

    def _make_action(self, command: Command) -> QAction:
        action = QAction(command.title, self)
        action.setObjectName(command.name)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.triggered.connect(lambda: getattr(self, command.name)())
        action.setData(command)
        self.actions_by_name[command.name] = action
        return action

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._coder.setFlat(True)
        self._coder.setToolTip("Who signs the steps; click to change")
        self._coder.clicked.connect(self.name_coder)
        bar.addPermanentWidget(self.jobs)
        bar.addPermanentWidget(self._file)
        bar.addPermanentWidget(self._coder)

    def _connect(self) -> None:
        ways = {"sample": self.open_sample, "new": self.new_project, "open": self.open_project}
        self._welcome.wanted.connect(lambda way: ways[way]())
        self.jobs.said.connect(self._say)
        self.jobs.troubled.connect(self._tell_trouble)
        self.theme.changed.connect(self._recolour)
        self._recolour()

    def _lay_on_desk(self, session: Session) -> None:
        desk = Desk(session, self)
        view = self.view = DeskView(desk, self.theme)
        desk.said.connect(self._say)
        desk.chosen.connect(self._show_state)
        desk.chosen.connect(self.statusBar().clearMessage)
        desk.changed.connect(self._show_state)
        view.review.counted.connect(self._show_state)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._restore_desk(view)
        view.table.choose_first()
        view.show_record()
        view.table.setFocus()
        self._show_state()
        if session.set_aside is not None:
            view.banner.show_notice(
                f"The editor was not closed the last time. {session.recovered} steps were put "
                f"back; the unreadable end of the journal is kept as {session.set_aside.name}."
            )
        elif session.recovered:
            view.banner.show_notice(
                f"The editor was not closed the last time. {session.recovered} steps were put "
                "back; nothing is missing."
            )

    def _add_texts(self, plan: ImportPlan) -> None:
        view = self.view
        if view is None:
            return
        session = view.desk.session
        summary = plan_summary(session, plan)
        try:
            step = carry_out(session, plan)
        except Trouble as trouble:
            self._tell_trouble(str(trouble))
            return
        view.review.offer(plan.newer)
        if step is None and view.review.model.differences:
            view.show_review()
        else:
            view.banner.show_done(first_lines(summary))
        if step is not None:
            there = session.documents()
            view.desk.choose(next((c.record for c in step.changes if c.record in there), None))
            view.table.setFocus()

    def _step(self, by: int) -> None:
        view = self.view
        if view is None:
            return
        field = view.field_with_focus()
        if not view.table.step(by):
            self._say("This is the last record." if by > 0 else "This is the first record.")
        elif field is not None:
            view.focus_field(field)

    def _focus_field(self, field: str) -> None:
        if self.view:
            self.view.focus_field(field)

    def _on_desk(self, action: Callable[[Desk], None]) -> None:
        if self.view:
            action(self.view.desk)

    def _wear(self, choice: str) -> None:
        self.theme.put_on(choice)
        self._prefer(theme=choice)
        self.actions_by_name[f"theme_{choice}"].setChecked(True)

    def _recolour(self) -> None:
        tokens = self.theme.tokens
        for action in self.actions_by_name.values():
            command: Command = action.data()
            if command.icon:
                colors = tokens.color("text-quiet"), tokens.color("border-strong")
                action.setIcon(icon(command.icon, *colors))
        self._coder.setIcon(icon("coder", tokens.color("text-quiet")))

    def _show_state(self, *_: object) -> None:
        session = self.view.desk.session if self.view else None
        there = {
            "": True,
            "project": session is not None,
            "record": self.view is not None and self.view.desk.record_id is not None,
            "review": self.view is not None and bool(self.view.review.model.differences),
            "undo": session is not None and session.history.next_undo is not None,
            "redo": session is not None and session.history.next_redo is not None,
        }
        for action in self.actions_by_name.values():
            action.setEnabled(there[action.data().needs])
        self._coder.setText(self.preferences.signature)
        self._coder.setAccessibleName(f"Coder: {self.preferences.signature}. Change the name")
        if session is None:
            self.setWindowTitle("mideditor")
            self._file.clear()
            self._stack.setCurrentWidget(self._welcome)
        else:
            self.setWindowTitle(f"{session.path.name} — mideditor")
            steps = len(session.history.steps)
            self._file.setText(f"{steps} {'step' if steps == 1 else 'steps'}, all on disk")
            self._file.setToolTip(str(session.path))

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text, 15_000)

    def _tell_trouble(self, message: str) -> None:
        if self.view is not None:
            self.view.banner.show_trouble(message)
        else:
            self.dialogs.trouble(message)

    def _drafts_in_words(self, desk: Desk) -> list[str]:
        return [
            f"{desk.title(record)}, {FIELDS[field].label}: “{text}”"
            for (record, field), text in desk.drafts.items()
        ]

    def _folder(self) -> Path:
        return self.preferences.last_folder or Path.home()

    def _prefer(self, **values: Any) -> None:
        self.preferences = self.preferences.replace(**values)
        try:
            self.preferences.save()
        except (Trouble, OSError) as error:
            self._say(f"The settings could not be kept: {error}")

    def _remember(self, name: str, state: QByteArray) -> None:
        text = bytes(state.toBase64().data()).decode("ascii")
        self._prefer(window=self.preferences.window | {name: text})

    def _remembered(self, name: str) -> QByteArray:
        return QByteArray.fromBase64(self.preferences.window.get(name, "").encode("ascii"))

    def _remember_desk(self, view: DeskView) -> None:
        for name, part in self._parts(view).items():
            self._remember(name, part.saveState())

    def _restore_desk(self, view: DeskView) -> None:
        for name, part in self._parts(view).items():
            part.restoreState(self._remembered(name))

    def _parts(self, view: DeskView) -> dict[str, QSplitter | QHeaderView]:
        return {
            "halves": view.halves,
            "lower_half": view.lower_half,
            "texts": view.texts,
            "columns": view.table.horizontalHeader(),
        }

    def _restore_window(self) -> None:
        if not self.restoreGeometry(self._remembered("geometry")):
            self.resize(1280, 800)
