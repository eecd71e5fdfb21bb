"""Natural prose, set in lines: what the reader promises holds where nobody chose the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from mideditor.domain.states import StateList
from mideditor.text.reader import read_chapter
from tests.text.figures import prose_figures
from tests.text.natural import (
    Break,
    Compositor,
    Narrative,
    figures_of,
    own_prose,
    python_prose,
)

_NO_STATES = StateList([])


@pytest.fixture(scope="module", params=[own_prose, python_prose])
def figures(request: pytest.FixtureRequest) -> Counter[str]:
    prose: Sequence[Narrative] = request.param()
    return prose_figures(prose)


def test_few_words_are_joined_wrongly_and_most_of_them_are_doubts(figures: Counter[str]) -> None:
    assert figures["joins"] > 400
    assert figures["wrong"] < 0.02 * figures["joins"]
    assert figures["caught"] >= 0.8 * figures["wrong"]


def test_nearly_all_narratives_are_as_they_were(figures: Counter[str]) -> None:
    assert figures["exact"] >= 0.98 * figures["narratives"]
    assert figures["right number"] >= 0.97 * figures["narratives"]


def test_a_longer_text_has_fewer_doubts() -> None:
    prose = python_prose()
    setting = Compositor(columns=86, parting=1.0, seed=1)
    half, whole = (figures_of(setting.set(part)) for part in (prose[: len(prose) // 4], prose))
    assert whole["flagged"] / whole["joins"] < half["flagged"] / half["joins"]
    assert whole["flagged"] < 0.1 * whole["joins"]


def test_the_compositor_says_what_it_parted() -> None:
    chapter = Compositor(columns=40, parting=1.0, seed=0).set(
        [("The government sent a well-armed patrol to the northern boundary in a two-day march.",)]
    )
    assert chapter.text.split("\n")[-3:] == [
        "Narrative: The government sent a well-",
        "armed patrol to the northern boundary in",
        "a two-day march.",
    ]
    assert chapter.breaks == (Break("well", "armed", kept=True),)


def test_what_it_set_is_read_again() -> None:
    chapter = Compositor(columns=60, parting=0.5, seed=3).set(own_prose())
    reading = read_chapter(chapter.text, "s", _NO_STATES)
    assert len(reading.records) == len(chapter.narratives)
    assert reading.unplaced == ()
