"""Who told us, and by which ways it came."""

from datetime import datetime

from pydantic import Field

from api.schemas.refs import PersonRef, PlaceRef
from api.schemas.values import Code, In, Moment, Name, Out, Phone
from core.facts.customer import CustomerCode
from core.facts.issue import Caller, CallerKind
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.report import Means, Relay


class CallerIn(In):
    """Who told us, as the operator types it."""

    kind: CallerKind
    person: Code | None = Field(default=None, description="A member of staff, by code.")
    name: Name | None = None
    phone: Phone | None = None
    place: Code | None = None
    customer: Code | None = Field(default=None, description="Which customer he is, by code.")

    def fact(self) -> Caller:
        """Return the same as the core speaks of it."""
        return Caller(
            kind=self.kind,
            person=PersonCode(self.person) if self.person is not None else None,
            name=self.name,
            phone=self.phone,
            place=PlaceCode(self.place) if self.place is not None else None,
            customer=CustomerCode(self.customer) if self.customer is not None else None,
        )


class CallerOut(Out):
    """Who told us."""

    kind: CallerKind
    person: PersonRef | None
    name: str | None
    phone: str | None
    place: PlaceRef | None
    customer: str | None = Field(description="Which customer he is, once somebody has said so.")


class RelayIn(In):
    """One hop: who passed it on to whom (五.1(1)). ``by_person`` or ``by`` says who."""

    by_person: Code | None = Field(default=None, description="A member of staff, by code.")
    by: Name | None = Field(default=None, description="His name, where no code is known.")
    role: Role | None = None
    to: Name
    means: Means
    told_at: Moment

    def fact(self, name: str) -> Relay:
        """Return the same as the core speaks of it; ``name`` is that of who passed on."""
        return Relay(
            by_name=name,
            to_name=self.to,
            means=self.means,
            told_at=self.told_at,
            by_person=PersonCode(self.by_person) if self.by_person is not None else None,
            role=self.role,
        )


class RelayOut(Out):
    """One hop, and what it cost."""

    order: int
    by: str
    by_person: PersonRef | None
    role: Role | None
    to: str
    means: Means
    told_at: datetime
    seconds: float | None = Field(description="Since the hop before, or since it was first told.")
