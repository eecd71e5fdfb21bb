"""Rules about a single record: what each must find, with its fix, and what it must not report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.record import Dyad, Entry, Participant, Record
from mideditor.domain.rules import Finding
from mideditor.domain.rules.context import RuleContext
from mideditor.domain.rules.table import RULES, fixed_values
from mideditor.reference.state_list import bundled_states

STATES = bundled_states()
PLAIN = """\
heading 2 United States of America/365 Russia
dispute_number 2220
start_date May 4, 1964
end_date June 2, 1964
side_a 2 United States of America
side_b 365 Russia
outcome Released
settlement None
fatalities None
narrative Gunboats entered the lagoon.
"""


def entry(lines: str = "") -> Entry:
    """The plain entry with the fields in ``lines`` replaced."""
    values: dict[str, Any] = {}
    for line in (PLAIN + lines).strip().splitlines():
        name, _, text = line.strip().partition(" ")
        values[name] = _value(name, text)
    return Entry(**values)


def _value(name: str, text: str) -> Any:
    """A field's value from text; states are taken as given, right or wrong."""
    if name == "heading":
        a, b = map(_state, text.split("/"))
        return Dyad(a=a, b=b)
    if name.startswith("side"):
        return tuple(map(_state, text.split(", ")))
    return FIELDS[name].parse(text.replace("¶", "\n"), STATES)


def _state(text: str) -> Participant:
    code, _, name = text.partition(" ")
    return Participant(code=int(code), name=name)


def findings_of_rule(rule: str, record: Record) -> list[Finding]:
    """The findings of one rule about a record."""
    return list(RULES[rule].findings(RuleContext(record, record, STATES, today=date(2026, 3, 14))))


def test_no_rule_reports_anything_about_the_plain_entry() -> None:
    assert [name for name in RULES if findings_of_rule(name, entry())] == []


# Rule, changed fields, and the beginning of the finding; no finding if that is empty.
CASES: list[tuple[str, str, str]] = [
    ("possible date", "start_date March 1815", "error start_date: Start date (March 1815) lies"),
    ("possible date", "end_date March 15, 2026", "error end_date: End date (March 15, 2026) lies"),
    ("possible date", "end_date March 2026", ""),
    ("possible date", "start_date 1816", ""),
    ("very long dispute", "start_date May 4, 1946", "notice end_date: The dispute lasts from"),
    ("very long dispute", "start_date May 4, 1951", ""),
    ("dates in order", "end_date May 3, 1964", "error end_date: The dispute ends (May 3, 1964)"),
    ("dates in order", "end_date May 1964", ""),
    ("number and period", "dispute_number 4220", "warning dispute_number: MID 4220 starts in May"),
    ("number and period", "start_date May 1993", "warning dispute_number: MID 2220 starts in May"),
    ("number and period", "dispute_number 9220", ""),
    ("state name", "side_b 365 Rusia", "notice side_b: 365 Rusia: the state list calls it Russia."),
    ("state name", "side_b 365 Soviet Union", ""),
    (
        "state name",
        "side_b 365 Cuba",
        "error side_b: 365 Cuba: 365 is Russia, and Cuba is 40.",
    ),
    ("state name", "heading 2 USA/365 Poland", "error heading: 365 Poland: 365 is Russia"),
    ("state code", "side_b 366 Estonia, 999 Atlantis", "error side_b: 999 Atlantis: the state"),
    ("state code", "heading 2 USA/999 Russsia", "error heading: 999 Russsia: the state list has"),
    (
        "system member",
        "side_b 366 Estonia",
        "warning side_b: 366 Estonia is not a member of the state system from May 4, 1964 to "
        "June 2, 1964 (it was one February 24, 1918 to June 16, 1940 and since September 6, 1991).",
    ),
    ("system member", "side_b 615 Algeria", ""),
    (
        "system member",
        "start_date July 2, 1962\nend_date July 9, 1962\nside_b 615 Algeria",
        "notice side_b: 615 Algeria is not a member of the state system when the dispute starts",
    ),
    ("system member", "start_date July 1962\nend_date July 1962\nside_b 615 Algeria", ""),
    ("system member", "start_date 1962\nend_date 1963\nside_b 200 UK, 615 Algeria", ""),
    ("participants once", "side_b 2 USA, 365 Russia", "error side_b: 2 USA takes part more than"),
    ("heading takes part", "heading 2 USA/710 China", "warning heading: The heading is 2 USA/710"),
    (
        "heading takes part",
        "side_a 2 USA, 365 Russia\nside_b 710 China",
        "warning heading: The heading is 2 United States of America/365 Russia, but both states",
    ),
    ("heading takes part", "heading 365 Russia/2 USA", ""),
    ("order within a side", "side_b 365 Russia, 40 Cuba", ""),
    ("order within a side", "side_b 40 Cuba, 365 Russia", "notice side_b: The book orders a side"),
    ("outcome and settlement", "outcome Stalemate\nsettlement Imposed", "warning settlement: Stal"),
    ("outcome and settlement", "outcome Compromise\nsettlement None", "notice settlement: Compro"),
    ("outcome and settlement", "outcome Unclear\nsettlement Missing", "notice settlement: Unclear"),
    ("outcome and settlement", "outcome Missing\nsettlement Missing", ""),
    ("outcome and settlement", "outcome Victory for side A\nsettlement Imposed", ""),
    (
        "deaths and level",
        "narrative A jet was shot down, killing three American officers.",
        "warning narrative: Fatalities is None, but the narrative says “killing three American",
    ),
    (
        "deaths and level",
        "fatalities 1–25 deaths\nnarrative The fire left 38 soldiers dead.",
        "warning narrative: Fatalities is 1–25 deaths, but the narrative says “38 soldiers dead”.",
    ),
    ("deaths and level", "narrative Two fishermen died and 12 civilians were killed.", ""),
    ("deaths and level", "fatalities >999 deaths\nnarrative It left 3,800 soldiers dead.", ""),
    ("deaths and level", "narrative The raid left three dead.", "notice narrative: Fatalities is"),
    ("deaths and level", "fatalities Missing\nnarrative A pilot was killed.", "notice narrative: "),
    (
        "level without deaths",
        "fatalities 26–100 deaths\nnarrative There were no casualties.",
        "warning narrative: Fatalities is 26–100 deaths, but the narrative says “no casualties”.",
    ),
    ("level without deaths", "narrative There were no casualties.", ""),
    (
        "level without deaths",
        "fatalities 1–25 deaths\nnarrative No one was killed at first. Later, two pilots died.",
        "",
    ),
    (
        "level without deaths",
        "fatalities 101–250 deaths\nnarrative They killed two sailors.",
        "notice narrative: Fatalities is 101–250 deaths, but the narrative tells of 2 deaths",
    ),
    ("level without deaths", "fatalities 26–100 deaths\nnarrative They killed two sailors.", ""),
    (
        "dates told",
        "narrative On July 30, the consul left. On August 9, he was back.",
        "notice narrative: No date in the narrative (July 30, August 9) is near May 4, 1964 to",
    ),
    ("dates told", "narrative All this was over by 1962.", "notice narrative: No date in the"),
    ("dates told", "narrative On May 30, they met. Since 1946, nobody had.", ""),
    ("dates told", "narrative On July 30, the consul left.", ""),
    ("dates told", "narrative Some 1900 men and 1,850 horses came, see MID#1950.", ""),
    (
        "first and last day told",
        "narrative It began on May 5. On May 20, they met. Nothing more was heard of it.",
        "notice narrative: The narrative names May 5, May 20, but neither May 4, 1964 nor June 2,",
    ),
    ("first and last day told", "narrative It began on May 4. On May 20, they met.", ""),
    (
        "states told",
        f"narrative {'The Americans waited for an answer. ' * 9}",
        "notice side_b: The",
    ),
    ("states told", f"narrative {'American ships waited off a Soviet port. ' * 9}", ""),
    ("states told", f"narrative {'They waited. ' * 9}", ""),
    (
        "states not taking part",
        f"narrative {'Cuban boats came. ' * 4}",
        "notice narrative: The narrative names Cuba 4 times; it takes no part.",
    ),
    (
        "states not taking part",
        f"coding_changes Dropped from the dispute: 40 Cuba.\nnarrative {'Cuban boats came. ' * 4}",
        "",
    ),
    ("states not taking part", f"narrative {'Estonian boats came. ' * 4}", ""),
    ("quotation marks", "narrative “Let us go, he said.", "notice narrative: The quotation mark “"),
    ("quotation marks", "narrative It was his” in the end.", "notice narrative: The quotation"),
    ("quotation marks", "narrative It was (he said so.", "notice narrative: The bracket ( has no"),
    ("quotation marks", "narrative “Let us go.¶“Now,” he said.", ""),
    ("quotation marks", "narrative “It (the ‘island’) is ours,” he said.", ""),
    ("quotation marks", "narrative Two aims: 1) the port, and 2) the road.", ""),
    ("double spaces", "narrative It was  his.", "notice narrative: A space too many: “was  his.”"),
    ("double spaces", "narrative It was , he said.", "notice narrative: A space too many: “was ,”"),
    ("double spaces", "narrative He wrote: “It . . . is ours.”", ""),
    ("repeated words", "narrative It was the the night.", "notice narrative: “the the” stands in"),
    ("repeated words", "narrative It went over over the hill.", "notice narrative: “over over”"),
    ("repeated words", "narrative They had had a plan that that day failed in Pago Pago.", ""),
    ("repeated words", "narrative They saw an antenna, and a bat bathed.", ""),
    (
        "leftovers",
        "narrative It was 942 Chapter 7 over.",
        "warning narrative: “942 Chapter 7” looks",
    ),
    (
        "leftovers",
        "narrative It was Major States 941 over.",
        "warning narrative: “Major States 941”",
    ),
    (
        "leftovers",
        "narrative Narrative: it was over.",
        "warning narrative: “Narrative:” looks like",
    ),
    ("leftovers", "narrative In Asia 1,000 men stood; in Europe, 941.", ""),
    (
        "broken words",
        "narrative The bor- der was open.",
        "notice narrative: Is “bor- der” one word?",
    ),
    ("broken words", "narrative A three- or four-day talk.", ""),
    (
        "sentence and fields",
        "coding_changes Added to the dispute: 40 Cuba.",
        "warning coding_changes: “Added to the dispute: 40 Cuba.”: 40 Cuba takes no part.",
    ),
    (
        "sentence and fields",
        "coding_changes Dropped from the dispute: 365 Russia and 40 Cuba.",
        "warning coding_changes: “Dropped from the dispute: 365 Russia and 40 Cuba.”: 365 Russia "
        "still takes part.",
    ),
    (
        "sentence and fields",
        "coding_changes Start Date changed from May 4, 1964.",
        "warning coding_changes: “Start Date changed from May 4, 1964.”: the date is still the",
    ),
    (
        "sentence and fields",
        "start_date May 1964\ncoding_changes Start day changed from Missing.",
        "warning coding_changes: “Start day changed from Missing.”: the date (May 1964) has no",
    ),
    ("sentence and fields", "coding_changes Start day changed from Missing.", ""),
    ("sentence and fields", "coding_changes Outcome changed from Released.", ""),
    ("sentence and fields", "coding_changes Outcome changed from Draw.", "warning coding_changes:"),
    ("sentence and fields", "coding_changes Settlement changed from None.", "warning coding_chan"),
    ("sentence and fields", "coding_changes The maps disagree.", ""),
    (
        "order of sentences",
        "coding_changes Outcome changed from Unclear. Start Date changed from May 1964.",
        "notice coding_changes: The book has “Start Date changed from …” before “Outcome changed",
    ),
    (
        "order of sentences",
        "coding_changes Outcome changed from Unclear. Outcome changed from Released.",
        "notice coding_changes: “Outcome changed from …” stands 2 times.",
    ),
]


@pytest.mark.parametrize(("rule", "lines", "message"), CASES)
def test_each_rule_reports_what_it_should(rule: str, lines: str, message: str) -> None:
    found = findings_of_rule(rule, entry(lines))
    reported = [f"{one.severity} {one.field}: {one.message}" for one in found]
    if not message:
        assert reported == []
    else:
        assert len(reported) == 1
        assert reported[0].startswith(message)


# Rule, changed fields, and the fields after all certain fixes of the rule.
FIXED: list[tuple[str, str, str]] = [
    ("state name", "side_b 365 Rusia", "side_b 365 Russia"),
    ("state name", "side_b 365 Cuba", ""),
    ("state code", "heading 2 USA/999 Soviet Union", "heading 2 USA/365 Russia"),
    ("state code", "side_b 999 Atlantis", ""),
    ("participants once", "side_b 365 Russia, 365 Russia", "side_b 365 Russia"),
    ("participants once", "side_b 2 USA, 365 Russia", ""),
    ("order within a side", "side_b 40 Cuba, 365 Russia", "side_b 365 Russia, 40 Cuba"),
    ("double spaces", "narrative It  was  his , she said.", "narrative It was his, she said."),
    ("repeated words", "narrative It was the the, the the end.", "narrative It was the, the end."),
    ("repeated words", "narrative It went over over the hill.", ""),
]


@pytest.mark.parametrize(("rule", "lines", "after"), FIXED)
def test_the_certain_fixes_of_a_rule(rule: str, lines: str, after: str) -> None:
    record = entry(lines)
    context = RuleContext(record, record, STATES)
    values = fixed_values(context, RULES[rule])
    shown = [f"{name} {printed_value(FIELDS[name], value)}" for name, value in values.items()]
    assert shown == ([after] if after else [])
    if after:
        assert findings_of_rule(rule, record.replace(**values)) == []


def test_an_unread_code_with_the_same_letters_has_a_certain_fix() -> None:
    record = Entry.model_validate(entry().model_dump() | {"outcome": {"unread": "Stale mate."}})
    (finding,) = findings_of_rule("unread text", record)
    assert finding.fix is not None
    assert finding.fix.values == {"outcome": "Stalemate"}


def test_a_quote_is_in_the_field_of_its_finding() -> None:
    for rule, lines, message in CASES:
        for finding in findings_of_rule(rule, entry(lines)) if message else ():
            printed = printed_value(FIELDS[finding.field], getattr(entry(lines), finding.field))
            assert finding.quote in printed, (rule, finding.quote)


def test_the_key_is_the_same_until_a_value_changes() -> None:
    before = findings_of_rule("dates in order", entry("end_date May 3, 1964"))
    other_text = findings_of_rule("dates in order", entry("end_date May 3, 1964\nnarrative Else."))
    other_date = findings_of_rule("dates in order", entry("end_date May 2, 1964"))
    assert before[0].key == "dates in order | end_date | May 3, 1964 | May 4, 1964"
    assert before[0].key == other_text[0].key != other_date[0].key
