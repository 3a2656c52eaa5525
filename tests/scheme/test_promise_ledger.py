"""F5, D6: what a customer was promised falls due by itself, and a broken promise stays visible."""

from datetime import datetime, timedelta

import pytest

from core.customers import service as customers
from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow, NotReadable
from core.facts.customer import Customer, CustomerCode
from core.facts.feedback import Telling, Told
from core.facts.issue import Caller, CallerKind, IssueNumber, Outcome
from core.facts.month import MEASURES, MonthCode
from core.facts.month_report import MonthReport
from core.facts.promise import CallBack, Promise, PromiseState
from core.feedback import service as feedback
from core.promises import changing
from core.promises import service as promises
from core.statistics import closing
from core.statistics import service as statistics
from core.statistics.reading import of_month
from core.store.database import Database
from tests.office import AGENT, DIRECTOR, ENGINEER, GUARD, ZONE, Office

WANG = CustomerCode("wang")
CALLER = Caller(kind=CallerKind.CUSTOMER, name="王女士", phone="13800001111", customer=WANG)
NOVEMBER = MonthCode("2026-11")


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.does(customers.enter, customers=[Customer(code=WANG, name="王女士")], by=AGENT)
    return office


def told(office: Office, words: str = "路灯不亮") -> IssueNumber:
    return office.accepted(caller=CALLER, words=words, category="street_lamp")


def promised(
    office: Office, issue: IssueNumber, *, hours: float = 5, words: str = "回电"
) -> Promise:
    due_at = office.now + timedelta(hours=hours)
    return office.does(promises.make, issue=issue, whom="", words=words, due_at=due_at, by=AGENT)


def called_back(office: Office, promise: Promise, how: Told = Told.TELEPHONE) -> Promise:
    kept = CallBack(whom="王女士", how=how, words="已修好", told_at=office.now, by=AGENT)
    return office.does(promises.keep, promise=promise.id, kept=kept)


def state(office: Office, promise: Promise) -> PromiseState:
    with office.database.read() as store:
        return store.promises.find(office.site, promise.id).state


def month(office: Office) -> MonthReport:
    with office.database.read() as store:
        return of_month(store, site=office.site, month=NOVEMBER)


def test_a_call_back_in_time_keeps_a_promise_and_is_a_return_visit(office: Office) -> None:
    lamp = told(office)
    promise = promised(office, lamp)
    assert promise.whom == "王女士"
    office.fast_forward(hours=4)
    called_back(office, promise)
    assert office.kinds(lamp)[-2:] == ["reporter_told", "promise_kept"]
    office.fast_forward(hours=4)

    assert state(office, promise) is PromiseState.KEPT
    assert "promise_broken" not in office.kinds(lamp)
    with pytest.raises(NotAllowedNow):
        called_back(office, promise)
    # And what must be told before closing has been told.
    office.does(desk.mark_handled, issue=lamp, by=AGENT, how="换灯")
    with pytest.raises(Incomplete):
        office.does(desk.close, issue=lamp, by=AGENT, outcome=Outcome.SOLVED, words="好")
    called_back(office, promised(office, lamp))
    office.does(desk.close, issue=lamp, by=AGENT, outcome=Outcome.SOLVED, words="好")


def test_who_is_told_how_it_stands_waits_for_no_call_any_more(office: Office) -> None:
    lamp = told(office)
    promise = promised(office, lamp)
    office.fast_forward(hours=1)
    office.does(
        feedback.tell,
        issue=lamp,
        by=AGENT,
        told=Telling(whom="王女士", how=Told.NOT_REACHED, words="无人接听"),
    )
    assert state(office, promise) is PromiseState.OWED
    office.told(lamp)
    assert state(office, promise) is PromiseState.KEPT
    assert office.kinds(lamp)[-2:] == ["reporter_told", "promise_kept"]


def test_that_somebody_would_come_is_kept_by_whoever_handled_it_by_then(office: Office) -> None:
    lamp = told(office)
    due_at = office.now + timedelta(hours=4)
    office.does(desk.assign, issue=lamp, by=AGENT, to=ENGINEER, promised_at=due_at)
    called = promised(office, lamp)
    office.fast_forward(hours=1)
    office.does(desk.mark_handled, issue=lamp, by=AGENT, how="换灯")
    office.fast_forward(days=2)

    with office.database.read() as store:
        states = {one.words: one.state for one in store.promises.of_issues(office.site, [lamp])}
    assert states == {"": PromiseState.KEPT, called.words: PromiseState.BROKEN}


def test_what_falls_due_is_broken_by_the_clock_once_and_stays_so(office: Office) -> None:
    lamp = told(office)
    promise = promised(office, lamp)
    office.now = promise.due_at - timedelta(seconds=1)
    office.tick()
    assert state(office, promise) is PromiseState.OWED
    office.fast_forward(seconds=1)
    office.fast_forward(hours=1)

    assert state(office, promise) is PromiseState.BROKEN
    assert office.kinds(lamp).count("promise_broken") == 1
    called_back(office, promise)
    assert state(office, promise) is PromiseState.KEPT_LATE
    with office.database.read() as store:
        assert store.promises.owed(office.site, limit=10) == []
        (kept,) = store.promises.page(office.site, broken=True, limit=10)
    assert (kept.id, kept.broken_at is not None) == (promise.id, True)


def test_a_call_recorded_after_the_time_keeps_it_late_whoever_says_when(office: Office) -> None:
    promise = promised(office, told(office))
    office.now = promise.due_at + timedelta(minutes=1)
    said = promise.due_at - timedelta(minutes=1)
    kept = CallBack(whom="王女士", how=Told.TELEPHONE, words="好", told_at=said, by=AGENT)
    done = office.does(promises.keep, promise=promise.id, kept=kept)

    assert done.state is PromiseState.KEPT_LATE
    assert done.kept is not None
    assert done.kept.told_at == said
    assert office.kinds(promise.issue)[-3:] == ["promise_broken", "reporter_told", "promise_kept"]


def test_what_says_nothing_or_nobody_heard_is_refused(office: Office) -> None:
    lamp = told(office)
    for refused, due, words in (
        (NotReadable, office.now, "回电"),
        (Incomplete, office.now + timedelta(hours=1), " "),
    ):
        with pytest.raises(refused):
            office.does(promises.make, issue=lamp, whom="", words=words, due_at=due, by=AGENT)
    promise = promised(office, lamp)
    with pytest.raises(NotAllowedNow):
        called_back(office, promise, Told.NOT_REACHED)
    later = office.now + timedelta(hours=1)
    for told_at, whom, error in (
        (later, "王女士", NotReadable),
        (promise.made_at - timedelta(minutes=1), "王女士", NotReadable),
        (office.now, " ", Incomplete),
    ):
        kept = CallBack(whom=whom, how=Told.TELEPHONE, words="好", told_at=told_at, by=AGENT)
        with pytest.raises(error):
            office.does(promises.keep, promise=promise.id, kept=kept)
    assert state(office, promise) is PromiseState.OWED


def test_who_is_sent_for_a_time_is_a_promise_once(office: Office) -> None:
    lamp = told(office)
    at = office.now + timedelta(hours=2)
    for to in (ENGINEER, AGENT):
        office.does(desk.assign, issue=lamp, by=AGENT, to=to, promised_at=at)
    with office.database.read() as store:
        (made,) = store.promises.of_issues(office.site, [lamp])
    assert (made.words, made.due_at, made.whom) == ("", at, "王女士")

    # Nobody is promised anything where no customer asked.
    guard = Caller(kind=CallerKind.STAFF, person=GUARD)
    found = office.accepted(caller=guard, category="street_lamp")
    office.does(desk.assign, issue=found, by=AGENT, to=ENGINEER, promised_at=at)
    with office.database.read() as store:
        assert store.promises.of_issues(office.site, [found]) == []


def test_who_tells_again_is_known_with_what_he_was_promised(office: Office) -> None:
    lamp = told(office)
    promise = promised(office, lamp, words="今天修好")
    kept = called_back(office, promised(office, lamp))
    office.fast_forward(days=1)
    again = told(office, "灯还是黑的")
    office.tick()

    with office.database.read() as store:
        issue = store.issues.find(office.site, again)
        before = promises.ledger(store, issue, now=office.now).before
        report = store.reports.of_issue(office.site, again)[0]
        around = customers.context(store, site=office.site, report=report.number, now=office.now)
    assert [one.id for one in before] == [promise.id]
    assert [one.id for one in around.promises] == [promise.id]
    assert kept.id not in {one.id for one in before}


def test_the_ledger_lists_the_overdue_first_page_by_page(office: Office) -> None:
    lamp = told(office)
    made = [promised(office, lamp, hours=hours) for hours in (9, 1, 5, 5)]
    office.fast_forward(hours=2)
    seen: list[int] = []
    with office.database.read() as store:
        after = None
        while page := store.promises.owed(office.site, limit=1, after=after):
            after = page[-1].id
            seen.append(after)
    assert seen == [made[at].id for at in (1, 2, 3, 0)]


def test_the_month_counts_kept_and_broken_by_whom_and_by_unit(office: Office) -> None:
    lamp = told(office)
    office.now = datetime(2026, 11, 30, 15, 0, tzinfo=ZONE)
    called_back(office, promised(office, lamp, hours=1))
    late = promised(office, lamp, hours=8)  # 23:00 on the last day of the month
    office.fast_forward(hours=10)  # looked at only in December
    called_back(office, late)
    office.tick()

    report = month(office)
    whole = dict(zip(MEASURES, report.whole.counts, strict=True))
    assert (whole["promises_kept"], whole["promises_broken"]) == (1, 1)
    for part, key in (("person", AGENT), ("unit", "office")):
        (line,) = (one for one in report.parts[part] if one.key == key)
        counts = dict(zip(MEASURES, line.counts, strict=True))
        assert (counts["promises_kept"], counts["promises_broken"]) == (1, 1), part


def test_a_month_closed_before_there_were_promises_is_made_again_as_it_was(
    office: Office,
) -> None:
    promised(office, told(office), hours=1)
    office.now = datetime(2026, 12, 2, 10, 0, tzinfo=ZONE)
    office.tick()
    report = month(office)
    old = report.of(MEASURES[:-2])
    assert len(old.whole.counts) == len(MEASURES) - 2
    assert MonthReport.read(old.canonical()).of(MEASURES[:-2]).canonical() == old.canonical()
    office.does(closing.close, month=NOVEMBER, by=DIRECTOR)
    with office.database.read() as store:
        again = closing.made_again(store, site=office.site, month=NOVEMBER)
        assert again == store.closed_months.frozen(office.site, NOVEMBER)
        assert closing.correction(store, site=office.site, month=NOVEMBER) == []


def moved(
    office: Office,
    promise: Promise,
    *,
    hours: float,
    customer_told: bool = True,
    reason: str = "配件未到",
) -> Promise:
    due_at = office.now + timedelta(hours=hours)
    return office.does(
        changing.move,
        promise=promise.id,
        due_at=due_at,
        reason=reason,
        customer_told=customer_told,
        by=AGENT,
    )


def withdrawn(office: Office, promise: Promise, *, customer_told: bool = True) -> Promise:
    return office.does(
        changing.withdraw,
        promise=promise.id,
        reason="客户自行解决",
        customer_told=customer_told,
        by=AGENT,
    )


def counted(office: Office) -> tuple[int, int]:
    """What the month counts as kept and as broken, the same when all is counted again."""
    office.tick()
    first = month(office).whole
    office.does(statistics.recount)
    assert month(office).whole == first
    counts = dict(zip(MEASURES, first.counts, strict=True))
    return counts["promises_kept"], counts["promises_broken"]


def test_a_moved_promise_counts_by_the_last_time_its_customer_was_told(office: Office) -> None:
    lamp = told(office)
    promise = promised(office, lamp)
    first = promise.due_at
    office.fast_forward(hours=1)
    moved(office, promise, hours=8)
    later = moved(office, promise, hours=20)
    office.fast_forward(hours=15)
    assert state(office, promise) is PromiseState.OWED
    called_back(office, promise)

    assert state(office, promise) is PromiseState.KEPT
    assert counted(office) == (1, 0)
    assert office.kinds(lamp).count("promise_moved") == 2
    with office.database.read() as store:
        changes = store.promises.changes(office.site, [promise.id])[promise.id]
    assert changes[0].due_before == first
    assert changes[1].due_before == changes[0].due_at
    assert changes[1].due_at == later.due_at


def test_what_its_customer_was_not_told_changes_nothing_for_him(office: Office) -> None:
    lamp = told(office)
    late, gone = promised(office, lamp), promised(office, lamp, words="上门")
    assert moved(office, late, hours=30, customer_told=False).due_at == late.due_at
    assert withdrawn(office, gone, customer_told=False).state is PromiseState.OWED
    office.fast_forward(hours=6)

    assert [state(office, one) for one in (late, gone)] == [PromiseState.BROKEN] * 2
    assert counted(office) == (0, 2)


def test_a_promise_withdrawn_with_its_customer_is_neither_kept_nor_broken(office: Office) -> None:
    lamp = told(office)
    promise = promised(office, lamp)
    assert withdrawn(office, promise).state is PromiseState.WITHDRAWN
    office.fast_forward(hours=9)

    assert counted(office) == (0, 0)
    with office.database.read() as store:
        assert store.promises.owed(office.site, limit=9) == []
        (kept,) = store.promises.page(office.site, broken=False, limit=9)
    assert kept.id == promise.id
    assert office.kinds(lamp).count("promise_withdrawn") == 1
    with pytest.raises(NotAllowedNow):
        called_back(office, promise)
    office.told(lamp)
    assert state(office, promise) is PromiseState.WITHDRAWN


def test_nothing_is_moved_or_withdrawn_after_it_fell_due_or_without_a_reason(
    office: Office,
) -> None:
    promise = promised(office, told(office))
    with pytest.raises(Incomplete):
        moved(office, promise, hours=8, reason=" ")
    for hours in (0, 5):  # now; the time that was promised
        with pytest.raises(NotReadable):
            moved(office, promise, hours=hours)
    office.now = promise.due_at  # and the clock has not called it broken yet
    with pytest.raises(NotAllowedNow):
        moved(office, promise, hours=1)
    with pytest.raises(NotAllowedNow):
        withdrawn(office, promise)
    office.tick()
    assert state(office, promise) is PromiseState.BROKEN
