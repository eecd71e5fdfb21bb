"""The table of rules: one row per rule, with its name, its severity and its source."""

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
from mideditor.domain.rules.context import RuleContext, RuleFunction

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
    """A rule: its name, the severity of its findings, its source, and the function that checks."""

    name: str
    severity: Severity
    source: str
    check: RuleFunction

    @property
    def what(self) -> str:
        """What it looks for, in one sentence: the first paragraph of the docstring of ``check``."""
        return " ".join((self.check.__doc__ or "").split("\n\n")[0].split())

    def findings(self, context: RuleContext) -> Iterator[Finding]:
        """The findings of this rule about a record."""
        for problem in self.check(context):
            yield Finding(
                self.name,
                problem.field,
                problem.severity or self.severity,
                problem.message,
                problem.quote,
                problem.fix,
                tuple(map(str, problem.about)),
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
        Rule("dates told", _NOTICE, NARRATIVE, narrative.dates_mentioned),
        Rule("first and last day told", _NOTICE, NARRATIVE, narrative.ends_mentioned),
        Rule("states told", _NOTICE, NARRATIVE, narrative.states_mentioned),
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


def findings_of(context: RuleContext, rules: Iterable[Rule] = RULES.values()) -> list[Finding]:
    """The findings of the rules about a record."""
    return [finding for rule in rules for finding in rule.findings(context)]


def fixed_values(
    context: RuleContext, rule: Rule, accepted: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The new field values after applying every certain fix of a rule, one after another.

    Findings whose keys are in ``accepted`` are not fixed.
    """
    values: dict[str, Any] = {}
    for _ in range(_MAX_FIXES):
        findings = (finding for finding in rule.findings(context) if finding.key not in accepted)
        fix = next((finding.fix for finding in findings if finding.fix), None)
        if fix is None:
            break
        values |= fix.values
        context = replace(context, record=context.record.replace(**fix.values))
    return values


_MAX_FIXES = 1000
"""More than any record needs; guards against an endless loop if a fix does not help."""
