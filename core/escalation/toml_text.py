"""TOML → a checked table; every mistake is told at once, each with its key and the reason."""

import tomllib
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from core.errors import BadPolicy

_SAID = {"extra_forbidden": "unknown key", "missing": "is missing"}


class Table(BaseModel):
    """A TOML table in which every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Known = TypeVar("Known", bound=Table)


def read(text: str, model: type[Known], *, where: str) -> Known:
    """Read one document.

    :param where: the file's name, for the messages.
    :raises BadPolicy: not TOML, or not as the model says; one line for each mistake.
    """
    try:
        return model.model_validate(tomllib.loads(text.removeprefix("\ufeff")))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadPolicy(f"{where}: not TOML: {problem}") from None
    except ValidationError as problem:
        mistakes = problem.errors(include_url=False, include_input=False)
        lines = (f"{where}: {_key(one)}: {_reason(one)}" for one in mistakes)
        raise BadPolicy("\n".join(lines)) from None


def _key(mistake: ErrorDetails) -> str:
    """Return the way to the value: ``ladder.urgent.steps[2].day``, counted from 1 as people do."""
    path = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in mistake["loc"])
    return "".join(path).lstrip(".") or "the whole"


def _reason(mistake: ErrorDetails) -> str:
    return _SAID.get(mistake["type"], mistake["msg"].removeprefix("Value error, "))
