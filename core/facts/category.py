"""One kind of problem, as the catalogue describes it (五.1(2))."""

from dataclasses import dataclass

from core.facts.catalogue import CategoryCode, Words
from core.facts.device import EventType
from core.facts.issue import Urgency
from core.facts.people import Role
from core.facts.playbook import AlertPlan, Needed, PlaybookStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A kind of problem: how urgent, what to do, whom to tell, where it is routed."""

    code: CategoryCode
    name: Words
    urgency: Urgency
    #: What the finder does first on the spot.
    first_actions: Words
    #: Where the desk sends it; the scheme names the General Group (综合组) for notices.
    route: str
    #: Where some do something else first: a cleaner does not step into a lift's shaft.
    first_actions_of: tuple[tuple[Role, Words], ...] = ()
    #: What operators and desk do; required ones lock the end.
    steps: tuple[PlaybookStep, ...] = ()
    #: Who near the place is alerted.
    alert: AlertPlan | None = None
    #: Without these pictures an issue is not closed as solved.
    pictures: frozenset[Needed] = frozenset()
    #: What the customers of the place are told; None: nothing.
    tell_customers: Words | None = None
    #: A device that says one of these is answered by this category's alert at once.
    events: tuple[EventType, ...] = ()

    def first_actions_for(self, role: Role) -> Words:
        """Return what somebody of this role does first."""
        return dict(self.first_actions_of).get(role, self.first_actions)
