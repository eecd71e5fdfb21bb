"""Records as a JSON array, in the form that other tools read."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from mideditor.domain.record import CodingChange, Record, RecordId, document_of


def json_records(records: Iterable[tuple[RecordId, Record, tuple[CodingChange, ...]]]) -> bytes:
    """The records in the given order, each with its printed coding changes.

    Dates are ISO 8601, truncated to their precision; text that could not be read is
    ``{"unread": "…"}``; ``place`` gives the source and the lines of each field.
    """
    documents = [
        {"id": record_id, **_with_printed(document_of(record), printed)}
        for record_id, record, printed in records
    ]
    return orjson.dumps(documents, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _with_printed(
    document: dict[str, object], printed: tuple[CodingChange, ...]
) -> dict[str, object]:
    if "coding_changes" not in document:
        return document
    sentences = [sentence.model_dump(mode="json") for sentence in printed]
    return document | {"coding_changes": sentences}
