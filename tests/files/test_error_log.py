"""Errors of the program itself, told in one sentence and kept in full."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from mideditor.files.error_log import keep_details


def test_the_traceback_is_kept_and_the_user_told_where() -> None:
    path = Path(platformdirs.user_log_path("mideditor")) / "errors.log"
    nothing: dict[str, int] = {}
    try:
        nothing["no such key"]
    except KeyError as error:
        sentence = keep_details(error)
    assert "KeyError: 'no such key'" in sentence
    assert str(path) in sentence
    assert "\n" not in sentence
    assert 'nothing["no such key"]' in path.read_text(encoding="utf-8")
