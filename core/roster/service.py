"""Asking the roster, and writing it."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from core.errors import BadRoster, NotAllowedNow
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.journal import AbsenceCancelled, AbsenceEntered, RosterChanged, StandInEntered
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.roster import Absence, Cell, Duty, Leave, OnDuty, Post, Relief, Row, Shift, StandIn
from core.roster import policy
from core.roster.standing import Standing
from core.store.journal import THE_SITE
from core.store.store import Store

_DAY = timedelta(days=1)


def standing(store: Store, *, site: SiteCode, at: datetime) -> Standing:
    """Return the roster of a site at one moment: asked once, answering any number of questions."""
    return Standing(
        at=at,
        people={person.code: person for person in store.people.all(site)},
        posts={post.code: post for post in store.roster.posts(site)},
        places={place.code: place for place in store.sites.places(site)},
        duties=store.roster.standing(site, at),
        absences=store.roster.absences(site, since=at, until=at),
        stand_ins=store.roster.stand_ins(site, since=at, until=at),
    )


def on_duty(
    store: Store,
    *,
    site: SiteCode,
    at: datetime,
    role: Role | None = None,
    place: PlaceCode | None = None,
) -> list[OnDuty]:
    """Return who is on duty, the nearest to the place first, by the tree of places."""
    return standing(store, site=site, at=at).on_duty(role, place)


def write_post(store: Store, *, site: SiteCode, post: Post, by: PersonCode, now: datetime) -> Post:
    """Enter or change a post.

    :raises NotFound: an unknown place. :raises NotAllowedNow: its role would change while somebody
        is written down for it.
    """
    store.journal.lock(site)
    if post.place is not None:
        store.sites.place(site, post.place)
    before = next((one for one in store.roster.posts(site) if one.code == post.code), None)
    if before is not None and before.role is not post.role:
        planned = store.roster.unfinished(site, now)
        if any(one.row.post == post.code for one in planned):
            raise NotAllowedNow(f"people are on the roster for {post.code} as {before.role}")
    store.roster.write_posts(site, [post])
    said = {"name": post.name, "role": post.role, "place": post.place, "least": post.least}
    _changed(store, site, "post", {post.code: said}, by=by, now=now)
    return post


def write_shift(
    store: Store, *, site: SiteCode, shift: Shift, by: PersonCode, now: datetime
) -> Shift:
    """Enter or change a shift.

    :raises NotAllowedNow: its times would change under a roster that is not over.
    """
    store.journal.lock(site)
    before = next((one for one in store.roster.shifts(site) if one.code == shift.code), None)
    if before is not None and (before.begins, before.ends) != (shift.begins, shift.ends):
        planned = store.roster.unfinished(site, now)
        if any(one.row.shift == shift.code for one in planned):
            raise NotAllowedNow(f"the roster uses {shift.code}; enter a shift of another code")
    store.roster.write_shifts(site, [shift])
    said = {"name": shift.name, "begins": f"{shift.begins:%H:%M}", "ends": f"{shift.ends:%H:%M}"}
    _changed(store, site, "shift", {shift.code: said}, by=by, now=now)
    return shift


def plan(
    store: Store,
    *,
    site: SiteCode,
    first: date,
    last: date,
    rows: Sequence[Row],
    where: Sequence[str] = (),
    now: datetime,
) -> list[Duty]:
    """Check a roster for these dates and return its duties; nothing is written.

    :param where: what each line is called in messages; else its number.
    :raises BadRoster: one line for each mistake; what is over cannot be written anew.
    """
    known = whom_it_knows(store, site)
    lines = list(where) or [f"line {number}" for number in range(1, len(rows) + 1)]
    policy.check(rows, first=first, last=last, known=known, where=lines)
    zone = store.sites.zone(site)
    duties = [policy.duty(row, known.shifts[row.shift], zone) for row in rows]
    written = {one.row: one for one in store.roster.days(site, first, last)}
    over = {row for row, one in written.items() if one.ends_at <= now}
    names = dict(zip(rows, lines, strict=True))
    policy.check_past(duties, written=over, names=names, now=now)
    _check_present(store, site, duties, written=written, names=names)
    around = [
        one
        for one in store.roster.days(site, first - _DAY, last + _DAY)
        if not first <= one.row.day <= last or one.row in over - set(rows)
    ]
    policy.check_overlaps([*duties, *around], names=names)
    return duties


def write(
    store: Store,
    *,
    site: SiteCode,
    first: date,
    last: date,
    rows: Sequence[Row],
    where: Sequence[str] = (),
    by: PersonCode,
    now: datetime,
) -> list[Duty]:
    """Put a roster in the place of what is written for these dates and is not over.

    :raises BadRoster: one line for each mistake; then nothing is written.
    """
    store.journal.lock(site)
    duties = plan(store, site=site, first=first, last=last, rows=rows, where=where, now=now)
    store.roster.replace(site, first, last, [one for one in duties if one.ends_at > now], now=now)
    written = store.roster.days(site, first, last)
    said = {
        str(day): [
            [one.row.post, one.row.shift, one.row.person] for one in written if one.row.day == day
        ]
        for day in sorted({one.row.day for one in written})
    }
    _changed(store, site, "duties", said, by=by, now=now, first=first, last=last)
    return written


def write_cell(
    store: Store,
    *,
    site: SiteCode,
    cell: Cell,
    people: Sequence[PersonCode],
    before: Collection[PersonCode],
    by: PersonCode,
    now: datetime,
) -> list[Duty]:
    """Write who stands in one cell, with the checks of a whole roster; return its duties.

    :param before: who stood in it when whoever writes looked.
    :raises NotAllowedNow: somebody else has written it meanwhile.
    :raises BadRoster: one line for each mistake, or the shift is over.
    """
    store.journal.lock(site)
    near = store.roster.days(site, cell.day - _DAY, cell.day + _DAY)
    there = {one.row for one in near if cell.holds(one.row)}
    if {row.person for row in there} != set(before):
        names = ", ".join(sorted(row.person for row in there)) or "nobody"
        raise NotAllowedNow(f"{names} stands there by now")
    rows = [cell.row(person) for person in people]
    duties = _of_cell(store, site, cell, rows, there=there, now=now)
    names_of = {row: row.person for row in rows}
    around = [one for one in near if not cell.holds(one.row)]
    policy.check_overlaps([*duties, *around], names=names_of)
    if set(rows) == there:
        return duties
    store.roster.replace_cell(site, cell, duties)
    said = {str(cell.day): [[row.post, row.shift, row.person] for row in rows]}
    _changed(store, site, "cell", said, by=by, now=now, first=cell.day, last=cell.day)
    return duties


def _of_cell(
    store: Store,
    site: SiteCode,
    cell: Cell,
    rows: Sequence[Row],
    *,
    there: Collection[Row],
    now: datetime,
) -> list[Duty]:
    known, names = whom_it_knows(store, site), {row: str(row.person) for row in rows}
    if cell.post not in known.posts or cell.shift not in known.shifts:
        raise BadRoster(("", f"there is no post {cell.post!r} or no shift {cell.shift!r}"))
    where = [str(row.person) for row in rows]
    policy.check(rows, first=cell.day, last=cell.day, known=known, where=where)
    zone = store.sites.zone(site)
    shift = known.shifts[cell.shift]
    # Who was crossed out stood there as well: what is over is over for an empty cell too.
    if policy.duty(cell.row(PersonCode("")), shift, zone).ends_at <= now:
        raise BadRoster(("", f"{cell.day} {cell.shift} is over; what was is not written anew"))
    duties = [policy.duty(row, shift, zone) for row in rows]
    _check_present(store, site, duties, written=there, names=names)
    return duties


def _check_present(
    store: Store,
    site: SiteCode,
    duties: Sequence[Duty],
    *,
    written: Collection[Row],
    names: Mapping[Row, str],
) -> None:
    if not duties:
        return
    away = store.roster.absences(
        site,
        since=min(one.begins_at for one in duties),
        until=max(one.ends_at for one in duties),
    )
    policy.check_present(duties, away=away, written=written, names=names)


def enter_absence(
    store: Store, *, site: SiteCode, leave: Leave, by: PersonCode, now: datetime
) -> Absence:
    """Note that somebody is away and who answers for him (E11).

    :raises NotFound: an unknown person. :raises Incomplete: no reason.
    :raises NotReadable: it ends before it begins, or is over already.
    :raises NotAllowedNow: he would be his own deputy, or is entered as away at that time already.
    """
    store.journal.lock(site)
    store.people.find(site, leave.person)
    deputy = store.people.find(site, leave.deputy) if leave.deputy is not None else None
    begins, ends = moment.utc(leave.begins_at), moment.utc(leave.ends_at)
    known = store.roster.absences(site, since=begins, until=ends)
    policy.check_leave(leave, deputy=deputy, known=known, now=now)
    absence = store.roster.add_absence(
        site,
        person=leave.person,
        begins_at=begins,
        ends_at=ends,
        deputy=leave.deputy,
        reason=leave.reason.strip(),
        by=by,
    )
    entry = AbsenceEntered(
        absence=absence.id,
        person=absence.person,
        begins_at=moment.text(begins),
        ends_at=moment.text(ends),
        deputy=absence.deputy,
        reason=absence.reason,
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return absence


def cancel_absence(
    store: Store, *, site: SiteCode, absence: int, by: PersonCode, now: datetime
) -> Absence:
    """Let an absence hold no longer: he is back, or it was a mistake.

    :raises NotFound: no such absence. :raises NotAllowedNow: it is over or was called off.
    """
    store.journal.lock(site)
    found = store.roster.absence(site, absence)
    if found.cancelled_at is not None or found.ends_at <= now:
        raise NotAllowedNow("the absence is over")
    cancelled = store.roster.cancel_absence(found, site, now=now)
    entry = AbsenceCancelled(absence=found.id, person=found.person)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return cancelled


def stand_in(
    store: Store, *, site: SiteCode, relief: Relief, by: PersonCode, now: datetime
) -> StandIn:
    """Let somebody stand at another's post from now on, for a short while; it ends by itself.

    :raises Incomplete: no reason. :raises NotFound: an unknown person.
    :raises NotAllowedNow: longer than the policy allows, the other is not on duty there, or who
        stands in is none of the post's role or is on duty elsewhere.
    """
    store.journal.lock(site)
    here = standing(store, site=site, at=now)
    person = store.people.find(site, relief.person)
    limit = store.rules_of(site).policy.stand_in
    until = policy.check_relief(relief, person=person, here=here, limit=limit)
    found = store.roster.add_stand_in(
        site,
        post=relief.post,
        instead_of=relief.instead_of,
        person=relief.person,
        begins_at=now,
        ends_at=until,
        reason=relief.reason.strip(),
        by=by,
    )
    entry = StandInEntered(
        post=found.post,
        person=found.person,
        instead_of=found.instead_of,
        ends_at=moment.text(found.ends_at),
        reason=found.reason,
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return found


def whom_it_knows(store: Store, site: SiteCode) -> policy.Known:
    """Return posts, shifts and people: what the lines of a roster may speak of."""
    return policy.Known(
        posts={post.code: post for post in store.roster.posts(site)},
        shifts={shift.code: shift for shift in store.roster.shifts(site)},
        people={person.code: person for person in store.people.all(site)},
    )


def _changed(
    store: Store,
    site: SiteCode,
    what: str,
    said: object,
    *,
    by: PersonCode,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
) -> None:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = RosterChanged(
        what=what,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        said=text if len(text) <= 4_000 else None,
        first_on=str(first) if first else None,
        last_on=str(last) if last else None,
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
