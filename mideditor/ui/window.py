"""The main window: menus and keys from the command table, one project on the desk at a time."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.fields import FIELDS
from mideditor.files.project_name import PROJECT_SUFFIX
from mideditor.files.user_error import UserError
from mideditor.session.imports.import_plan import ImportPlan, carry_out, read_texts
from mideditor.session.imports.import_summary import first_lines, plan_summary
from mideditor.session.preferences import Preferences
from mideditor.session.project.exporting import export, write_export
from mideditor.session.project.opening import open_or_read
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.sample import sample_copy
from mideditor.session.session import Session
from mideditor.session.work import Progress
from mideditor.ui.actions.desk_commands import DeskCommands
from mideditor.ui.actions.file_commands import FileCommands
from mideditor.ui.actions.finding_commands import FindingCommands
from mideditor.ui.actions.published_commands import PublishedCommands
from mideditor.ui.actions.text_commands import TextCommands
from mideditor.ui.actions.view_commands import ViewCommands
from mideditor.ui.commands.commands import MENUS, Command
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk_view import DeskView
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.kit.jobs import Jobs
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme
from mideditor.ui.project.file_watch import FileWatch
from mideditor.ui.project.welcome import Welcome

_NARROWEST_WRAP = 40
_FIRST_SIZE = QSize(1280, 800)
_FRAME = QSize(8, 44)
"""Room for the frame that the desktop puts around a window."""


class MainWindow(QMainWindow):
    """Public methods without arguments are commands of the table, with those of `DeskCommands`."""

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
        self.look = ViewCommands(self)
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

    def run(self, name: str) -> None:
        """Run a command of the table: one of the window's own, or one of the open desk's."""
        self.look.palette.dismiss()
        if hasattr(self, name):
            getattr(self, name)()
        elif hasattr(self.look, name):
            getattr(self.look, name)()
        elif self.view is not None:
            files = FileCommands(self.view, self.theme, self.dialogs, self.say, self._move)
            desk = DeskCommands(self.view, self.theme, self.dialogs, self.say, self.jobs)
            published = self._published_commands(self.view)
            findings = self._finding_commands(self.view)
            rooms = (files, published, findings, TextCommands(self.view), desk)
            getattr(next(room for room in rooms if hasattr(room, name)), name)()
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
        except UserError as error:
            self.show_error(str(error))

    def open(self, path: Path, *, create: bool = False) -> bool:
        """Put the project at ``path`` on the desk; False, with the user told, where that fails."""
        if not self.close_project():
            return False
        try:
            opened = open_or_read(path, self.preferences.signature, create=create)
        except UserError as error:
            self.show_error(str(error))
            return False
        self._lay_on_desk(opened.session)
        if opened.locked is not None:
            self._say_who_holds_it(opened.locked, path)
        folder = path.resolve().parent
        self.prefer(last_project=path.resolve(), last_folder=folder)
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
        if not self._close_session(view):
            return False
        self._put_away(view)
        return True

    def import_texts(self) -> None:
        """Ask which texts, read them beside the window, and add what is new in one step."""
        view = self.view
        paths = self.dialogs.texts_to_import(self._folder()) if view else []
        if view is None or not paths:
            return
        self.prefer(last_folder=paths[0].resolve().parent)
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
            write_export(session, target, export(session, format_name, progress, wrap=wrap))
            return target

        self.jobs.run("Exporting", write, lambda path: self.say(f"Exported to {path}"))

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

        self.jobs.run("Saving", write, lambda path: self.say(f"Saved {path.name}"))

    def quit(self) -> None:
        """Close the window."""
        self.close()

    def name_coder(self) -> None:
        """Ask who signs the steps."""
        name = self.dialogs.coder_name(self.preferences.signature)
        if name is not None:
            self.prefer(coder=name)
            if self.view:
                self.view.desk.session.author = name
            self._show_state()

    def keep_view(self) -> None:
        """Keep what the table is narrowed to under a name."""
        line = self.view.filter.text().strip() if self.view else ""
        if not line:
            self.say("Narrow the table first: then its view can be kept.")
            return
        name = self.dialogs.view_name(line)
        if name:
            self._keep_views(self.preferences.views | {name: line})
            self.say(f"Kept as “{name}”")

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
        self.look.give_keys()

    def _make_action(self, command: Command) -> QAction:
        action = QAction(command.title, self)
        action.setObjectName(command.name)
        action.triggered.connect(lambda: self.run(command.name))
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
        ways = {
            "sample": self.open_sample,
            "new": self.new_project,
            "import": self._import_into_new_project,
            "open": self.open_project,
        }
        self._welcome.wanted.connect(lambda way: ways[way]())
        self.jobs.said.connect(self.say)
        self.jobs.failed.connect(self.show_error)
        self.theme.changed.connect(self._recolour)
        self._recolour()

    def _import_into_new_project(self) -> None:
        self.new_project()
        self.import_texts()

    def _lay_on_desk(self, session: Session) -> None:
        desk = Desk(session, self)
        desk.keys.use(self.preferences.keys)
        view = self.view = DeskView(desk, self.theme)
        self.watch = FileWatch(session, desk)
        self.watch.changed_outside.connect(self._tell_of_outside)
        self.watch.failed.connect(view.banner.show_notice)
        desk.said.connect(self.say)
        desk.chosen.connect(self._show_state)
        desk.chosen.connect(self.statusBar().clearMessage)
        desk.changed.connect(self._show_state)
        desk.refused.connect(self._offer_another_place)
        view.views.show_views(self.preferences.views)
        view.views.kept.connect(self.keep_view)
        view.changes.asked.connect(lambda: self.run("ask_about_field"))
        view.work.exported.connect(lambda: self.run("save_work_picture"))
        view.views.forgotten.connect(self._forget_view)
        view.review.counted.connect(self._show_state)
        view.table.copied.connect(lambda: self.run("copy_rows"))
        view.published.counted.connect(self._show_state)
        view.published.tables_wanted.connect(lambda: self.run("compare_published"))
        view.published.unwanted.connect(lambda: self.run("put_published_away"))
        view.findings.fixes_found.connect(
            lambda rule, values: self._finding_commands(view).fix_all(rule, values)
        )
        self._published_commands(view).compare_again()
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._restore_desk(view)
        view.table.choose_first()
        view.show_record()
        view.table.setFocus()
        self._show_state()
        QApplication.sendPostedEvents()  # shows the rows, before anything is prepared in slices
        notice = opening_notice(session)
        if notice:
            outside = ("Show the changes…", lambda: self.run("changes_from_outside"))
            remedy = outside if session.opened.outside is not None else None
            view.banner.show_notice("\n".join(notice), remedy)

    def _published_commands(self, view: DeskView) -> PublishedCommands:
        return PublishedCommands(
            view,
            self.dialogs,
            self.jobs,
            self._folder(),
            self.preferences.window.get("published", ""),
            lambda tables: self.prefer(window=self.preferences.window | {"published": tables}),
            self.say,
        )

    def _finding_commands(self, view: DeskView) -> FindingCommands:
        return FindingCommands(
            view,
            self.theme,
            self.dialogs,
            self.jobs,
            self._folder(),
            self.say,
            lambda: self._move(view.desk.session.path),
        )

    def _keep_views(self, views: dict[str, str]) -> None:
        self.prefer(views=views)
        if self.view is not None:
            self.view.views.show_views(views)

    def _forget_view(self, name: str) -> None:
        self._keep_views({n: line for n, line in self.preferences.views.items() if n != name})

    def _close_session(self, view: DeskView) -> bool:
        """Save and let go; where it cannot be saved, as the user decides."""
        session = view.desk.session
        self.watch.stop()
        try:
            self.jobs.finish(f"Saving {session.path.name}", session.close)
        except UserError as error:
            answer = self.dialogs.close_unsaved(str(error))
            if answer == "close":
                session.abandon()
                return True
            if answer == "save as":
                self.run("save_as")
            return False
        return True

    def _put_away(self, view: DeskView) -> None:
        self._remember_desk(view)
        self.view = None
        self.statusBar().clearMessage()
        self._stack.removeWidget(view)
        view.deleteLater()
        QTimer.singleShot(0, _let_go)
        self._show_state()

    def _move(self, path: Path) -> None:
        """Go on with the project at another place, in the same record, with what was typed."""
        view = self.view
        if view is None:
            return
        record, drafts = view.desk.record_id, dict(view.desk.drafts)
        self.watch.stop()
        self.jobs.wait()
        try:
            view.desk.session.close()
        except UserError:
            view.desk.session.abandon()
        self._put_away(view)
        if self.open(path) and self.view is not None:
            self.view.desk.drafts |= drafts
            self.view.desk.choose(None)
            self.view.desk.choose(record)
            self.say(f"The project is now {path}")

    def _say_who_holds_it(self, error: UserError, path: Path) -> None:
        if self.view is not None:
            self.view.banner.show_notice(
                f"Open for reading only. {error}", ("Try again", lambda: self.open(path))
            )

    def _offer_another_place(self, message: str) -> None:
        if self.view is not None:
            self.view.banner.show_error(message, ("Save as…", lambda: self.run("save_as")))

    def _tell_of_outside(self) -> None:
        if self.view is not None:
            self.view.banner.show_notice(
                f"{self.view.desk.session.path.name} was changed by another program. Your edits go "
                "into the journal as before; the file is not saved until you have looked at what "
                "is otherwise there.",
                ("Show the changes…", lambda: self.run("changes_from_outside")),
            )
        self._show_state()

    def _add_texts(self, plan: ImportPlan) -> None:
        view = self.view
        if view is None:
            return
        session = view.desk.session
        summary = plan_summary(session, plan)
        try:
            step = carry_out(session, plan)
        except UserError as error:
            self.show_error(str(error))
            return
        view.review.offer(plan.newer)
        if step is None and view.review.model.items:
            view.show_review()
        else:
            view.banner.show_done(first_lines(summary))
        if step is not None:
            there = session.documents()
            view.desk.choose(next((c.record for c in step.changes if c.record in there), None))
            view.table.setFocus()

    def _recolour(self) -> None:
        tokens = self.theme.tokens
        for action in self.actions_by_name.values():
            command: Command = action.data()
            if command.icon:
                colors = tokens.color("text-quiet"), tokens.color("text-off")
                action.setIcon(icon(command.icon, *colors))
        self._coder.setIcon(icon("coder", tokens.color("text-quiet")))

    def _show_state(self, *_: object) -> None:
        session = self.view.desk.session if self.view else None
        writable = session is not None and not session.read_only
        chosen = self.view is not None and self.view.desk.record_id is not None
        there = {
            "": True,
            "project": session is not None,
            "change": writable,
            "record": chosen,
            "edit": writable and chosen,
            "review": self.view is not None and bool(self.view.review.model.items),
            "published": self.view is not None and self.view.published.is_shown,
            "undo": writable and session is not None and session.history.next_undo is not None,
            "redo": writable and session is not None and session.history.next_redo is not None,
            "outside": writable and session is not None and self._has_outside(session),
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
            state = "read only" if session.read_only else "all on disk"
            self._file.setText(f"{steps} {'step' if steps == 1 else 'steps'}, {state}")
            self._file.setToolTip(str(session.path))

    def _has_outside(self, session: Session) -> bool:
        return session.opened.outside is not None or self.watch.has_seen_changes

    def say(self, text: str) -> None:
        """Put a line into the status bar for a while."""
        self.statusBar().showMessage(text, 15_000)

    def show_error(self, message: str) -> None:
        """Show a message that the user must see."""
        if self.view is not None:
            self.view.banner.show_error(message)
        else:
            self.dialogs.error(message)

    def _drafts_in_words(self, desk: Desk) -> list[str]:
        return [
            f"{desk.title(record)}, {FIELDS[field].label}: “{text}”"
            for (record, field), text in desk.drafts.items()
        ]

    def _folder(self) -> Path:
        return self.preferences.last_folder or Path.home()

    def prefer(self, **values: Any) -> None:
        """Keep settings for the next time."""
        self.preferences = self.preferences.replace(**values)
        try:
            self.preferences.save()
        except (UserError, OSError) as error:
            self.say(f"The settings could not be kept: {error}")

    def _remember(self, name: str, state: QByteArray) -> None:
        text = bytes(state.toBase64().data()).decode("ascii")
        self.prefer(window=self.preferences.window | {name: text})

    def _remembered(self, name: str) -> QByteArray:
        return QByteArray.fromBase64(self.preferences.window.get(name, "").encode("ascii"))

    def _remember_desk(self, view: DeskView) -> None:
        for name, part in self._parts(view).items():
            self._remember(name, part.saveState())
        self.prefer(window=self.preferences.window | {"order": view.table.kept_order()})

    def _restore_desk(self, view: DeskView) -> None:
        for name, part in self._parts(view).items():
            part.restoreState(self._remembered(name))
        view.table.keep_order(self.preferences.window.get("order", ""))

    def _parts(self, view: DeskView) -> dict[str, QSplitter | QHeaderView]:
        return {
            "halves": view.halves,
            "lower_half": view.lower_half,
            "texts": view.texts,
            "columns": view.table.horizontalHeader(),
        }

    def _restore_window(self) -> None:
        if not self.restoreGeometry(self._remembered("geometry")):
            room = self.screen().availableSize() - _FRAME
            self.resize(_FIRST_SIZE.boundedTo(room).expandedTo(self.minimumSize()))


def _let_go() -> None:
    """Free what a project held that was put away."""
    gc.unfreeze()
    gc.collect()
