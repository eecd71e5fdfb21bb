"""README and docs match the program: keys, commands, examples, links and names of code."""

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
from PySide6.QtWidgets import QApplication

from mideditor.app.start import tour
from mideditor.cli.group import COMMANDS as CLI_COMMANDS
from mideditor.cli.group import mideditor
from mideditor.files.bundled import bundled_path
from mideditor.session.project.exporting import FORMATS
from mideditor.session.sample import SAMPLE_PROJECT, SAMPLE_TEXT
from mideditor.store.project import Project, State
from mideditor.ui.commands.commands import COMMANDS as WINDOW_COMMANDS
from tests.reference.tables import DISPUTES, PARTICIPANTS, written

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
CODE = [
    path
    for folder in ("mideditor", "tests", "docs", "resources")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".toml", ".md")
]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))


def rows(page: Path, heading: str) -> list[list[str]]:
    """The cells of a page's table under that heading line."""
    below = page.read_text(encoding="utf-8").split(f"{heading}\n", 1)[1].splitlines()[1:]
    lines = below[: next(n for n, line in enumerate(below) if not line.startswith("|"))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def blocks(page: Path, language: str) -> list[str]:
    """A page's code blocks in a language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The names by which a link reaches the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.fixture(scope="module")
def words_of_code() -> set[str]:
    """Every word in the code, the tests and the resources."""
    texts = (path.read_text("utf-8") for path in CODE if not path.is_relative_to(DOCS))
    return {word for text in texts for word in re.findall(r"\w+", text)}


class TestTables:
    def test_every_key_of_the_window(self) -> None:
        named = {
            title: tuple(re.findall("`(.+?)`", keys))
            for keys, title in rows(DOCS / "keys.md", "| Keys | Command |")
        }
        assert named == {
            command.title.replace("&", ""): command.keys
            for command in WINDOW_COMMANDS.values()
            if command.keys
        }

    def test_every_command_of_the_command_line(self) -> None:
        table = rows(DOCS / "command-line.md", "| Command | What it does |")
        named = {name.strip("`"): what for name, what in table}
        summaries = {name: summary for name, (_, summary) in CLI_COMMANDS.items()}
        assert named == summaries | {"tour": (tour.help or "").splitlines()[0]}

    def test_every_export_format(self) -> None:
        named = [name.strip("`") for name, _ in rows(DOCS / "format.md", "| Format | What it is |")]
        assert named == list(FORMATS)

    def test_every_package_that_the_program_needs(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        needed = {Requirement(text).name for text in project["dependencies"]}
        named = [package for package, _ in rows(README, "| Package | What it is for |")]
        assert len(named) == len(set(named))
        assert set(named) == needed

    def test_every_member_of_a_project(self) -> None:
        members = {
            (name, protocol.__name__)
            for protocol in (State, Project)
            for name in vars(protocol)
            if not name.startswith("_")
        }
        table = rows(DOCS / "concepts" / "store.md", "| Member | Of | What it gives |")
        named = {
            (name, of.strip("`")) for names, of, _ in table for name in re.findall("`(.+?)`", names)
        }
        assert named == members
        assert len(members) <= 12

    def test_every_room(self) -> None:
        rooms = {
            path.parent.relative_to(ROOT).as_posix()
            for path in ROOT.glob("mideditor/*/**/__init__.py")
        }
        table = rows(ROOT / "CONTRIBUTING.md", "| Room | What it is for |")
        named = [room.strip("`/") for room, _ in table]
        assert len(named) == len(set(named))
        assert set(named) == rooms


class TestReferences:
    """Links, files and names of code in every page."""

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

    @pytest.mark.parametrize(
        "page",
        [ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("concepts/*.md"))],
        ids=lambda p: p.name,
    )
    def test_names_of_code_are_in_the_code(self, page: Path, words_of_code: set[str]) -> None:
        text = re.sub(
            r"^```sh\n.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
        )
        names = re.findall(r"`([A-Za-z_][\w.]*)(?:\(.*?\))?`", text)
        parts = {part for name in names for part in name.split(".")}
        assert parts - words_of_code == set()

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_modules_named_in_the_text_exist(self, page: Path) -> None:
        named = re.findall(r"(?<![\w./-])((?:\w+/)*\w+\.py)\b", page.read_text("utf-8"))
        known = [f"/{path.relative_to(ROOT).as_posix()}" for path in CODE]
        assert [name for name in named if not any(one.endswith(f"/{name}") for one in known)] == []

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_tests_named_in_shell_commands_exist(self, page: Path) -> None:
        text = "".join(blocks(page, "sh"))
        for file, inside in re.findall(r"\b(tests/[\w./]*)((?:::\w+)*)", text):
            assert (ROOT / file).exists(), file
            for name in re.findall(r"\w+", inside):
                code = (ROOT / file).read_text(encoding="utf-8")
                assert re.search(rf"\b(def|class) {name}\b", code), f"{file}::{name}"

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_links_to_headings_lead_to_one(self, page: Path) -> None:
        links = re.findall(
            r"\]\(((?!https://)[^)#\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")
        )
        lost = [
            anchor
            for target, anchor in links
            if anchor not in anchors((page.parent / target) if target else page)
        ]
        assert lost == []

    def test_every_page_is_in_the_index(self) -> None:
        index = DOCS / "README.md"
        linked = {
            (DOCS / target).resolve()
            for target in re.findall(r"\]\(([^)#\s]+)", index.read_text(encoding="utf-8"))
            if not target.startswith("https://")
        }
        assert {path.relative_to(ROOT).as_posix() for path in {*PAGES} - linked - {index}} == set()

    def test_every_decision_is_in_the_index(self) -> None:
        index = (DOCS / "README.md").read_text(encoding="utf-8")
        linked = re.findall(r"\[(\d+)\]\(decisions/(.+?)\) \| (.+?) \|", index)
        assert [name for _, name, _ in linked] == [path.name for path in DECISIONS]
        for number, name, title in linked:
            page = DOCS / "decisions" / name
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
        for block in blocks(DOCS / "command-line.md", "sh"):
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
        [notebook] = blocks(DOCS / "format.md", "python")
        exec(compile(notebook, "format.md", "exec"), {})
        printed = capsys.readouterr().out.splitlines()
        assert printed[0] == "27 1961-07-25"
        assert len(printed) == 8
        assert (desk / "chapter.mid.json").read_bytes() == before
