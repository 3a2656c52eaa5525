"""一.2: who had to say it again is known, and nobody who told is lost when two are one."""

from datetime import timedelta

import pytest

from core.customers import service as customers
from core.errors import Incomplete, NotAllowedNow
from core.facts.customer import Customer, CustomerCode, Home, Living, TiedBy
from core.facts.issue import Caller, CallerKind, IssueNumber, Status, Urgency
from core.facts.place import PlaceCode
from core.facts.repeat import Repeat
from core.facts.report import Channel, Telling
from core.repeats import merging
from core.repeats import service as repeats
from core.store.database import Database
from tests.office import AGENT, DIRECTOR, OPERATOR, SUPERVISOR, Office

WANG = CustomerCode("wang")
CALLER = Caller(kind=CallerKind.CUSTOMER, name="王女士", phone="13800001111", customer=WANG)


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    wang = Customer(
        code=WANG,
        name="王女士",
        phones=("138 0000 1111",),
        homes=(Home(place=PlaceCode("3-2"), kind=Living.OWNER, door="1502"),),
    )
    li = Customer(code=CustomerCode("li"), name="李先生")
    office.does(customers.enter, customers=[wang, li], by=AGENT)
    return office


def told(
    office: Office, words: str, caller: Caller = CALLER, category: str = "street_lamp"
) -> IssueNumber:
    issue = office.accepted(caller=caller, words=words, category=category)
    office.tick()
    return issue


def repeat(office: Office, issue: IssueNumber) -> Repeat | None:
    with office.database.read() as store:
        return store.repeats.of_issues(office.site, [issue]).get(issue)


def test_the_same_customer_and_category_within_thirty_days_is_a_repeat(office: Office) -> None:
    first = told(office, "路灯不亮")
    office.handled(first)
    office.fast_forward(days=29)
    second = told(office, "楼下的灯又坏了")
    third = told(office, "灯还是黑的")

    found = [repeat(office, one) for one in (first, second, third)]

    assert found[0] is None
    assert found[1] is not None
    assert found[2] is not None
    assert (found[1].of, found[1].chain) == (first, 2)
    assert found[2].chain == 3
    assert "repeat_found" in office.kinds(second)


def test_another_customer_and_another_month_are_no_repeat(office: Office) -> None:
    told(office, "路灯不亮")
    other = told(
        office,
        "路灯不亮",
        Caller(kind=CallerKind.CUSTOMER, name="李先生", customer=CustomerCode("li")),
    )
    office.fast_forward(days=31)
    late = told(office, "路灯不亮")

    assert repeat(office, other) is None
    assert repeat(office, late) is None


def test_nobody_unmarks_a_repeat_without_a_reason(office: Office) -> None:
    told(office, "路灯不亮")
    second = told(office, "路灯不亮了")

    with pytest.raises(Incomplete):
        office.does(repeats.unmark, issue=second, by=SUPERVISOR, reason=" ")
    office.does(repeats.unmark, issue=second, by=SUPERVISOR, reason="另一盏灯")
    office.tick()

    found = repeat(office, second)
    assert found is not None
    assert found.unmarked_reason == "另一盏灯"
    with pytest.raises(NotAllowedNow):
        office.does(repeats.unmark, issue=second, by=SUPERVISOR, reason="再说")


def test_while_it_rings_the_customer_is_proposed_and_never_taken_as_a_fact(office: Office) -> None:
    told(office, "路灯不亮")
    with office.database.begin() as store:
        store.customers.put(
            office.site,
            [
                Customer(
                    code=WANG,
                    name="王女士",
                    homes=(Home(place=PlaceCode("3-2"), kind=Living.OWNER),),
                )
            ],
        )
    report = office.press(call="another")

    known = office.does(customers.context, report=report.number)

    assert known.customer is None
    if report.subject is None:
        assert [one.by for one in known.candidates] == [TiedBy.DOOR]
        assert [one.words for one in known.told_before] == ["路灯不亮"]
    assert [one.words for one in known.open_near] == ["路灯不亮"]
    assert known.open_near == known.at_place


def test_who_is_tied_by_a_person_is_marked_at_once(office: Office) -> None:
    told(office, "水管漏水", category="pipe_leak")
    nobody = Caller(kind=CallerKind.CUSTOMER, name="王", phone="13800001111")
    second = told(office, "又漏水了", nobody, category="pipe_leak")
    assert repeat(office, second) is None
    with office.database.read() as store:
        number = store.reports.of_issue(office.site, second)[0].number

    office.does(customers.tie, report=number, customer=WANG, by=OPERATOR)
    office.tick()

    assert repeat(office, second) is not None


def test_what_is_typed_finds_the_open_issue_that_sounds_like_it(office: Office) -> None:
    lamp = told(office, "三栋门口的路灯一直不亮")
    told(office, "电梯口有积水", category="pipe_leak")

    def alike() -> list[IssueNumber]:
        with office.database.read() as store:
            found = repeats.similar(store, site=office.site, text="门口路灯不亮")
        return [one.issue.number for one in found]

    assert alike()[0] == lamp
    office.handled(lamp)
    office.tick()
    assert lamp not in alike()


def test_a_long_story_is_looked_for_by_its_rarest_words(office: Office) -> None:
    story = "".join(chr(0x4E00 + number) for number in range(700))
    lamp = told(office, story)
    with office.database.read() as store:
        found = repeats.similar(store, site=office.site, text=story)
    assert [one.issue.number for one in found][:1] == [lamp]


def test_merging_keeps_every_reporter_and_the_older_clock_and_splitting_gives_them_back(
    office: Office,
) -> None:
    older = told(
        office,
        "路灯不亮",
        Caller(kind=CallerKind.CUSTOMER, name="李先生", customer=CustomerCode("li")),
    )
    office.fast_forward(hours=3)
    newer = told(office, "门口的灯坏了")
    before = office.issue(older), office.issue(newer)

    office.does(merging.merge, issue=older, into=newer, by=AGENT, reason="同一盏灯")

    gone, stays = office.issue(older), office.issue(newer)
    with office.database.read() as store:
        assert set(store.reporters.customers_of(office.site, newer).values()) == {WANG, "li"}
    assert (gone.status, gone.merged_into, gone.next_due_at) == (Status.MERGED, newer, None)
    assert stays.reported_at == before[0].reported_at
    assert "merged" in office.kinds(older)
    assert "absorbed" in office.kinds(newer)
    with pytest.raises(NotAllowedNow):
        office.does(merging.merge, issue=older, into=newer, by=AGENT, reason="再来")

    office.does(merging.split, issue=older, by=AGENT, reason="是两盏灯")

    after = office.issue(older), office.issue(newer)
    for was, now in zip(before, after, strict=True):
        assert (now.status, now.reported_at, now.next_due_at) == (
            was.status,
            was.reported_at,
            was.next_due_at,
        )
    with office.database.read() as store:
        assert set(store.reporters.customers_of(office.site, newer).values()) == {WANG}
    assert "split_off" in office.kinds(older)
    assert "split_off" in office.kinds(newer)


def test_the_older_clock_fires_what_is_past_due(office: Office) -> None:
    old = told(
        office,
        "路灯不亮",
        Caller(kind=CallerKind.CUSTOMER, name="李先生", customer=CustomerCode("li")),
    )
    office.fast_forward(days=3)
    new = told(office, "灯坏了")
    assert office.called_in(new) == []

    office.does(merging.merge, issue=old, into=new, by=AGENT, reason="同一盏灯")
    office.tick()

    assert {SUPERVISOR, DIRECTOR} <= set(office.called_in(new))


def test_who_tells_of_a_known_issue_becomes_its_reporter(office: Office) -> None:
    lamp = told(
        office,
        "路灯不亮",
        Caller(kind=CallerKind.CUSTOMER, name="李先生", customer=CustomerCode("li")),
    )
    telling = Telling(
        channel=Channel.TELEPHONE, caller=CALLER, words="门口灯不亮", place=PlaceCode("3-2")
    )

    office.does(merging.join_telling, into=lamp, telling=telling, by=OPERATOR)
    office.does(merging.join_telling, into=lamp, telling=telling, by=OPERATOR)

    with office.database.read() as store:
        assert list(store.reporters.customers_of(office.site, lamp).values()).count(WANG) == 2
    found = repeat(office, lamp)
    assert found is not None
    assert found.customer == WANG
    assert office.queue() == []


def test_a_more_urgent_issue_does_not_end_in_a_slower_one(office: Office) -> None:
    lamp = told(office, "路灯不亮")
    office.now += timedelta(minutes=1)
    urgent = office.accepted(urgency=Urgency.LIFE_SAFETY)

    with pytest.raises(NotAllowedNow):
        office.does(merging.merge, issue=urgent, into=lamp, by=AGENT, reason="同一处")
