"""The table of rules: one row gives a rule its name, its weight and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from mideditor.domain.rules import (
    Finding,
    Severity,
    codes,
    dates,
    evidence,
    fatalities,
    narrative,
    participants,
    questions,
    readings,
    references,
    sentences,
    typography,
)
from mideditor.domain.rules.case import Case, Find

PRINTED_FORMAT = "the format of the chapters"
CODEBOOK = "MID codebook, version 4"
MEMBERSHIP = "state system membership list"
PUBLISHED = "published dispute table, MIDA 4.01"
NARRATIVE = "the entry’s own narrative"
LOG = "the project’s log"
READER = "the reader of the chapters"
ENGLISH = "English spelling and typesetting"


@dataclass(frozen=True)
class Rule:
    """A rule: how it is called, how much its findings weigh, what it rests on, how it looks."""

    name: str
    severity: Severity
    source: str
    find: Find

    @property
    def what(self) -> str:
        """What it looks for, in a sentence."""
        return " ".join((self.find.__doc__ or "").split("\n\n")[0].split())

    def findings(self, case: Case) -> Iterator[Finding]:
        """What it has to say of a record."""
        for found in self.find(case):
            yield Finding(
                self.name,
                found.field,
                found.severity or self.severity,
                found.message,
                found.quote,
                found.fix,
                tuple(map(str, found.about)),
            )


_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("unread text", _ERROR, READER, readings.unread_text),
        Rule("missing field", _WARNING, PRINTED_FORMAT, readings.missing_field),
        Rule("number of the MID# line", _WARNING, PRINTED_FORMAT, readings.number_of_mid_line),
        Rule("doubtful reading", _NOTICE, READER, readings.doubtful_reading),
        Rule("fragment", _NOTICE, PRINTED_FORMAT, readings.fragment_placed),
        Rule("dates in order", _ERROR, CODEBOOK, dates.in_order),
        Rule("possible date", _ERROR, CODEBOOK, dates.possible),
        Rule("very long dispute", _NOTICE, PUBLISHED, dates.very_long),
        Rule("number and period", _WARNING, PUBLISHED, dates.number_and_period),
        Rule("state code", _ERROR, MEMBERSHIP, participants.known_code),
        Rule("state name", _NOTICE, MEMBERSHIP, participants.name_of_code),
        Rule("system member", _WARNING, MEMBERSHIP, participants.member_of_the_system),
        Rule("participants once", _ERROR, CODEBOOK, participants.once),
        Rule("heading takes part", _WARNING, PRINTED_FORMAT, participants.heading_takes_part),
        Rule("order within a side", _NOTICE, PRINTED_FORMAT, participants.order_within_a_side),
        Rule("outcome and settlement", _WARNING, CODEBOOK, codes.outcome_and_settlement),
        Rule("deaths and level", _WARNING, CODEBOOK, fatalities.deaths_and_level),
        Rule("level without deaths", _WARNING, CODEBOOK, fatalities.level_without_deaths),
        Rule("dates told", _NOTICE, NARRATIVE, narrative.dates_told),
        Rule("first and last day told", _NOTICE, NARRATIVE, narrative.ends_told),
        Rule("states told", _NOTICE, NARRATIVE, narrative.states_told),
        Rule("states not taking part", _NOTICE, NARRATIVE, narrative.states_not_taking_part),
        Rule("quotation marks", _NOTICE, ENGLISH, typography.quotation_marks),
        Rule("double spaces", _NOTICE, ENGLISH, typography.double_spaces),
        Rule("edge spaces", _NOTICE, ENGLISH, typography.edge_spaces),
        Rule("repeated words", _NOTICE, ENGLISH, typography.repeated_words),
        Rule("leftovers", _WARNING, PRINTED_FORMAT, typography.leftovers),
        Rule("broken words", _NOTICE, ENGLISH, typography.broken_words),
        Rule("lost evidence", _NOTICE, NARRATIVE, evidence.lost),
        Rule("open question", _NOTICE, LOG, questions.open_question),
        Rule("reason given", _NOTICE, LOG, sentences.reason_given),
        Rule("sentence and log", _WARNING, LOG, sentences.sentence_and_log),
        Rule("sentence and fields", _WARNING, PRINTED_FORMAT, sentences.sentence_and_fields),
        Rule("order of sentences", _NOTICE, PRINTED_FORMAT, sentences.sentences_in_order),
        Rule("number once", _WARNING, PRINTED_FORMAT, references.number_once),
        Rule("reference has its entry", _WARNING, PRINTED_FORMAT, references.reference_has_entry),
        Rule("reference month", _WARNING, PRINTED_FORMAT, references.reference_month),
        Rule("reference dyads", _WARNING, PRINTED_FORMAT, references.reference_dyads),
        Rule("reference once", _NOTICE, PRINTED_FORMAT, references.reference_once),
        Rule("order in the dyad", _NOTICE, PRINTED_FORMAT, references.order_in_the_dyad),
    )
}


def findings_of(case: Case, rules: Iterable[Rule] = RULES.values()) -> list[Finding]:
    """All that the rules have to say about a record."""
    return [finding for rule in rules for finding in rule.findings(case)]


def fixed_values(case: Case, rule: Rule, accepted: frozenset[str] = frozenset()) -> dict[str, Any]:
    """New values of the fields of a record after every certain fix of a rule, one after another.

    Findings whose keys are ``accepted`` stay as they are.
    """
    values: dict[str, Any] = {}
    for _ in range(_MOST_FIXES):
        findings = (finding for finding in rule.findings(case) if finding.key not in accepted)
        fix = next((finding.fix for finding in findings if finding.fix), None)
        if fix is None:
            break
        values |= fix.values
        case = replace(case, record=case.record.replace(**fix.values))
    return values


_MOST_FIXES = 1000
"""More than any record needs; a fix that mends nothing must not go on for ever."""
