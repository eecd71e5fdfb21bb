"""Shared by the commands: the project argument, opening a project, and the progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import click

from mideditor.files.outputs import check_standard_output
from mideditor.session.preferences import Preferences
from mideditor.session.project.opening_notice import opening_notice
from mideditor.session.session import Session

_SHOWN_EVERY = 0.05
"""Seconds between two updates of the bar."""

project_argument = click.argument("project", type=click.Path(path_type=Path, dir_okay=False))
by_option = click.option("--by", metavar="NAME", help="Who signs the step (else: your own name).")


def open_project(
    path: Path, *, by: str | None = None, create: bool = False, read_only: bool = False
) -> Session:
    """Open a session, signed with ``by`` or the preferred name; raises UserError.

    If the project is saved without a backup, that is told at the end of the command.
    """
    check_standard_output(path)
    author = by or Preferences.load().signature
    session = Session.open(path, author, create=create, read_only=read_only)
    if not read_only:
        for line in opening_notice(session):
            click.echo(f"mideditor: {line}", err=True)
        click.get_current_context().call_on_close(lambda: _tell_missing_backup(session))
    return session


def _tell_missing_backup(session: Session) -> None:
    error = session.file and session.file.backup_error
    if error:
        message = f"The project was saved, but without a backup. {error}"
        click.echo(f"mideditor: {message}", err=True)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error if that is a terminal; Ctrl+C stops the work."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as bar:
        shown = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            if monotonic() - shown >= _SHOWN_EVERY or done == total:
                shown = monotonic()
                bar.length = max(total, 1)
                bar.update(done - bar.pos)

        yield progress


def choice_of(names: Iterable[str]) -> click.Choice[str]:
    """A click choice of names, such as the keys of a table."""
    return click.Choice(list(names))
