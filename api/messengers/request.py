"""What is posted to a messenger, and what its answer means."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

_OK, _TOO_MANY, _BROKEN = range(200, 300), 429, 500


class Outcome(StrEnum):
    """How a messenger took it."""

    TAKEN = "taken"
    #: It may take it later: it is down, or has had too many.
    LATER = "later"
    #: It never will: a wrong address, key or form.
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One POST."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of it, and in the messenger's own words."""

    outcome: Outcome
    said: str


def posted(url: str, document: Mapping[str, Any], **headers: str) -> Request:
    """Return a document as a request."""
    body = json.dumps(document, ensure_ascii=False).encode()
    return Request(url=url, body=body, headers={"Content-Type": "application/json", **headers})


def by_status(status: int, said: str) -> Heard:
    """Judge by the HTTP status alone."""
    if status in _OK:
        return Heard(outcome=Outcome.TAKEN, said=said)
    later = status == _TOO_MANY or status >= _BROKEN
    outcome = Outcome.LATER if later else Outcome.NEVER
    return Heard(outcome=outcome, said=f"{status} {said}".strip())


def by_code(status: int, body: bytes, *, code: str, words: str, later: Collection[int]) -> Heard:
    """Judge a robot, which says what is wrong in its document and 200 above it.

    :param code: the key of the document's number, 0 for taken.
    :param words: the key of its words.
    :param later: numbers that mean: too many, or not now.
    """
    said = body.decode(errors="replace")[:300]
    if status not in _OK:
        return by_status(status, said)
    try:
        document = json.loads(body)
        number = int(document[code])
    except (ValueError, KeyError, TypeError):
        return Heard(outcome=Outcome.LATER, said=f"not a robot's answer: {said}")
    if number == 0:
        return Heard(outcome=Outcome.TAKEN, said=str(document.get(words, "")))
    outcome = Outcome.LATER if number in later else Outcome.NEVER
    return Heard(outcome=outcome, said=f"{number} {document.get(words, '')}")
