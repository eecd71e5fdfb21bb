"""Evidence is located again after edits, and is lost when its words are removed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.evidence import evidence_at, find_evidence

TEXT = "The fleet sailed on May 3. Four men died in the storm.\nOn May 9 the fleet came home."


def found_again(quote: str, text: str) -> str | None:
    """The words in another text that correspond to words marked in `TEXT`."""
    at = TEXT.index(quote)
    place = find_evidence(evidence_at("outcome", TEXT, at, at + len(quote)), text)
    return None if place is None else text[slice(*place)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The fleet", "The whole grey fleet"),
        ("in the storm", "in the great storm"),
        ("storm.\nOn", "storm. On"),
        ("May 3. Four", "May 3.\nFour"),
        ("", ""),
    ],
)
def test_edits_around_the_words_do_not_lose_them(old: str, new: str) -> None:
    assert found_again("Four men died", TEXT.replace(old, new)) == "Four men died"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Four men", "Four sailors", "Four sailors died in the storm"),
        ("Four men", "Four  men", "Four  men died in the storm"),
    ],
)
def test_small_edits_of_the_words_do_not_lose_them_either(old: str, new: str, words: str) -> None:
    assert found_again("Four men died in the storm", TEXT.replace(old, new)) == words


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Four men died", TEXT.replace("Four men died in the storm.", "Nobody was hurt.")),
        ("Four men died", ""),
        ("May 9", "In another year, on May 9, nothing happened."),
    ],
)
def test_words_that_are_gone_are_lost(quote: str, text: str) -> None:
    assert found_again(quote, text) is None


def test_the_place_with_matching_context_is_preferred() -> None:
    at = TEXT.rindex("fleet")
    evidence = evidence_at("outcome", TEXT, at, at + len("fleet"))
    assert find_evidence(evidence, TEXT) == (at, at + len("fleet"))
    longer = "A fleet is many ships. " + TEXT
    shifted = at + len(longer) - len(TEXT)
    assert find_evidence(evidence, longer) == (shifted, shifted + len("fleet"))


texts = st.text(st.sampled_from("abc \n"), min_size=1, max_size=80)


@given(texts, st.data())
def test_in_an_unchanged_text_the_same_words_are_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = find_evidence(evidence_at("outcome", text, start, end), text)
    assert place is not None
    assert text[slice(*place)] == text[start:end]
