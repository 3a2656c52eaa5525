"""One issue as the register shows it."""

from typing import Any

from api.schemas.issue import FirstReporter
from api.schemas.values import Sentence
from api.views.directory import Directory
from api.views.report import caller_out, target, told_before_out
from core.escalation.service import Ladder
from core.facts.issue import UNHANDLED, Issue
from core.facts.repeat import ToldBefore
from core.facts.report import Report


def facts(
    issue: Issue,
    ladder: Ladder,
    first: Report | None,
    before: ToldBefore | None,
    names: Directory,
) -> dict[str, Any]:
    """Return what every view of an issue holds; ``first`` is its first telling."""
    return {
        "number": issue.number,
        "status": issue.status,
        "category": names.category(issue.category),
        "urgency": issue.urgency,
        "place": names.place(issue.place),
        "words": issue.words,
        "reported_at": issue.reported_at,
        "reported_on": issue.reported_on,
        "first_reporter": _first_reporter(issue, names),
        "caller": caller_out(issue.caller, names),
        "forwarded_at": issue.forwarded_at,
        "accepted_at": issue.accepted_at,
        "accept_limit_at": issue.forwarded_at + target(first, names).accept * names.rules.speed
        if issue.forwarded_at is not None and first is not None
        else None,
        "assigned_to": names.some_person(issue.assigned_to),
        "promised_at": issue.promised_at,
        "handled_at": issue.handled_at,
        "handled_how": issue.handled_how,
        "closed_at": issue.closed_at,
        "outcome": issue.outcome,
        "reopened": issue.reopened,
        "next_due_at": issue.next_due_at,
        "next_to": list(ladder.waiting[0].to) if ladder.waiting else [],
        "touched_at": issue.touched_at,
        "came_back_at": issue.came_back_at if issue.status in UNHANDLED else None,
        "told_before": told_before_out(before),
        "sentence": Sentence(zh=ladder.sentence.zh, en=ladder.sentence.en),
        "version": issue.version,
    }


def _first_reporter(issue: Issue, names: Directory) -> FirstReporter | None:
    if issue.owner is None:
        return None
    person = names.person(issue.owner)
    return FirstReporter(name=person.name, person=person, to_be_identified=issue.to_be_identified)
