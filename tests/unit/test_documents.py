"""The documents are true: what they link to, name and promise is there."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from api.metrics import Metrics
from core.facts.device import EventType
from core.facts.issue import Outcome, Status, Urgency
from core.facts.people import Role
from core.facts.report import Cause, Channel, ReportClass
from core.store.tables import metadata
from front.data_folder import DataFolder
from shouwen import app

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
SCHEME = (ROOT / "docs" / "scheme.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"

#: Rooms of the house: what a document names in one of them must be there.
ROOMS = ("api", "bench", "core", "deploy", "docs", "front", "gateway", "simulators", "tests")
LONGEST_DECISION = 40
#: What devices say: topics and addresses there are not paths of ours.
OUR_WORDS = [one for one in DOCUMENTS if "wire" not in one.parts]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ROW = re.compile(r"^\|(.+)\|\s*$", re.MULTILINE)


def _name(document: Path) -> str:
    return str(document.relative_to(ROOT))


def _prose(text: str) -> str:
    return _FENCE.sub("", text)


def _code(text: str) -> list[str]:
    """Return every piece of code of a document, inline or as a line of a shell block."""
    blocks = (body for language, body in _FENCE.findall(text) if language == "sh")
    lines = (line.partition(" #")[0].strip() for body in blocks for line in body.splitlines())
    return [*_CODE.findall(_prose(text)), *lines]


def _rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in _ROW.findall(_prose(text))]


def _clauses() -> list[list[str]]:
    return [row for row in _rows(SCHEME) if row[0].startswith("五")]


def _section(text: str, title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"no section {title!r}"
    return found[1]


def _first_words(rows: list[list[str]]) -> list[str]:
    return [word for row in rows for word in _CODE.findall(row[0])]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_relative_link_resolves(document: Path) -> None:
    targets = _LINK.findall(_prose(document.read_text("utf-8")))
    local = [one.partition("#")[0] for one in targets if not re.match(r"[a-z]+:", one)]
    assert [one for one in local if one and not (document.parent / one).exists()] == []


@pytest.mark.parametrize("document", OUR_WORDS, ids=_name)
def test_every_path_that_is_named_is_there(document: Path) -> None:
    named = {one for one in _code(document.read_text("utf-8")) if one.split("/")[0] in ROOMS}
    paths = {one for one in named if "/" in one and not re.search(r"[<>*{}…\s]", one)}
    assert sorted(one for one in paths if not (ROOT / one).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_make_target_that_is_named_can_be_made(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = _code(document.read_text("utf-8"))
    named = {one[1] for piece in code if (one := re.match(r"make ([a-z-]+)", piece))}
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_command_that_is_named_can_be_run(document: Path) -> None:
    commands = {
        one.name or getattr(one.callback, "__name__", "") for one in app.registered_commands
    }
    code = _code(document.read_text("utf-8"))
    named = {
        one[1] for piece in code if (one := re.match(r"(?:\.venv/bin/)?shouwen ([a-z-]+)", piece))
    }
    assert named - commands == set()


def test_the_readmes_show_the_two_commands() -> None:
    for readme in (ENGLISH, CHINESE):
        assert {"make up", "make test"} <= set(_code(readme.read_text("utf-8")))


def test_both_readmes_have_the_same_headings_and_commands() -> None:
    english, chinese = ENGLISH.read_text("utf-8"), CHINESE.read_text("utf-8")
    levels = [re.findall(r"^(#+) ", _prose(text), re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    assert _code(english) == _code(chinese)


def test_both_readmes_point_to_the_same_places() -> None:
    english, chinese = (set(_LINK.findall(one.read_text("utf-8"))) for one in (ENGLISH, CHINESE))
    assert english - {CHINESE.name} == chinese - {ENGLISH.name}


def test_every_clause_has_its_line() -> None:
    said = "\n".join(row[0] for row in _clauses())
    clauses = ("五.1(1)", "五.1(2)", "五.1(3)①", "五.1(3)②", "五.1(3)③", "五.1(3)④", "五.2", "五.3")
    assert [clause for clause in clauses if clause not in said] == []


@pytest.mark.parametrize("row", _clauses(), ids=lambda row: row[0])
def test_every_clause_names_modules_and_tests_or_says_not_yet(row: list[str]) -> None:
    _, modules, tests = row
    if modules == "**not yet**":
        assert tests == ""
        return
    paths, stories = _CODE.findall(modules), _CODE.findall(tests)
    assert paths, "no module"
    assert stories, "no test"
    assert [path for path in paths if not (ROOT / path).is_file()] == []
    assert set(stories) - _functions() == set()


def _functions() -> set[str]:
    functions: set[str] = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        functions.update(re.findall(r"^(?:async )?def (test_\w+)", file.read_text(), re.MULTILINE))
    return functions


@pytest.mark.parametrize("words", [Role, Urgency, Status, Outcome, Channel, ReportClass, Cause])
def test_the_glossary_has_every_word(words: type[StrEnum]) -> None:
    header = rf"^\| `{words.__name__}` \|.*\n((?:\|.*\n?)+)"
    table = re.search(header, GLOSSARY, re.MULTILINE)
    assert table, f"no table of {words.__name__}"
    assert _first_words(_rows(table[1])) == [one.value for one in words]


def test_the_glossary_has_every_event_type() -> None:
    told = _first_words(_rows(_section(GLOSSARY, "Event types")))
    assert told == [one.value for one in EventType]


def test_the_glossary_has_every_table() -> None:
    told = _first_words(_rows(_section(GLOSSARY, "Tables")))
    assert told == sorted(metadata.tables)


@pytest.mark.parametrize("decision", DECISIONS, ids=_name)
def test_every_decision_is_whole_and_short(decision: Path) -> None:
    text = decision.read_text("utf-8")
    assert re.match(rf"# {decision.name[:4]}\. \S", text)
    assert re.search(r"^Status: (accepted|superseded by \[\d{4}\])", text, re.MULTILINE)
    dated = re.search(r"^Date: (\S+)$", text, re.MULTILINE)
    assert dated
    assert date.fromisoformat(dated[1])
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert re.search(r"^- We would ", text, re.MULTILINE), "what would make us change it?"
    assert len(text.splitlines()) <= LONGEST_DECISION


def test_each_decision_has_a_number_of_its_own_and_is_listed_in_order() -> None:
    numbers = [int(one.name[:4]) for one in DECISIONS]
    assert len(set(numbers)) == len(numbers)
    listed = _LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text("utf-8"))
    assert listed == [one.name for one in DECISIONS]


def test_every_number_to_watch_is_measured() -> None:
    exported = set(re.findall(r"^# HELP (\w+)", Metrics().text().decode(), re.MULTILINE))
    watched = set(
        re.findall(r"`(shouwen_\w+)`", (ROOT / "docs" / "operating.md").read_text("utf-8"))
    )
    assert watched
    assert watched - exported == set()


def test_every_file_to_keep_is_named() -> None:
    folder = DataFolder(Path())
    named = (ROOT / "docs" / "operating.md").read_text("utf-8")
    kept = (folder.store, folder.gateway_token, folder.log_ins)
    assert [file.name for file in kept if f"`{file.name}`" not in named] == []


def test_the_changelog_knows_this_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f"## {version[1]}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")
