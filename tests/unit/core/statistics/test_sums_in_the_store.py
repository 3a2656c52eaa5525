"""The store's sums stay those of a recount, whatever happens in whatever portions."""

from itertools import count, pairwise
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.facts.device import SiteCode
from core.facts.month import MonthCode
from core.facts.place import Site
from core.statistics import reading, service
from core.statistics.taking import issues_of, take
from core.store import tables
from core.store.database import Database
from core.store.store import Store
from tests.unit.core.statistics.test_recount import OFFICE, Line, histories

_KEPT = (
    tables.issue_fact, tables.occurrence, tables.month_count, tables.month_value,
    tables.month_customer,
)  # fmt: skip
_sites = count(1)


def _take(store: Store, site: SiteCode, lines: list[Line]) -> None:
    known = store.issue_facts.facts(site, {n for line in lines for n in issues_of(line)})
    service.keep(store, site, take(lines, known=known, office=OFFICE), known=known)


def _kept(store: Store, site: SiteCode) -> list[list[dict[str, Any]]]:
    """All that is kept of a site, but for rows that came to nothing."""
    kept = []
    for table in _KEPT:
        query = sa.select(table).where(table.c.site == site).order_by(*table.primary_key)
        rows = [dict(row) for row in store.connection.execute(query).mappings()]
        for row in rows:
            del row["site"]
        keys = {column.name for column in table.primary_key}
        kept.append([row for row in rows if any(row[name] for name in row.keys() - keys)])
    return kept


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=histories(), cuts=st.lists(st.integers(0, 60), max_size=4))
def test_the_store_s_sums_are_those_of_a_recount(
    database: Database, lines: list[Line], cuts: list[int]
) -> None:
    portions, whole = SiteCode(f"portions-{next(_sites)}"), SiteCode(f"whole-{next(_sites)}")
    edges = sorted({0, len(lines), *(cut % (len(lines) + 1) for cut in cuts)})
    with database.begin() as store:
        for site in (portions, whole):
            store.sites.seed(Site(code=site, name="示范小区", zone="Europe/Berlin"))
        for start, end in pairwise(edges):
            _take(store, portions, lines[start:end])
        _take(store, whole, lines)

        assert _kept(store, portions) == _kept(store, whole)
        for month in store.month_sums.months(whole):
            one, other = (
                reading.of_month(store, site=site, month=MonthCode(month))
                for site in (portions, whole)
            )
            assert (one.whole, one.parts, one.answers, one.acceptance) == (
                other.whole, other.parts, other.answers, other.acceptance,
            )  # fmt: skip
