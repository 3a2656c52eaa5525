"""Somebody finds a problem, or a customer has it, and it comes to the desk by some channel."""

from datetime import datetime, timedelta
from typing import Any

from core.customers import service as customers
from core.desk import service as desk
from core.facts.catalogue import CategoryCode
from core.facts.customer import CustomerCode
from core.facts.issue import Caller, CallerKind, Issue, Status
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.report import Channel, Completion, Means, Relay, Telling
from core.monitoring import service as monitoring
from core.store.store import Store
from front.history.ending import Closing, Handling
from front.history.office import Office

#: How often a customer who tells something has told it before.
ASKS_AGAIN = 0.04


def happens(office: Office, store: Store, at: datetime) -> None:
    """Somebody finds a problem, or a customer has it; the desk has it soon after."""
    problems = office.said["problem"]
    name = office.dice.choices(list(problems), [one["weight"] for one in problems.values()])[0]
    problem = problems[name]
    words = office.dice.choice(problem["words"])
    by_customer = (problem["by"] == "customer") is (office.dice.random() < 0.86)
    family = office.dice.randrange(len(office.said["families"])) if by_customer else None
    if family is not None and office.asked and office.dice.random() < ASKS_AGAIN:
        name, words, family = office.dice.choice(office.asked)
        problem = problems[name]
    place = office.dice.choice(office.outside)
    if family is not None:
        place = office.homes[family * 2 % len(office.homes)]
        office.asked.append((name, words, family))
    office.told += 1
    issue = register(office, store, name, words, place, family, at)
    if issue is None:
        return
    agent = office.one(Role.DESK_AGENT)
    if family is not None:
        whose = CustomerCode(f"family-{family + 1:02}")
        for report in store.reports.of_issue(office.site, issue.number):
            customers.tie(
                store, site=office.site, report=report.number, customer=whose, by=agent, now=at
            )
    sent = whom_to_send(office, name)
    accepted = at + timedelta(minutes=office.dice.randint(2, 40))
    if issue.status is Status.FORWARDED:
        desk.accept(store, site=office.site, issue=issue.number, by=agent, now=accepted)
    desk.assign(
        store,
        site=office.site,
        issue=issue.number,
        by=agent,
        to=sent,
        promised_at=accepted + timedelta(hours=office.dice.choice((4, 8, 24))),
        now=accepted + timedelta(minutes=office.dice.randint(1, 20)),
    )
    hours = problem["hours"] * office.dice.lognormvariate(0, 1.1) + 0.7
    office.later(accepted + timedelta(hours=hours), Handling(office, issue.number, family))


def register(
    office: Office,
    store: Store,
    name: str,
    words: str,
    place: PlaceCode,
    family: int | None,
    at: datetime,
) -> Issue | None:
    """Enter it at the desk, or let it come through the centre; None: dealt with on the spot."""
    finds = office.said["problem"][name]["by"]
    role = Role.GUARD if finds == "customer" else Role(finds)
    finder = office.one(role) if family is None else None
    caller = Caller(kind=CallerKind.STAFF, person=finder)
    if family is not None:
        customer = office.said["families"][family]
        phone = f"1390000{family:04}"
        caller = Caller(kind=CallerKind.CUSTOMER, name=customer, phone=phone, place=place)
    relays = relays_of(office, finder, at) if office.dice.random() < 0.25 else ()
    channel = (
        Channel.SQUAD_LEADER
        if relays
        else office.dice.choice((Channel.TELEPHONE, Channel.WALK_IN, Channel.DESK))
    )
    telling = Telling(
        channel=channel,
        caller=caller,
        words=words,
        told_at=relays[0].told_at if relays else at,
        relays=relays,
        place=place,
        category=CategoryCode(name),
    )
    if office.dice.random() < 0.6:
        agent = office.one(Role.DESK_AGENT)
        return desk.register(store, site=office.site, telling=telling, by=agent, now=at)
    return through_the_centre(office, store, telling, at)


def through_the_centre(
    office: Office, store: Store, telling: Telling, at: datetime
) -> Issue | None:
    """Let an operator take and forward it, or have it dealt with at once."""
    operator = office.one(Role.OPERATOR)
    report = monitoring.tell(store, site=office.site, telling=telling, by=operator, now=at)
    assert telling.place is not None
    assert telling.category is not None
    completion = Completion(
        caller=telling.caller,
        place=telling.place,
        category=telling.category,
        words=telling.words,
    )
    done: dict[str, Any] = {"site": office.site, "report": report.number, "by": operator}
    soon = at + timedelta(seconds=office.dice.randint(15, 50))
    monitoring.complete(store, completion=completion, now=soon, **done)
    simple = telling.category in {"litter", "dirt"}
    if simple and telling.caller.kind is CallerKind.STAFF and office.dice.random() < 0.6:
        how = "当场清理"
        monitoring.handled_on_the_spot(store, how=how, now=soon, **done)
        office.later(at + timedelta(hours=2), Closing(office, report.issue, None))
        return None
    monitoring.forward(store, now=soon, **done)
    return store.issues.find(office.site, report.issue)


def relays_of(office: Office, finder: PersonCode | None, at: datetime) -> tuple[Relay, ...]:
    """Return the hops over the squad leader; a customer tells directly."""
    if finder is None:
        return ()
    named = {one.code: one.name for one in office.people}
    leader = office.one(Role.SQUAD_LEADER)
    first = at - timedelta(minutes=office.dice.randint(6, 25))
    return (
        Relay(
            by_name=named[finder],
            to_name=named[leader],
            means=Means.RADIO,
            told_at=first,
            by_person=finder,
        ),
        Relay(
            by_name=named[leader],
            to_name="客服",
            means=Means.TELEPHONE,
            told_at=at - timedelta(minutes=2),
            by_person=leader,
            role=Role.SQUAD_LEADER,
        ),
    )


def whom_to_send(office: Office, category: str) -> PersonCode:
    """Return who is sent: a cleaner for dirt, an engineer for the rest."""
    cleaning = category in {"litter", "dirt"}
    return office.one(Role.CLEANER if cleaning else Role.ENGINEER)
