"""What a page of the register is narrowed to."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from core.facts.catalogue import CategoryCode
from core.facts.issue import UNHANDLED, IssueNumber, Status, Urgency
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.store import tables

_t = tables.issue
_open = [status.value for status in sorted(UNHANDLED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a page of the register is narrowed to; what is None narrows nothing."""

    status: frozenset[Status] | None = None
    urgency: Urgency | None = None
    category: CategoryCode | None = None
    place: PlaceCode | None = None
    #: Part of the words, of the caller's or first reporter's name, or the number itself.
    text: str | None = None
    #: Only what this person reported first or was sent to.
    person: PersonCode | None = None
    #: Only what people of this unit reported first or were sent to.
    unit: UnitCode | None = None
    #: Only what came back because nobody touched it.
    came_back: bool = False
    #: Only these.
    numbers: frozenset[IssueNumber] | None = None


def conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """Return what is asked of each issue of such a page."""
    asked = [*_simple(wanted), *_of_people(wanted)]
    if wanted.came_back:
        asked += [_t.c.came_back_at.is_not(None), _t.c.status.in_(_open)]
    if wanted.text:
        asked.append(_said(wanted.text.strip()))
    return asked


def _simple(wanted: Filter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.status is not None:
        yield _t.c.status.in_(sorted(wanted.status))
    if wanted.urgency is not None:
        yield _t.c.urgency == wanted.urgency.value
    if wanted.category is not None:
        yield _t.c.category == wanted.category
    if wanted.place is not None:
        yield _t.c.place == wanted.place
    if wanted.numbers is not None:
        yield _t.c.number.in_(sorted(wanted.numbers))


def _of_people(wanted: Filter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.person is not None:
        yield sa.or_(_t.c.owner == wanted.person, _t.c.assigned_to == wanted.person)
    if wanted.unit is not None:
        people = sa.select(tables.person.c.code).where(
            tables.person.c.site == _t.c.site, tables.person.c.unit == wanted.unit
        )
        yield sa.or_(_t.c.owner.in_(people), _t.c.assigned_to.in_(people))


def _said(text: str) -> sa.ColumnElement[bool]:
    number = text.lstrip("#")
    owners = sa.select(tables.person.c.code).where(
        tables.person.c.site == _t.c.site, tables.person.c.name.contains(text, autoescape=True)
    )
    anywhere = [
        _t.c.words.contains(text, autoescape=True),
        _t.c.caller_name.contains(text, autoescape=True),
        _t.c.owner.in_(owners),
    ]
    if number.isascii() and number.isdigit() and len(number) < 18:
        anywhere.append(_t.c.number == int(number))
    return sa.or_(*anywhere)
