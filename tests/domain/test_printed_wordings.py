"""What becomes of the coder's own wording of the Coding changes, as cases."""

from __future__ import annotations

import pytest

from tests.domain.coder import cases, play

CASES = """
## The coder may word a sentence; it stands while its change does
code outcome Stalemate
word Outcome changed from Released, as the archive shows.
= Outcome changed from Released, as the archive shows.
code outcome Compromise
= Outcome changed from Released, as the archive shows.
code outcome Released
=
code outcome Compromise
= Outcome changed from Released, as the archive shows.

## A wording goes with its change also where the change was undone
code outcome Stalemate
code settlement Imposed
word Outcome changed from Released, as page 9 shows. Settlement changed from None.
= Outcome changed from Released, as page 9 shows.
= Settlement changed from None.
undo 1
= Settlement changed from None.

## The wording undone, the log's sentence comes back
code outcome Stalemate
word Outcome changed from Released, as page 9 shows.
undo
= Outcome changed from Released.

## A wording of one field is untouched by the coding of another
code outcome Stalemate
word Outcome changed from Released, as page 9 shows.
code settlement Imposed
undo
= Outcome changed from Released, as page 9 shows.

## A wording of a merged sentence goes with its change, and the source's comes back
source Added to the dispute: 365 Russia.
code side_a 2, 200
word Added to the dispute: 200 United Kingdom, late, and 365 Russia.
= Added to the dispute: 200 United Kingdom, late, and 365 Russia.
code side_a 2
= Added to the dispute: 365 Russia.

## So with a day that became a date
source End day changed from Missing.
code end_date July 1, 1964
word End Date changed from June 1964, by the treaty.
= End Date changed from June 1964, by the treaty.
code end_date June 2, 1964
= End day changed from Missing.

## A source's sentence reworded stays when the coding goes
source Outcome changed from Unclear.
code outcome Stalemate
word Outcome changed from unclear (a misprint).
= Outcome changed from unclear (a misprint).
code outcome Released
= Outcome changed from unclear (a misprint).

## A remark of the coder's stands by itself
code outcome Stalemate
word Outcome changed from Released. The maps disagree.
= The maps disagree.
= Outcome changed from Released.
code outcome Released
= The maps disagree.

## A log's sentence cannot be struck out: it follows the log
code outcome Stalemate
word The maps disagree.
= The maps disagree.
= Outcome changed from Released.
"""


@pytest.mark.parametrize("work", cases(CASES))
def test_the_printed_paragraph(work: list[str]) -> None:
    play(work)
