"""Words broken at line ends: joined or hyphenated, with evidence and a certainty."""

from __future__ import annotations

import pytest

from mideditor.domain.states import State, StateList
from mideditor.text.hyphen_judge import HyphenJudge
from mideditor.text.line_ends import join_lines
from mideditor.text.word_doubts import DOUBTFUL
from tests.text.figures import judge_by_spelling

STATES = StateList([State(300, "AUH", "Austria-Hungary"), State(404, "GNB", "Guinea-Bissau")])


def joined(text: str, elsewhere: str = "") -> str:
    return join_lines(text.split("\n"), HyphenJudge(f"{elsewhere}\n{text}", STATES)).text


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("removed its mis-\nsiles", "removed its missiles"),
        ("the gov-\nernment", "the government"),
        ("a two-\nday truce", "a two-day truce"),
        ("Bolivian-\ncontrolled forts", "Bolivian-controlled forts"),
        ("the Anglo-\nFrench fleet", "the Anglo-French fleet"),
        ("300 Austria-\nHungary", "300 Austria-Hungary"),
        ("404 Guinea-\nBis-\nsau", "404 Guinea-Bissau"),
        ("to Feb-\nru-\nary 3", "to February 3"),
        ("an IL-\n28 bomber", "an IL-28 bomber"),
        ("air-to-\nair missiles", "air-to-air missiles"),
        ("surface-\nto-air missiles", "surface-to-air missiles"),
        ("a well-\narmed band", "a well-armed band"),
        ("Khru-\nshchev", "Khrushchev"),
        ("the pre-\nand post-war years", "the pre- and post-war years"),
        ("mis\u00ad\nsiles", "missiles"),
        ("its reserves—\nall of them", "its reserves—all of them"),
        ("its reserves\n—all of them", "its reserves—all of them"),
        ("from 1910–\n1912", "from 1910–1912"),
        ("he left –\nas he said", "he left – as he said"),
        ("365 Russia/\n2 Cuba", "365 Russia/2 Cuba"),
        ("“a protec-\ntorate,” he said", "“a protectorate,” he said"),
        ("one\ntwo", "one two"),
    ],
)
def test_lines_are_joined(lines: str, word: str) -> None:
    assert joined(lines) == word


def test_the_text_itself_is_the_best_evidence() -> None:
    assert joined("a cease-\nfire", "The cease-fire held.") == "a cease-fire"
    assert joined("a cease-\nfire", "The ceasefire held.") == "a ceasefire"
    assert joined("re-\nestablishes", "re-established") == "re-establishes"


def test_a_verdict_has_a_certainty() -> None:
    judge = HyphenJudge("", STATES)
    assert judge.judge("mis", "siles").certainty > 0.95
    assert judge.judge("take", "over").certainty < DOUBTFUL
    assert judge.judge("two", "day").kept


def test_a_word_spelled_both_ways_is_a_doubt() -> None:
    judge = HyphenJudge("cease-fire ceasefire cease-fire", STATES)
    verdict = judge.judge("cease", "fire")
    assert verdict.kept
    assert verdict.certainty < 0.9


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("a half-heart-\ned reply", "a half-hearted reply"),
        ("day-to-\nday patrols", "day-to-day patrols"),
        ("UNITED STATES OF AMER-\nICA", "UNITED STATES OF AMERICA"),
        ("the ‘pro-\nvisional’ line", "the ‘provisional’ line"),
    ],
)
def test_word_parts_quotes_and_capitals_are_handled(lines: str, word: str) -> None:
    assert joined(lines) == word


def test_a_word_with_an_optional_hyphen_is_a_doubt() -> None:
    judge = HyphenJudge("", STATES)
    assert judge.judge("non", "commercially").certainty < DOUBTFUL
    assert judge.judge("counter", "claim").certainty < DOUBTFUL


def test_an_occurrence_that_agrees_with_the_spelling_adds_certainty() -> None:
    alone, once, often = (
        HyphenJudge("the airspace " * n, STATES).judge("air", "space") for n in (0, 1, 9)
    )
    assert alone.certainty < once.certainty < often.certainty
    assert once.certainty > 0.99
    assert often.certainty >= DOUBTFUL


def test_an_occurrence_with_an_unusual_spelling_leaves_a_doubt() -> None:
    certain = HyphenJudge("throughout " * 3, STATES).judge("agree", "ment").certainty
    assert HyphenJudge("the wide-spread", STATES).judge("wide", "spread").kept
    assert HyphenJudge("widespread " * 3, STATES).judge("wide", "spread").certainty < certain
    assert HyphenJudge("nonparty " * 3, STATES).judge("non", "party").certainty < DOUBTFUL


def test_most_wrong_joins_of_the_word_list_are_doubts() -> None:
    """Each word is judged as if it occurred only once in the text; see docs/reading.md."""
    joins = judge_by_spelling()
    assert joins.wrong < 0.025
    assert joins.flagged <= 0.1
    assert joins.wrong_flagged > 0.95


def test_a_text_with_both_spellings_is_never_certain() -> None:
    judge = HyphenJudge("neo-classical " * 9 + "neoclassical", STATES)
    verdict = judge.judge("neo", "classical")
    assert verdict.kept
    assert verdict.certainty < DOUBTFUL


@pytest.mark.parametrize(
    ("left", "right", "kept"),
    [
        ("UN", "supervised", True),
        ("thirty", "nine", True),
        ("Mc", "Clymond", False),
        ("two", "engined", True),
        ("so", "called", True),
        ("low-in", "come", False),
        ("day-to", "day", True),
    ],
)
def test_shape_word_list_and_syllables_are_evidence(left: str, right: str, kept: bool) -> None:
    assert HyphenJudge("", STATES).judge(left, right).kept is kept
