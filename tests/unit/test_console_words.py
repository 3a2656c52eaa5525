"""Nobody reads a machine's word on the screen: the console has words for every refusal (K7)."""

import json
import re
from pathlib import Path

import pytest

from api.errors import STATUS

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "api" / "console" / "src" / "words"
_REFUSED = re.compile(r'(?:(?:Refused|_answer)\(\s*[\w.]+,|body\()\s*"([a-z_]+)"')


def codes() -> set[str]:
    """Return every code with which the API refuses."""
    said = {
        code
        for file in (ROOT / "api").rglob("*.py")
        for code in _REFUSED.findall(file.read_text("utf-8"))
    }
    core = {kind().code for kind in STATUS}
    return said | core | {"bad_request"}


def test_the_codes_are_found_where_they_are_said() -> None:
    assert {"not_logged_in", "store_failed", "too_often", "not_found"} <= codes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_words(language: str) -> None:
    words = {
        key
        for file in (WORDS / language).glob("*.json")
        for key in json.loads(file.read_text("utf-8"))
    }

    assert {code for code in codes() if f"error.{code}" not in words} == set()
