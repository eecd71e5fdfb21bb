"""Runs code as an unprivileged user, so that file permissions apply even under root."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Opening a project first triggers every lazy import, before root drops its privileges.
OPEN = """
import os, sys
from pathlib import Path
from mideditor.files.user_error import UserError
from mideditor.store.project_store import ProjectStore
project, warm_up, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
ProjectStore.open(warm_up, create=True).close()
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    ProjectStore.open(project, read_only=how == "read")
    print("opened")
except UserError as error:
    print(error)
"""


def open_as_ordinary_user(project: Path, how: str) -> str:
    """Open a project to ``read`` or ``write`` as an unprivileged user; returns what is printed."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", OPEN, str(project), f"{folder}/warm-up.mid.json", how],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert done.stderr == ""
    return done.stdout.strip()


AS_ORDINARY_USER = """
import os, sys
from pathlib import Path
from mideditor.files.user_error import UserError
from mideditor.store.project_store import ProjectStore
from tests.store.steps import append_step, backups_of, journal_of, numbers
project = Path(sys.argv[1])
warm_up = ProjectStore.open(Path(sys.argv[2]), create=True)
append_step(warm_up)
warm_up.close()
project.parent.mkdir()
if os.geteuid() == 0:
    os.chown(project.parent, 65534, 65534)
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
ProjectStore.open(project, create=True).close()
"""


def run_as_ordinary_user(script: str, project: Path) -> str:
    """Run a script on a new ``project`` as an unprivileged user; returns what it prints.

    The project's folder is created and belongs to that user.
    """
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                AS_ORDINARY_USER + script,
                str(project),
                f"{folder}/warm-up.mid.json",
            ],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert done.stderr == ""
    return done.stdout.strip()


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that every user can enter and write to; pytest's are private."""
    with tempfile.TemporaryDirectory(prefix="mideditor-open-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        try:
            yield folder
        finally:
            folder.chmod(0o777)
