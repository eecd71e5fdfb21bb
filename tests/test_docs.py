"""README and docs say what is so: keys, commands, examples, links, and the first ten minutes."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mideditor.app.start import tour
from mideditor.cli.group import COMMANDS as CLI_COMMANDS
from mideditor.cli.group import mideditor
from mideditor.domain.steps import StepKind
from mideditor.files.bundled import bundled_path
from mideditor.session.preferences import Preferences
from mideditor.session.sample import SAMPLE_PROJECT, SAMPLE_TEXT
from mideditor.ui.commands.commands import COMMANDS as WINDOW_COMMANDS
from mideditor.ui.look.theme import Theme
from mideditor.ui.window import MainWindow
from tests.reference.tables import DISPUTES, PARTICIPANTS, written
from tests.ui.conftest import Answers, Person

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
Key = Qt.Key


def rows(heading: str) -> list[list[str]]:
    """The cells of the README's table under that heading line."""
    below = README.split(f"{heading}\n", 1)[1].splitlines()[1:]
    lines = below[: next(n for n, line in enumerate(below) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def blocks(language: str) -> list[str]:
    """The README's code blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


class TestTables:
    def test_every_key_of_the_window(self) -> None:
        told = {
            title: tuple(re.findall("`(.+?)`", keys)) for keys, title in rows("| Keys | Command |")
        }
        assert told == {
            command.title.replace("&", ""): command.keys
            for command in WINDOW_COMMANDS.values()
            if command.keys
        }

    def test_every_command_of_the_command_line(self) -> None:
        told = {name.strip("`"): what for name, what in rows("| Command | What it does |")}
        summaries = {name: summary for name, (_, summary) in CLI_COMMANDS.items()}
        assert told == summaries | {"tour": (tour.help or "").splitlines()[0]}

    def test_every_package_that_the_program_needs(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        needed = {Requirement(text).name for text in project["dependencies"]}
        told = [package for package, _ in rows("| Package | What it is for |")]
        assert len(told) == len(set(told))
        assert set(told) == needed

    def test_every_room(self) -> None:
        rooms = {path.parent.name for path in ROOT.glob("mideditor/*/__init__.py")}
        told = {Path(room.strip("`")).name for room, _ in rows("| Room | What it is for |")}
        assert told == rooms - {"app"}, "app is only the start"


class TestReferences:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_links_lead_to_files(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src(?:set)?="([^"]+)"', text)
        inside = [target for target in targets if not target.startswith("https://")]
        assert [target for target in inside if not (page.parent / target).exists()] == []

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_files_named_in_the_text_exist(self, page: Path) -> None:
        named = re.findall(
            r"`((?:mideditor|docs|data|resources|tests)/[\w./-]*)`", page.read_text("utf-8")
        )
        assert [name for name in named if not (ROOT / name).exists()] == []

    def test_every_decision_is_in_the_index(self) -> None:
        index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
        linked = re.findall(r"\[(\d+)\]\(decisions/(.+?)\) \| (.+?) \|", index)
        assert [name for _, name, _ in linked] == [path.name for path in DECISIONS]
        for number, name, title in linked:
            page = ROOT / "docs" / "decisions" / name
            heading = page.read_text(encoding="utf-8").splitlines()[0]
            assert heading.startswith(f"# {number}. ")
            assert title.split()[0] in heading

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_no_page_names_somebody_s_computer(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        assert (
            re.findall(r"(?<![\w.])/(?:home|root|Users|tmp|work|mnt)/|\blocalhost\b|C:\\", text)
            == []
        )


class TestExamples:
    @pytest.fixture
    def desk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder to work in, with a chapter’s text and published tables."""
        shutil.copy(bundled_path("data", SAMPLE_TEXT), tmp_path / "chapter.txt")
        written(tmp_path, "MIDA.csv", DISPUTES)
        written(tmp_path, "MIDB.csv", PARTICIPANTS)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def commands(self) -> Iterator[list[str]]:
        for block in blocks("sh"):
            for line in block.splitlines():
                name, *arguments = shlex.split(line, comments=True) or [""]
                if name == "mideditor" and arguments[0] != "--sample":
                    yield arguments

    def test_each_command_has_one_that_runs(self, qapp: QApplication, desk: Path) -> None:
        seen: dict[str, int] = {}
        for arguments in self.commands():
            if arguments[0] == "merge":
                shutil.copy(arguments[1], arguments[2])
            seen[arguments[0]] = CliRunner().invoke(mideditor, arguments).exit_code
        assert seen == {name: int(name in ("check", "compare")) for name in (*CLI_COMMANDS, "tour")}
        assert (desk / "report.json").exists()
        assert (desk / "clean.txt").read_text(encoding="utf-8").count("Dispute Number:") == 21

    def test_a_notebook_reads_a_project(
        self, desk: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.copy(bundled_path("data", SAMPLE_PROJECT), desk / "chapter.mid.json")
        before = (desk / "chapter.mid.json").read_bytes()
        [notebook] = blocks("python")
        exec(compile(notebook, "README.md", "exec"), {})
        printed = capsys.readouterr().out.splitlines()
        assert printed[0] == "27 1961-07-25"
        assert len(printed) == 8
        assert (desk / "chapter.mid.json").read_bytes() == before


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Person:
    """Someone before the window that `make run` opens, on a copy of the sample project."""
    window = MainWindow(Theme(qapp, "light"), Preferences(coder="Anna"), Answers)
    qtbot.addWidget(
        window, before_close_func=lambda _: setattr(window.dialogs, "discards_drafts", True)
    )
    window.show()
    qtbot.waitActive(window)
    assert window.open(Path(shutil.copy(bundled_path("data", SAMPLE_PROJECT), tmp_path)))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return Person(window, qtbot)


def told(text: str) -> str:
    """A text of the window, which must stand in the README’s first ten minutes."""
    told_there = README.split("## The first ten minutes", 1)[1].split("### Keys", 1)[0]
    assert text in " ".join(told_there.split()), "the README does not tell of it"
    return text


def tabs(person: Person, count: int) -> None:
    person.ctrl(Key.Key_2)
    for _ in range(count):
        person.press(Key.Key_Tab)


def wait_for_job(person: Person) -> None:
    person.bot.waitUntil(lambda: not person.window.jobs.running)


def test_the_first_ten_minutes(person: Person, tmp_path: Path) -> None:
    """The README’s steps, by the keys that it names."""
    find_and_correct(person)
    take_back(person)
    code(person)
    give_a_partial_date(person)
    add_a_participant(person)
    read_the_log_and_filter(person)
    follow_the_findings(person)
    export_and_import(person, tmp_path / "clean.txt", tmp_path / "again.mid.json")


def find_and_correct(person: Person) -> None:
    person.ctrl(Key.Key_F)
    person.type(told("2225"))
    person.press(Key.Key_Down)
    assert person.view.count.text() == "1 of 26 records"
    assert person.title() == "MID 2225"
    person.ctrl(Key.Key_F)
    person.press(Key.Key_Escape)
    assert person.view.count.text() == "26 records"
    assert person.title() == "MID 2225"
    person.press(Key.Key_F6)
    person.type(told("Misprint"))
    person.ctrl(Key.Key_3)
    found = person.view.texts.narrative.editor.find(
        told("The Soviet gover"), QTextDocument.FindFlag(0)
    )
    assert found
    person.press(Key.Key_Right)
    person.type("n")
    person.ctrl(Key.Key_Return)
    assert "The Soviet government answered" in person.read("narrative")
    assert mark(person, "narrative") == "correction"
    assert last_step(person) == (StepKind.CORRECTION, "Misprint", "")


def take_back(person: Person) -> None:
    tabs(person, 8)
    person.type("1")
    person.press(Key.Key_Return)
    assert person.read("fatalities") == told("1–25 deaths")
    assert f"{mark(person, 'fatalities')}, {person.note('fatalities')}" == told(
        "correction, was None"
    )
    person.ctrl(Key.Key_R)
    assert person.read("fatalities") == "None"
    assert person.note("fatalities") == ""


def code(person: Person) -> None:
    person.press(Key.Key_F4)
    person.press(Key.Key_F6)
    person.type(told("The published data set has Stalemate"))
    person.press(Key.Key_Tab)
    person.type(told("MIDA 4.01"))
    assert person.read("coding_changes") == told("Start Date changed from July 1979.")
    tabs(person, 6)
    person.type("s")
    person.press(Key.Key_Return)
    assert person.read("outcome") == "Stalemate"
    assert f"{mark(person, 'outcome')}, {person.note('outcome')}" == told(
        "coding change, was Unclear"
    )
    assert person.read("coding_changes").endswith(told("Outcome changed from Unclear."))
    assert last_step(person) == (
        StepKind.CODING,
        "The published data set has Stalemate",
        "MIDA 4.01",
    )


def give_a_partial_date(person: Person) -> None:
    sentences, steps = person.read("coding_changes"), step_count(person)
    tabs(person, 1)
    person.retype(told("5/2/1964"))
    person.press(Key.Key_Return)
    assert "is not a date" in person.note("end_date")
    assert step_count(person) == steps
    person.press(Key.Key_Escape)
    person.retype(told("May 1964"))
    person.press(Key.Key_Return)
    assert person.read("end_date") == "May 1964"
    assert "End Date changed from October 21, 1979." in person.read("coding_changes")
    assert len(findings(person)) == 1
    person.ctrl(Key.Key_Z)
    assert person.read("coding_changes") == sentences
    assert findings(person) == []


def add_a_participant(person: Person) -> None:
    sentences = person.read("coding_changes")
    tabs(person, 5)
    person.type(told("Canada"))
    person.press(Key.Key_Return)
    assert told("Added to the dispute: 20 Canada.") in person.read("coding_changes")
    person.ctrl(Key.Key_Z)
    assert person.read("coding_changes") == sentences
    person.ctrl(Key.Key_Y)
    assert person.read("coding_changes") != sentences
    person.ctrl(Key.Key_Z)


def read_the_log_and_filter(person: Person) -> None:
    person.ctrl(Key.Key_5)
    assert person.focused.objectName() == "recordLog"
    person.press(Key.Key_Down)
    person.press(Key.Key_Return)
    assert person.view.field_with_focus() == "side_b"
    person.ctrl(Key.Key_6)
    assert person.focused.objectName() == "projectLog"
    person.ctrl(Key.Key_7)
    assert person.view.tabs.currentWidget() is person.view.source
    person.ctrl(Key.Key_F)
    person.type(told("unclear"))
    assert person.view.count.text() == "8 of 26 records"
    person.type(" 365")
    assert person.view.count.text() == "5 of 26 records"
    person.press(Key.Key_Escape)
    assert person.title() == "MID 2225"


def follow_the_findings(person: Person) -> None:
    person.press(Key.Key_F8)
    assert person.title() == told("MID 2230")
    assert told("MID#2203") in findings(person)[0]
    person.press(Key.Key_F4)
    person.press(Key.Key_Tab)
    assert person.view.field_with_focus() == "mid_number"
    person.ctrl(Key.Key_A)
    person.press(Key.Key_Delete)
    person.press(Key.Key_Return)
    assert findings(person) == []
    person.ctrl(Key.Key_M)
    assert person.title() == "MID 31"


def export_and_import(person: Person, text: Path, project: Path) -> None:
    person.answers.target, person.answers.width = (text, "text"), 72
    person.ctrl(Key.Key_E)
    wait_for_job(person)
    assert "MID#2230" in text.read_text(encoding="utf-8")
    person.answers.project, person.answers.texts = project, [text]
    person.ctrl(Key.Key_N)
    person.ctrl(Key.Key_I)
    wait_for_job(person)
    assert told("1 fragment, 21 entries, 4 cross-references") in person.view.banner.text
    person.ctrl(Key.Key_I)
    wait_for_job(person)
    assert "already imported" in person.view.banner.text


def mark(person: Person, field: str) -> str:
    """The kind of edit that is named under a field."""
    panels, boxes = person.view.texts.panels, person.view.form.boxes
    note = panels[field].note if field in panels else boxes[field].note
    marks = [label for label in note.findChildren(QLabel) if label.property("role") == "mark"]
    return "" if note.isHidden() else marks[0].text()


def findings(person: Person) -> list[str]:
    return [line.text() for line in person.view.form.findings.lines if not line.isHidden()]


def step_count(person: Person) -> int:
    return len(person.view.desk.session.history.steps)


def last_step(person: Person) -> tuple[StepKind, str, str]:
    step = person.view.desk.session.history.steps[-1]
    return step.kind, step.reason, step.citation
