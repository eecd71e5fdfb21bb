"""Lines put together to running text: where a space goes, and what becomes of a hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mideditor.files.decoding import SOFT_HYPHEN
from mideditor.text.hyphen_judge import HyphenJudge, HyphenVerdict

_TAIL = 60
_LEFT = re.compile(r"(?P<word>[^\s—–/“”‘\"()\[\]]+)[-‐]\Z")
_RIGHT = re.compile(r"(?P<word>[^\s—–/“”\"()\[\],;:.!?]+)")
_PART = re.compile(r"(?P<word>[^\W\d_]+)[-‐\u00ad]")
_NO_SPACE_AFTER = ("—", "/", "--")
_NO_SPACE_BEFORE = ("—", "/")


@dataclass(frozen=True, slots=True)
class WordBreak:
    """A word that a line end parted, and what was decided about its hyphen."""

    left: str
    right: str
    verdict: HyphenVerdict

    @property
    def word(self) -> str:
        """The word as it now stands."""
        return f"{self.left}{self.verdict.joint}{self.right}"


@dataclass(frozen=True, slots=True)
class Joined:
    """Running text, with a decision for each hyphen that stood at a line's end."""

    text: str
    breaks: tuple[WordBreak, ...]


def join_lines(lines: Sequence[str], judge: HyphenJudge) -> Joined:
    """One paragraph's lines as running text."""
    pieces: list[str] = []
    breaks: list[WordBreak] = []
    tail = ""
    for index, line in enumerate(lines):
        joint = ""
        if pieces:
            joint, word_break = _joint(
                tail, _with_its_rest(line, lines[index + 1 : index + 2]), judge
            )
            if word_break:
                pieces[-1], tail = pieces[-1][:-1], tail[:-1]
                breaks.append(word_break)
        pieces += [joint, line]
        tail = line[-_TAIL:] if " " in joint else (tail + joint + line)[-_TAIL:]
    return Joined("".join(pieces).strip(), tuple(breaks))


def _with_its_rest(line: str, then: Sequence[str]) -> str:
    """The beginning of a line, the whole word also where the line is but a part of it."""
    beginning = line[:_TAIL]
    part = _PART.fullmatch(beginning)
    return f"{part['word']}{then[0][:_TAIL]}" if part and then else beginning


def _joint(tail: str, following: str, judge: HyphenJudge) -> tuple[str, WordBreak | None]:
    left = _LEFT.search(tail)
    right = _RIGHT.match(following)
    if tail.endswith(SOFT_HYPHEN):
        word = re.split(r"\s", tail)[-1].rstrip(SOFT_HYPHEN)
        verdict = HyphenVerdict("", 1.0, "the line ends with a soft hyphen")
        return "", WordBreak(word, right["word"] if right else "", verdict)
    if left and not tail.endswith("--"):
        if not right:
            return "", None
        verdict = judge.judge(left["word"], right["word"])
        return verdict.joint, WordBreak(left["word"], right["word"], verdict)
    return _space(tail, following), None


def _space(tail: str, following: str) -> str:
    if tail.endswith(_NO_SPACE_AFTER) and not tail.endswith((" —", " /")):
        return ""
    if following.startswith(_NO_SPACE_BEFORE):
        return ""
    en_dash = tail.endswith("–") and not tail.endswith(" –")
    return "" if en_dash else " "
