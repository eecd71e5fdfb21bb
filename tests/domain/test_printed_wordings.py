"""What happens to sentences of the Coding changes that the coder has reworded, as cases."""

from __future__ import annotations

import pytest

from tests.domain.coder import cases, play

CASES = """
## The coder may reword a sentence; it is printed as long as its change is in force
code outcome Stalemate
word Outcome changed from Released, as the archive shows.
= Outcome changed from Released, as the archive shows.
code outcome Compromise
= Outcome changed from Released, as the archive shows.
code outcome Released
=
code outcome Compromise
= Outcome changed from Released, as the archive shows.

## A reworded sentence goes with its change, even if the change was undone
code outcome Stalemate
code settlement Imposed
word Outcome changed from Released, as page 9 shows. Settlement changed from None.
= Outcome changed from Released, as page 9 shows.
= Settlement changed from None.
undo 1
= Settlement changed from None.

## If the rewording is undone, the log's sentence comes back
code outcome Stalemate
word Outcome changed from Released, as page 9 shows.
undo
= Outcome changed from Released.

## A reworded sentence for one field is not affected by coding another
code outcome Stalemate
word Outcome changed from Released, as page 9 shows.
code settlement Imposed
undo
= Outcome changed from Released, as page 9 shows.

## A reworded merged sentence goes with its change, and the source's comes back
source Added to the dispute: 365 Russia.
code side_a 2, 200
word Added to the dispute: 200 United Kingdom, late, and 365 Russia.
= Added to the dispute: 200 United Kingdom, late, and 365 Russia.
code side_a 2
= Added to the dispute: 365 Russia.

## The same for a day that became a date
source End day changed from Missing.
code end_date July 1, 1964
word End Date changed from June 1964, by the treaty.
= End Date changed from June 1964, by the treaty.
code end_date June 2, 1964
= End day changed from Missing.

## A reworded sentence of the source stays when the coding is reversed
source Outcome changed from Unclear.
code outcome Stalemate
word Outcome changed from unclear (a misprint).
= Outcome changed from unclear (a misprint).
code outcome Released
= Outcome changed from unclear (a misprint).

## A remark of the coder stays by itself
code outcome Stalemate
word Outcome changed from Released. The maps disagree.
= The maps disagree.
= Outcome changed from Released.
code outcome Released
= The maps disagree.

## A sentence from the log cannot be deleted: it follows the log
code outcome Stalemate
word The maps disagree.
= The maps disagree.
= Outcome changed from Released.
"""


@pytest.mark.parametrize("script", cases(CASES))
def test_the_printed_paragraph(script: list[str]) -> None:
    play(script)
