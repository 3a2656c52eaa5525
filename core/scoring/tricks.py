"""What looks as if it was done for the points: recognised, shown, never punished by itself: pure.

By volume alone nobody wins (五.2). Each trick leaves a shape in the journal; the limits below are
wide enough that an honest shift stays below them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from core.facts.catalogue import CategoryCode
from core.facts.issue import IssueNumber
from core.facts.merit import Flag, Trick
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.scoring.case import Case

#: Alike words about one place so soon after each other are one problem told twice.
SPLIT_ALIKE = timedelta(minutes=30)
#: Three of a kind at one place within this are one problem in pieces, whatever the words.
SPLIT_MANY = timedelta(hours=2)
_ALIKE = 0.75
#: Found again so soon after he himself had removed it, twice and more.
SELF_MADE = timedelta(minutes=90)
#: Told so soon after a device had told it.
COPIED = timedelta(minutes=15)
#: Ended and taken up again so soon by the same person, twice and more.
REOPENED = timedelta(minutes=60)
#: So many claims "handled on the spot" within an hour, and not one picture.
BARE_CLAIMS, BARE_WITHIN = 5, timedelta(hours=1)
#: So many praises of one person by one customer within a week.
PRAISES, PRAISED_WITHIN = 3, timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What a device had found by itself."""

    issue: IssueNumber
    at: datetime
    place: PlaceCode
    category: CategoryCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """One praise of the person."""

    issue: IssueNumber
    at: datetime
    customer: str


def tricks(
    person: PersonCode,
    cases: Iterable[Case],
    *,
    alarms: Sequence[Alarm] = (),
    praises: Sequence[Praise] = (),
) -> list[Flag]:
    """Return what is to be shown about one person, from what he found in the last days."""
    found = sorted(
        (one for one in cases if one.finder == person and one.found_by_staff),
        key=lambda one: (one.opened_at, one.issue),
    )
    seen = [
        *((Trick.SPLIT, run) for run in _splits(found)),
        *((Trick.SELF_MADE, run) for run in _self_made(found, person)),
        *((Trick.ALARM_COPY, run) for run in _copies(found, alarms)),
        *((Trick.NO_PICTURE, run) for run in _bare(found)),
    ]
    flags = [
        Flag(
            trick=trick,
            person=person,
            issues=tuple(sorted({one.issue for one in run})),
            at=max(one.opened_at for one in run),
        )
        for trick, run in seen
    ]
    return flags + list(_ring(person, praises))


def reopening(case: Case) -> Flag | None:
    """Return a flag if somebody ends an issue and takes it up again, over and over."""
    quick: dict[PersonCode, list[datetime]] = {}
    for at, by in case.reopenings:
        ended = [end for end in case.ends if end[0] <= at]
        if by is None or not ended:
            continue
        last_at, last_by = ended[-1]
        if at - last_at <= REOPENED and by in {last_by, case.finder}:
            quick.setdefault(by, []).append(at)
    for by, times in quick.items():
        if len(times) >= 2:
            return Flag(trick=Trick.CLOSE_REOPEN, person=by, issues=(case.issue,), at=times[-1])
    return None


def _splits(found: Sequence[Case]) -> Iterator[list[Case]]:
    for group in _grouped(found, lambda one: (one.place,)):
        for run in _linked(group, _told_twice):
            yield run
    for group in _grouped(found, lambda one: (one.place, one.category)):
        for run in _within(group, SPLIT_MANY, least=3):
            yield run


def _told_twice(earlier: Case, later: Case) -> bool:
    near = later.opened_at - earlier.opened_at <= SPLIT_ALIKE
    return near and _alike(earlier.words, later.words)


def _alike(one: str, other: str) -> bool:
    """Whether two tellings say the same; "lamp 3" and "lamp 4" are two lamps."""
    if len(one) < 2 or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _self_made(found: Sequence[Case], person: PersonCode) -> Iterator[list[Case]]:
    def again(earlier: Case, later: Case) -> bool:
        gone = earlier.handled_at
        return (
            earlier.on_the_spot
            and earlier.handled_by == person
            and gone is not None
            and timedelta(0) <= later.opened_at - gone <= SELF_MADE
        )

    for group in _grouped(found, lambda one: (one.place, one.category)):
        for run in _linked(group, again):
            if len(run) >= 3:
                yield run


def _copies(found: Sequence[Case], alarms: Sequence[Alarm]) -> Iterator[list[Case]]:
    for one in found:
        for alarm in alarms:
            same = alarm.category in {None, one.category} and alarm.place == one.place
            after = timedelta(0) <= one.opened_at - alarm.at <= COPIED
            if same and after and alarm.issue != one.issue:
                yield [one]
                break


def _bare(found: Sequence[Case]) -> Iterator[list[Case]]:
    claims = [one for one in found if one.on_the_spot and not one.pictures]
    yield from _within(claims, BARE_WITHIN, least=BARE_CLAIMS)


def _ring(person: PersonCode, praises: Sequence[Praise]) -> Iterator[Flag]:
    by_customer: dict[str, list[Praise]] = {}
    for one in praises:
        by_customer.setdefault(one.customer, []).append(one)
    for some in by_customer.values():
        some.sort(key=lambda one: one.at)
        for at in range(len(some) - PRAISES + 1):
            run = some[at : at + PRAISES]
            if run[-1].at - run[0].at <= PRAISED_WITHIN:
                issues = tuple(sorted({one.issue for one in run}))
                yield Flag(trick=Trick.PRAISE_RING, person=person, issues=issues, at=run[-1].at)
                break


def _grouped(found: Sequence[Case], key: Callable[[Case], tuple[object, ...]]) -> list[list[Case]]:
    groups: dict[tuple[object, ...], list[Case]] = {}
    for one in found:
        if one.place is not None:
            groups.setdefault(key(one), []).append(one)
    return list(groups.values())


def _linked(group: Sequence[Case], link: Callable[[Case, Case], bool]) -> Iterator[list[Case]]:
    """Yield chains of two and more, each tied to some one before it in the chain."""
    chains: list[list[Case]] = []
    for one in group:
        chain = next((c for c in chains if any(link(before, one) for before in c)), None)
        if chain is None:
            chains.append([one])
        else:
            chain.append(one)
    yield from (chain for chain in chains if len(chain) > 1)


def _within(group: Sequence[Case], span: timedelta, *, least: int) -> Iterator[list[Case]]:
    """Yield runs of at least so many within a span, each case in one run at most."""
    at = 0
    while at < len(group):
        run = [one for one in group[at:] if one.opened_at - group[at].opened_at <= span]
        if len(run) >= least:
            yield run
        at += len(run) if len(run) >= least else 1
