"""What an entry says of a telling: its class, who found it, which customer, what and where."""

import re
from itertools import pairwise

from core.facts import moment
from core.facts.catalogue import CategoryCode
from core.facts.issue import Urgency
from core.facts.journal.said import Said
from core.facts.month import FoundBy
from core.facts.place import PlaceCode
from core.facts.report import ReportClass
from core.statistics.counting import seconds
from core.statistics.office import Body

_FAULTS = frozenset({"line.fault", "host.fault"})


def class_of(body: Body) -> ReportClass:
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


def told(entry: Said, body: Body) -> Body:
    """Return what is known of a telling from the start, and each hop's time (五.1(1))."""
    relays = body.get("relays", ())
    passed_on = [*(moment.parse(hop.rsplit(", ", 1)[1]) for hop in relays), entry.at]
    return {
        "category": category(body),
        "hops": len(relays),
        "hop_seconds": tuple(seconds(earlier, later) for earlier, later in pairwise(passed_on)),
        **found(body),
    }


def found(body: Body) -> Body:
    """Return who found it and which customer raised it, by the kind of caller (一.1)."""
    found_by = FoundBy(body["caller"])
    return {
        "found_by": found_by,
        "customer": customer(body) if found_by is FoundBy.CUSTOMER else None,
    }


def customer(body: Body) -> str | None:
    """Return the one key of a customer: his code, else his telephone, else name and place."""
    if body.get("customer") is not None:
        return f"customer {body['customer']}"
    digits = re.sub(r"\D", "", body.get("caller_phone") or "")
    if digits:
        return f"telephone {digits}"
    name = (body.get("caller_name") or "").strip()
    return f"name {name} {body.get('caller_place') or ''}".strip() if name else None


def category(body: Body) -> CategoryCode | None:
    """Return the category; None: not chosen."""
    return CategoryCode(body["category"]) if body.get("category") else None


def place(body: Body) -> PlaceCode | None:
    """Return where it is; None: not known."""
    return PlaceCode(body["place"]) if body.get("place") else None
