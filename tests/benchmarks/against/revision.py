"""Another revision of this project, checked out for as long as it is measured."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Git = Callable[..., str]


class CannotCheckOut(Exception):
    """Why a revision cannot be had."""


@contextmanager
def checked_out(revision: str, root: Path, to: Path) -> Iterator[str]:
    """Check out a revision of the checkout at ``root``; its short name. Raises CannotCheckOut.

    It comes without its tests, since those of ``root`` measure it, and is removed at the end.
    """
    if shutil.which("git") is None:
        raise CannotCheckOut("git is not installed, and a revision cannot be had without it.")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        if done.returncode:
            raise CannotCheckOut(done.stderr.strip())
        return done.stdout.strip()

    commit = _commit(git, revision, root)
    try:
        git("worktree", "add", "--detach", "--quiet", str(to), commit)
        if not (to / "mideditor" / "__init__.py").exists():
            raise CannotCheckOut(f"{revision} has no package of the name mideditor.")
        shutil.rmtree(to / "tests", ignore_errors=True)
        yield git("rev-parse", "--short", commit)
    finally:
        with suppress(CannotCheckOut):
            git("worktree", "remove", "--force", "--force", str(to))


def _commit(git: Git, revision: str, root: Path) -> str:
    try:
        inside = git("rev-parse", "--show-prefix")
    except CannotCheckOut as why:
        raise CannotCheckOut(f"{root} is not a git checkout: {why}") from why
    if inside:
        raise CannotCheckOut(f"{root} is not a git checkout, only a folder in one.")
    try:
        return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except CannotCheckOut as why:
        advice = "“git log --oneline” lists the revisions."
        raise CannotCheckOut(f"There is no revision “{revision}” here. {advice}") from why
