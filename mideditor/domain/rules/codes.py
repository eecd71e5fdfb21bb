"""Rules for outcome and settlement, which the codebook defines in terms of each other."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.codes import Outcome, Settlement
from mideditor.domain.record import Entry
from mideditor.domain.rules import Severity
from mideditor.domain.rules.context import Problem, RuleContext

_NOBODY_IMPOSED = "a settlement is imposed by a side that won or made the other yield"
_GOES_ON = "a dispute that joins a war is settled with the war"
_AGREED = "a compromise is agreed upon"

# Pairs that the codebook's definitions exclude, with the reason.
_EXCLUDED: dict[tuple[Outcome, Settlement], str] = {
    (Outcome.STALEMATE, Settlement.IMPOSED): _NOBODY_IMPOSED,
    (Outcome.COMPROMISE, Settlement.IMPOSED): _NOBODY_IMPOSED,
    (Outcome.UNCLEAR, Settlement.IMPOSED): _NOBODY_IMPOSED,
    (Outcome.JOINS_WAR, Settlement.IMPOSED): _GOES_ON,
    (Outcome.JOINS_WAR, Settlement.NEGOTIATED): _GOES_ON,
}
# Pairs that the definitions make unlikely, with the reason.
_ODD: dict[tuple[Outcome, Settlement], str] = {
    (Outcome.COMPROMISE, Settlement.NONE): _AGREED,
    (Outcome.COMPROMISE, Settlement.UNCLEAR): _AGREED,
}


def outcome_and_settlement(context: RuleContext) -> Iterator[Problem]:
    """An outcome and a settlement that do not go together."""
    if not isinstance(context.record, Entry):
        return
    outcome, settlement = context.record.outcome, context.record.settlement
    if not isinstance(outcome, Outcome) or not isinstance(settlement, Settlement):
        return
    pair = f"{outcome} ({settlement})"
    if (outcome, settlement) in _EXCLUDED:
        message = f"{pair} do not go together: {_EXCLUDED[outcome, settlement]}."
        yield Problem("settlement", (outcome, settlement), message)
    elif (outcome, settlement) in _ODD:
        message = f"{pair} is odd: {_ODD[outcome, settlement]}."
        yield Problem("settlement", (outcome, settlement), message, severity=Severity.NOTICE)
    elif (outcome == Outcome.MISSING) != (settlement == Settlement.MISSING):
        message = f"{pair}: one of them is Missing and the other is not."
        yield Problem("settlement", (outcome, settlement), message, severity=Severity.NOTICE)
