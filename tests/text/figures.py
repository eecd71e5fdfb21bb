"""Prints the figures of docs/reading.md: `python -m tests.text.figures`."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mideditor.domain.record import Entry, Fragment
from mideditor.reference.state_list import bundled_states
from mideditor.text.hyphen_model import WordHalves, hyphen_odds
from mideditor.text.reader import Join, read_chapter
from mideditor.text.word_doubts import DOUBTFUL, ONE_IN
from tests.text.natural import (
    Compositor,
    Narrative,
    count_join,
    count_narrative,
    figures_of,
    own_prose,
    prose_held_back,
    prose_of_development,
    python_prose,
    shuffled_as_in_book,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
_WORDS = Path(__file__).with_name("broken_words.txt")
_SHARES = {"soft": 0.83, "closed": 0.03, "kept": 0.14}
"""The share of each kind at line ends; prose has fewer compounds, the book more."""

PROSE_OF_OTHERS: Mapping[str, Callable[[], list[Narrative]]] = {
    "prose of development": prose_of_development,
    "prose held back": prose_held_back,
}
PROSE: Mapping[str, Callable[[], list[Narrative]]] = {
    "own prose": own_prose,
    **PROSE_OF_OTHERS,
    "Python's manual": python_prose,
}
_COLUMNS = (72, 76, 80, 83, 86, 90, 94)


@dataclass(frozen=True)
class Joins:
    """Shares of all joins: wrong, and flagged as doubts; and the share of wrong ones flagged."""

    wrong: float
    flagged: float
    wrong_flagged: float


def judge_by_spelling() -> Joins:
    """Judge the listed words, each as if it occurred only once in the text.

    As in a text, the least certain tenth is flagged.
    """
    wrong = flagged = both = 0.0
    for certainty, weight, is_wrong in sorted(_judge_words()):
        is_flagged = certainty < DOUBTFUL and flagged + weight <= 1 / ONE_IN
        wrong += weight * is_wrong
        flagged += weight * is_flagged
        both += weight * (is_wrong and is_flagged)
    return Joins(wrong, flagged, both / wrong)


def _judge_words() -> Iterator[tuple[float, float, bool]]:
    """Each word's certainty, its share of all joins, and whether it is joined wrongly."""
    for kind, words in broken_words().items():
        for left, _, right in (word.partition("|") for word in words):
            chance = 1 / (1 + math.exp(-hyphen_odds(WordHalves(left, right))))
            is_wrong = (chance >= 0.5) is not (kind == "kept")
            yield max(chance, 1 - chance), _SHARES[kind] / len(words), is_wrong


def broken_words() -> dict[str, list[str]]:
    """The broken words by kind, their halves separated by a bar."""
    words: dict[str, list[str]] = {}
    kind = ""
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            words.setdefault(kind, []).extend(line.split())
    return words


def corpus_figures(layout: str) -> Counter[str]:
    """Counts of joins, narratives and paragraphs of a corpus, and how many were read right."""
    figures: Counter[str] = Counter()
    truth = (json.loads(line) for line in _lines(CORPUS / layout / "truth.jsonl"))
    for path in sorted((CORPUS / layout).glob("*.txt")):
        reading = read_chapter(path.read_text(encoding="utf-8"), "s", bundled_states())
        expected = {
            index: next(truth)
            for index, record in enumerate(reading.records)
            if not isinstance(record, Fragment)
        }
        for join in reading.joins:
            figures += count_join(join, _is_wrong(join, expected.get(join.record, {})))
        for index, record in enumerate(reading.records):
            if isinstance(record, Entry):
                figures += count_narrative(record.narrative, expected[index]["narrative"])
    return figures


def _is_wrong(join: Join, expected: Mapping[str, Any]) -> bool:
    """Whether the truth has a word of a narrative only in the other form."""
    text = " ".join(expected.get("narrative", ()))
    joints = ("-", "") if join.kept else ("", "-")
    found, other_form = (f"{join.left}{separator}{join.right}" in text for separator in joints)
    return other_form and not found


def prose_figures(prose: Sequence[Narrative]) -> Counter[str]:
    """The same counts for natural prose, set in several widths by two kinds of typesetter."""
    figures: Counter[str] = Counter()
    for columns in _COLUMNS:
        for hyphenation in (1.0, 0.6):
            figures += figures_of(Compositor(columns, hyphenation, columns).set(prose))
    return figures


def regrouped_figures(prose: Sequence[Narrative]) -> Counter[str]:
    """The same counts with as many paragraphs per narrative as in the book, in three orders."""
    paragraphs = [paragraph for narrative in prose for paragraph in narrative]
    figures: Counter[str] = Counter()
    for seed in range(3):
        figures += prose_figures(shuffled_as_in_book(paragraphs, seed))
    return figures


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _summary(name: str, figures: Counter[str]) -> str:
    joins, wrong, narratives = figures["joins"], figures["wrong"], figures["narratives"]
    share_of_wrong = f"{figures['caught'] / wrong:.1%} of the wrong" if wrong else "none wrong"
    return (
        f"{name}: {joins} joins, {wrong} wrong ({wrong / joins:.2%}), "
        f"{figures['flagged'] / joins:.1%} flagged, {share_of_wrong}; {narratives} narratives, "
        f"{figures['exact'] / narratives:.2%} exact, {figures['right number'] / narratives:.2%} "
        f"with the right number of paragraphs; {figures['true ends']} ends of paragraphs, "
        f"{figures['missed']} missed, {figures['false']} false"
    )


def main() -> None:
    """Print the figures."""
    joins = judge_by_spelling()
    print(  # noqa: T201
        f"listed words: {joins.wrong:.1%} wrong, {joins.flagged:.1%} flagged, "
        f"of the wrong {joins.wrong_flagged:.1%}"
    )
    for name, prose in PROSE.items():
        print(_summary(name, prose_figures(prose())))  # noqa: T201
    for name, prose in PROSE_OF_OTHERS.items():
        figures = regrouped_figures(prose())
        print(_summary(f"{name}, paragraphs as in the book", figures))  # noqa: T201
    for layout in ("book", "site", "lossy") if CORPUS.is_dir() else ():
        print(_summary(layout, corpus_figures(layout)))  # noqa: T201


if __name__ == "__main__":
    main()
