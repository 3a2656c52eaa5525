"""Whole tables of the roster: first told, then done, all or nothing (features K1, K2, E11)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from core.errors import BadRoster, CoreError
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.roster import Cell, Duty, Post, Shift
from core.roster import absences, forms, roster_file, service, writing
from core.roster.forms import Away, RosterTable
from core.roster.roster_file import Duties, Where
from core.sheets import cells, trying, words
from core.sheets.cells import Mistake, Wrong
from core.sheets.trying import Difference, Opened, Outcome
from core.store.store import Store

Fact = TypeVar("Fact", Post, Shift)


def bring(
    store: Store,
    *,
    site: SiteCode,
    table: RosterTable,
    content: bytes,
    by: PersonCode,
    now: datetime,
    dry: bool,
) -> Outcome:
    """Do what a table says, row after row, each with its journal entry: all of it, or nothing.

    Posts, shifts and absences that stand in no row stay; duties take the place of what is written
    for the days the table speaks of and is not over.

    :raises Undone: a dry run, or a mistake; the unit of work it ends takes back what was tried.
    :raises NotReadable: no table that can be read.
    """
    store.journal.lock(site)
    tried = _TRIED[table](store, site=site, content=content, by=by, now=now)
    of = f"roster_{table.value}"
    return trying.concluded(store, tried, site=site, of=of, by=by, now=now, dry=dry)


# --- posts and shifts ---------------------------------------------------------------------------


def _posts(
    store: Store, *, site: SiteCode, content: bytes, by: PersonCode, now: datetime
) -> Outcome:
    places = words.codes(
        (one.code, one.name) for one in store.sites.places(site) if not one.retired
    )
    known = {str(one.code): one for one in store.roster.posts(site)}
    return _each(
        trying.opened(content, forms.POSTS),
        known,
        make=lambda row: forms.post(row, known.get(row["code"]), places=places),
        write=lambda post: writing.write_post(store, site=site, post=post, by=by, now=now),
        say=forms.of_post,
    )


def _shifts(
    store: Store, *, site: SiteCode, content: bytes, by: PersonCode, now: datetime
) -> Outcome:
    return _each(
        trying.opened(content, forms.SHIFTS),
        {str(one.code): one for one in store.roster.shifts(site)},
        make=forms.shift,
        write=lambda shift: writing.write_shift(store, site=site, shift=shift, by=by, now=now),
        say=forms.of_shift,
    )


def _each(
    table: Opened,
    known: Mapping[str, Fact],
    *,
    make: Callable[[cells.Row], Fact],
    write: Callable[[Fact], object],
    say: Callable[[Fact], Mapping[str, object]],
) -> Outcome:
    mistakes = trying.twice(((at, row["code"]) for at, row in table.rows), column="code")
    differences: list[Difference] = []
    for at, row in table.rows:
        try:
            fact = make(row)
            was = known.get(str(fact.code))
            if was == fact:
                continue
            write(fact)
        except (Wrong, CoreError) as problem:
            mistakes.append(_mistake(at, problem))
            continue
        before = say(was) if was is not None else None
        differences.append(Difference(row=at, code=fact.code, before=before, after=say(fact)))
    return table.outcome(differences, mistakes)


# --- absences -----------------------------------------------------------------------------------


def _absences(
    store: Store, *, site: SiteCode, content: bytes, by: PersonCode, now: datetime
) -> Outcome:
    table = trying.opened(content, forms.ABSENCES)
    people = words.codes((one.code, one.name) for one in store.people.all(site) if one.active)
    zone = store.sites.zone(site)
    mistakes: list[Mistake] = []
    differences: list[Difference] = []
    for at, row in table.rows:
        try:
            away = forms.absence(row, people=people, zone=zone)
            found = _absence(store, site, away, by=by, now=now)
        except (Wrong, CoreError) as problem:
            mistakes.append(_mistake(at, problem))
            continue
        if found is not None:
            before, after = found
            code = f"{away.leave.person} {row['begins']}"
            differences.append(Difference(row=at, code=code, before=before, after=after))
    return table.outcome(differences, mistakes)


_Sides = tuple[Mapping[str, object] | None, Mapping[str, object] | None]


def _absence(
    store: Store, site: SiteCode, away: Away, *, by: PersonCode, now: datetime
) -> _Sides | None:
    """Enter an absence, change its deputy or reason, or call it off; None: it stands so."""
    leave, zone = away.leave, store.sites.zone(site)
    entered = store.roster.absences(site, since=now)
    was = next(
        (one for one in entered if (one.person, one.begins_at, one.ends_at) == away.key), None
    )
    if was is None and away.cancelled:
        return None
    if (
        was is not None
        and not away.cancelled
        and (was.deputy, was.reason)
        == (
            leave.deputy,
            leave.reason,
        )
    ):
        return None
    if was is not None:
        absences.cancel_absence(store, site=site, absence=was.id, by=by, now=now)
    if not away.cancelled:
        absences.enter_absence(store, site=site, leave=leave, by=by, now=now)
    before = forms.of_absence(was, zone) if was is not None else None
    return before, None if away.cancelled else forms.of_absence(leave, zone)


# --- duties -------------------------------------------------------------------------------------


def _duties(
    store: Store, *, site: SiteCode, content: bytes, by: PersonCode, now: datetime
) -> Outcome:
    table, said = _read(store, site, content)
    mistakes = list(said.mistakes)
    if mistakes or table.mistakes or not said.days:
        return table.outcome([], mistakes)
    first, last = said.days[0], said.days[-1]
    before = store.roster.days(site, first, last)
    # What is over stays as it stands; a table that says so again is judged by the rest of it.
    over = {one.row for one in before if one.ends_at <= now}
    kept = [one for one in zip(said.rows, said.where, strict=True) if one[0] not in over]
    where = {_called(at): at for _, at in kept}
    try:
        writing.write(
            store,
            site=site,
            first=first,
            last=last,
            rows=[row for row, _ in kept],
            where=list(map(_called, (at for _, at in kept))),
            by=by,
            now=now,
        )
    except BadRoster as problem:
        for name, reason in problem.mistakes:
            at, column = where.get(name, (1, None))
            mistakes.append(Mistake(row=at, column=column, reason=reason))
    after = store.roster.days(site, first, last)
    return table.outcome(_differences(before, after, said), mistakes)


def _read(store: Store, site: SiteCode, content: bytes) -> tuple[Opened, Duties]:
    names = roster_file.names(service.whom_it_knows(store, site))
    lines, sha256 = trying.lines_of(content)
    if not lines:
        return trying.nothing(sha256), Duties(cells={})
    if roster_file.is_list(lines[0].cells):
        table = trying.opened(content, roster_file.LIST)
        return table, roster_file.of_list(table.rows, names)
    headings, days, mistakes = roster_file.days_of(lines[0].cells, lines[0].number)
    rows = [] if mistakes else trying.rows_of(lines[1:], headings, mistakes)
    table = Opened(rows=tuple(rows), mistakes=tuple(mistakes), sha256=sha256, many=len(lines) - 1)
    return table, roster_file.of_grid(table.rows, days, names)


def _differences(before: list[Duty], after: list[Duty], said: Duties) -> list[Difference]:
    was, would = _by_cell(before), _by_cell(after)
    found = []
    for cell in sorted({*was, *would}, key=lambda one: (one.day, one.post, one.shift)):
        sides = was.get(cell), would.get(cell)
        if sides[0] != sides[1]:
            one, other = ({"people": ", ".join(side)} if side else None for side in sides)
            code = f"{cell.day} {cell.post} {cell.shift}"
            found.append(Difference(row=said.cells.get(cell), code=code, before=one, after=other))
    return found


def _by_cell(duties: list[Duty]) -> dict[Cell, list[str]]:
    found: dict[Cell, list[str]] = {}
    for row in sorted((one.row for one in duties), key=lambda one: one.person):
        cell = Cell(day=row.day, post=row.post, shift=row.shift)
        found.setdefault(cell, []).append(row.person)
    return found


def _called(where: Where) -> str:
    return " ".join(str(one) for one in where if one is not None)


def _mistake(row: int, problem: Exception) -> Mistake:
    column = problem.column if isinstance(problem, Wrong) else None
    return Mistake(row=row, column=column, reason=str(problem))


_TRIED: Mapping[RosterTable, Callable[..., Outcome]] = {
    RosterTable.POSTS: _posts,
    RosterTable.SHIFTS: _shifts,
    RosterTable.DUTIES: _duties,
    RosterTable.ABSENCES: _absences,
}
