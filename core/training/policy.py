"""Who is to know a briefing, and which playbooks have changed: pure."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from core.errors import Incomplete, NotAllowedNow
from core.facts.briefing import Audience, Briefing, Draft
from core.facts.catalogue import CategoryCode
from core.facts.category import Category
from core.facts.people import Person, PersonCode


def audience(wanted: Audience, people: Iterable[Person]) -> list[Person]:
    """Return who is to acknowledge: those who work here now."""
    return [
        person
        for person in people
        if person.active
        and (not wanted.roles or not wanted.roles.isdisjoint(person.roles))
        and (not wanted.units or person.unit in wanted.units)
    ]


def who_has_not(
    briefing: Briefing, people: Iterable[Person], acknowledged: Collection[PersonCode]
) -> list[Person]:
    """Return who of the audience has not acknowledged this version."""
    return [
        person
        for person in audience(briefing.draft.audience, people)
        if person.code not in acknowledged
    ]


def check_draft(draft: Draft, people: Iterable[Person]) -> None:
    """Refuse what nobody could acknowledge.

    :raises Incomplete: no title, no words, or nobody in its audience.
    """
    if not draft.title.strip() or not draft.words.strip():
        raise Incomplete("a briefing has a title and words")
    if not audience(draft.audience, people):
        raise Incomplete("nobody is in its audience")


def check_acknowledgement(briefing: Briefing, person: Person, *, version: int) -> None:
    """Refuse an acknowledgement that would not count.

    :raises NotAllowedNow: a newer version was published, or he is not in the audience.
    """
    if version != briefing.version:
        raise NotAllowedNow(f"version {briefing.version} was published; read it first")
    if not audience(briefing.draft.audience, [person]):
        raise NotAllowedNow("this briefing is not for you")


def digests(catalogue: Mapping[CategoryCode, Category]) -> dict[CategoryCode, str]:
    """Return, for each category, a hash over everything that people are to know of it."""
    return {code: _digest(category) for code, category in catalogue.items()}


def changed(
    known: Mapping[CategoryCode, str], present: Mapping[CategoryCode, str]
) -> tuple[CategoryCode, ...]:
    """Return the categories whose playbook is not as people know it, in the catalogue's order.

    Where nothing is known yet, nothing has changed: people are trained on what they find.
    """
    if not known:
        return ()
    return tuple(code for code, sha256 in present.items() if known.get(code) != sha256)


def _digest(category: Category) -> str:
    said = {name: value for name, value in asdict(category).items() if value}
    text = json.dumps(said, default=_plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> list[Any]:
    return sorted(value)
