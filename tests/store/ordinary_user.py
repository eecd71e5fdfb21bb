"""A process that the permissions of files bind, also where the tests are run by root."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

# All that may be imported late is imported by opening a project, before root gives up its rights.
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
    """What a user without privileges is told who opens a project to ``read`` or to ``write``."""
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


def do_as_ordinary_user(script: str, project: Path) -> str:
    """What a script prints that a user without privileges runs on an empty ``project``.

    The folder that it is in is made, and is the user's own.
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
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter and write to; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="mideditor-open-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        try:
            yield folder
        finally:
            folder.chmod(0o777)
