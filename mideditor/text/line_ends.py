"""Joins lines into running text: decides where a space goes and which hyphens are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mideditor.files.decoding import SOFT_HYPHEN
from mideditor.text.hyphen_judge import HyphenJudge, HyphenVerdict

_CONTEXT = 60
_LEFT_HALF = re.compile(r"(?P<word>[^\s—–/“”‘\"()\[\]]+)[-‐]\Z")
_RIGHT_HALF = re.compile(r"(?P<word>[^\s—–/“”\"()\[\],;:.!?]+)")
_ONLY_PART_OF_WORD = re.compile(r"(?P<word>[^\W\d_]+)[-‐\u00ad]")
_NO_SPACE_AFTER = ("—", "/", "--")
_NO_SPACE_BEFORE = ("—", "/")


@dataclass(frozen=True, slots=True)
class WordBreak:
    """A word broken at the end of a line, and the verdict on its hyphen."""

    left: str
    right: str
    verdict: HyphenVerdict

    @property
    def word(self) -> str:
        """The joined word."""
        return f"{self.left}{self.verdict.separator}{self.right}"


@dataclass(frozen=True, slots=True)
class JoinedText:
    """Running text, with a verdict for each word that was broken at the end of a line."""

    text: str
    breaks: tuple[WordBreak, ...]


def join_lines(lines: Sequence[str], judge: HyphenJudge) -> JoinedText:
    """Join the lines of one paragraph."""
    pieces: list[str] = []
    breaks: list[WordBreak] = []
    tail = ""
    for index, line in enumerate(lines):
        separator = ""
        if pieces:
            separator, word_break = _separator(
                tail, _beginning_of(line, lines[index + 1 : index + 2]), judge
            )
            if word_break:
                pieces[-1], tail = pieces[-1][:-1], tail[:-1]
                breaks.append(word_break)
        pieces += [separator, line]
        tail = line[-_CONTEXT:] if " " in separator else (tail + separator + line)[-_CONTEXT:]
    return JoinedText("".join(pieces).strip(), tuple(breaks))


def _beginning_of(line: str, following: Sequence[str]) -> str:
    """The beginning of a line; a line that is only part of a word is joined with the next."""
    beginning = line[:_CONTEXT]
    part = _ONLY_PART_OF_WORD.fullmatch(beginning)
    return f"{part['word']}{following[0][:_CONTEXT]}" if part and following else beginning


def _separator(tail: str, following: str, judge: HyphenJudge) -> tuple[str, WordBreak | None]:
    left = _LEFT_HALF.search(tail)
    right = _RIGHT_HALF.match(following)
    if tail.endswith(SOFT_HYPHEN):
        word = re.split(r"\s", tail)[-1].rstrip(SOFT_HYPHEN)
        verdict = HyphenVerdict("", 1.0, "the line ends with a soft hyphen")
        return "", WordBreak(word, right["word"] if right else "", verdict)
    if left and not tail.endswith("--"):
        if not right:
            return "", None
        verdict = judge.judge(left["word"], right["word"])
        return verdict.separator, WordBreak(left["word"], right["word"], verdict)
    return _space_between(tail, following), None


def _space_between(tail: str, following: str) -> str:
    if tail.endswith(_NO_SPACE_AFTER) and not tail.endswith((" —", " /")):
        return ""
    if following.startswith(_NO_SPACE_BEFORE):
        return ""
    en_dash = tail.endswith("–") and not tail.endswith(" –")
    return "" if en_dash else " "
