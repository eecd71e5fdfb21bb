"""How added, dropped and moved participants are printed in the Coding changes, as cases."""

from __future__ import annotations

import pytest

from tests.domain.coder import cases, play

CASES = """
## Added and dropped
code side_a 2, 200
= Added to the dispute: 200 United Kingdom.
code side_a 200
= Added to the dispute: 200 United Kingdom.
= Dropped from the dispute: 2 USA.

## Two are joined by “and”, more by commas
code side_a 2, 200, 40
= Added to the dispute: 200 United Kingdom and 40 Cuba.
code side_b 365, 385
= Added to the dispute: 200 United Kingdom, 40 Cuba and 385 Norway.

## Changed back in another order counts as changed back
code side_a 200, 2
code side_a 2
=

## An addition is merged with the source's own
source Added to the dispute: 365 Russia.
code side_a 2, 200
= Added to the dispute: 200 United Kingdom and 365 Russia.

## Dropping a state that the source added: it was never in the data set
source Added to the dispute: 365 Russia. Outcome changed from Unclear.
code side_b 40
= Added to the dispute: 40 Cuba.
= Outcome changed from Unclear.
code side_b
= Outcome changed from Unclear.

## Adding a state that the source dropped
source Dropped from the dispute: 40 Cuba and 770 Pakistan.
code side_b 365, 40
= Dropped from the dispute: 770 Pakistan.
code side_b 365, 40, 770
=

## A participant added by a later correction is not listed as added
code side_a 2, 200
correct side_a 2, 200, 385
= Added to the dispute: 200 United Kingdom.

## A participant corrected on the other side is neither dropped nor added
code side_a 2, 200
correct side_b 365, 385
= Added to the dispute: 200 United Kingdom.

## Moved to the other side
correct side_a 2, 40
code side_a 2
code side_b 365, 40
= Participant changed: 40 Cuba moved from side A to side B.
code side_b 365
= Dropped from the dispute: 40 Cuba.

## Moved, with a change by the source as well
source Participant changed: 365 Russia was printed as USSR.
code side_a
code side_b 2, 365
= Participant changed: 365 Russia was printed as USSR; 2 USA moved from side A to side B.
code side_b 365
code side_a 2
= Participant changed: 365 Russia was printed as USSR.
"""


@pytest.mark.parametrize("script", cases(CASES))
def test_the_printed_paragraph(script: list[str]) -> None:
    play(script)
