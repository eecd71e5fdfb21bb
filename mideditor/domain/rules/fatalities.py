"""The fatality level against what the narrative tells of deaths."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.codes import Fatalities
from mideditor.domain.record import Entry
from mideditor.domain.rules import Severity
from mideditor.domain.rules.case import Case, Found
from mideditor.domain.rules.deaths import Deaths, Who, says_nobody_died, told_in

# The most deaths of each level; nothing is too many for the last.
_MOST = {
    Fatalities.NONE: 0,
    Fatalities.TO_25: 25,
    Fatalities.TO_100: 100,
    Fatalities.TO_250: 250,
    Fatalities.TO_500: 500,
    Fatalities.TO_999: 999,
    Fatalities.OVER_999: None,
}
_LEVELS = list(_MOST)
_FAR = 2
"""So many levels apart, a level is odd that is higher than all the deaths told together."""


def deaths_and_level(case: Case) -> Iterator[Found]:
    """More deaths in the narrative than the fatality level has.

    The level counts military deaths: those of civilians do not count, and where the text does not
    say who died, it is a notice.
    """
    level = _level(case)
    if level is None or not isinstance(case.record, Entry):
        return
    told = [deaths for deaths in told_in(case.record.narrative) if deaths.who > Who.CIVILIANS]
    most = _MOST.get(level, 0)
    too_many = [deaths for deaths in told if most is not None and deaths.least > most]
    if too_many:
        worst = max(too_many, key=lambda deaths: (deaths.who, deaths.least))
        message = f"Fatalities is {level}, but the narrative says “{worst.words}”."
        known = worst.who is Who.SOLDIERS and level is not Fatalities.MISSING
        severity = None if known else Severity.NOTICE
        yield Found("narrative", (level, worst.words), message, worst.words, severity=severity)


def level_without_deaths(case: Case) -> Iterator[Found]:
    """A fatality level where the narrative says that nobody died, or a much higher one."""
    level = _level(case)
    if level in (None, Fatalities.NONE, Fatalities.MISSING) or not isinstance(case.record, Entry):
        return
    told = told_in(case.record.narrative)
    if not told:
        words = " … ".join(filter(None, map(says_nobody_died, case.record.narrative)))
        if words:
            message = f"Fatalities is {level}, but the narrative says “{words}”."
            yield Found("narrative", (level, words), message, words.split(" … ")[0])
    elif all(deaths.counted for deaths in told):
        yield from _much_higher(level, told)


def _much_higher(level: Fatalities | None, told: list[Deaths]) -> Iterator[Found]:
    together = sum(deaths.least for deaths in told)
    fitting = next(at for at, most in _MOST.items() if most is None or most >= together)
    if level is not None and _LEVELS.index(level) - _LEVELS.index(fitting) >= _FAR:
        words = told[0].words
        message = f"Fatalities is {level}, but the narrative tells of {together} deaths: “{words}”."
        about = (level, together)
        yield Found("narrative", about, message, words, severity=Severity.NOTICE)


def _level(case: Case) -> Fatalities | None:
    level = getattr(case.record, "fatalities", None)
    return level if isinstance(level, Fatalities) else None
