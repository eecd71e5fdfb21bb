"""Unexpected errors: one message for the user, the traceback in the log."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from mideditor.files.error_log import keep_details


def test_the_traceback_is_logged_and_the_message_says_where() -> None:
    path = Path(platformdirs.user_log_path("mideditor")) / "errors.log"
    nothing: dict[str, int] = {}
    try:
        nothing["no such key"]
    except KeyError as error:
        message = keep_details(error)
    assert "KeyError: 'no such key'" in message
    assert str(path) in message
    assert "\n" not in message
    assert 'nothing["no such key"]' in path.read_text(encoding="utf-8")
