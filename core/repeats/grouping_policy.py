"""When alarms are one incident, and in which of them it goes on: pure (D2)."""

from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter

from core.facts.issue import Issue, IssueNumber, Urgency
from core.facts.place import PlaceCode
from core.facts.report import Report

_RANK = {Urgency.LIFE_SAFETY: 0, Urgency.URGENT: 1, Urgency.ORDINARY: 2}


def ripe(at: Mapping[PlaceCode, Sequence[Report]], *, alarms: int) -> set[PlaceCode]:
    """Return the places with so many alarms, of more than one issue."""
    return {
        place
        for place, reports in at.items()
        if len(reports) >= alarms and len({report.issue for report in reports}) > 1
    }


def first_of(issues: Collection[Issue], *, held: Collection[IssueNumber]) -> Issue:
    """Return the issue in which the others go on: the most urgent, held by somebody, the oldest.

    The more urgent never goes on in the less urgent one, or its ladder would end in a slower one.
    """
    oldest = sorted(issues, key=attrgetter("reported_at", "number"))
    return min(oldest, key=lambda one: (_RANK[one.urgency], one.number not in held))
