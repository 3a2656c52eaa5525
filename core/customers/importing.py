"""A whole table of customers, read in and handed out (features K1, K2)."""

from datetime import datetime

from core.customers import forms, service
from core.facts.customer import Customer, CustomerCode
from core.facts.device import SiteCode
from core.facts.journal import TableTaken
from core.facts.people import PersonCode
from core.sheets import trying, words
from core.sheets.cells import Mistake, Wrong
from core.sheets.trying import Difference, Outcome
from core.store.journal import THE_SITE
from core.store.store import Store

#: An estate has more residents than an office has people.
MOST_ROWS = 20_000
#: As long as what is noted of a customer may be.
MOST_LETTERS = 4_000
_OF = "customers"
_PAGE = 1_000


def bring(
    store: Store, *, site: SiteCode, content: bytes, by: PersonCode, now: datetime, dry: bool
) -> Outcome:
    """Do what a table says: who stands in it is entered or changed, all of them or nobody.

    Who stands in no row stays as he is.

    :raises Undone: a dry run, or a mistake; the unit of work it ends takes back what was tried.
    :raises NotReadable: no table that can be read.
    """
    store.journal.lock(site)
    table = trying.opened(content, forms.COLUMNS, most=MOST_ROWS, letters=MOST_LETTERS)
    mistakes: list[Mistake] = []
    found = _found(store, site, table.rows, mistakes)
    known = store.customers.several(site, [one.code for _, one in found])
    changed = [(row, one) for row, one in found if known.get(one.code) != one]
    if not mistakes and not table.mistakes:
        service.enter(store, site=site, customers=[one for _, one in changed], by=by, now=now)
    differences = [
        Difference(
            row=row,
            code=one.code,
            before=forms.said(known[one.code]) if one.code in known else None,
            after=forms.said(one),
        )
        for row, one in changed
    ]
    outcome = table.outcome(differences, mistakes)
    return trying.concluded(store, outcome, site=site, of=_OF, by=by, now=now, dry=dry)


def hand_out(store: Store, *, site: SiteCode, by: PersonCode, now: datetime) -> list[list[str]]:
    """Return all customers as a table; that somebody took it home is written down."""
    store.journal.lock(site)
    table = [list(forms.COLUMNS.all)]
    after: str | None = None
    while page := store.customers.page(site, text=None, place=None, limit=_PAGE, after=after):
        after = page[-1].code
        rows = (row for one in page for row in forms.rows(one))
        table += [[row.get(name, "") for name in forms.COLUMNS.all] for row in rows]
    entry = TableTaken(of=_OF, rows=len(table) - 1)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return table


def _found(
    store: Store, site: SiteCode, rows: tuple[forms.Numbered, ...], mistakes: list[Mistake]
) -> list[tuple[int, Customer]]:
    theirs: dict[str, list[forms.Numbered]] = {}
    for at, row in rows:
        theirs.setdefault(row["code"], []).append((at, row))
    known = store.customers.several(site, [CustomerCode(code) for code in theirs])
    places = words.codes(
        (one.code, one.name) for one in store.sites.places(site) if not one.retired
    )
    found: list[tuple[int, Customer]] = []
    for code, his in theirs.items():
        first = his[0][0]
        try:
            found.append((first, forms.customer(his, known.get(CustomerCode(code)), places=places)))
        except Wrong as problem:
            where = problem.row or first
            mistakes.append(Mistake(row=where, column=problem.column, reason=str(problem)))
    return found
