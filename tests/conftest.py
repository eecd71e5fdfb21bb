"""What every test stands on: Qt without a display, and folders that are not the user's own."""

import os
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="mideditor-tests-", ignore_cleanup_errors=True)


def _stand_apart(root: Path) -> None:
    """Before Qt or platformdirs is imported: both read the environment when they are first asked.

    Variables that would change how the window looks or where it shows are taken away.
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


_stand_apart(Path(_folder.name))


def pytest_unconfigure() -> None:
    _folder.cleanup()
