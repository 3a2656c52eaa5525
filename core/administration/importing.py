"""Reading a whole table of people, units or places in: first told, then done, all or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.administration import forms, service
from core.administration.forms import ImportKind
from core.errors import NotAllowedNow, NotFound
from core.facts.device import SiteCode
from core.facts.people import Person, PersonCode, Unit
from core.facts.place import Place
from core.sheets import trying
from core.sheets.cells import Mistake, Row, Wrong
from core.sheets.trying import Difference, Outcome
from core.store.store import Store

Fact = Person | Unit | Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How one kind of table is read, judged and written."""

    known: Callable[[Store, SiteCode], Iterable[Fact]]
    make: Callable[[Row, Fact | None], Fact]
    write: Callable[..., Fact]
    say: Callable[[Fact], Mapping[str, object]]


def bring(
    store: Store,
    *,
    site: SiteCode,
    kind: ImportKind,
    content: bytes,
    by: PersonCode,
    now: datetime,
    dry: bool,
) -> Outcome:
    """Do what a table says, row after row, each with its journal entry: all of it, or nothing.

    :raises Undone: a dry run, or a mistake; the unit of work it ends takes back what was tried.
    :raises NotReadable: no table that can be read.
    """
    outcome = _tried(store, site=site, kind=kind, content=content, by=by, now=now)
    return trying.concluded(store, outcome, site=site, of=kind.value, by=by, now=now, dry=dry)


def _tried(
    store: Store, *, site: SiteCode, kind: ImportKind, content: bytes, by: PersonCode, now: datetime
) -> Outcome:
    store.journal.lock(site)
    table = trying.opened(content, forms.COLUMNS[kind])
    known: dict[str, Fact] = {one.code: one for one in _KINDS[kind].known(store, site)}
    differences: list[Difference] = []
    mistakes: list[Mistake] = []
    facts = _facts(_KINDS[kind], table.rows, known, mistakes)
    for row, fact in _ordered(kind, facts, mistakes):
        was = known.get(fact.code)
        if was == fact:
            continue
        try:
            _KINDS[kind].write(store, site, fact, by, now)
        except (NotFound, NotAllowedNow) as problem:
            mistakes.append(Mistake(row=row, column=None, reason=str(problem)))
            continue
        say = _KINDS[kind].say
        before = say(was) if was is not None else None
        differences.append(Difference(row=row, code=fact.code, before=before, after=say(fact)))
    return table.outcome(differences, mistakes)


def _facts(
    kind: _Kind,
    rows: Iterable[tuple[int, Row]],
    known: Mapping[str, Fact],
    mistakes: list[Mistake],
) -> list[tuple[int, Fact]]:
    found: list[tuple[int, Fact]] = []
    first: dict[str, int] = {}
    for row, cells in rows:
        code = cells["code"]
        if code in first:
            reason = f"{code!r} stands in row {first[code]} already"
            mistakes.append(Mistake(row=row, column="code", reason=reason))
            continue
        first[code] = row
        try:
            found.append((row, kind.make(cells, known.get(code))))
        except Wrong as problem:
            mistakes.append(Mistake(row=row, column=problem.column, reason=str(problem)))
    return found


def _ordered(
    kind: ImportKind, facts: list[tuple[int, Fact]], mistakes: list[Mistake]
) -> list[tuple[int, Fact]]:
    """Return the rows so that each finds what it needs: places below others after those.

    What is retired comes last, the deepest place first; rows that lie in a ring are mistakes.
    """
    if kind is not ImportKind.PLACES:
        return facts
    left = {fact.code: (row, fact) for row, fact in facts if isinstance(fact, Place)}
    ordered: list[tuple[int, Place]] = []
    while left:
        free = [code for code, (_, place) in left.items() if place.parent not in left]
        if not free:
            mistakes += [
                Mistake(row=row, column="parent", reason="lies within itself")
                for row, _ in left.values()
            ]
            break
        ordered += [left.pop(code) for code in free]
    standing = [one for one in ordered if not one[1].retired]
    return [*standing, *reversed([one for one in ordered if one[1].retired])]


def _person(store: Store, site: SiteCode, fact: Fact, by: PersonCode, now: datetime) -> Fact:
    assert isinstance(fact, Person)
    return service.change_person(store, site=site, person=fact, by=by, now=now)


def _unit(store: Store, site: SiteCode, fact: Fact, by: PersonCode, now: datetime) -> Fact:
    assert isinstance(fact, Unit)
    return service.change_unit(store, site=site, unit=fact, by=by, now=now)


def _place(store: Store, site: SiteCode, fact: Fact, by: PersonCode, now: datetime) -> Fact:
    assert isinstance(fact, Place)
    return service.change_place(store, site=site, place=fact, by=by, now=now)


_KINDS: Mapping[ImportKind, _Kind] = {
    ImportKind.PEOPLE: _Kind(
        known=lambda store, site: store.people.all(site),
        make=forms.person,  # type: ignore[arg-type] # what was is of the same kind by its code
        write=_person,
        say=service.of_person,  # type: ignore[arg-type]
    ),
    ImportKind.UNITS: _Kind(
        known=lambda store, site: store.people.units(site),
        make=forms.unit,  # type: ignore[arg-type]
        write=_unit,
        say=service.of_unit,  # type: ignore[arg-type]
    ),
    ImportKind.PLACES: _Kind(
        known=lambda store, site: store.sites.places(site),
        make=forms.place,  # type: ignore[arg-type]
        write=_place,
        say=service.of_place,  # type: ignore[arg-type]
    ),
}
