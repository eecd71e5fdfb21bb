"""The state list that ships with the program: the published membership, the printed names."""

from __future__ import annotations

from functools import lru_cache

from mideditor.domain.states import StateList, parse_states
from mideditor.files.bundled import bundled_path


@lru_cache(maxsize=1)
def bundled_states() -> StateList:
    """The states of ``resources/states.csv``, read once. Raises NotBundled or ValueError.

    Codes, abbreviations and dates are those of the list of state system membership published for
    2016. The names are as the chapters print them; a state that was a member on the list's last
    day (2016-12-31) has an open membership.
    """
    with bundled_path("resources", "states.csv").open(encoding="utf-8", newline="") as lines:
        return parse_states(lines)
