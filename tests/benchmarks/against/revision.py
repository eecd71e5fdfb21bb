"""Checks out another revision of this project while it is measured."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Git = Callable[..., str]


class CheckoutError(Exception):
    """A revision cannot be checked out; the message says why."""


@contextmanager
def checked_out(revision: str, root: Path, to: Path) -> Iterator[str]:
    """Check out a revision of the repository at ``root``; yields its short hash.

    Its tests are removed, since those of ``root`` measure it. The worktree is removed at the end.
    Raises CheckoutError.
    """
    if shutil.which("git") is None:
        raise CheckoutError("git is not installed, and a revision cannot be had without it.")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        if done.returncode:
            raise CheckoutError(done.stderr.strip())
        return done.stdout.strip()

    commit = _commit(git, revision, root)
    try:
        git("worktree", "add", "--detach", "--quiet", str(to), commit)
        if not (to / "mideditor" / "__init__.py").exists():
            raise CheckoutError(f"{revision} has no package of the name mideditor.")
        shutil.rmtree(to / "tests", ignore_errors=True)
        yield git("rev-parse", "--short", commit)
    finally:
        with suppress(CheckoutError):
            git("worktree", "remove", "--force", "--force", str(to))


def _commit(git: Git, revision: str, root: Path) -> str:
    try:
        inside = git("rev-parse", "--show-prefix")
    except CheckoutError as reason:
        raise CheckoutError(f"{root} is not a git checkout: {reason}") from reason
    if inside:
        raise CheckoutError(f"{root} is not a git checkout, only a folder in one.")
    try:
        return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except CheckoutError as reason:
        advice = "“git log --oneline” lists the revisions."
        raise CheckoutError(f"There is no revision “{revision}” here. {advice}") from reason
