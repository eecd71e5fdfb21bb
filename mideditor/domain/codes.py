"""The coded fields: their printed words and their numbers in the published data set."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar


class Outcome(StrEnum):
    """How a dispute ended, in the printed words."""

    VICTORY_A = "Victory for side A"
    VICTORY_B = "Victory for side B"
    YIELD_A = "Yield by side A"
    YIELD_B = "Yield by side B"
    STALEMATE = "Stalemate"
    COMPROMISE = "Compromise"
    RELEASED = "Released"
    UNCLEAR = "Unclear"
    JOINS_WAR = "Joins ongoing war"
    MISSING = "Missing"


class Settlement(StrEnum):
    """How the outcome was settled, in the printed words."""

    NEGOTIATED = "Negotiated"
    IMPOSED = "Imposed"
    NONE = "None"
    UNCLEAR = "Unclear"
    MISSING = "Missing"


class Fatalities(StrEnum):
    """The fatality level, in the printed words (en dash)."""

    NONE = "None"
    TO_25 = "1–25 deaths"
    TO_100 = "26–100 deaths"
    TO_250 = "101–250 deaths"
    TO_500 = "251–500 deaths"
    TO_999 = "501–999 deaths"
    OVER_999 = ">999 deaths"
    MISSING = "Missing"


class HostilityLevel(StrEnum):
    """The highest level of hostility in a dispute, in the words of the codebook."""

    NONE = "No militarized action"
    THREAT = "Threat to use force"
    DISPLAY = "Display of force"
    USE = "Use of force"
    WAR = "War"


class ReviewState(StrEnum):
    """How far work on a record has progressed."""

    IMPORTED = "imported"
    IN_PROGRESS = "in progress"
    CODED = "coded"
    IN_REVIEW = "in review"
    DONE = "done"


CodeList = TypeVar("CodeList", bound=StrEnum)

MISSING_CODE = -9

# The numbers of the published data set (outcome, settle, fatality, hostlev of MIDA). One table per
# code list, since members of different lists are equal as strings ("None" of Settlement and of
# Fatalities).
OUTCOME_NUMBERS = {
    **{outcome: number for number, outcome in enumerate(list(Outcome)[:-1], start=1)},
    Outcome.MISSING: MISSING_CODE,
}
SETTLEMENT_NUMBERS = {
    **{settlement: number for number, settlement in enumerate(list(Settlement)[:-1], start=1)},
    Settlement.MISSING: MISSING_CODE,
}
FATALITIES_NUMBERS = {
    **{level: number for number, level in enumerate(list(Fatalities)[:-1])},
    Fatalities.MISSING: MISSING_CODE,
}


HOSTILITY_NUMBERS = {level: number for number, level in enumerate(HostilityLevel, start=1)}


class NotACode(ValueError):
    """A text that is not in a code list."""

    def __init__(self, text: str, codes: type[StrEnum]) -> None:
        super().__init__(f"“{text}” is not in the list: {' · '.join(codes)}.")


def parse_code(text: str, codes: type[CodeList]) -> CodeList:
    """The member of ``codes`` printed as ``text``, ignoring case, spacing and the kind of dash.

    Raises NotACode.
    """
    wanted = _folded(text)
    for code in codes:
        if _folded(code) == wanted:
            return code
    raise NotACode(text, codes)


def _folded(text: str) -> str:
    return " ".join(text.replace("-", "–").casefold().split())
