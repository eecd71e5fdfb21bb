"""Commands on the open project: save as, restore, merge, changes from outside, coders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from mideditor.domain.reports.backup_row import BackupRow
from mideditor.domain.steps import Step
from mideditor.files.outputs import check_new_project
from mideditor.files.user_error import UserError
from mideditor.session.project.merging import (
    OtherState,
    OutsideState,
    apply_diffs,
    find_changes,
    read_copy,
    read_outside,
    settle_outside,
)
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.project.restoring import read_backup, restore
from mideditor.session.work import Work
from mideditor.ui.actions.chosen_output import chosen_output, picture_bytes
from mideditor.ui.actions.context import CommandContext
from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView

_OUTSIDE = "Changed outside the editor"


class FileCommands:
    """Handles commands on the project and its file. ``move`` reopens the project at another path.

    Other files are read in a worker thread; what compares or changes records runs in slices.
    """

    def __init__(
        self, view: DeskView, context: CommandContext, move: Callable[[Path], None]
    ) -> None:
        self._view = view
        self._session = view.desk.session
        self._scheduler = context.scheduler
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
            "project_coders": self.project_coders,
        }

    def save_as(self) -> None:
        """Write the project to another path and continue there."""
        self._view.desk.commit_pending()
        path = self._dialogs.save_as(self._session.path)
        if path is None:
            return
        if path.resolve() == self._session.path.resolve():
            self._say(f"The project is at {path} already.")
            return
        try:
            check_new_project(path)
            if self._session.file is not None:
                self._session.file.copy_to(path)
        except UserError as error:
            self._view.desk.show_error(str(error))
        else:
            self._move(path)

    def restore_backup(self) -> None:
        """Restore all records from a backup, after a preview of the changes."""
        self._view.desk.commit_pending()
        backup = self._dialogs.backup_to_restore(self._theme, self._view.desk)
        if backup is not None:
            self._restore(backup)

    def merge_copy(self) -> None:
        """Apply differences from another copy of the project."""
        self._view.desk.commit_pending()
        path = self._dialogs.copy_to_merge(self._session.path.parent)
        if path is None:
            return

        def say(step: Step | None) -> None:
            if step is None:
                self._say(f"Nothing was taken from {path.name}.")
            else:
                self._say(f"Taken from {path.name} · step {step.number}; Undo takes it back")

        def offer(copy: OtherState, found: list[FieldDiff]) -> None:
            if found:
                self._offer(path.name, copy, found, f"Taken from {path.name}", say)
            else:
                self._say(f"{path.name} has nothing that is otherwise here.")

        self._scheduler.run_in_thread(
            f"Reading {path.name}",
            read_copy(path),
            lambda copy: self._compare(find_changes(self._session, copy), partial(offer, copy)),
        )

    def changes_from_outside(self) -> None:
        """Review what another program changed in the file, and apply or ignore it."""
        self._view.desk.commit_pending()
        self._scheduler.run_in_thread(
            f"Reading {self._session.path.name}",
            read_outside(self._session),
            lambda outside: self._offer_outside(outside) if outside else None,
        )

    def project_coders(self) -> None:
        """List the coders of the project, and join the signatures of one coder."""
        self._view.desk.commit_pending()
        self._dialogs.project_coders(self._view.desk)

    def save_work_picture(self) -> None:
        """Save the progress charts as a picture."""
        path = self._dialogs.picture_target(self._session.path.with_suffix("").with_suffix(".png"))
        if path is None:
            return
        output = chosen_output(self._view, path)
        if output is None:
            return
        try:
            output.write(picture_bytes(self._view.progress.picture(), path))
        except UserError as error:
            self._view.desk.show_error(str(error))
        else:
            self._say(f"Picture written to {path}")

    def _restore(self, backup: BackupRow) -> None:
        def say(step: Step | None) -> None:
            if step is not None:
                self._say(f"{step.reason} · step {step.number}; Undo takes it back")

        self._scheduler.run_in_thread(
            "Reading the backup",
            read_backup(backup),
            lambda contents: self._scheduler.run_in_slices(
                "Restoring",
                restore(self._session, backup, contents),
                say,
                self._view.desk.show_failure,
            ),
        )

    def _compare(
        self, work: Work[list[FieldDiff]], offer: Callable[[list[FieldDiff]], None]
    ) -> None:
        """Find the differences with another state, and offer them."""
        count = len(self._session.ids())
        self._scheduler.run_in_slices(f"Comparing {count:,} records", work, offer)

    def _offer_outside(self, outside: OutsideState) -> None:
        """Offer what another program changed in the file, and settle it where that is answered."""
        written = f"{self._session.path.name} as another program wrote it"
        source = written if outside.while_open else "The file as it was found"

        def offer(found: list[FieldDiff]) -> None:
            if found:
                self._offer(source, outside.state, found, _OUTSIDE, lambda _: self._settle(outside))
            else:
                self._settle(outside)

        self._compare(find_changes(self._session, outside.state), offer)

    def _offer(
        self,
        source: str,
        other: OtherState | None,
        found: Sequence[FieldDiff],
        reason: str,
        done: Callable[[Step | None], None],
    ) -> None:
        """Ask which differences to apply, and apply them; nothing where the user cancels."""
        chosen = self._dialogs.differences_to_apply(self._theme, source, found)
        if chosen is not None:
            self._scheduler.run_in_slices(
                f"Taking {len(chosen):,} values over",
                apply_diffs(self._session, chosen, reason, other),
                done,
            )

    def _settle(self, outside: OutsideState) -> None:
        name = self._session.path.name

        def say(kept: Path | None) -> None:
            if kept is None:
                self._view.banner.hide()
            else:
                self._view.banner.show_done(
                    f"{name} is saved again. What the other program wrote is kept as {kept.name}."
                )
            self._view.state_changed.emit()

        self._scheduler.run_in_thread(f"Saving {name}", settle_outside(self._session, outside), say)
