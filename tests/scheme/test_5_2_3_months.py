"""五.2(3): the month is kept in step with the journal, and every number can be counted again."""

from typing import Any

import sqlalchemy as sa

from core.administration import service as administration
from core.customers import service as customers
from core.desk import service as desk
from core.facts.customer import Customer, CustomerCode
from core.facts.device import EventType
from core.facts.feedback import FeedbackKind, Said
from core.facts.issue import Caller, CallerKind, IssueNumber
from core.facts.month import MEASURES, MonthCode
from core.facts.people import Person, PersonCode, Role, UnitCode
from core.facts.report import Cause
from core.feedback import service as feedback
from core.monitoring import service as monitoring
from core.repeats import merging
from core.statistics import reading
from core.statistics import service as statistics
from core.store import tables
from tests.office import AGENT, CLEANER, OPERATOR, SUPERVISOR, Office

_KEPT = (tables.issue_fact, tables.occurrence, tables.month_count, tables.month_value)


def kept(office: Office) -> list[list[dict[str, Any]]]:
    """Everything statistics hold, but for rows that came to nothing."""
    with office.database.read() as store:
        return [
            [
                dict(row)
                for row in store.connection.execute(
                    sa.select(table).order_by(*table.primary_key)
                ).mappings()
                if any(value for name, value in row.items() if name not in table.primary_key)
            ]
            for table in _KEPT
        ]


def a_day(office: Office) -> None:
    """A bit of everything: handled, escalated, dismissed, corrected, re-opened."""
    office.accepted()
    done = office.accepted(caller=Caller(kind=CallerKind.STAFF, person=CLEANER))
    office.handled(done)
    office.closed(done)
    office.fast_forward(minutes=40)
    office.reopened(done)
    unknown = office.accepted(caller=Caller(kind=CallerKind.UNKNOWN))
    office.tick()
    office.does(
        desk.correct_first_reporter,
        issue=unknown,
        by=SUPERVISOR,
        person=None,
        name="李",
        reason="他来过",
    )
    report = office.claim(office.press("nobody"))
    office.does(
        monitoring.dismiss, report=report.number, by=OPERATOR, cause=Cause.TEST, reason="试机"
    )
    office.hears(office.event(EventType.DEVICE_SILENT), office.event(EventType.DOOR_FORCED))
    office.fast_forward(hours=50)
    office.hears(office.event(EventType.DEVICE_BACK))


def test_what_is_kept_in_step_equals_a_recount(office: Office) -> None:
    a_day(office)
    office.tick()
    before = kept(office)

    with office.database.begin() as store:
        statistics.recount(store, site=office.site, now=office.now)

    assert kept(office) == before
    assert len(before[0]) == 6
    assert before[1], "steps of the ladder fell due"


def test_reading_the_same_journal_twice_counts_nothing_twice(office: Office) -> None:
    a_day(office)
    office.tick()
    before = kept(office)

    office.tick()
    with office.database.begin() as store:
        assert statistics.read(store, site=office.site, now=office.now, limit=500) == 0

    assert kept(office) == before


def test_a_fact_says_who_found_it_and_when_it_was_answered(office: Office) -> None:
    report = office.press("call-9")
    office.fast_forward(seconds=5)
    office.does(monitoring.shown, reports=[report.number], by=OPERATOR)
    office.fast_forward(seconds=7)
    office.claim(report)
    office.fast_forward(seconds=20)
    office.complete(report)
    office.forward(report)
    office.fast_forward(seconds=30)
    office.does(desk.accept, issue=report.issue, by=AGENT)
    office.tick()

    with office.database.read() as store:
        fact = store.issue_facts.facts(office.site, [report.issue])[report.issue]

    assert (fact.found_by, fact.month, fact.hops) == ("customer", "2026-11", 0)
    assert (fact.person, fact.unit, fact.operator) == (OPERATOR, "office", OPERATOR)
    assert fact.person == PersonCode("operator-1")
    assert [
        (at - fact.arrived_at).total_seconds()
        for at in (fact.shown_at, fact.claimed_at, fact.acted_at, fact.accepted_at)
        if at is not None
    ] == [5, 12, 32, 62]


def found_by(office: Office, *issues: IssueNumber) -> list[str]:
    office.tick()
    with office.database.read() as store:
        facts = store.issue_facts.facts(office.site, issues)
    return [facts[issue].found_by.value for issue in issues]


def test_the_oldest_telling_says_who_found_it_even_if_it_is_merged_away(office: Office) -> None:
    told_by_customer = office.accepted()
    office.fast_forward(minutes=5)
    found_by_staff = office.accepted(caller=Caller(kind=CallerKind.STAFF, person=CLEANER))
    assert found_by(office, told_by_customer, found_by_staff) == ["customer", "staff"]

    office.does(
        merging.merge, issue=told_by_customer, into=found_by_staff, by=AGENT, reason="同一件事"
    )
    assert found_by(office, found_by_staff) == ["customer"]
    with office.database.read() as store:
        whole = reading.of_month(store, site=office.site, month=MonthCode("2026-11")).whole
    sums = dict(zip(MEASURES, whole.counts, strict=True))
    assert (sums["told"], sums["merged"], sums["problems"], sums["customers"]) == (2, 1, 1, 1)
    assert (whole.found_first, sums["standing"]) == (0.0, 1)

    office.does(merging.split, issue=told_by_customer, by=AGENT, reason="两件事")
    assert found_by(office, told_by_customer, found_by_staff) == ["customer", "staff"]
    before = kept(office)
    with office.database.begin() as store:
        statistics.recount(store, site=office.site, now=office.now)
    assert kept(office) == before


def test_who_is_tied_to_a_report_is_one_customer_in_the_month(office: Office) -> None:
    customer = Customer(code=CustomerCode("c-7"), name="王")
    with office.database.begin() as store:
        store.customers.put(office.site, [customer])
    issues = [office.accepted(), office.accepted()]
    for issue in issues:
        with office.database.read() as store:
            report = store.reports.of_issue(office.site, issue)[0].number
        office.does(customers.tie, report=report, customer=customer.code, by=AGENT)
    office.tick()

    with office.database.read() as store:
        facts = store.issue_facts.facts(office.site, issues)
    assert {fact.customer for fact in facts.values()} == {"customer c-7"}


def told_by(office: Office, kind: CallerKind) -> IssueNumber:
    person = CLEANER if kind is CallerKind.STAFF else None
    issue = office.accepted(caller=Caller(kind=kind, person=person, name="王"))
    office.fast_forward(minutes=5)
    return issue


def merges(office: Office, issue: IssueNumber, into: IssueNumber) -> None:
    office.does(merging.merge, issue=issue, into=into, by=AGENT, reason="同一件事")


def parts(office: Office, issue: IssueNumber) -> None:
    office.does(merging.split, issue=issue, by=AGENT, reason="两件事")


def test_of_several_that_are_one_the_oldest_counts_whichever_is_parted(office: Office) -> None:
    oldest = told_by(office, CallerKind.CUSTOMER)
    older = told_by(office, CallerKind.UNKNOWN)
    stays = told_by(office, CallerKind.STAFF)
    merges(office, older, stays)
    merges(office, oldest, stays)
    assert found_by(office, stays) == ["customer"]

    parts(office, older)
    assert found_by(office, older, stays) == ["unknown", "customer"]
    parts(office, oldest)
    assert found_by(office, oldest, stays) == ["customer", "staff"]


def test_the_oldest_counts_by_way_of_another_one_too(office: Office) -> None:
    oldest = told_by(office, CallerKind.CUSTOMER)
    middle = told_by(office, CallerKind.STAFF)
    stays = told_by(office, CallerKind.STAFF)
    merges(office, oldest, middle)
    merges(office, middle, stays)
    assert found_by(office, stays) == ["customer"]

    parts(office, middle)
    assert found_by(office, middle, stays) == ["customer", "staff"]


def sum_of(office: Office, dimension: str, key: str, measure: str) -> int:
    office.tick()
    with office.database.read() as store:
        report = reading.of_month(store, site=office.site, month=MonthCode("2026-11"))
    counts = {line.key: line.counts for line in report.parts[dimension]}
    return dict(zip(MEASURES, counts[key], strict=True))[measure] if key in counts else 0


def test_a_complaint_of_a_unit_is_none_of_who_reported_first(office: Office) -> None:
    issue = office.accepted()
    said = Said(kind=FeedbackKind.COMPLAINT, words="没人来", issue=issue, unit=UnitCode("clean"))
    office.does(feedback.enter, said=said, by=AGENT)

    assert sum_of(office, "unit", "clean", "complaints") == 1
    assert sum_of(office, "person", OPERATOR, "complaints") == 0
    assert sum_of(office, "person", "", "complaints") == 1


def test_who_changes_units_takes_nothing_with_him_however_often_it_is_counted(
    office: Office,
) -> None:
    for unit in ("clean", "office"):
        office.accepted(caller=Caller(kind=CallerKind.STAFF, person=CLEANER))
        office.fast_forward(minutes=1)
        office.does(
            administration.change_person,
            person=Person(
                code=CLEANER, name="c", unit=UnitCode(unit), roles=frozenset({Role.CLEANER})
            ),
            by=SUPERVISOR,
        )
    office.accepted(caller=Caller(kind=CallerKind.STAFF, person=CLEANER))
    assert sum_of(office, "unit", "clean", "told") == 2
    assert sum_of(office, "unit", "office", "told") == 1

    before = kept(office)
    with office.database.begin() as store:
        statistics.recount(store, site=office.site, now=office.now)
    assert kept(office) == before
