"""Commands on the file of the open project: save as, restore, merge, changes from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.project.merging import apply_diffs, contents_of_copy, outside_changes
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.project.restoring import differences_to, restore
from mideditor.store.backups import Backup
from mideditor.store.documents import Contents
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView

_OUTSIDE = "Changed outside the editor"


class FileCommands:
    """Handles commands on the project file. ``move`` reopens the project at another path."""

    def __init__(
        self, view: DeskView, context: CommandContext, move: Callable[[Path], None]
    ) -> None:
        self._view = view
        self._session = view.desk.session
        self._theme = context.theme
        self._dialogs = context.dialogs
        self._say = context.say
        self._move = move

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "save_as": self.save_as,
            "restore_backup": self.restore_backup,
            "merge_copy": self.merge_copy,
            "changes_from_outside": self.changes_from_outside,
            "save_work_picture": self.save_work_picture,
        }

    def save_as(self) -> None:
        """Write the project to another path and continue there."""
        self._view.desk.commit_pending()
        path = self._dialogs.save_as(self._session.path)
        if path is None:
            return
        if path.resolve() == self._session.path.resolve():
            self._say(f"The project is at {path} already.")
        elif self._tried(lambda: self._session.store.copy_to(path)):
            self._move(path)

    def restore_backup(self) -> None:
        """Restore all records from a backup, after a preview of the changes."""
        self._view.desk.commit_pending()
        backup = self._dialogs.backup_to_restore(self._theme, self._session)
        if backup is not None:
            step = self._view.desk.attempt(lambda: self._restored(backup))
            if isinstance(step, Step):
                self._say(f"{step.reason} · step {step.number}; Undo takes it back")

    def merge_copy(self) -> None:
        """Apply differences from another copy of the project."""
        self._view.desk.commit_pending()
        path = self._dialogs.copy_to_merge(self._session.path.parent)
        contents: list[Contents] = []
        if path is None or not self._tried(lambda: contents.append(contents_of_copy(path))):
            return
        found = outside_changes(self._session, contents[0])
        if not found:
            self._say(f"{path.name} has nothing that is otherwise here.")
        elif self._merge(path.name, found, f"Taken from {path.name}"):
            self._say(f"Taken from {path.name}; Undo takes it back")

    def changes_from_outside(self) -> None:
        """Review what another program changed in the file, and apply or ignore it."""
        self._view.desk.commit_pending()
        if self._session.store.was_changed_outside():
            self._merge_live()
        elif self._session.opened.outside is not None:
            found = outside_changes(self._session, self._session.opened.outside)
            if not found or self._merge("The file as it was found", found, _OUTSIDE):
                self._session.opened.outside = None
                self._view.banner.hide()

    def save_work_picture(self) -> None:
        """Save the progress charts as a picture."""
        path = self._dialogs.picture_target(self._session.path.with_suffix("").with_suffix(".png"))
        if path is None:
            return
        if self._view.progress.save(path):
            self._say(f"Picture written to {path}")
        else:
            self._view.banner.show_error(
                f"{path} could not be written. Choose a folder that you may write to, and a name "
                "that ends in .png or .jpg."
            )

    def _restored(self, backup: Backup) -> Step | None:
        contents, _ = differences_to(self._session, backup)
        return restore(self._session, backup, contents)

    def _merge_live(self) -> None:
        """What another program wrote while the project was open here; saving goes on after it."""
        store, name = self._session.store, self._session.path.name
        try:
            found = outside_changes(self._session, store.read_outside())
        except UserError:
            found = []
        if found and not self._merge(f"{name} as another program wrote it", found, _OUTSIDE):
            return
        asides: list[Path] = []
        if self._tried(lambda: asides.append(store.settle_outside())):
            self._view.banner.show_done(
                f"{name} is saved again. What the other program wrote is kept as {asides[0].name}."
            )

    def _merge(self, source: str, found: Sequence[FieldDiff], reason: str) -> bool:
        """Ask which differences to take, and take them; False where the user thinks better."""
        chosen = self._dialogs.differences_to_apply(self._theme, source, found)
        if chosen is None:
            return False
        return self._tried(lambda: apply_diffs(self._session, chosen, reason))

    def _tried(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except UserError as error:
            self._view.desk.show_error(str(error))
            return False
        return True
