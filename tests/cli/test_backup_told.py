"""A backup that fails is told after the command, which has done what it was asked."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import call
from tests.session.chapters import CHAPTER

WHY = ["--kind", "correction", "--why", "misread"]


def test_a_step_without_a_backup_is_told_and_made(tmp_path: Path) -> None:
    text, project = tmp_path / "chapter.txt", tmp_path / "p.mid.json"
    text.write_text(CHAPTER, encoding="utf-8")
    backups = tmp_path / "p.mid.json.backups"
    backups.write_text("in the way", encoding="utf-8")
    commands: list[tuple[str | Path, ...]] = [
        ("import", project, text),
        ("set", project, "--dispute", "2899", "outcome", "Stalemate", *WHY),
    ]
    for arguments in commands:
        done = call(*arguments)
        assert done.exit_code == 0
        assert done.stderr.endswith(
            "mideditor: The project was saved, but without a backup. "
            f"{backups}: File exists. No backup was made.\n"
        )
    backups.unlink()
    assert "backup" not in call("undo", project).stderr
