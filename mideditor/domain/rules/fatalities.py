"""Rules that compare the fatality level with the deaths reported in the narrative."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.codes import Fatalities
from mideditor.domain.record import Entry
from mideditor.domain.rules import Severity
from mideditor.domain.rules.context import Problem, RuleContext
from mideditor.domain.rules.deaths import Deaths, Victims, deaths_in, no_deaths_phrase

# The upper limit of each level; the last one has none.
_MAX_DEATHS = {
    Fatalities.NONE: 0,
    Fatalities.TO_25: 25,
    Fatalities.TO_100: 100,
    Fatalities.TO_250: 250,
    Fatalities.TO_500: 500,
    Fatalities.TO_999: 999,
    Fatalities.OVER_999: None,
}
_LEVELS = list(_MAX_DEATHS)
_MUCH_HIGHER_BY = 2
"""A level this many steps above the one for all reported deaths together is suspicious."""


def deaths_and_level(context: RuleContext) -> Iterator[Problem]:
    """More deaths in the narrative than the fatality level has.

    The level counts military deaths: those of civilians are ignored, and if the text does not say
    who died, the finding is a notice.
    """
    level = _level(context)
    if level is None or not isinstance(context.record, Entry):
        return
    reported = [
        deaths
        for deaths in deaths_in(context.record.narrative)
        if deaths.victims > Victims.CIVILIANS
    ]
    maximum = _MAX_DEATHS.get(level, 0)
    exceeding = [deaths for deaths in reported if maximum is not None and deaths.minimum > maximum]
    if exceeding:
        worst = max(exceeding, key=lambda deaths: (deaths.victims, deaths.minimum))
        message = f"Fatalities is {level}, but the narrative says “{worst.words}”."
        known = worst.victims is Victims.SOLDIERS and level is not Fatalities.MISSING
        severity = None if known else Severity.NOTICE
        yield Problem("narrative", (level, worst.words), message, worst.words, severity=severity)


def level_without_deaths(context: RuleContext) -> Iterator[Problem]:
    """A fatality level where the narrative says that nobody died, or a much higher one."""
    level = _level(context)
    if level in (None, Fatalities.NONE, Fatalities.MISSING) or not isinstance(
        context.record, Entry
    ):
        return
    reported = deaths_in(context.record.narrative)
    if not reported:
        words = " … ".join(filter(None, map(no_deaths_phrase, context.record.narrative)))
        if words:
            message = f"Fatalities is {level}, but the narrative says “{words}”."
            yield Problem("narrative", (level, words), message, words.split(" … ")[0])
    elif all(deaths.counted for deaths in reported):
        yield from _much_higher(level, reported)


def _much_higher(level: Fatalities | None, reported: list[Deaths]) -> Iterator[Problem]:
    total = sum(deaths.minimum for deaths in reported)
    fitting_level = next(
        candidate
        for candidate, maximum in _MAX_DEATHS.items()
        if maximum is None or maximum >= total
    )
    if level is not None and _LEVELS.index(level) - _LEVELS.index(fitting_level) >= _MUCH_HIGHER_BY:
        words = reported[0].words
        message = f"Fatalities is {level}, but the narrative tells of {total} deaths: “{words}”."
        about = (level, total)
        yield Problem("narrative", about, message, words, severity=Severity.NOTICE)


def _level(context: RuleContext) -> Fatalities | None:
    level = getattr(context.record, "fatalities", None)
    return level if isinstance(level, Fatalities) else None
