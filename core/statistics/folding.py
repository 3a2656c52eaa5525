"""From entries of the journal to the fact of an issue: pure, one entry after the other.

Entries of rooms that statistics do not import are known by their kind and their JSON body.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from core.facts import moment
from core.facts.catalogue import CategoryCode
from core.facts.device import DeviceCode
from core.facts.issue import IssueNumber, Outcome, Urgency
from core.facts.month import FoundBy, IssueFact, MonthCode
from core.facts.people import PersonCode, UnitCode
from core.facts.place import PlaceCode
from core.facts.report import CallState, Cause, Channel, ReportClass
from core.statistics.counting import seconds

Body = Mapping[str, Any]


class Said(Protocol):
    """An entry as it stands in the journal."""

    @property
    def seq(self) -> int:
        """Its place in the journal."""

    @property
    def issue(self) -> IssueNumber:
        """The issue it belongs to; 0: the site."""

    @property
    def kind(self) -> str:
        """Its name on the wire."""

    @property
    def at(self) -> datetime:
        """When it was written."""

    @property
    def by(self) -> PersonCode | None:
        """Who did it; None: a device, or time alone."""

    @property
    def body(self) -> str:
        """Canonical JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What entries do not say themselves: the site's clock, and who works for whom."""

    zone: ZoneInfo
    #: For whom each works now.
    units: Mapping[PersonCode, UnitCode]
    #: Whoever worked for another unit before: until which entry, and for which, in their order.
    moved: Mapping[PersonCode, Sequence[tuple[int, UnitCode]]] = field(default_factory=dict)

    def unit(self, person: PersonCode | None, seq: int) -> UnitCode | None:
        """Return for whom somebody worked when an entry was written."""
        if person is None:
            return None
        before = (unit for until, unit in self.moved.get(person, ()) if seq < until)
        return next(before, self.units.get(person))

    def month(self, at: datetime) -> MonthCode:
        """Return the month of the site's civil calendar that a moment belongs to."""
        day = at.astimezone(self.zone)
        return MonthCode(f"{day.year:04d}-{day.month:02d}")


def begun(entry: Said, body: Body, office: Office) -> IssueFact | None:
    """Return the fact of an issue that this entry opens; None: it opens none."""
    if entry.kind not in {"opened", "told"}:
        return None
    told_at = moment.parse(body["told_at"])
    day = told_at.astimezone(office.zone)
    device = DeviceCode(body["device"]) if "device" in body else None
    channel = Channel(body["channel"])
    fact = IssueFact(
        issue=entry.issue,
        month=MonthCode(f"{day.year:04d}-{day.month:02d}"),
        reported_at=told_at,
        reported_on=day.date(),
        channel=channel,
        cls=_class(body),
        found_by=FoundBy.DEVICE if device and channel in _ALONE else FoundBy.UNKNOWN,
        place=_place(body),
        device=device,
        arrived_at=entry.at,
        seq=entry.seq,
    )
    return fact if device else replace(fact, **_told(entry, body))


def after(fact: IssueFact, entry: Said, body: Body, office: Office) -> IssueFact:
    """Return the fact once this entry is read into it; what says nothing of it changes nothing."""
    change = _CHANGES.get(entry.kind)
    if change is None:
        return fact
    changed = dict(change(fact, entry, body, office))
    if fact.own_found_by is not None and entry.kind in _SAYS_WHO:
        # An older telling decides who found it; what is said now is of its own.
        changed["own_found_by"] = changed.pop("found_by")
    return replace(fact, seq=entry.seq, **changed)


def parted(fact: IssueFact, first: IssueFact | None, entry: Said, body: Body) -> IssueFact:
    """Return the fact once an issue was parted from it, or it from another one."""
    now = _counting(fact, first) if "first" in body else _with_its_own(fact)
    return replace(now, seq=entry.seq, merged=fact.merged and body["issue"] != fact.issue)


def absorbed(fact: IssueFact, other: IssueFact | None, entry: Said, body: Body) -> IssueFact:
    """Return the fact once another issue goes on in it: the oldest telling says who found it.

    Else a customer's problem could be made a find by merging it into what staff told later.

    :param other: the one told first, of all that go on in it; of old entries, which do not say
        that, the one that goes on in it now.
    """
    if "first" in body:
        return replace(_counting(fact, other), seq=entry.seq)
    oldest = moment.parse(body["reported_at"])
    if other is None or other.reported_at != oldest or fact.reported_at <= oldest:
        return fact
    return replace(
        fact,
        seq=entry.seq,
        found_by=other.found_by,
        own_found_by=fact.own_found_by or fact.found_by,
        customer=fact.customer or other.customer,
    )


def _counting(fact: IssueFact, first: IssueFact | None) -> IssueFact:
    """Return the fact with the one told first saying who found it."""
    if first is None or first.issue == fact.issue:
        return _with_its_own(fact)
    own = fact.own_found_by or fact.found_by
    found_by = first.own_found_by or first.found_by
    told_by = first.customer if found_by is FoundBy.CUSTOMER else None
    customer = fact.customer if own is FoundBy.CUSTOMER else None
    return replace(fact, found_by=found_by, own_found_by=own, customer=customer or told_by)


def _with_its_own(fact: IssueFact) -> IssueFact:
    """Return the fact as its own telling has it."""
    own = fact.own_found_by
    if own is None:
        return fact
    customer = fact.customer if own is FoundBy.CUSTOMER else None
    return replace(fact, found_by=own, own_found_by=None, customer=customer)


#: Entries that say who called, or who first reported.
_SAYS_WHO = frozenset({"completed", "first_reporter_corrected"})
#: Where nobody calls: the device or the camera found it by itself.
_ALONE = frozenset({Channel.DEVICE, Channel.CAMERA})
_FAULTS = frozenset({"line.fault", "host.fault"})


def _class(body: Body) -> ReportClass:
    """Return the class of the report, as the monitoring centre sorts what devices say."""
    if body["urgency"] == Urgency.LIFE_SAFETY:
        return ReportClass.LIFE_SAFETY
    event = body.get("event")
    if event is None:
        return ReportClass.TELLING
    if event.startswith("intercom."):
        return ReportClass.CALL
    if event in _FAULTS or event.startswith(("device.", "camera.")):
        return ReportClass.FAULT
    return ReportClass.ALARM


def _told(entry: Said, body: Body) -> Body:
    relays = body.get("relays", ())
    passed_on = [*(moment.parse(hop.rsplit(", ", 1)[1]) for hop in relays), entry.at]
    return {
        "category": _category(body),
        "hops": len(relays),
        "hop_seconds": tuple(seconds(earlier, later) for earlier, later in pairwise(passed_on)),
        **_found(body),
    }


def _found(body: Body) -> Body:
    """Return who found it and which customer raised it, by the kind of caller (一.1)."""
    found_by = FoundBy(body["caller"])
    return {
        "found_by": found_by,
        "customer": _customer(body) if found_by is FoundBy.CUSTOMER else None,
    }


def _customer(body: Body) -> str | None:
    """Return the one key of a customer: his code, else his telephone, else name and place."""
    if body.get("customer") is not None:
        return f"customer {body['customer']}"
    digits = re.sub(r"\D", "", body.get("caller_phone") or "")
    if digits:
        return f"telephone {digits}"
    name = (body.get("caller_name") or "").strip()
    return f"name {name} {body.get('caller_place') or ''}".strip() if name else None


def _category(body: Body) -> CategoryCode | None:
    return CategoryCode(body["category"]) if body.get("category") else None


def _place(body: Body) -> PlaceCode | None:
    return PlaceCode(body["place"]) if body.get("place") else None


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
        "category": _category(body),
        "place": _place(body),
        "cls": ReportClass.LIFE_SAFETY if life else fact.cls,
        **_found(body),
    }


def _reclassified(fact: IssueFact, _entry: Said, body: Body, _office: Office) -> Body:
    life = body["urgency"] == Urgency.LIFE_SAFETY
    return {
        "category": _category(body),
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
        "customer": _customer(body) if by_customer else None,
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


_CHANGES: Mapping[str, Callable[[IssueFact, Said, Body, Office], Body]] = {
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

#: The kinds of entries that change facts.
READ = frozenset({"opened", "told", "absorbed", "split_off", *_CHANGES})
