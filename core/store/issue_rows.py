"""An issue as a row of its table, and back."""

from collections.abc import Mapping
from typing import Any

from core.facts.catalogue import CategoryCode
from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.issue import Caller, CallerKind, Issue, IssueNumber, Outcome, Status, Urgency
from core.facts.people import PersonCode
from core.facts.place import PlaceCode


def row_of(issue: Issue) -> dict[str, Any]:
    """Return the row of a new issue."""
    caller = issue.caller
    return {
        "site": issue.site,
        "number": issue.number,
        "status": issue.status.value,
        "urgency": issue.urgency.value,
        "category": issue.category,
        "place": issue.place,
        "words": issue.words,
        "reported_at": issue.reported_at,
        "reported_on": issue.reported_on,
        "owner": issue.owner,
        "to_be_identified": issue.to_be_identified,
        "caller_kind": caller.kind.value if caller else None,
        "caller_person": caller.person if caller else None,
        "caller_name": caller.name if caller else None,
        "caller_phone": caller.phone if caller else None,
        "caller_place": caller.place if caller else None,
        "customer": caller.customer if caller else None,
        "accepted_at": issue.accepted_at,
        "next_due_at": issue.next_due_at,
        "version": issue.version,
    }


def issue_of(row: Mapping[Any, Any]) -> Issue:
    """Return the issue that stands in a row of its table."""
    return Issue(
        site=SiteCode(row["site"]),
        number=IssueNumber(row["number"]),
        status=Status(row["status"]),
        urgency=Urgency(row["urgency"]),
        category=CategoryCode(row["category"]) if row["category"] else None,
        place=PlaceCode(row["place"]) if row["place"] else None,
        words=row["words"],
        reported_at=row["reported_at"],
        reported_on=row["reported_on"],
        owner=PersonCode(row["owner"]) if row["owner"] else None,
        to_be_identified=row["to_be_identified"],
        caller=_caller(row),
        forwarded_at=row["forwarded_at"],
        accepted_at=row["accepted_at"],
        assigned_to=PersonCode(row["assigned_to"]) if row["assigned_to"] else None,
        promised_at=row["promised_at"],
        handled_at=row["handled_at"],
        handled_how=row["handled_how"],
        closed_at=row["closed_at"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        reopened=row["reopened"],
        next_due_at=row["next_due_at"],
        version=row["version"],
        merged_into=IssueNumber(row["merged_into"]) if row["merged_into"] else None,
        touched_at=row["touched_at"],
        came_back_at=row["came_back_at"],
    )


def _caller(row: Mapping[Any, Any]) -> Caller | None:
    if not row["caller_kind"]:
        return None
    return Caller(
        kind=CallerKind(row["caller_kind"]),
        person=row["caller_person"],
        name=row["caller_name"],
        phone=row["caller_phone"],
        place=row["caller_place"],
        customer=CustomerCode(row["customer"]) if row["customer"] else None,
    )
