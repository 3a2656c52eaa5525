"""What the desk may do with an issue, beyond where it stands: pure."""

from core.errors import Incomplete, NotAllowedNow
from core.facts.catalogue import CategoryCode
from core.facts.issue import Issue, Outcome, Status, Urgency

#: Outcomes that claim the problem is gone: then somebody must have handled it.
GONE = frozenset({Outcome.SOLVED, Outcome.HANDLED_ON_THE_SPOT})

#: How soon each urgency climbs, the slowest first.
_SLOWEST_FIRST = (Urgency.ORDINARY, Urgency.URGENT, Urgency.LIFE_SAFETY)


def check_reclassifying(
    issue: Issue, *, category: CategoryCode, urgency: Urgency, reason: str
) -> None:
    """Refuse to put an issue into another category or urgency without need.

    :raises NotAllowedNow: it is that already.
    :raises Incomplete: the ladder would climb later, and nobody says why (五.1(3)).
    """
    if (category, urgency) == (issue.category, issue.urgency):
        raise NotAllowedNow(f"issue {issue.number} is {category} and {urgency} already")
    slower = _SLOWEST_FIRST.index(urgency) < _SLOWEST_FIRST.index(issue.urgency)
    if slower and not reason.strip():
        raise Incomplete("a lower urgency needs a reason")


def check_closing(issue: Issue, outcome: Outcome) -> None:
    """Refuse to close what must not be closed so.

    :raises Incomplete: nobody answers for it, or the caller is still to be identified (五.1(1)).
    :raises NotAllowedNow: it is said to be solved, and nobody has handled it.
    """
    if issue.owner is None:
        raise Incomplete("an issue without a first reporter cannot be closed")
    if issue.to_be_identified:
        raise Incomplete("the caller is still to be identified; the issue cannot be closed so")
    if outcome in GONE and issue.status is not Status.HANDLED:
        raise NotAllowedNow(f"{outcome} is said of an issue that nobody has handled")
