"""Words of printed documents, in the office's two languages."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]


def word(language: Language, family: str, code: str, **values: object) -> str:
    """Return the word of a code, ``{name}`` filled in; a code nobody knows stays legible."""
    known = _words().get(family, {}).get(code)
    if known is None:
        return code.replace("_", " ")
    return known[language].format(**values)


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)
