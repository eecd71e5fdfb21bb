"""Which joined words become doubts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.states import StateList
from mideditor.text.reader import read_chapter
from mideditor.text.word_doubts import DOUBTFUL, ONE_IN, VERY_DOUBTFUL, doubtful_below

TEXT = """\
MID#77
Dispute Number: 77
Date(s): May 3, 1911
Participants: 2 United States of America/365 Russia
Outcome (and Settlement): Released (None)
Fatalities: None
Narrative: The gov-
ernment sent its cold-
blooded agree-
ment to the am-
bassador, whose pack-
mules and sol-
diers crossed the bound-
ary in Septem-
ber, while the garri-
son and the minis-
ter were in the terri-
tory."""


def shown(certainties: list[float]) -> list[float]:
    below = doubtful_below(certainties)
    return [certainty for certainty in certainties if certainty < below]


def test_certain_words_are_not_shown() -> None:
    assert shown([0.9999] * 100) == []


def test_in_a_long_text_all_uncertain_words_are_shown() -> None:
    assert shown([0.97, 0.99, 0.9999] + [0.9999] * 97) == [0.97, 0.99]


def test_a_tenth_is_shown_if_most_words_are_uncertain() -> None:
    assert shown([0.95 + n / 1000 for n in range(30)]) == [0.95, 0.951, 0.952]


def test_very_doubtful_words_are_always_shown() -> None:
    assert shown([0.5, 0.6, 0.89, 0.93]) == [0.5, 0.6, 0.89]


@given(st.lists(st.floats(0.5, 1.0)))
def test_at_most_a_tenth_and_all_very_doubtful_words_are_shown(certainties: list[float]) -> None:
    seen = shown(certainties)
    very_doubtful = [certainty for certainty in certainties if certainty < VERY_DOUBTFUL]
    assert len(seen) <= max(len(certainties) // ONE_IN, len(very_doubtful))
    assert all(certainty < DOUBTFUL for certainty in seen)
    assert [certainty for certainty in seen if certainty < VERY_DOUBTFUL] == very_doubtful


def test_a_join_is_doubtful_if_its_record_has_a_doubt_about_it() -> None:
    reading = read_chapter(TEXT, "s", StateList([]))
    doubtful = {f"{join.left}|{join.right}" for join in reading.joins if join.doubtful}
    assert doubtful == {"cold|blooded", "pack|mules"}
    assert {doubt.quote for doubt in reading.records[0].doubts} == {"cold-blooded", "pack-mules"}
