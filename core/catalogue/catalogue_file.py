"""catalogue.toml → categories; a wrong file is refused with table, key and reason."""

import tomllib
from collections.abc import Mapping
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from core.errors import BadCatalogue
from core.facts.catalogue import CategoryCode, Words
from core.facts.category import Category
from core.facts.issue import Urgency


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def fact(self) -> Words:
        return Words(zh=self.zh, en=self.en)


class _Category(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Words
    urgency: Urgency
    route: str = Field(min_length=1)
    first_actions: _Words


class _Document(RootModel[dict[str, _Category]]):
    """One table per category."""


def parse_catalogue(text: str, *, where: str) -> Mapping[CategoryCode, Category]:
    """Read a catalogue; the order of the file is the order on screens.

    :raises BadCatalogue: with one line for each mistake.
    """
    try:
        document = _Document.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise BadCatalogue(f"{where}: not TOML: {problem}") from None
    except ValidationError as problem:
        lines = (
            f"{where}: {'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in problem.errors(include_url=False, include_input=False)
        )
        raise BadCatalogue("\n".join(lines)) from None
    return {
        CategoryCode(code): Category(
            code=CategoryCode(code),
            name=said.name.fact(),
            urgency=said.urgency,
            first_actions=said.first_actions.fact(),
            route=said.route,
        )
        for code, said in document.root.items()
    }


def default_catalogue() -> Mapping[CategoryCode, Category]:
    """Return the catalogue the product ships."""
    text = resources.files("core.catalogue").joinpath("catalogue.toml").read_text("utf-8")
    return parse_catalogue(text, where="core/catalogue/catalogue.toml")
