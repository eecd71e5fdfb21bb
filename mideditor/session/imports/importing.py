"""Reads chapter texts from single files, ready to be added to a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mideditor.domain.record import Fragment
from mideditor.domain.sources import Source, parts_of, source_id
from mideditor.domain.states import StateList
from mideditor.files.decoding import NotText, decode
from mideditor.files.user_error import FileError, UserError
from mideditor.session.project_view import ProjectView
from mideditor.session.work import Work
from mideditor.text.reader import Reading, reading_work


class NothingToImport(UserError):
    """No record was found in the text."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path}: {why}. Nothing was imported. A chapter has lines such as “MID#2899” or "
            "“Dispute Number: 2899”; check that this is the text of one."
        )


@dataclass(frozen=True)
class ImportedText:
    """A text as read: its file name, bytes, encoding, reading and notices."""

    name: str
    data: bytes
    encoding: str
    reading: Reading
    notices: tuple[str, ...]

    @property
    def text(self) -> str:
        """The decoded text."""
        return decode(self.data).text

    @property
    def source(self) -> str:
        """The id of the source: the SHA-256 of its bytes, in hex."""
        return source_id(self.data)

    def as_source(self) -> Source:
        """The source that the project will keep."""
        return Source(self.source, self.name, self.encoding, self.data, self.reading.unplaced)


def read_text(path: Path, states: StateList) -> Work[ImportedText]:
    """Read one chapter text without joining it to others; progress counts its lines.

    Raises FileError, or NothingToImport for an empty, binary or foreign text.
    """
    text = yield from read_any(path, states)
    refuse_without_entry(path, text)
    return text


def read_any(path: Path, states: StateList) -> Work[ImportedText]:
    """Read a text that may lie within one record, such as a page. Raises as `read_text`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        remedy = "Check the name and that you may read it."
        raise FileError(path, error, remedy) from error
    if not data.strip():
        raise NothingToImport(path, "the file is empty")
    try:
        decoded = decode(data)
    except NotText as error:
        raise NothingToImport(path, f"the file is not a text ({error})") from error
    reading = yield from reading_work(decoded.text, source_id(data), states)
    notices = (*decoded.notices, *reading.notices)
    return ImportedText(path.name, data, decoded.encoding, reading, notices)


def refuse_without_entry(path: Path, text: ImportedText) -> None:
    """Raise NothingToImport for a text with no records other than fragments."""
    if all(isinstance(record, Fragment) for record in text.reading.records):
        raise NothingToImport(path, "there is no dispute entry in it")


def sources_in_use(session: ProjectView) -> set[str]:
    """The sources that still have records; a text whose import was undone can be imported again."""
    documents = session.documents().values()
    return {part.source for document in documents for part in parts_of(document.get("place"))}
