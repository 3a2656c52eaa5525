"""``shouwen month`` beside a recount by hand (tests/plain_recount.py), as two equal things."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from front import months
from tests import plain_recount
from tests.plain_recount import PARTS, Cells, Recount, Row


def by_hand(store: Path, *, site: str, month: str) -> Recount:
    """Count the rows of the table ``journal`` one after the other."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        (zone,) = connection.execute("SELECT zone FROM site WHERE code = ?", (site,)).fetchone()
        units = connection.execute("SELECT code, unit FROM person WHERE site = ?", (site,))
        journal = connection.execute(
            "SELECT seq, issue, kind, at, body, by FROM journal WHERE site = ? ORDER BY seq",
            (site,),
        )
        return plain_recount.recount(
            [
                Row(
                    seq=seq,
                    issue=issue,
                    kind=kind,
                    at=datetime.fromisoformat(at).replace(tzinfo=UTC),
                    said=json.loads(body),
                    by=by,
                )
                for seq, issue, kind, at, body, by in journal
            ],
            month=month,
            zone=ZoneInfo(zone),
            units=dict(units),
        )


def by_the_product(store: Path, *, site: str, month: str) -> dict[str, Any]:
    """Return what ``shouwen month`` prints."""
    printed = months.report(
        months.Wanted(
            month=month,
            site=site,
            data=None,
            database=f"sqlite:///{store}",
            language="zh",
        )
    )
    found = json.loads(printed)
    assert isinstance(found, dict)
    return found


def cells(report: dict[str, Any]) -> Cells:
    """Return a report's numbers by part, key and measure, without those that are nothing."""
    found: Cells = Counter()
    for part in PARTS:
        for line in [report["whole"]] if part == "all" else report["parts"][part]:
            for measure, n in zip(report["measures"], line["counts"], strict=True):
                found[part, line["key"], measure] += n
    return Counter({cell: n for cell, n in found.items() if n})


def check(store: Path, *, site: str, month: str) -> Recount:
    """Say that each number is as counted by hand, and each rate; return the count."""
    counted = by_hand(store, site=site, month=month)
    report = by_the_product(store, site=site, month=month)
    assert _differing(counted.cells, cells(report)) == {}
    for part in PARTS:
        for line in [report["whole"]] if part == "all" else report["parts"][part]:
            _check_rates(part, line, counted.cells)
    _check_acceptance(report, counted)
    return counted


def _differing(by_hand: Cells, product: Cells) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Where the two differ: what was counted by hand, and what the product says."""
    return {
        cell: (by_hand[cell], product[cell])
        for cell in sorted(by_hand.keys() | product.keys())
        if by_hand[cell] != product[cell]
    }


def _check_rates(part: str, line: dict[str, Any], numbers: Cells) -> None:
    def of(measure: str) -> int:
        return numbers[part, line["key"], measure]

    shares = {
        "found_first": (of("found_staff") + of("found_device"), of("problems")),
        "repeat_rate": (of("repeaters"), of("customers")),
    }
    for rate, (some, all_of_them) in shares.items():
        if not all_of_them:
            assert line[rate] is None, (part, line["key"], rate)
        else:
            assert abs(line[rate] - some / all_of_them) <= 0.000_051, (part, line["key"], rate)


def _check_acceptance(report: dict[str, Any], counted: Recount) -> None:
    """Report to acceptance: how many, the middle one and the ninth of ten, by channel and hops."""
    groups: dict[str, list[int]] = {}
    for (channel, hops), seconds in counted.acceptance.items():
        for group in (f"{channel}:{hops}", f"{channel}:*", f"*:{hops}", "*:*"):
            groups.setdefault(group, []).extend(seconds)
    assert {
        one["group"]: (one["n"], one["median"], one["p90"]) for one in report["acceptance"]
    } == {
        group: (len(taken), _nth(taken, 0.5), _nth(taken, 0.9)) for group, taken in groups.items()
    }


def _nth(taken: list[int], share: float) -> int:
    """The smallest of them that so large a share does not exceed."""
    return next(
        one
        for one in sorted(taken)
        if sum(other <= one for other in taken) >= share * len(taken) - 1e-9
    )
