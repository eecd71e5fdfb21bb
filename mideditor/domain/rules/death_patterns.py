"""Regular expressions for sentences that report deaths, or say that nobody died.

The group ``number`` is a count, and ``rest`` are the words that may say who died.
"""

from __future__ import annotations

import re

from mideditor.domain.rules.number_words import NUMBER

# A text without any of these reports no deaths. Most texts have none, so this is a fast pre-check.
DEATH_STEMS = (
    *("kill", "dead", "died", "death", "fatalit", "casualt", "slain", "slew", "massacr"),
    *("perish", "drown", "lives", "loss", "lost", "claim", "cost"),
)
_ABOUT = (
    r"(?:(?:about|some|around|at[ ]least|nearly|almost|over|more[ ]than|an[ ]estimated|perhaps|"
    r"approximately|roughly|as[ ]many[ ]as|a[ ]total[ ]of|another|all|the)[ ])?"
)
NUMBER_PATTERN = re.compile(NUMBER)
_WORDS = r"(?:[\w’-]+[ ]){0,6}?"
ACTIVE = re.compile(
    r"\b(?:killed|killing|kills|slew|massacred|massacring)[ ](?:and[ ]wound\w+[ ]|at[ ]once[ ])?"
    rf"{_ABOUT}(?P<number>{NUMBER})(?P<rest>(?:[ ](?:of[ ])?[\w’-]+){{0,5}})"
)
PASSIVE = re.compile(
    rf"\b(?<![#,.-])(?P<number>{NUMBER})[ ](?P<rest>{_WORDS})"
    r"(?:(?:was|were|had[ ]been|have[ ]been|are|lay|lie)[ ])?"
    r"(?:\w+ly[ ]|shot[ ](?:and|down[ ]and)[ ]|also[ ]|later[ ])?"
    r"(?P<verb>killed|dead|died|slain|perished|massacred|shot[ ]dead|drowned"
    r"|lost[ ]their[ ]lives)\b"
    rf"(?![ ](?:the|a|an|several|some|his|her|their|its|by[ ]vote|{NUMBER})\b)",
)
DEATHS = re.compile(
    rf"\b(?<![#,.-])(?P<number>{NUMBER})[ ](?:[a-z]+[ ]){{0,2}}?(?:deaths|fatalities)\b"
)
LOST = re.compile(
    rf"\b(?:(?:deaths?|lives|loss)[ ]of|dead[ ]included)[ ]{_ABOUT}(?P<of>{NUMBER})"
    r"(?P<whom>(?:[ ][\w’-]+){1,4})"
    rf"|\b(?:lost|cost|costing|claimed|claiming|losing)[ ]{_ABOUT}(?P<lost>{NUMBER})"
    r"(?P<losers>(?:[ ][\w’-]+){1,4})"
)
UNCOUNTED = re.compile(
    r"\b(?P<who>(?:[A-Za-z’-]+[ ]){1,4}?)"
    r"(?:(?:was|were)[ ](?:shot[ ]and[ ]|also[ ])?(?:killed|shot[ ]dead)"
    r"|died[ ]of[ ]\w+[ ]wounds)\b"
    r"|\bkill(?:ed|ing)[ ](?:the|its|his|their|a|an|several|many)[ ](?P<whom>(?:[\w’-]+[ ]?){1,3})"
)
NO_DEATHS = re.compile(
    r"\b(?:no|without(?:[ ]any)?)[ ](?:\w+[ ])?(?:casualties|fatalities|deaths|loss[ ]of[ ]life)\b"
    r"|\b(?:no[ ]one|nobody|none(?:[ ]of[ ](?:the|them|its)(?:[ ]\w+)?)?|no[ ](?:soldiers?|lives))"
    r"[ ](?:was|were|had[ ]been)[ ](?:killed|hurt[ ]or[ ]killed|killed[ ]or[ ]\w+|lost)\b"
    r"|\b(?:no[ ]one|nobody)[ ]died\b",
    re.IGNORECASE,
)
NOT_REAL = re.compile(
    r"\b(?:no|not|never|without|nor|none(?: of (?:the|its|his|their))?|nobody|would|could|might|"
    r"may|if|threaten\w*|fear\w*|avoid\w*|prevent\w*)\b[^.;:]{0,12}$",
    re.IGNORECASE,
)
