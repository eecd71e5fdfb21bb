"""The coder's own list of words that are spelt right, one a line in a file beside the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mideditor.files.replacing import replace_file
from mideditor.files.trouble import FileTrouble
from mideditor.session.preferences import preferences_path


def word_list_path() -> Path:
    """Where the list is kept on this system."""
    return preferences_path().with_name("words.txt")


class WordList:
    """The words, whatever their case. An unreadable file is no list, and is not written over."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or word_list_path()
        self._words = _folded(_read(self._path))

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word.casefold() in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._words))

    def add(self, word: str) -> None:
        """Take a word into the list and keep it; raises FileTrouble, with the list as it was."""
        if word in self:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            known = self._path.read_text("utf-8") if self._path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise _not_kept(self._path, error) from error
        lines = sorted({*known.split(), word}, key=str.casefold)
        replace_file(self._path, "".join(f"{line}\n" for line in lines).encode("utf-8"))
        self._words = _folded(lines)


def _read(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return []


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _not_kept(path: Path, error: OSError | UnicodeDecodeError) -> FileTrouble:
    cause = error if isinstance(error, OSError) else OSError("it is not text in UTF-8")
    return FileTrouble(path, cause, "The word was not added to your word list.")
