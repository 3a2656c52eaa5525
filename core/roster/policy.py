"""What a roster may say: every mistake is named with its line, and gaps are told apart: pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.errors import BadRoster, Incomplete, NotAllowedNow, NotReadable
from core.facts.people import Person, PersonCode
from core.facts.roster import (
    Absence,
    Duty,
    Leave,
    Post,
    PostCode,
    Relief,
    Row,
    Shift,
    ShiftCode,
)
from core.roster.standing import Standing

#: A roster is written for at most so many days at once.
MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the lines of a roster speak of."""

    posts: Mapping[PostCode, Post]
    shifts: Mapping[ShiftCode, Shift]
    people: Mapping[PersonCode, Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """At this post fewer are on duty than it should have, on this day and in this shift."""

    day: date
    post: PostCode
    shift: ShiftCode
    wanted: int
    there: int


def duty(row: Row, shift: Shift, zone: ZoneInfo) -> Duty:
    """Return a line with its moments, by the site's civil clock; over midnight where it ends so."""
    until = row.day if shift.ends > shift.begins else row.day + timedelta(days=1)
    begins, ends = (
        datetime.combine(on, clock, tzinfo=zone).astimezone(UTC)
        for on, clock in ((row.day, shift.begins), (until, shift.ends))
    )
    return Duty(row=row, begins_at=begins, ends_at=ends)


def check(
    rows: Sequence[Row], *, first: date, last: date, known: Known, where: Sequence[str]
) -> None:
    """Refuse lines that cannot be meant; ``where`` names each line for the message.

    :raises BadRoster: with one line for each mistake.
    """
    mistakes = [("", what) for what in _window(first, last)]
    seen: set[Row] = set()
    for row, line in zip(rows, where, strict=True):
        mistakes += [(line, what) for what in _wrong(row, first, last, known)]
        if row in seen:
            mistakes.append((line, "stands there twice"))
        seen.add(row)
    if mistakes:
        raise BadRoster(*mistakes)


def check_overlaps(duties: Sequence[Duty], *, names: Mapping[Row, str]) -> None:
    """Refuse that somebody stands at two posts at once.

    :raises BadRoster: with one line for each pair.
    """
    by_person: dict[PersonCode, list[Duty]] = {}
    for one in duties:
        by_person.setdefault(one.row.person, []).append(one)
    mistakes = [
        (
            names.get(later.row) or names.get(sooner.row, ""),
            f"{later.row.person} at the same time is at {_said(sooner.row)} and {_said(later.row)}",
        )
        for theirs in by_person.values()
        for sooner, later in pairwise(sorted(theirs, key=lambda one: (one.begins_at, one.ends_at)))
        if later.begins_at < sooner.ends_at
    ]
    if mistakes:
        raise BadRoster(*mistakes)


def check_past(
    duties: Sequence[Duty], *, written: Collection[Row], names: Mapping[Row, str], now: datetime
) -> None:
    """Refuse to write what is over anew; told again as it stands it does no harm.

    :raises BadRoster: with one line for each.
    """
    mistakes = [
        (
            names[one.row],
            f"{one.row.day} {one.row.shift} is over; what was is not written anew",
        )
        for one in duties
        if one.ends_at <= now and one.row not in written
    ]
    if mistakes:
        raise BadRoster(*mistakes)


def check_present(
    duties: Sequence[Duty],
    *,
    away: Sequence[Absence],
    written: Collection[Row],
    names: Mapping[Row, str],
) -> None:
    """Refuse to write down anew who is away all the while and whom nobody answers for.

    :raises BadRoster: one line for each.
    """
    mistakes = [
        (names[one.row], f"{one.row.person} is away on {one.row.day} and nobody answers for him")
        for one in duties
        if one.row not in written
        and any(
            absence.person == one.row.person
            and absence.deputy is None
            and absence.begins_at <= one.begins_at
            and one.ends_at <= absence.ends_at
            for absence in away
        )
    ]
    if mistakes:
        raise BadRoster(*mistakes)


def check_leave(
    leave: Leave, *, deputy: Person | None, known: Sequence[Absence], now: datetime
) -> None:
    """Refuse an absence that cannot be meant.

    :raises Incomplete: no reason. :raises NotReadable: it ends before it begins, or is over.
    :raises NotAllowedNow: his own deputy, one who left, or away at that time already.
    """
    if not leave.reason.strip():
        raise Incomplete("an absence needs a reason")
    if leave.ends_at <= leave.begins_at or leave.ends_at <= now:
        raise NotReadable("an absence ends after it begins, and not in the past")
    if deputy is not None and not deputy.active:
        raise NotAllowedNow(f"{deputy.code} does not work here any more")
    if leave.deputy == leave.person:
        raise NotAllowedNow("nobody is his own deputy")
    if any(one.person == leave.person and one.begins_at < leave.ends_at for one in known):
        raise NotAllowedNow(f"{leave.person} is entered as away at that time already")


def check_relief(relief: Relief, *, person: Person, here: Standing, limit: timedelta) -> datetime:
    """Return until when somebody may stand in: so long as was said, and no longer than the duty.

    :raises Incomplete: no reason.
    :raises NotAllowedNow: too long, nobody to stand in for, or not a person who can.
    """
    if not relief.reason.strip():
        raise Incomplete("a stand-in needs a reason")
    if not 0 < relief.seconds <= limit.total_seconds():
        raise NotAllowedNow(f"the policy lets somebody stand in for {limit} at most")
    wanted = (relief.post, relief.instead_of)
    theirs = [one.ends_at for one in here.duties if (one.row.post, one.row.person) == wanted]
    if not theirs:
        raise NotAllowedNow(f"{relief.instead_of} is not on duty at {relief.post}")
    role = here.posts[relief.post].role
    if not person.active or role not in person.roles or person.code == relief.instead_of:
        raise NotAllowedNow(f"{person.code} cannot stand in as {role}")
    if any(one.person == person.code for one in here.on_duty()):
        raise NotAllowedNow(f"{person.code} is on duty already")
    return min(here.at + timedelta(seconds=relief.seconds), max(theirs))


def gaps(duties: Sequence[Duty], *, posts: Collection[Post], days: Sequence[date]) -> Iterator[Gap]:
    """Yield where fewer stand than the post should have, in shifts its roster uses at all."""
    used: dict[PostCode, set[ShiftCode]] = {}
    there: dict[tuple[date, PostCode, ShiftCode], int] = {}
    for one in duties:
        used.setdefault(one.row.post, set()).add(one.row.shift)
        key = (one.row.day, one.row.post, one.row.shift)
        there[key] = there.get(key, 0) + 1
    for day in days:
        for post in posts:
            for shift in sorted(used.get(post.code, ())):
                count = there.get((day, post.code, shift), 0)
                if count < post.least:
                    yield Gap(day=day, post=post.code, shift=shift, wanted=post.least, there=count)


def _said(row: Row) -> str:
    return f"{row.post} ({row.shift}, {row.day})"


def _window(first: date, last: date) -> Iterator[str]:
    if last < first:
        yield f"the last day {last} is before the first {first}"
    elif (last - first).days >= MOST_DAYS:
        yield f"a roster is written for at most {MOST_DAYS} days at once"


def _wrong(row: Row, first: date, last: date, known: Known) -> Iterator[str]:
    if not first <= row.day <= last:
        yield f"{row.day} is outside {first} to {last}"
    post, person = known.posts.get(row.post), known.people.get(row.person)
    if post is None:
        yield f"there is no post {row.post!r}"
    if row.shift not in known.shifts:
        yield f"there is no shift {row.shift!r}"
    if person is None:
        yield f"there is no person {row.person!r}"
    elif not person.active:
        yield f"{row.person} does not work here any more"
    elif post is not None and post.role not in person.roles:
        yield f"{row.person} is no {post.role}, as {row.post} asks for"
