"""catalogue.toml → categories; a wrong file is refused with line, key and reason."""

import tomllib
from collections.abc import Mapping
from importlib import resources

from pydantic import RootModel, ValidationError

from core.catalogue.entry import CategoryTable
from core.catalogue.lines import line_of
from core.errors import BadCatalogue
from core.facts.catalogue import CategoryCode
from core.facts.category import Category

_SAID = {"extra_forbidden": "unknown key", "missing": "is missing"}


class _Document(RootModel[dict[str, CategoryTable]]):
    """One table per category."""


def parse_catalogue(text: str, *, where: str) -> Mapping[CategoryCode, Category]:
    """Read a catalogue; the order of the file is the order on screens.

    :raises BadCatalogue: with one line for each mistake.
    """
    try:
        document = _Document.model_validate(tomllib.loads(text.removeprefix("\ufeff")))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadCatalogue(f"{where}: not TOML: {problem}") from None
    except ValidationError as problem:
        mistakes = problem.errors(include_url=False, include_input=False)
        raise BadCatalogue(
            "\n".join(
                _mistake(
                    text,
                    where,
                    one["loc"],
                    _SAID.get(one["type"], one["msg"].removeprefix("Value error, ")),
                )
                for one in mistakes
            )
        ) from None
    _each_event_once(document, text, where)
    return {
        CategoryCode(code): said.fact(CategoryCode(code)) for code, said in document.root.items()
    }


def default_catalogue() -> Mapping[CategoryCode, Category]:
    """Return the catalogue the product ships."""
    return parse_catalogue(default_text(), where="core/catalogue/catalogue.toml")


def default_text() -> str:
    """Return the shipped catalogue as it is written."""
    return resources.files("core.catalogue").joinpath("catalogue.toml").read_text("utf-8")


def _each_event_once(document: _Document, text: str, where: str) -> None:
    """One event is answered by one category, else nobody knows whom it alerts."""
    answered: dict[str, str] = {}
    lines: list[str] = []
    for code, said in document.root.items():
        for event in said.events:
            other = answered.setdefault(event, code)
            if other != code:
                reason = f"{event} is answered by {other} already"
                lines.append(_mistake(text, where, (code, "events"), reason))
    if lines:
        raise BadCatalogue("\n".join(lines))


def _mistake(text: str, where: str, path: tuple[str | int, ...], reason: str) -> str:
    line = line_of(text, path)
    place = f"{where}:{line}" if line is not None else where
    return f"{place}: {_key(path)}: {reason}"


def _key(path: tuple[str | int, ...]) -> str:
    """Return the way to the value: ``fire.steps[2].then``, counted from 1 as people do."""
    said = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(said).lstrip(".") or "the whole"
