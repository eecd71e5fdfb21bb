"""The report of an import as JSON: it accounts for every source line and lists every guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson

from mideditor.domain.record import Record, document_of
from mideditor.files.outputs import Output
from mideditor.session.imports.importing import ImportedText


def write_report(output: Output, texts: Sequence[ImportedText]) -> None:
    """Write the report of an import; raises BadOutput or FileError."""
    report = [_text_report(text) for text in texts]
    output.write(orjson.dumps(report, option=orjson.OPT_INDENT_2))


def _text_report(text: ImportedText) -> dict[str, Any]:
    reading = text.reading
    return {
        "name": text.name,
        "source": text.source,
        "encoding": text.encoding,
        "notices": text.notices,
        "records": [_record_report(record) for record in reading.records],
        "furniture": reading.furniture,
        "unplaced": reading.unplaced,
        "joins": [asdict(join) for join in reading.joins],
    }


def _record_report(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "dispute_number": document_of(record).get("dispute_number"),
        "chapter": record.chapter,
        "page": record.page,
        "lines": dict(record.place.lines) if record.place else {},
        "doubts": [doubt.model_dump() for doubt in record.doubts],
    }
