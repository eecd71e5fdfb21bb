"""mideditor restore: lists the backups of a project, or goes back to one of them."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import by_option, open_project, progress_bar, project_argument
from mideditor.domain.record_ids import handle
from mideditor.domain.reports.backup_row import BackupRow
from mideditor.files.user_error import UserError
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.project.restoring import (
    find_changes_back,
    list_backups,
    read_backup,
    restore,
)
from mideditor.session.session import Session
from mideditor.session.work import run_now


class NoSuchBackup(UserError):
    """There is no backup with this number."""

    def __init__(self, project: Path, number: int, count: int) -> None:
        super().__init__(
            f"{project} has no backup {number}; it has {count}. "
            f"“mideditor restore {project}” lists them."
        )


class OtherBackups(UserError):
    """The numbers of the backups are not those that were listed."""

    def __init__(self, project: Path) -> None:
        super().__init__(
            f"{project} was brought to the present version just now, which made backups of its "
            f"own. Nothing was restored; “mideditor restore {project}” lists them anew."
        )


@click.command()
@project_argument
@click.option("--backup", "number", type=int, metavar="N", help="The backup to look at.")
@click.option("--yes", is_flag=True, help="Go back to it; without, only what differs is listed.")
@by_option
@click.pass_context
def command(
    ctx: click.Context, project: Path, number: int | None, yes: bool, by: str | None
) -> None:
    """List the backups of PROJECT, what one of them has otherwise, or go back to it.

    Going back is a step of the log: nothing is erased, and undo takes it back.
    """
    with open_project(project, by=by, read_only=not yes) as session:
        there = list_backups(session)
        if number is None:
            _list(session, there)
            return
        if yes and session.file and session.file.opened.migrated_from is not None:
            raise OtherBackups(project)
        if not 0 < number <= len(there):
            raise NoSuchBackup(project, number, len(there))
        backup = there[number - 1]
        contents = run_now(read_backup(backup))
        with progress_bar("Comparing") as progress:
            found = run_now(find_changes_back(session, contents), progress)
        for one in found:
            click.echo(diff_line(one))
        if yes:
            with progress_bar("Restoring") as progress:
                step = run_now(restore(session, backup, contents), progress)
            click.echo(f"step {step.number}: {step.reason}" if step else "nothing differs")
            return
    ctx.exit(FINDINGS if found else 0)


def diff_line(diff: FieldDiff) -> str:
    """A difference, on one line."""
    both = ", changed on both sides" if diff.both else ""
    invalid = ", no value of the field" if not diff.fits else ""
    field = f"{diff.title} (record {handle(diff.record)}), {diff.label}"
    return f"{field}: {diff.here} → {diff.there}{both}{invalid}"


def _list(session: Session, there: list[BackupRow]) -> None:
    if not there:
        click.echo("There are no backups yet: each save makes one.")
    for number, backup in enumerate(there, start=1):
        later = len(session.history.steps) - backup.steps
        made = f"{backup.time.astimezone():%Y-%m-%d %H:%M}"
        click.echo(f"{number:3}  {made}  step {backup.steps} ({later} later)")
