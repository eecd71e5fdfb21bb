"""The state list: the bundled one, or a newer one that the user has put in its place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import platformdirs

from mideditor.domain.states import StateList, UnreadableStates, parse_states
from mideditor.files.bundled import bundled_path
from mideditor.files.decoding import NotText, decode
from mideditor.files.replacing import replace_file
from mideditor.files.user_error import FileError, UserError
from mideditor.reference.state_table import read_states


class BadStateList(UserError):
    """A file that cannot be read as a list of states."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why.rstrip('.')}. The list in use is as it was.")


@lru_cache(maxsize=1)
def bundled_states() -> StateList:
    """The states of ``resources/states.csv``, read once. Raises NotBundled or ValueError.

    Codes, abbreviations and dates are those of the state system membership list published for
    2016. The names are as printed in the chapters; the membership of a state that was a member on
    the list's last day (2016-12-31) is ongoing.
    """
    with bundled_path("resources", "states.csv").open(encoding="utf-8", newline="") as lines:
        return parse_states(lines)


def load_states(path: Path) -> StateList:
    """The states of a file in our layout or that of the Correlates of War list.

    Any common encoding is accepted, with commas, semicolons or tabs. For states in the bundled
    list, printed names, variants and mentions are added to those of the file. Raises BadStateList,
    which names each row and column that cannot be read, or FileError.
    """
    return _parse(path, _read_bytes(path))


def state_list_in_use() -> StateList:
    """The user's own list if there is one, else the bundled one. Raises like `load_states`."""
    path = own_list_path()
    return load_states(path) if path.exists() else bundled_states()


def use_state_list(path: Path | None) -> StateList:
    """Use the list in a file from now on (None: go back to the bundled one).

    The file is copied unchanged into the user's settings. Raises like `load_states`; the list in
    use then stays the same.
    """
    own = own_list_path()
    try:
        if path is None:
            own.unlink(missing_ok=True)
            return bundled_states()
        data = _read_bytes(path)
        states = _parse(path, data)
        own.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(own, error, "The state list in use is as it was.") from error
    replace_file(own, data)
    return states


def own_list_path() -> Path:
    """Where the user's own list is kept."""
    return platformdirs.user_config_path("mideditor") / "states.csv"


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(path, error, "Choose a list of states that can be read.") from error


def _parse(path: Path, data: bytes) -> StateList:
    try:
        return read_states(decode(data).text, known=bundled_states())
    except (NotText, UnreadableStates) as error:
        raise BadStateList(path, str(error)) from error
