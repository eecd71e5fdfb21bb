"""How a changed start or end is printed in the Coding changes paragraph, as cases."""

from __future__ import annotations

import pytest

from tests.domain.coder import cases, play

CASES = """
## Only the day was added
code start_date May 2, 1964
= Start day changed from Missing.

## A day in another month is a changed date
code start_date June 2, 1964
= Start Date changed from May 1964.

## A removed day is a changed date
code end_date June 1964
= End Date changed from June 2, 1964.

## A date removed and a date added
code end_date Missing
= End Date changed from June 2, 1964.
undo
correct end_date Missing
code end_date June 2, 1964
= End Date changed from Missing.

## First the day, then the month: one sentence, with the first value
code start_date May 2, 1964
code start_date June 2, 1964
= Start Date changed from May 1964.
code start_date May 3, 1964
= Start day changed from Missing.

## The source added the day; a different day changes nothing
source End day changed from Missing.
code end_date June 3, 1964
= End day changed from Missing.
code end_date June 1964
=
code end_date July 1, 1964
= End Date changed from June 1964.

## The source changed the date; the coder goes back to its month and gives a day
source End Date changed from July 1964.
code end_date July 4, 1964
= End day changed from Missing.
code end_date July 1964
=

## The source had no date at all
source Start Date changed from Missing.
code start_date April 1964
= Start Date changed from Missing.
code start_date Missing
=
"""


@pytest.mark.parametrize("script", cases(CASES))
def test_the_printed_paragraph(script: list[str]) -> None:
    play(script)
