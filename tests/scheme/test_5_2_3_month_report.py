"""五.2(3): a month known to the second; every number opens its issues; closed, it is frozen."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import make_dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.errors import NotAllowedNow, NotFound, NotReadable, ObjectionsOpen
from core.facts.journal import Entry
from core.facts.month import MEASURES, MonthCode
from core.facts.month_report import Line, MonthReport
from core.facts.rules import Rules
from core.statistics import closing, reading
from core.statistics.month import cell, value_cell
from core.store.database import Database
from tests import recounted
from tests.month_sheet import ZONE, Issued, live, sheet
from tests.office import DIRECTOR, SITE, Office

NOVEMBER = MonthCode("2026-11")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the whole sheet is stored."""
    return tmp_path_factory.mktemp("sheet") / "store.sqlite"


@pytest.fixture(scope="module")
def whole(file: Path, rules: Rules) -> Iterator[Office]:
    """The whole sheet, for stories that only look."""
    database = Database.open(f"sqlite:///{file}", rules=rules)
    database.migrate()
    office = Office(database)
    live(office)
    yield office
    database.close()


@pytest.fixture
def lived(office: Office) -> Office:
    """The first forty lines, for stories that close the month."""
    live(office, lines=40)
    return office


def of(office: Office, month: MonthCode = NOVEMBER) -> MonthReport:
    with office.database.read() as store:
        return reading.of_month(store, site=SITE, month=month)


def november() -> list[Issued]:
    return [one for one in sheet() if (one.told.year, one.told.month) == (2026, 11)]


def sums(line: Line) -> dict[str, int]:
    return dict(zip(MEASURES, line.counts, strict=True))


def test_the_sheet_s_november_is_known(whole: Office) -> None:
    report = of(whole)

    # Added up by hand from the sheet.
    all_of_it = sums(report.whole)
    assert all_of_it["told"] == 198
    assert all_of_it == {**all_of_it, **_expected(november())}
    assert report.whole.found_first == round(
        (all_of_it["found_staff"] + all_of_it["found_device"]) / all_of_it["problems"], 4
    )


@pytest.mark.parametrize("month", ["2026-10", "2026-11", "2026-12"])
@pytest.mark.usefixtures("whole")
def test_every_cell_of_the_sheet_is_as_counted_by_hand(file: Path, month: str) -> None:
    counted = recounted.check(file, site=SITE, month=month)

    assert counted.cells["all", "", "told"] == {"2026-10": 1, "2026-11": 198, "2026-12": 1}[month]


def _expected(rows: Sequence[Issued]) -> dict[str, int]:
    problems = [one for one in rows if not one.end.startswith("dismissed")]
    customers = {one.who for one in problems if one.caller == "customer"}
    return {
        "told": len(rows),
        "dismissed": len(rows) - len(problems),
        "problems": len(problems),
        **{
            f"found_{kind}": sum(one.caller == kind for one in problems)
            for kind in ("staff", "device", "customer", "unknown")
        },
        "unidentified": sum(one.caller == "unknown" for one in problems),
        "on_the_spot": sum(one.end == "spot" for one in problems),
        "accepted": sum(bool(one.accepted) for one in rows),
        "standing": sum(one.end == "open" for one in rows),
        "repeats": sum(one.repeat for one in problems),
        "customers": len(customers),
        "repeaters": len({one.who for one in problems if one.repeat}),
        "complaints": sum(
            one.complaints for one in sheet() if _month(one.after(max(one.acted, 60))) == 11
        ),
        "escalations": sum(
            one.steps for one in sheet() if _month(one.after(max(one.acted, 60))) == 11
        ),
    }


def _month(at: datetime) -> int:
    return at.astimezone(ZONE).month


def test_by_channel_and_category_as_in_the_sheet(whole: Office) -> None:
    report = of(whole)

    for dimension, told in (
        ("channel", Counter(one.channel for one in november())),
        # What was dismissed was never said to be of any kind, but for what somebody typed.
        (
            "category",
            Counter(
                "" if one.by_device and one.end.startswith("dismissed") else one.category
                for one in november()
            ),
        ),
    ):
        lines = {line.key: sums(line)["told"] for line in report.parts[dimension]}
        assert lines == told


def test_report_to_acceptance_is_known_to_the_second(whole: Office) -> None:
    spreads = {one.group: one for one in of(whole).acceptance}
    taken: dict[str, list[int]] = {}
    seconds: Sequence[int]
    for one in november():
        if one.accepted:
            took = one.arrived + sum(one.hops) + one.accepted
            for group in (
                f"{one.channel}:{len(one.hops)}",
                f"{one.channel}:*",
                f"*:{len(one.hops)}",
                "*:*",
            ):
                taken.setdefault(group, []).append(took)

    assert len(taken) > 8
    for group, seconds in taken.items():
        spread = spreads[group]
        assert spread.n == len(seconds)
        assert (spread.median, spread.p90) == (_nearest(seconds, 50), _nearest(seconds, 90))


def test_answer_times_are_known_to_the_second(whole: Office) -> None:
    report = of(whole)
    answers = {(one.measure, one.cls): one for one in report.answers}
    classes = {
        "intercom": "call",
        "fire_phone": "life_safety",
        "device": "alarm",
        "camera": "alarm",
    }
    for cls in set(classes.values()):
        rows = [one for one in november() if classes.get(one.channel) == cls]
        for measure, values in (
            ("arrival_view", [one.shown for one in rows]),
            ("arrival_claim", [one.claimed for one in rows]),
            ("view_claim", [one.claimed - one.shown for one in rows]),
            ("arrival_action", [one.acted for one in rows]),
            ("view_action", [one.acted - one.shown for one in rows]),
        ):
            answer = answers[measure, cls]
            assert answer.n == len(values)
            assert answer.within == tuple(
                sum(value <= limit for value in values) for limit in (30, 60, 90, 180)
            )
            assert (answer.p50, answer.p80) == (_nearest(values, 50), _nearest(values, 80))
            assert answer.p98_5 == _nearest(values, 98.5)


def _nearest(values: Iterable[int], percent: float) -> int:
    """The smallest value with so many percent of all at or below it, counted one by one."""
    ordered = sorted(values)
    return next(
        value
        for value in ordered
        if sum(one <= value for one in ordered) * 100 >= percent * len(ordered)
    )


def test_standards_stand_beside_the_month(whole: Office) -> None:
    standards = of(whole).standards

    assert {one.standard for one in standards} == {"EN 50518", "NFPA 72", "GB 25201-2010"}
    for one in standards:
        if one.standard == "EN 50518":
            assert one.status == "not_confirmed"
        if one.seconds is None:
            assert one.met is None
        else:
            assert one.wanted is not None
            assert one.met == (one.within / one.n >= one.wanted / 100)


def test_the_rates_are_those_of_plain_sql(whole: Office) -> None:
    report = of(whole)
    found = sa.text(
        "SELECT count(*), sum(CASE WHEN caller_kind IN ('staff', 'device') OR caller_kind IS NULL"
        " AND EXISTS (SELECT 1 FROM report WHERE report.site = issue.site"
        " AND report.issue = issue.number AND report.channel IN ('device', 'camera'))"
        " THEN 1 ELSE 0 END) FROM issue WHERE site = :site AND status <> 'dismissed'"
        " AND reported_on BETWEEN '2026-11-01' AND '2026-11-30'"
    )
    customers = sa.text(
        "SELECT count(DISTINCT coalesce(caller_phone, caller_name)),"
        " count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM journal WHERE journal.site = issue.site"
        " AND journal.issue = issue.number AND journal.kind = 'repeat_found')"
        " THEN coalesce(caller_phone, caller_name) END)"
        " FROM issue WHERE site = :site AND caller_kind = 'customer' AND status <> 'dismissed'"
        " AND reported_on BETWEEN '2026-11-01' AND '2026-11-30'"
    )
    with whole.database.read() as store:
        problems, first = store.connection.execute(found, {"site": SITE}).one()
        told, repeated = store.connection.execute(customers, {"site": SITE}).one()

    assert report.whole.found_first == round(first / problems, 4)
    assert report.whole.repeat_rate == round(repeated / told, 4)


def test_every_number_opens_as_many_issues_as_it_says(whole: Office) -> None:
    report = of(whole)
    walked = 0
    with whole.database.read() as store:
        for name, many in _cells(report):
            opened = reading.opened(store, site=SITE, month=NOVEMBER, cell=name)
            assert len(opened) == many, name
            walked += 1
    assert walked > 500


def _cells(report: MonthReport) -> Iterator[tuple[str, int]]:
    rows: Mapping[str, Sequence[Line]] = {
        "all": [report.whole],
        "device": report.devices,
        **report.parts,
    }
    for dimension, lines in rows.items():
        for line in lines:
            for measure, many in sums(line).items():
                if many or dimension == "all":
                    yield cell(dimension, measure, line.key), many
            found = sums(line)["found_staff"] + sums(line)["found_device"]
            yield cell(dimension, "found_first", line.key), found
    for spread in (*report.acceptance, *report.hops):
        yield spread.cell, spread.n
    for answer in report.answers:
        yield value_cell(answer.measure, answer.cls), answer.n
        for limit, many in zip(report.limits, answer.within, strict=True):
            yield value_cell(answer.measure, answer.cls, limit), many
    for one in report.standards:
        yield value_cell(one.measure, one.cls, one.seconds), one.within
    for load in report.load:
        yield value_cell("load", load.operator), load.n
        yield f"s.{load.peak_span}.{load.operator}", load.peak


def test_a_number_nobody_reports_is_refused(whole: Office) -> None:
    with whole.database.read() as store:
        for name in ("", "all", "all.told", "all.nothing.", "x.told.", "t.load.soon.", "s.x.y"):
            with pytest.raises(NotFound):
                reading.opened(store, site=SITE, month=NOVEMBER, cell=name)
        for month in ("2026-13", "2026-1", "november", "2026-11-01"):
            with pytest.raises(NotReadable):
                reading.of_month(store, site=SITE, month=MonthCode(month))


# --- closing ------------------------------------------------------------------------------------


def closed(office: Office) -> Any:
    return office.does(closing.close, month=NOVEMBER, by=DIRECTOR)


def again(office: Office) -> bytes:
    with office.database.read() as store:
        return closing.made_again(store, site=SITE, month=NOVEMBER)


def frozen(office: Office) -> bytes:
    with office.database.read() as store:
        kept = store.closed_months.frozen(SITE, NOVEMBER)
    assert kept is not None
    return kept


def test_a_month_made_twice_is_equal_byte_for_byte(lived: Office) -> None:
    first, second = of(lived).canonical(), of(lived).canonical()
    closed(lived)

    assert first == second == frozen(lived) == again(lived)
    assert MonthReport.read(first).canonical() == first


def test_closing_is_told_by_the_journal_with_the_hash_of_the_bytes(lived: Office) -> None:
    done = closed(lived)

    with lived.database.read() as store:
        (entry,) = [one for one in store.journal.all(SITE) if one.kind == "month_closed"]
    assert (entry.issue, entry.by) == (0, DIRECTOR)
    assert done.sha256 == hashlib.sha256(frozen(lived)).hexdigest()
    assert f'"sha256":"{done.sha256}"' in entry.body


def test_what_comes_late_is_a_correction_shown_apart(lived: Office) -> None:
    closed(lived)
    before = frozen(lived)
    # A device that was away tells of November.
    lived.now = datetime(2026, 12, 5, 13, tzinfo=ZONE)
    lived.hears(lived.event(call="late", ago=timedelta(days=6), late=True))
    lived.tick()

    assert frozen(lived) == before == again(lived)
    with lived.database.read() as store:
        corrected = {
            one.cell: (one.before, one.after)
            for one in closing.correction(store, site=SITE, month=NOVEMBER)
        }
        opened = reading.opened(store, site=SITE, month=NOVEMBER, cell="all.told.")
        shown = reading.shown(store, site=SITE, month=NOVEMBER)
    assert corrected["all.told."] == (38, 39)
    assert corrected["channel.told.intercom"][1] - corrected["channel.told.intercom"][0] == 1
    assert len(opened) == 38, "a closed month opens what it was frozen with"
    assert shown.canonical() == before


def test_a_month_is_closed_once_and_not_before_it_has_ended(lived: Office) -> None:
    with pytest.raises(NotAllowedNow):
        lived.does(closing.close, month=MonthCode("2026-12"), by=DIRECTOR)
    closed(lived)
    with pytest.raises(NotAllowedNow):
        closed(lived)
    lived.now = datetime(2026, 12, 31, 23, 59, 59, tzinfo=ZONE)
    with pytest.raises(NotAllowedNow):
        lived.does(closing.close, month=MonthCode("2026-12"), by=DIRECTOR)
    lived.now = datetime(2027, 1, 1, tzinfo=ZONE)
    lived.does(closing.close, month=MonthCode("2026-12"), by=DIRECTOR)


def test_no_month_closes_while_an_objection_is_open(lived: Office) -> None:
    number = lived.accepted()
    _writes(lived, number, "Objected", proposal="p-7")
    with pytest.raises(ObjectionsOpen, match="p-7"):
        closed(lived)
    with lived.database.read() as store:
        assert store.closed_months.frozen(SITE, NOVEMBER) is None
    _writes(lived, number, "ObjectionAnswered", proposal="p-7")
    closed(lived)


def _writes(office: Office, number: Any, name: str, **said: str) -> None:
    kind = make_dataclass(
        name, [(field, str) for field in said], bases=(Entry,), frozen=True, kw_only=True
    )
    with office.database.begin() as store:
        store.journal.append(SITE, number, kind(**said), at=office.now, by=DIRECTOR)
