"""What each kind of entry changes in the fact of its issue: pure, a function for each."""

from collections.abc import Callable, Mapping

from core.facts.issue import Outcome, Urgency
from core.facts.journal.said import Said
from core.facts.month import FoundBy, IssueFact
from core.facts.people import PersonCode
from core.facts.report import CallState, Cause, ReportClass
from core.statistics import telling
from core.statistics.office import Body, Office


def _shown(fact: IssueFact, entry: Said, _body: Body, _office: Office) -> Body:
    return {"shown_at": fact.shown_at or entry.at}


def _claimed(fact: IssueFact, entry: Said, _body: Body, _office: Office) -> Body:
    if fact.claimed_at is not None:
        return {}
    return {"claimed_at": entry.at, "operator": entry.by}


def _call_moved(fact: IssueFact, entry: Said, body: Body, _office: Office) -> Body:
    answered = body["state"] == CallState.ANSWERED
    return {"answered_at": fact.answered_at or entry.at} if answered else {}


def _completed(fact: IssueFact, entry: Said, body: Body, _office: Office) -> Body:
    life = body["urgency"] == Urgency.LIFE_SAFETY
    return {
        "acted_at": fact.acted_at or entry.at,
        "category": telling.category(body),
        "place": telling.place(body),
        "cls": ReportClass.LIFE_SAFETY if life else fact.cls,
        **telling.found(body),
    }


def _reclassified(fact: IssueFact, _entry: Said, body: Body, _office: Office) -> Body:
    life = body["urgency"] == Urgency.LIFE_SAFETY
    return {
        "category": telling.category(body),
        "cls": ReportClass.LIFE_SAFETY if life else fact.cls,
    }


def _named(_fact: IssueFact, entry: Said, body: Body, office: Office) -> Body:
    person = PersonCode(body["person"])
    return {
        "person": person,
        "unit": office.unit(person, entry.seq),
        "to_be_identified": body["to_be_identified"],
    }


def _corrected(_fact: IssueFact, entry: Said, body: Body, office: Office) -> Body:
    person, name = PersonCode(body["after"]), body.get("caller_name")
    by_customer = name and body["after"] == body["before"]
    return {
        "person": person,
        "unit": office.unit(person, entry.seq),
        "to_be_identified": False,
        "found_by": FoundBy.CUSTOMER if by_customer else FoundBy.STAFF,
        "customer": telling.customer(body) if by_customer else None,
    }


def _forwarded(fact: IssueFact, entry: Said, _body: Body, _office: Office) -> Body:
    return {
        "acted_at": fact.acted_at or entry.at,
        "forwarded_at": fact.forwarded_at or entry.at,
    }


def _accepted(fact: IssueFact, entry: Said, _body: Body, _office: Office) -> Body:
    return {"accepted_at": fact.accepted_at or entry.at}


def _handled(fact: IssueFact, entry: Said, body: Body, _office: Office) -> Body:
    return {
        "acted_at": fact.acted_at or entry.at,
        "ended_at": fact.ended_at or entry.at,
        "on_the_spot": fact.on_the_spot or body.get("on_the_spot", False),
    }


def _closed(fact: IssueFact, entry: Said, body: Body, _office: Office) -> Body:
    outcome = Outcome(body["outcome"])
    return {
        "ended_at": fact.ended_at or entry.at,
        "outcome": outcome,
        "on_the_spot": fact.on_the_spot or outcome is Outcome.HANDLED_ON_THE_SPOT,
    }


def _dismissed(fact: IssueFact, entry: Said, body: Body, _office: Office) -> Body:
    by_somebody = entry.by is not None
    return {
        "acted_at": fact.acted_at or (entry.at if by_somebody else None),
        "ended_at": fact.ended_at or entry.at,
        "dismissed": Cause(body["cause"]),
    }


def _reopened(fact: IssueFact, _entry: Said, _body: Body, _office: Office) -> Body:
    return {
        "ended_at": None,
        "outcome": None,
        "dismissed": None,
        "on_the_spot": False,
        "reopened": fact.reopened + 1,
    }


def _repeat_found(fact: IssueFact, _entry: Said, body: Body, _office: Office) -> Body:
    said = body.get("customer")
    return {"repeat": True, "customer": f"customer {said}" if said is not None else fact.customer}


def _repeat_unmarked(_fact: IssueFact, _entry: Said, _body: Body, _office: Office) -> Body:
    return {"repeat": False}


def _merged(_fact: IssueFact, _entry: Said, _body: Body, _office: Office) -> Body:
    return {"merged": True}


def _customer_tied(fact: IssueFact, _entry: Said, body: Body, _office: Office) -> Body:
    # A report that was joined later tells nothing of who told first.
    own = fact.own_found_by or fact.found_by
    return {"customer": f"customer {body['customer']}"} if own is FoundBy.CUSTOMER else {}


#: What each kind of entry changes in the fact of its issue.
CHANGES: Mapping[str, Callable[[IssueFact, Said, Body, Office], Body]] = {
    "shown": _shown,
    "claimed": _claimed,
    "taken_over": _claimed,
    "call_moved": _call_moved,
    "completed": _completed,
    "reclassified": _reclassified,
    "first_reporter_named": _named,
    "first_reporter_corrected": _corrected,
    "forwarded": _forwarded,
    "accepted": _accepted,
    "handled": _handled,
    "closed": _closed,
    "dismissed": _dismissed,
    "reopened": _reopened,
    "repeat_found": _repeat_found,
    "repeat_unmarked": _repeat_unmarked,
    "customer_tied": _customer_tied,
    "merged": _merged,
}
