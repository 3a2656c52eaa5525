"""A page loads the styles of all it shows: else it looks otherwise until another was visited."""

import re
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "api" / "console" / "src"
#: Worn to be found by, or styled only where another page surrounds them.
BARE = {
    ("phone/mine/Mine.tsx", "cards"),
    ("phone/outbox/OutboxList.tsx", "cards"),
    ("telling/TellingForm.tsx", "telling"),
}


def _sources() -> dict[Path, str]:
    found = [*SRC.rglob("*.tsx"), *SRC.rglob("*.ts")]
    return {one: one.read_text("utf-8") for one in found if ".test." not in one.name}


SOURCES = _sources()
STYLES = {
    one: set(re.findall(r"\.([a-z][a-z0-9-]+)", one.read_text("utf-8")))
    for one in SRC.rglob("*.css")
}
STYLED = set().union(*STYLES.values())


def _named(by: Path, name: str) -> Path | None:
    at = (by.parent / name).resolve()
    for one in (at, at.with_name(at.name + ".tsx"), at.with_name(at.name + ".ts")):
        if one in SOURCES or one in STYLES:
            return one
    return None


def _imports(by: Path, pattern: str) -> set[Path]:
    named = (_named(by, name) for name in re.findall(pattern, SOURCES.get(by, "")))
    return {one for one in named if one is not None}


def _loaded(first: Path) -> set[Path]:
    seen: set[Path] = set()
    ahead = [first]
    while ahead:
        one = ahead.pop()
        if one not in seen:
            seen.add(one)
            ahead += _imports(one, r'(?:from|import) "(\.[^"]+)"')
    return seen


def _worn(by: Path) -> set[str]:
    found = re.findall(r'className=(?:"([^"]+)"|\{`([^`]+)`\})', SOURCES[by])
    words = (re.sub(r"\$\{[^}]*\}", " ", plain or made) for plain, made in found)
    return {one for word in words for one in word.split()}


def _pages() -> Iterator[tuple[Path, set[Path]]]:
    console = _loaded(SRC / "main.tsx")
    lazy = {one for by in SOURCES for one in _imports(by, r'import\("(\.[^"]+)"\)')}
    assert len(lazy) > 20
    for page in lazy:
        yield page, _loaded(page) | console
    for alone in ("phone/main.tsx", "wall/main.tsx"):
        yield SRC / alone, _loaded(SRC / alone)


def test_each_page_loads_the_styles_of_what_it_shows() -> None:
    lacking = set()
    for page, loaded in _pages():
        # A drawing is loaded from within a page that has its styles.
        there = set().union(*(STYLES[one] for one in loaded if one in STYLES))
        for one in loaded & SOURCES.keys():
            if page.parent.name == "charts":
                continue
            name = one.relative_to(SRC).as_posix()
            lacking |= {(name, worn) for worn in _worn(one) & STYLED - there}
    assert lacking - BARE == set()
