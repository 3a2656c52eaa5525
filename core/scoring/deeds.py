"""Which deed an entry of the journal tells of, and whose: pure (五.2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from core.facts.journal.said import Said
from core.facts.merit import Deed, Done, Evidence
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode
from core.scoring.case import Case

#: Entries that tell of a deed by their kind alone, of the person and unit they name.
_NAMED = {
    "praised": Deed.PRAISED,
    "complained": Deed.COMPLAINED,
    "aggrieved": Deed.GRIEVANCE_CAUSED,
}
_OF_PERSON = {
    "followed_up": (Deed.FOLLOWED_UP, "of"),
    "follow_up_missed": (Deed.MISSED, "of"),
    "copy_acknowledged": (Deed.IN_TIME, "to"),
    "copy_overdue": (Deed.LATE, "to"),
    "alert_unanswered": (Deed.LATE, "person"),
}
_FOUND = frozenset({"first_reporter_named", "first_reporter_corrected"})
#: Kinds of entries that may tell of a deed.
READ = (
    frozenset(_NAMED)
    | frozenset(_OF_PERSON)
    | _FOUND
    | {"inspected", "alert_answered", "loss_recorded", "customer_judged"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What has to be known besides the journal."""

    zone: ZoneInfo
    units: Mapping[PersonCode, UnitCode]


def deed(entry: Said, *, case: Case | None, office: Office) -> Done | None:
    """Return what an entry tells somebody has done; None: nothing, or nobody is named.

    :param case: the issue it stands under; None: it stands under the site.
    """
    body = json.loads(entry.body)
    told = _told(entry, body, case)
    if told is None:
        return None
    which, person = told
    unit = body.get("unit") or (office.units.get(person) if person is not None else None)
    if person not in office.units:
        person = None
    if person is None and unit is None:
        return None
    return Done(
        deed=which,
        person=person,
        unit=UnitCode(unit) if unit is not None else None,
        evidence=Evidence(issue=entry.issue, seq=entry.seq),
        at=entry.at,
        month=MonthCode(f"{entry.at.astimezone(office.zone):%Y-%m}"),
    )


def _told(
    entry: Said, body: Mapping[str, Any], case: Case | None
) -> tuple[Deed, PersonCode | None] | None:
    person = _person(body.get("person"))
    if entry.kind in _NAMED:
        return _NAMED[entry.kind], person
    if entry.kind in _OF_PERSON:
        which, key = _OF_PERSON[entry.kind]
        # Where the product was not there to ask, nobody has missed anything.
        return (which, _person(body.get(key))) if body.get("asked", True) else None
    if entry.kind == "alert_answered":
        return (Deed.IN_TIME if body.get("coming") else Deed.REFUSED), person
    if entry.kind == "loss_recorded":
        return (Deed.SAVED if body.get("sort") == "saved" else Deed.LOST), person
    if entry.kind == "inspected":
        return (Deed.OVERLOOKED, person) if body.get("result") == "found" else None
    return _of_case(entry, body, case)


def _of_case(
    entry: Said, body: Mapping[str, Any], case: Case | None
) -> tuple[Deed, PersonCode | None] | None:
    if case is None:
        return None
    if entry.kind in _FOUND:
        return (Deed.FOUND, case.finder) if case.found_by_staff else None
    if entry.kind == "customer_judged" and body.get("solved") and case.aggrieved:
        return Deed.GRIEVANCE_REMOVED, case.handled_by
    return None


def _person(said: object) -> PersonCode | None:
    return PersonCode(str(said)) if said is not None else None
