"""For any record: no rule fails, quotes are in their field, and fixes work."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.record import Record, document_of
from mideditor.domain.rules.context import RuleContext
from mideditor.domain.rules.record_index import RecordIndex
from mideditor.domain.rules.table import RULES, findings_of, fixed_values
from mideditor.reference.state_list import bundled_states
from tests.text.strategies import (
    natural_entries,
    natural_references,
    odd_entries,
    odd_fragments,
    odd_references,
)

STATES = bundled_states()
records = st.one_of(natural_entries, natural_references, odd_entries, odd_references, odd_fragments)


def contexts_of(project: list[Record]) -> list[RuleContext]:
    """A context for each record, with the others in its index."""
    by_id = dict(enumerate(project, start=1))
    index = RecordIndex(by_id.__getitem__)
    for record_id, record in by_id.items():
        index.add(record_id, document_of(record))
    return [
        RuleContext(record, record, STATES, id=id_, index=index) for id_, record in by_id.items()
    ]


@given(st.lists(records, min_size=1, max_size=4))
def test_no_rule_breaks_and_every_quote_is_in_its_field(project: list[Record]) -> None:
    for context in contexts_of(project):
        for finding in findings_of(context):
            assert finding.message
            assert finding.rule in RULES
            value = getattr(context.record, finding.field)
            assert finding.quote in printed_value(FIELDS[finding.field], value)


@given(st.lists(records, min_size=1, max_size=4))
def test_certain_fixes_leave_nothing_to_fix(project: list[Record]) -> None:
    for context in contexts_of(project):
        for rule in RULES.values():
            after = replace(context, record=context.record.replace(**fixed_values(context, rule)))
            assert [one for one in rule.findings(after) if one.fix] == []
