"""rules.toml → MeritRules. What a rule cannot mean is refused, with its key, line and reason."""

import re
import tomllib
from datetime import timedelta
from importlib import resources
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from core.errors import BadMeritRules
from core.facts.merit import FITS, Consequence, Deed, Every, MeritRule, MeritRules, Subject

_SAID = {"extra_forbidden": "unknown key", "missing": "is missing"}
_Words = Annotated[str, Field(min_length=1, max_length=400)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Rule(_Table):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    subject: Subject
    deed: Deed
    every: Every
    least: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 1
    without: Deed | None = None
    points: Annotated[int, Field(strict=True, ge=-1_000, le=1_000)]
    consequence: Consequence
    zh: _Words
    en: _Words

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        if self.code == "by_hand":
            raise ValueError("the code by_hand stands for proposals that no rule made")
        if self.consequence not in FITS[self.subject]:
            raise ValueError(f"{self.consequence} cannot come upon a {self.subject}")
        if self.every is Every.ENTRY and (self.least > 1 or self.without is not None):
            raise ValueError("least and without belong to rules of the month")
        if self.every is Every.ENTRY and self.deed is Deed.FOUND:
            raise ValueError("finding counts by verified problems of a month, never one by one")
        return self

    def fact(self) -> MeritRule:
        return MeritRule(**dict(self))


class _Document(_Table):
    version: Annotated[int, Field(strict=True, ge=1, le=999_999)]
    objection_days: Annotated[int, Field(strict=True, ge=1, le=60)] = 7
    rule: Annotated[tuple[_Rule, ...], Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [one.code for one in self.rule]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"stands here twice: {', '.join(twice)}")
        return self


def parse_rules(text: str, *, where: str) -> MeritRules:
    """Read rules.

    :param where: the file's name, for the messages.
    :raises BadMeritRules: with one line for each mistake: where, which line and key, and why.
    """
    try:
        said = _Document.model_validate(tomllib.loads(text.removeprefix("\ufeff")))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadMeritRules(f"{where}: not TOML: {problem}") from None
    except ValidationError as problem:
        mistakes = problem.errors(include_url=False, include_input=False)
        raise BadMeritRules(
            "\n".join(f"{where}:{_line(text, one)}: {_key(one)}: {_why(one)}" for one in mistakes)
        ) from None
    return MeritRules(
        version=said.version,
        objection=timedelta(days=said.objection_days),
        rules=tuple(one.fact() for one in said.rule),
    )


def default_text() -> str:
    """Return the rules as the product ships them, ``core/scoring/rules.toml``."""
    return resources.files("core.scoring").joinpath("rules.toml").read_text(encoding="utf-8")


def _key(mistake: ErrorDetails) -> str:
    path = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in mistake["loc"])
    return "".join(path).lstrip(".") or "the whole"


def _why(mistake: ErrorDetails) -> str:
    return _SAID.get(mistake["type"], mistake["msg"].removeprefix("Value error, "))


def _line(text: str, mistake: ErrorDetails) -> int:
    """Return the line a mistake stands in: the key's, else its rule's, else the first."""
    lines = text.splitlines()
    numbers = [part for part in mistake["loc"] if isinstance(part, int)]
    names = [part for part in mistake["loc"] if isinstance(part, str) and part != "rule"]
    heads = [at for at, line in enumerate(lines) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
    begin, end = 0, heads[0] if heads else len(lines)
    if numbers and numbers[0] < len(heads):
        begin = heads[numbers[0]]
        end = heads[numbers[0] + 1] if numbers[0] + 1 < len(heads) else len(lines)
    for name in names[-1:]:
        for at in range(begin, end):
            if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", lines[at]):
                return at + 1
    return begin + 1
