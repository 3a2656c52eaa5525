"""One kind of problem, as the catalogue describes it (五.1(2))."""

from dataclasses import dataclass

from core.facts.catalogue import CategoryCode, Words
from core.facts.issue import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A kind of problem: how urgent, what the finder does first, where it is routed."""

    code: CategoryCode
    name: Words
    urgency: Urgency
    #: What the finder does first on the spot.
    first_actions: Words
    #: Where the desk sends it; the scheme names the General Group (综合组) for notices.
    route: str
