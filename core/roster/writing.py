"""Writing the roster: posts, shifts, whole tables of duties, and single cells of them."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from core.errors import BadRoster, NotAllowedNow
from core.facts.device import SiteCode
from core.facts.journal import RosterChanged
from core.facts.people import PersonCode
from core.facts.roster import Cell, Duty, Post, Row, Shift
from core.roster import policy
from core.roster.service import whom_it_knows
from core.store.journal import THE_SITE
from core.store.store import Store

_DAY = timedelta(days=1)


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
