"""The main window: the open project, if any, with the commands and the status bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS
from mideditor.files.gc_tuning import free_closed_project
from mideditor.files.user_error import UserError
from mideditor.session.preferences import Preferences
from mideditor.session.project.merging import was_changed_while_closed
from mideditor.session.project.opening import OpenedProject, open_or_read
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.project.repairing import repair
from mideditor.session.sample import sample_copy
from mideditor.session.session import Session
from mideditor.session.work import in_one_part
from mideditor.ui.actions.chapter_commands import ChapterCommands
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.actions.edit_commands import EditCommands, describe_undo
from mideditor.ui.actions.file_commands import FileCommands
from mideditor.ui.actions.finding_commands import FindingCommands
from mideditor.ui.actions.navigation_commands import NavigationCommands
from mideditor.ui.actions.published_commands import PublishedCommands
from mideditor.ui.actions.text_commands import TextCommands
from mideditor.ui.actions.view_commands import ViewCommands
from mideditor.ui.commands.commands import Needs
from mideditor.ui.commands.menus import Menus
from mideditor.ui.commands.registry import Handlers, Registry
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk_view import DeskView
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.kit.banner import Remedy
from mideditor.ui.kit.job_status import JobStatus
from mideditor.ui.kit.scheduler import Scheduler
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme
from mideditor.ui.project.file_watch import FileWatch
from mideditor.ui.project.welcome import Welcome
from mideditor.ui.settings import Settings, as_state, as_text

_DEFAULT_SIZE = QSize(1280, 800)
_FRAME = QSize(8, 44)
"""Space for the window frame of the desktop."""


class MainWindow(QMainWindow):
    """Opens and closes projects, and runs commands by name."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        dialogs: Callable[[QWidget], Dialogs] = Dialogs,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.settings = Settings(preferences)
        self.dialogs = dialogs(self)
        self.scheduler = Scheduler(self)
        self.job_status = JobStatus(self.scheduler)
        self.view: DeskView | None = None
        self.menus = Menus(self.menuBar(), theme, self.run)
        self._context = CommandContext(theme, self.dialogs, self.scheduler, self.settings, self.say)
        self.view_commands = ViewCommands(
            self, self._context, self.menus, lambda: self.view, self.run
        )
        self._registry = Registry([self._handlers(), self.view_commands.handlers])
        self._welcome = Welcome(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._coder = QPushButton()
        self._file = QLabel()
        self.setCentralWidget(self._stack)
        self.setMinimumSize(960, 620)
        self._make_status_bar()
        self._connect()
        self._restore_geometry()
        self._update_state()

    @property
    def commands(self) -> frozenset[str]:
        """The names of the commands that have a handler at the moment."""
        return self._registry.names

    def run(self, name: str) -> None:
        """Run a command by name; if it needs a project and none is open, do nothing."""
        self.view_commands.palette.dismiss()
        self._registry.run(name)
        self._update_state()

    def say(self, text: str) -> None:
        """Show a line in the status bar for a while."""
        self.statusBar().showMessage(text, 15_000)

    def show_error(self, message: str) -> None:
        """Show a message that the user must see."""
        if self.view is not None:
            self.view.banner.show_error(message)
        else:
            self.dialogs.error(message)

    # Projects

    def new_project(self) -> None:
        """Ask for a path and create an empty project there."""
        path = self.dialogs.new_project(self.settings.folder)
        if path is not None:
            self.open(path, create=True)

    def open_project(self) -> None:
        """Ask for a project and open it."""
        path = self.dialogs.project_to_open(self.settings.folder)
        if path is not None:
            self.open(path)

    def open_sample(self) -> None:
        """Open the user's copy of the sample project."""
        try:
            self.open(sample_copy())
        except UserError as error:
            self.show_error(str(error))

    def open(self, path: Path, *, create: bool = False) -> bool:
        """Open the project at ``path``; on failure, show the error and return False."""
        if not self.close_project():
            return False
        try:
            opened = open_or_read(path, self.settings.preferences.signature, create=create)
        except UserError as error:
            self.show_error(str(error))
            return False
        self._show_project(opened.session)
        if opened.locked is not None:
            self._show_locked(opened, path)
        self.settings.update(last_project=path.resolve(), last_folder=path.resolve().parent)
        return True

    def close_project(self) -> bool:
        """Save and close the open project; False if the user cancels or it cannot be saved."""
        view = self.view
        if view is None:
            return True
        view.desk.commit_pending()
        self.scheduler.wait()
        if view.desk.drafts and not self.dialogs.discard_drafts(_describe_drafts(view.desk)):
            return False
        if not self._close_session(view):
            return False
        self._remove_view(view)
        return True

    def name_coder(self) -> None:
        """Ask for the name that steps are signed with."""
        name = self.dialogs.coder_name(self.settings.preferences.signature)
        if name is not None:
            self.settings.update(coder=name)
            if self.view:
                self.view.desk.session.author = name
            self._update_state()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.close_project():
            event.ignore()
            return
        self.settings.update_window({"geometry": as_text(self.saveGeometry())})
        event.accept()

    # Helpers, in call order

    def _handlers(self) -> Handlers:
        return {
            "new_project": self.new_project,
            "open_project": self.open_project,
            "open_sample": self.open_sample,
            "close_project": self.close_project,
            "name_coder": self.name_coder,
            "quit": self.close,
        }

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._coder.setFlat(True)
        self._coder.setToolTip("Who signs the steps; click to change")
        self._coder.clicked.connect(self.name_coder)
        bar.addPermanentWidget(self.job_status)
        bar.addPermanentWidget(self._file)
        bar.addPermanentWidget(self._coder)

    def _connect(self) -> None:
        actions = {
            "sample": self.open_sample,
            "new": self.new_project,
            "import": self._import_into_new_project,
            "open": self.open_project,
        }
        self._welcome.selected.connect(lambda name: actions[name]())
        self.scheduler.said.connect(self.say)
        self.scheduler.failed.connect(self.show_error)
        self.settings.failed.connect(self.say)
        self.menus.opening.connect(lambda: describe_undo(self.menus, self.view))
        self.theme.changed.connect(self._recolour)
        self._recolour()

    def _import_into_new_project(self) -> None:
        self.new_project()
        self.run("import_texts")

    def _show_project(self, session: Session) -> None:
        desk = Desk(session, self.scheduler, self)
        desk.keys.use(self.settings.preferences.keys)
        view = self.view = DeskView(desk, self.theme)
        self._watch_file(session, desk, view)
        self._connect_desk(desk, view)
        self._register_handlers(view)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.restore_layout(self.settings.preferences.window)
        view.table.select_first()
        view.show_record()
        view.table.setFocus()
        self._update_state()
        QApplication.sendPostedEvents()  # paint the rows before any background work starts
        self._show_opening_notice(session, view)

    def _watch_file(self, session: Session, desk: Desk, view: DeskView) -> None:
        self.watch = FileWatch(session, self.scheduler, desk)
        self.watch.changed_outside.connect(self._show_changed_outside)
        self.watch.failed.connect(view.banner.show_notice)

    def _connect_desk(self, desk: Desk, view: DeskView) -> None:
        desk.said.connect(self.say)
        desk.record_selected.connect(self._update_state)
        desk.record_selected.connect(self.statusBar().clearMessage)
        desk.changed.connect(self._update_state)
        desk.write_failed.connect(self._offer_save_as)
        desk.command_requested.connect(self.run)
        view.state_changed.connect(self._update_state)

    def _register_handlers(self, view: DeskView) -> None:
        """Create the command handlers of the project, once while it is open."""
        context = self._context
        published = PublishedCommands(view, context)
        commands = (
            ChapterCommands(view, context),
            FileCommands(view, context, self._reopen_at),
            EditCommands(view, context),
            NavigationCommands(view, context),
            TextCommands(view),
            FindingCommands(view, context, lambda: self._reopen_at(view.desk.session.path)),
            published,
        )
        self._registry.open_project(one.handlers for one in commands)
        published.compare_again()

    def _show_opening_notice(self, session: Session, view: DeskView) -> None:
        notice = opening_notice(session)
        if notice:
            outside = ("Show the changes…", lambda: self.run("changes_from_outside"))
            remedy = outside if was_changed_while_closed(session) else None
            view.banner.show_notice("\n".join(notice), remedy)

    def _close_session(self, view: DeskView) -> bool:
        """Save and close the session; if saving fails, ask the user what to do."""
        session = view.desk.session
        self.watch.stop()
        try:
            work = in_one_part(session.close)
            self.scheduler.run_and_wait(f"Saving {session.path.name}", work)
        except UserError as error:
            answer = self.dialogs.close_unsaved(str(error))
            if answer == "close":
                session.abandon()
                return True
            if answer == "save as":
                self.run("save_as")
            return False
        return True

    def _remove_view(self, view: DeskView) -> None:
        self.settings.update_window(view.layout_state())
        self.view = None
        self._registry.close_project()
        self.statusBar().clearMessage()
        self._stack.removeWidget(view)
        view.deleteLater()
        QTimer.singleShot(0, free_closed_project)
        self._update_state()

    def _reopen_at(self, path: Path) -> None:
        """Reopen the project at another path, with the same current record and drafts."""
        view = self.view
        if view is None:
            return
        record, drafts = view.desk.record_id, dict(view.desk.drafts)
        self.watch.stop()
        self.scheduler.wait()
        try:
            view.desk.session.close()
        except UserError:
            view.desk.session.abandon()
        self._remove_view(view)
        if self.open(path) and self.view is not None:
            session = self.view.desk.session
            self.view.desk.drafts |= drafts
            self.view.desk.select(None)
            self.view.desk.select(record if record in session.documents() else None)
            self.say(f"The project is now {path}")

    def _show_locked(self, opened: OpenedProject, path: Path) -> None:
        if self.view is not None:
            again: Remedy = ("Try again", lambda: self.open(path))
            mend: Remedy = ("Repair into a new file…", lambda: self._repair(path))
            text = f"Open for reading only. {opened.locked}"
            self.view.banner.show_notice(text, mend if opened.is_broken else again)

    def _repair(self, path: Path) -> None:
        target = self.dialogs.save_as(path)
        if target is None:
            return
        try:
            repair(path, target)
        except UserError as error:
            self.show_error(str(error))
        else:
            self.open(target)

    def _offer_save_as(self, message: str) -> None:
        if self.view is not None:
            self.view.banner.show_error(message, ("Save as…", lambda: self.run("save_as")))

    def _show_changed_outside(self) -> None:
        if self.view is not None:
            self.view.banner.show_notice(
                f"{self.view.desk.session.path.name} was changed by another program. Your edits go "
                "into the journal as before; the file is not saved until you have looked at what "
                "is otherwise there.",
                ("Show the changes…", lambda: self.run("changes_from_outside")),
            )
        self._update_state()

    def _recolour(self) -> None:
        self._coder.setIcon(icon("coder", self.theme.tokens.color("text-quiet")))

    def _update_state(self, *_: object) -> None:
        self.menus.enable(self._available_needs())
        signature = self.settings.preferences.signature
        self._coder.setText(signature)
        self._coder.setAccessibleName(f"Coder: {signature}. Change the name")
        if self.view is None:
            self.setWindowTitle("mideditor")
            self._file.clear()
            self._stack.setCurrentWidget(self._welcome)
        else:
            self._show_file(self.view.desk.session)

    def _available_needs(self) -> set[Needs]:
        if self.view is None:
            return {Needs.NOTHING}
        session, available = self.view.desk.session, self.view.available()
        has_outside = was_changed_while_closed(session) or self.watch.has_outside_changes
        if has_outside and not session.read_only:
            available.add(Needs.OUTSIDE_CHANGES)
        return available

    def _show_file(self, session: Session) -> None:
        self.setWindowTitle(f"{session.path.name} — mideditor")
        steps = quantity(len(session.history.steps), "step")
        state = "read only" if session.read_only else "all on disk"
        self._file.setText(f"{steps}, {state}")
        self._file.setToolTip(str(session.path))

    def _restore_geometry(self) -> None:
        if not self.restoreGeometry(as_state(self.settings.window_value("geometry"))):
            available = self.screen().availableSize() - _FRAME
            self.resize(_DEFAULT_SIZE.boundedTo(available).expandedTo(self.minimumSize()))


def _describe_drafts(desk: Desk) -> list[str]:
    return [
        f"{desk.title(record)}, {FIELDS[field].label}: “{text}”"
        for (record, field), text in desk.drafts.items()
    ]
