"""What one fact and one occurrence add to their month: pure, and the only place that says so."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from core.facts.month import FoundBy, IssueFact, Occurrence, Row, Values
from core.facts.report import ReportClass

#: An alarm that lasts longer is stale (ISA-18.2).
STALE = timedelta(hours=24)
#: Alarm load is counted in spans of so many seconds (EEMUA 191).
SPAN = 600
#: More hops than these are counted together with the last.
MOST_HOPS = 3


#: Every issue has exactly one key in each of these, so their rows add up to the whole.
PARTS = ("person", "unit", "channel", "category", "place", "cls")
#: In which rows customers are counted once each.
OF_CUSTOMERS = ("all", "unit", "place")


def rows(fact: IssueFact) -> list[Row]:
    """Return the rows an issue is counted in."""
    month = fact.month
    found = [
        Row(month, "all", ""),
        Row(month, "person", fact.person or ""),
        Row(month, "unit", fact.unit or ""),
        Row(month, "channel", fact.channel.value),
        Row(month, "category", fact.category or ""),
        Row(month, "place", fact.place or ""),
        Row(month, "cls", fact.cls.value),
    ]
    if fact.device is not None:
        found.append(Row(month, "device", fact.device))
    if fact.dismissed is not None and not fact.merged:
        found.append(Row(month, "cause", fact.dismissed.value))
    if fact.outcome is not None:
        found.append(Row(month, "outcome", fact.outcome.value))
    return found


def measures(fact: IssueFact) -> dict[str, int]:
    """Return what an issue adds to each of its rows; what it adds nothing to is left out."""
    adds = {
        "merged": fact.merged,
        "dismissed": fact.dismissed is not None and not fact.merged,
        "problems": fact.problem,
        _FOUND[fact.found_by]: fact.problem,
        "unidentified": fact.problem and fact.to_be_identified,
        "on_the_spot": fact.problem and fact.on_the_spot,
        "repeats": fact.problem and fact.repeat,
        "accepted": fact.accepted_at is not None,
        "ended": fact.ended_at is not None,
        # What was merged away ends in the issue that goes on for both.
        "standing": fact.ended_at is None and not fact.merged,
        "stale": _stale(fact),
        "reopened": fact.reopened > 0,
    }
    return {"told": 1, **{name: 1 for name, does in adds.items() if does}}


_FOUND: Mapping[FoundBy, str] = {one: f"found_{one.value}" for one in FoundBy}


def shape(fact: IssueFact) -> tuple[object, ...]:
    """Return all that ``rows`` and ``measures`` look at: in a storm nearly all issues are alike."""
    return (
        fact.month,
        fact.person,
        fact.unit,
        fact.channel,
        fact.category,
        fact.place,
        fact.cls,
        fact.device,
        fact.dismissed,
        fact.outcome,
        fact.merged,
        fact.found_by,
        fact.to_be_identified,
        fact.on_the_spot,
        fact.repeat,
        fact.accepted_at is None,
        fact.ended_at is None,
        _stale(fact),
        fact.reopened > 0,
    )


def _stale(fact: IssueFact) -> bool:
    if fact.device is None or fact.ended_at is None:
        return False
    return fact.ended_at - fact.arrived_at > STALE


def kind(one: Occurrence) -> tuple[object, ...]:
    """Return all that ``rows_of`` looks at, and what is counted."""
    return (
        one.measure,
        one.month,
        one.person,
        one.unit,
        one.channel,
        one.category,
        one.place,
    )


def rows_of(one: Occurrence) -> list[Row]:
    """Return the rows an occurrence is counted in."""
    month = one.month
    return [
        Row(month, "all", ""),
        Row(month, "person", one.person or ""),
        Row(month, "unit", one.unit or ""),
        Row(month, "channel", one.channel.value if one.channel else ""),
        Row(month, "category", one.category or ""),
        Row(month, "place", one.place or ""),
    ]


def customer_rows(fact: IssueFact) -> list[Row]:
    """Return the rows in which an issue's customer is counted once; none: no customer's problem."""
    if fact.customer is None or not fact.problem:
        return []
    return [row for row in rows(fact) if row.dimension in OF_CUSTOMERS]


def values(fact: IssueFact) -> Iterator[tuple[Values, int]]:
    """Return every value an issue adds, in whole seconds, begun ones counted whole.

    So what took 30.2 seconds is not within 30.
    """
    month = fact.month
    if fact.merged:
        return
    if fact.accepted_at is not None:
        taken, hops = seconds(fact.reported_at, fact.accepted_at), min(fact.hops, MOST_HOPS)
        for channel in (fact.channel.value, "*"):
            # Of all hops and all channels too: to merge them at each look would cost more.
            yield Values(month, "acceptance", f"{channel}:{hops}"), taken
            yield Values(month, "acceptance", f"{channel}:*"), taken
        if fact.forwarded_at is not None:
            taken = seconds(fact.forwarded_at, fact.accepted_at)
            yield Values(month, "forward_acceptance", fact.cls.value), taken
    for hop, took in enumerate(fact.hop_seconds, start=1):
        yield Values(month, "hop", str(min(hop, MOST_HOPS))), took
    if fact.cls is not ReportClass.TELLING and fact.device is not None:
        yield from _answers(fact)


def _answers(fact: IssueFact) -> Iterator[tuple[Values, int]]:
    """Answer times count for what rang or was raised, from arrival and from the first view."""
    month, group = fact.month, fact.cls.value
    arrived, viewed = fact.arrived_at, fact.shown_at
    claimed, acted = fact.claimed_at, fact.acted_at
    yield Values(month, "load", ""), span(arrived)
    if viewed is not None:
        yield Values(month, "arrival_view", group), seconds(arrived, viewed)
    if fact.answered_at is not None:
        yield Values(month, "arrival_answer", group), seconds(arrived, fact.answered_at)
    if claimed is not None:
        yield Values(month, "load", fact.operator or ""), span(claimed)
        yield Values(month, "arrival_claim", group), seconds(arrived, claimed)
        if viewed is not None:
            yield Values(month, "view_claim", group), seconds(viewed, claimed)
    if acted is not None:
        yield Values(month, "arrival_action", group), seconds(arrived, acted)
        if viewed is not None:
            yield Values(month, "view_action", group), seconds(viewed, acted)


def seconds(begun: datetime, ended: datetime) -> int:
    """Return the whole seconds between two moments; a begun second counts, and none is negative."""
    return max(0, -((begun - ended) // _SECOND))


def span(at: datetime) -> int:
    """Return which span of ten minutes a moment lies in, counted from 1970."""
    return int(at.timestamp()) // SPAN


_SECOND = timedelta(seconds=1)
