"""The state list: the one that ships with the program, or a newer one in its place."""

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


class UnfitStateList(UserError):
    """A file that cannot be read as a list of states."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why.rstrip('.')}. The list in use is as it was.")


@lru_cache(maxsize=1)
def bundled_states() -> StateList:
    """The states of ``resources/states.csv``, read once. Raises NotBundled or ValueError.

    Codes, abbreviations and dates are those of the list of state system membership published for
    2016. The names are as the chapters print them; a state that was a member on the list's last
    day (2016-12-31) has an open membership.
    """
    with bundled_path("resources", "states.csv").open(encoding="utf-8", newline="") as lines:
        return parse_states(lines)


def load_states(path: Path) -> StateList:
    """The states of a file in our layout or that of the Correlates of War list.

    In any usual encoding, with commas, semicolons or tabs. Names printed in the chapters, variants
    and mentions of states that we know are kept beside its own. Raises UnfitStateList, which names
    each row and column that cannot be read, or FileError.
    """
    return _states_of(path, _bytes_of(path))


def state_list_in_use() -> StateList:
    """The user's own list, if there is one, else the bundled one. Raises as `load_states`."""
    path = own_list_path()
    return load_states(path) if path.exists() else bundled_states()


def use_state_list(path: Path | None) -> StateList:
    """Take the list of a file instead of the one in use (None: the bundled one again).

    The file is copied into the user's own settings, and stays there as it is. Raises as
    `load_states`, with the list in use unchanged.
    """
    own = own_list_path()
    try:
        if path is None:
            own.unlink(missing_ok=True)
            return bundled_states()
        data = _bytes_of(path)
        states = _states_of(path, data)
        own.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(own, error, "The state list in use is as it was.") from error
    replace_file(own, data)
    return states


def own_list_path() -> Path:
    """Where a list of the user's own is kept."""
    return platformdirs.user_config_path("mideditor") / "states.csv"


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(path, error, "Choose a list of states that can be read.") from error


def _states_of(path: Path, data: bytes) -> StateList:
    try:
        return read_states(decode(data).text, known=bundled_states())
    except (NotText, UnreadableStates) as error:
        raise UnfitStateList(path, str(error)) from error
