"""Tables of the roster as they are handed out, to be changed and brought back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from core.facts.device import SiteCode
from core.facts.roster import Cell, Post, PostCode, Shift, ShiftCode
from core.roster import forms, roster_file, service
from core.roster.forms import RosterTable
from core.roster.roster_file import Names
from core.sheets.cells import Columns
from core.store.store import Store


def hand_out(
    store: Store,
    *,
    site: SiteCode,
    table: RosterTable,
    first: date | None,
    days: int,
    now: datetime,
) -> list[list[str]]:
    """Return a table as it stands: duties of these days as a grid, absences that are not over.

    :param first: None: today at the site.
    """
    zone = store.sites.zone(site)
    if table is RosterTable.DUTIES:
        begin = min((first or now.astimezone(zone).date()).toordinal(), date.max.toordinal() - days)
        return _grid(store, site, [date.fromordinal(begin + n) for n in range(days)])
    if table is RosterTable.ABSENCES:
        away = store.roster.absences(site, since=now)
        return _rows(forms.ABSENCES, [forms.of_absence(one, zone) for one in away])
    if table is RosterTable.POSTS:
        posts = [forms.of_post(one) | {"code": one.code} for one in store.roster.posts(site)]
        return _rows(forms.POSTS, posts)
    shifts = [forms.of_shift(one) | {"code": one.code} for one in store.roster.shifts(site)]
    return _rows(forms.SHIFTS, shifts)


def _rows(columns: Columns, facts: Iterable[Mapping[str, object]]) -> list[list[str]]:
    rows = [
        ["" if one.get(name) is None else str(one[name]) for name in columns.all] for one in facts
    ]
    return [list(columns.all), *rows]


def _grid(store: Store, site: SiteCode, days: Sequence[date]) -> list[list[str]]:
    known = service.whom_it_knows(store, site)
    names = roster_file.names(known)
    there: dict[Cell, list[str]] = {}
    used: dict[PostCode, set[ShiftCode]] = {}
    for row in (one.row for one in store.roster.days(site, days[0], days[-1])):
        person = _said(known.people[row.person].name, row.person, names.people)
        cell = Cell(day=row.day, post=row.post, shift=row.shift)
        there.setdefault(cell, []).append(person)
        used.setdefault(row.post, set()).add(row.shift)
    table = [["post", "shift", *map(str, days)]]
    for post in known.posts.values():
        for shift in known.shifts.values():
            if shift.code in used.get(post.code, known.shifts):
                cells = [
                    "、".join(there.get(Cell(day=on, post=post.code, shift=shift.code), ()))
                    for on in days
                ]
                table.append([*_heads(post, shift, names), *cells])
    return table


def _heads(post: Post, shift: Shift, names: Names) -> list[str]:
    return [_said(post.name, post.code, names.posts), _said(shift.name, shift.code, names.shifts)]


def _said(name: str, code: str, codes: Mapping[str, str]) -> str:
    """Return a name where the table's reader finds the code again by it, else the code."""
    return name if codes.get(name) == code else code
