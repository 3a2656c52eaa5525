"""Sums of a month, kept in step with the facts: counts, values in order, customers once each."""

import sys
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.month import MEASURES, MonthCode, Row, Values
from core.store import plain, tables
from core.store.upsert import accumulate, upsert

_count, _value, _customer = tables.month_count, tables.month_value, tables.month_customer

#: So many customers in one list of an IN.
_MANY = 500
#: More changes at once than these: sorting all again is cheaper than inserting each.
_FEW = 32

_COUNTS = sa.select(
    _count.c.month, _count.c.dimension, _count.c.key, *(_count.c[name] for name in MEASURES)
)
#: What a month's report asks, built once.
_OF_MONTH = sa.select(
    _count.c.dimension, _count.c.key, *(_count.c[name] for name in MEASURES)
).where(_count.c.site == sa.bindparam("site"), _count.c.month == sa.bindparam("month"))
_LOUDEST = (
    _OF_MONTH.where(_count.c.dimension == "device", _count.c.told > 0)
    .order_by(_count.c.told.desc(), _count.c.key)
    .limit(sa.bindparam("limit"))
)
_VALUES = sa.select(_value.c.measure, _value.c.group, _value.c.sorted).where(
    _value.c.site == sa.bindparam("site"), _value.c.month == sa.bindparam("month")
)


class MonthSums:
    """Every SQL statement about sums of months."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add_counts(self, site: SiteCode, changes: Mapping[Row, Counter[str]]) -> None:
        """Add to the sums of these rows; what is negative is taken away."""
        rows = [
            {
                "site": site,
                "month": month,
                "dimension": dimension,
                "key": key,
                **{name: counter[name] for name in MEASURES},
            }
            for (month, dimension, key), counter in changes.items()
            if any(counter.values())
        ]
        accumulate(self._connection, _count, rows, add=MEASURES)

    def add_values(self, site: SiteCode, changes: Mapping[Values, Counter[int]]) -> None:
        """Add values to those of their month, or take them away."""
        wanted = {group: many for group, many in changes.items() if any(many.values())}
        rows = []
        for month in sorted({group[0] for group in wanted}):
            groups = [group for group in wanted if group[0] == month]
            kept = self._kept(site, month, groups)
            for group in groups:
                values = kept.get(group) or array("I")
                _change(values, wanted[group])
                rows.append(
                    {
                        "site": site,
                        "month": month,
                        "measure": group[1],
                        "group": group[2],
                        "sorted": _to_bytes(values),
                    }
                )
        upsert(self._connection, _value, rows)

    def add_customers(
        self, site: SiteCode, changes: Mapping[tuple[str, Row], Sequence[int]]
    ) -> dict[Row, Counter[str]]:
        """Note how often customers told; return by how many each row's customers became more."""
        wanted = {key: many for key, many in changes.items() if any(many)}
        had = self._had(site, wanted)
        gained: dict[Row, Counter[str]] = {}
        rows = []
        for (customer, row), (told, repeats) in wanted.items():
            before = had.get((customer, row), (0, 0))
            now = (before[0] + told, before[1] + repeats)
            counter = gained.setdefault(row, Counter())
            counter["customers"] += (now[0] > 0) - (before[0] > 0)
            counter["repeaters"] += (now[1] > 0) - (before[1] > 0)
            rows.append(
                {
                    "site": site,
                    "month": row[0],
                    "customer": customer,
                    "dimension": row[1],
                    "key": row[2],
                    "told": now[0],
                    "repeats": now[1],
                }
            )
        upsert(self._connection, _customer, rows)
        return gained

    def counts(
        self, site: SiteCode, months: Collection[MonthCode], dimensions: Collection[str]
    ) -> list[tuple[Any, ...]]:
        """Return the sums of these months: month, dimension, key, then the measures in order."""
        query = _COUNTS.where(
            _count.c.site == site,
            _count.c.month.in_(sorted(months)),
            _count.c.dimension.in_(sorted(dimensions)),
        )
        return [*self._connection.execute(query).all()]

    def of_month(
        self, site: SiteCode, month: MonthCode, dimensions: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        """Return the sums of one month: dimension, key, then the measures in order."""
        named = {f"of_{at}": name for at, name in enumerate(dimensions)}
        values = {"site": site, "month": month, **named}
        return plain.rows(self._connection, _of_dimensions(len(named)), values)

    def loudest(self, site: SiteCode, month: MonthCode, *, limit: int) -> list[tuple[Any, ...]]:
        """Return the sums of the devices that opened most reports in a month, as ``of_month``."""
        values = {"site": site, "month": month, "limit": limit}
        return plain.rows(self._connection, _LOUDEST, values)

    def values(self, site: SiteCode, month: MonthCode) -> dict[tuple[str, str], Sequence[int]]:
        """Return the values of a month, in order, by measure and group; empty ones are left out."""
        rows = plain.rows(self._connection, _VALUES, {"site": site, "month": month})
        return {(row[0], row[1]): _from_bytes(row[2]) for row in rows if row[2]}

    def months(self, site: SiteCode) -> list[MonthCode]:
        """Return the months in which anything was told, the newest first."""
        query = (
            sa.select(_count.c.month)
            .where(_count.c.site == site, _count.c.dimension == "all", _count.c.key == "")
            .order_by(_count.c.month.desc())
        )
        return [MonthCode(month) for month in self._connection.scalars(query)]

    def forget(self, site: SiteCode) -> None:
        """Delete all sums of a site, to count again."""
        for table in (_count, _value, _customer):
            self._connection.execute(sa.delete(table).where(table.c.site == site))

    def _kept(
        self, site: SiteCode, month: MonthCode, groups: Collection[Values]
    ) -> dict[Values, "array[int]"]:
        rows = self._connection.execute(
            sa.select(_value.c.measure, _value.c.group, _value.c.sorted).where(
                _value.c.site == site,
                _value.c.month == month,
                _value.c.measure.in_(sorted({group[1] for group in groups})),
                _value.c.group.in_(sorted({group[2] for group in groups})),
            )
        )
        return {Values(month, row[0], row[1]): _from_bytes(row[2]) for row in rows}

    def _had(
        self, site: SiteCode, wanted: Collection[tuple[str, Row]]
    ) -> dict[tuple[str, Row], tuple[int, int]]:
        had: dict[tuple[str, Row], tuple[int, int]] = {}
        for month in sorted({row[0] for _, row in wanted}):
            customers = sorted({customer for customer, row in wanted if row[0] == month})
            for start in range(0, len(customers), _MANY):
                query = sa.select(_customer).where(
                    _customer.c.site == site,
                    _customer.c.month == month,
                    _customer.c.customer.in_(customers[start : start + _MANY]),
                )
                for one in self._connection.execute(query):
                    key = (one.customer, Row(MonthCode(one.month), one.dimension, one.key))
                    had[key] = (one.told, one.repeats)
        return had


@cache
def _of_dimensions(many: int) -> sa.Select[Any]:
    marks: list[sa.BindParameter[str]] = [sa.bindparam(f"of_{at}") for at in range(many)]
    return _OF_MONTH.where(_count.c.dimension.in_(marks))


def _change(values: "array[int]", changes: Mapping[int, int]) -> None:
    """Put values into an ordered array, or take them out of it."""
    if sum(abs(n) for n in changes.values()) > _FEW:
        counted = Counter(values)
        for value, n in changes.items():
            counted[value] += n
        values[:] = array("I", sorted(counted.elements()))
        return
    for value, n in changes.items():
        for _ in range(n):
            insort(values, value)
        for _ in range(-n):
            del values[bisect_left(values, value)]


def _to_bytes(values: "array[int]") -> bytes:
    kept = array("I", values)
    if sys.byteorder == "big":
        kept.byteswap()
    return kept.tobytes()


def _from_bytes(kept: bytes) -> "array[int]":
    values = array("I")
    values.frombytes(kept)
    if sys.byteorder == "big":
        values.byteswap()
    return values
