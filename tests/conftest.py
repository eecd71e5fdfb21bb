"""Isolates the tests from the user: Qt without a display, temporary home and settings folders."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

_folder = tempfile.TemporaryDirectory(prefix="mideditor-tests-", ignore_cleanup_errors=True)


def _isolate(root: Path) -> None:
    """Point the environment at ``root``; must run before Qt or platformdirs is imported.

    Both read the environment on first use. Variables that would change the window's look or
    display are removed.
    """
    for name in [name for name in os.environ if name.startswith(("QT_", "XDG_"))]:
        del os.environ[name]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folders = {
        "HOME": "home",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "XDG_RUNTIME_DIR": "runtime",
    }
    for name, folder in folders.items():
        path = root / folder
        path.mkdir(mode=0o700)
        os.environ[name] = str(path)


_isolate(Path(_folder.name))
settings.register_profile(
    "untimed",
    deadline=None,  # a busy machine fails no test
    suppress_health_check=[HealthCheck.differing_executors],  # one test runs on several stores
)
settings.load_profile("untimed")


def pytest_unconfigure() -> None:
    _folder.cleanup()
