"""The comparison with another revision: pairs, verdicts, and runs of a tiny program."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from mideditor.store.backups import Backups
from mideditor.store.documents import VERSION
from tests.benchmarks.against.__main__ import measure_pairs
from tests.benchmarks.against.found import STEP_KIND, TABLE, THEME, TUNE_GC, found
from tests.benchmarks.against.jobs import OTHER, PROJECT, Failed, Job, jobs
from tests.benchmarks.against.pairs import Comparison, markdown, pair, summary, table
from tests.benchmarks.against.revision import CheckoutError, checked_out
from tests.benchmarks.against.samples import bring_up, make_samples, sample_copy
from tests.benchmarks.fresh import ROOT

SAME = Comparison("open", [(2.0, 2.1), (2.0, 1.9), (2.0, 2.0)])
WORSE = Comparison("edit", [(0.010, 0.013), (0.010, 0.012), (0.010, 0.009)])
SPEED = Job(("", "speed"), 0, ("-m", "mideditor", "0"))


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A checkout of a program that printed 4 when committed, and prints 2 now."""
    root = tmp_path / "checkout"
    (root / "mideditor").mkdir(parents=True)
    (root / "mideditor" / "__init__.py").touch()
    script = root / "mideditor" / "__main__.py"
    script.write_text("import sys\nprint(sys.argv[1], 4)")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "First")
    script.write_text("import sys\nprint(sys.argv[1], 2)")
    return root


def test_the_two_revisions_alternate_in_going_first() -> None:
    taken: list[str] = []

    def take(side: int) -> str:
        taken.append(["old", "new"][side])
        return taken[-1]

    assert [pair(number, take) for number in range(3)] == [("old", "new")] * 3
    assert taken == ["old", "new", "new", "old", "old", "new"]


@pytest.mark.parametrize(
    ("new", "verdict"), [(9.0, "better"), (9.2, "same"), (11.0, "same"), (11.1, "worse")]
)
def test_the_verdict_depends_on_the_median_ratio(new: float, verdict: str) -> None:
    assert Comparison("open", [(10, 1), (10, new), (10, 90)]).verdict == verdict


def test_the_ratio_is_the_median_of_pair_ratios() -> None:
    assert Comparison("open", [(1, 2), (10, 20), (100, 100)]).ratio == 2


def test_the_table_has_a_row_per_measure() -> None:
    assert table([SAME, WORSE], "abc1234").splitlines() == [
        "measure  abc1234    now   ratio    min–max  verdict",
        "open       2.0 s  2.0 s  1.00 ×  0.95–1.05     same",
        "edit       10 ms  12 ms  1.20 ×  0.90–1.30    worse",
    ]
    assert markdown([WORSE], "abc1234").splitlines() == [
        "| measure | abc1234 | now | ratio | min–max | verdict |",
        "| --- | --: | --: | --: | --: | --: |",
        "| edit | 10 ms | 12 ms | 1.20 × | 0.90–1.30 | worse |",
    ]


def test_measures_over_the_bound_are_named() -> None:
    expected = "0 better, 1 same, 1 worse.\nOver 1.10 × abc1234: edit."
    assert summary([SAME, WORSE], "abc1234") == expected


def test_measures_are_selected_by_name() -> None:
    selected = jobs("MERGE")
    assert [name for job in selected for name in job.names("MERGE") if name] == [
        "command merge · 20,000",
        "merge in the window · 20,000",
        "merge in the window, longest away · 20,000",
    ]
    assert selected[1].arguments[-1] == "merge"
    assert not jobs("nonsense")


def test_another_revision_is_measured_in_pairs_with_the_checkout(
    program: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    with checked_out("HEAD", program, old):
        samples = make_samples(tmp_path / "samples", 0, (old, program))
        (row,) = measure_pairs(SPEED, samples, (old, program), 3)
        assert row == Comparison("speed", [(4, 2)] * 3)
    assert not old.exists()


def test_a_revision_is_removed_after_a_failure(program: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    with pytest.raises(KeyboardInterrupt), checked_out("HEAD", program, old):
        raise KeyboardInterrupt
    listed = subprocess.run(
        ["git", "worktree", "list"], cwd=program, capture_output=True, text=True
    )
    assert not old.exists()
    assert len(listed.stdout.splitlines()) == 1


def test_a_failed_program_is_named_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"^speed in .*: No module named mideditor"):
        Job(("speed",), 0, ("-S", "-P", "-m", "mideditor.nowhere")).run(tmp_path, tmp_path)


def test_an_unknown_revision_has_a_clear_message(program: Path, tmp_path: Path) -> None:
    expected = "There is no revision “v99” here. “git log --oneline” lists the revisions."
    with (
        pytest.raises(CheckoutError, match=expected),
        checked_out("v99", program, tmp_path / "old"),
    ):
        pass


@pytest.mark.parametrize("inside", [False, True])
def test_a_folder_that_is_no_checkout_has_a_clear_message(
    program: Path, tmp_path: Path, inside: bool
) -> None:
    root = program / "mideditor" if inside else tmp_path
    with (
        pytest.raises(CheckoutError, match="is not a git checkout"),
        checked_out("HEAD", root, tmp_path / "old"),
    ):
        pass


def test_a_missing_git_has_a_clear_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(CheckoutError, match="git is not installed"),
        checked_out("HEAD", ROOT, tmp_path / "old"),
    ):
        pass


@pytest.mark.parametrize("places", [THEME, TABLE, TUNE_GC, STEP_KIND])
def test_measured_objects_are_found_in_this_checkout(places: tuple[str, ...]) -> None:
    assert callable(found(places))


def test_the_window_can_be_measured(tmp_path: Path) -> None:
    _, sample = make_samples(tmp_path / "samples", 30, (ROOT, ROOT))
    window = ("-m", "tests.benchmarks.against.at_the_window", PROJECT, OTHER)
    job = Job(tuple("abcdef"), 30, (*window, "sort", "search", "merge", "restore"))
    with sample_copy(sample) as folder:
        assert all(number > 0 for number in job.run(ROOT, folder))


def test_a_sample_of_an_older_version_is_brought_to_the_current_one(tmp_path: Path) -> None:
    versions = ROOT / "tests" / "store" / "versions"
    old = versions / "version-2.mid.json"
    for name in (PROJECT, OTHER):
        shutil.copy(old, tmp_path / name)
    backup = tmp_path / f"{PROJECT}.backups" / "2026-01-02T031415Z step 6 0123456789ab.mid.json.gz"
    backup.parent.mkdir()
    backup.write_bytes(gzip.compress(old.read_bytes()))
    bring_up(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(
        [PROJECT, OTHER, backup.parent.name]
    )
    (kept,) = Backups(backup.parent).all()
    assert kept.path.name.startswith("2026-01-02T03")
    for data in (
        gzip.decompress(kept.path.read_bytes()),
        *((tmp_path / name).read_bytes() for name in (PROJECT, OTHER)),
    ):
        assert json.loads(data)["meta"]["1"]["version"] == VERSION
    assert len(kept.read().contents.log) == kept.steps
