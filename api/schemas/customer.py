"""Customers, what they told before, and issues that are one."""

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas.caller import CallerIn, CallerOut
from api.schemas.issue import IssueRow
from api.schemas.promise import PromiseOut
from api.schemas.refs import PersonRef, PlaceRef
from api.schemas.values import Code, In, Name, Number, Out, Phone, Said, Words
from core.facts.customer import Customer, CustomerCode, Home, Living, TiedBy
from core.facts.place import PlaceCode
from core.facts.repeat import RepeatRule


class HomeIn(In):
    """Where a customer lives or works, and from when until when."""

    place: Code
    kind: Living
    door: Code | None = Field(default=None, description="As the door station names it.")
    since_on: date | None = None
    until_on: date | None = None


class CustomerIn(In):
    """A customer as a whole: telephones and places that are not given are gone."""

    name: Name
    phones: Annotated[list[Phone], Field(default_factory=list, max_length=10)]
    homes: Annotated[list[HomeIn], Field(default_factory=list, max_length=20)]
    note: Words = ""
    active: bool = True
    fresh: Annotated[
        bool, Field(description="He is new: refused where the code is taken, so nobody is lost.")
    ] = False

    def fact(self, code: str) -> Customer:
        """Return the same as the core speaks of it."""
        return Customer(
            code=CustomerCode(code),
            name=self.name,
            phones=tuple(self.phones),
            homes=tuple(
                Home(
                    place=PlaceCode(home.place),
                    kind=home.kind,
                    door=home.door,
                    since_on=home.since_on,
                    until_on=home.until_on,
                )
                for home in self.homes
            ),
            note=self.note,
            active=self.active,
        )


class HomeOut(Out):
    """Where a customer lives or works."""

    place: PlaceRef
    kind: Living
    door: str | None
    since_on: date | None
    until_on: date | None


class CustomerOut(Out):
    """A customer."""

    code: str
    name: str
    phones: list[str]
    homes: list[HomeOut]
    note: str
    active: bool


class CustomersOut(Out):
    """A page of customers, by code."""

    items: list[CustomerOut]
    next_cursor: str | None


class CandidateOut(Out):
    """A customer who may be the caller: a proposal, never a fact."""

    customer: CustomerOut
    by: TiedBy


class ContextOut(Out):
    """What is known around a report, of the last twelve months."""

    report: int
    customer: CustomerOut | None = Field(description="Who it is, once somebody has said so.")
    candidates: list[CandidateOut]
    told_before: list[IssueRow]
    at_device: list[IssueRow]
    at_place: list[IssueRow]
    open_near: list[IssueRow] = Field(description="Open issues there and next to it.")
    promises: list[PromiseOut] = Field(description="What they are owed, or had to wait for.")
    living_at: PlaceRef | None = Field(
        description="Where: the place itself or, where nobody lives, the one around it."
    )
    living: list[CustomerOut] = Field(description="Who lives or works there today, or below it.")
    more_living: bool = Field(description="There are more of them than are listed.")


class TieIn(In):
    """Which customer a report came from."""

    customer: Code


class AlikeOut(Out):
    """An open issue that sounds like what is typed."""

    issue: IssueRow
    likeness: int = Field(description="From 0 to 100.")


class SimilarOut(Out):
    """Open issues that sound alike, the most alike first."""

    items: list[AlikeOut]


class JoinIn(In):
    """To which issue a report is put, and who told it."""

    issue: Number
    caller: CallerIn | None = None


class MergeIn(In):
    """In which issue this one goes on."""

    into: Number
    reason: Said


class RepeatOut(Out):
    """Which earlier issue this one repeats (一.2)."""

    of: int
    customer: str
    rule: RepeatRule
    likeness: int | None
    chain: int = Field(description="Which telling of the same it is; 2 is the first repeat.")
    unmarked_by: PersonRef | None
    unmarked_reason: str | None


class ReporterOut(Out):
    """Who told of an issue, by report."""

    report: int
    caller: CallerOut


class KinOut(Out):
    """What an issue has to do with others: repeats, mergers, and all who told of it."""

    issue: int
    repeat: RepeatOut | None
    merged_into: int | None
    absorbed: list[int]
    grouped: list[int] = Field(
        description="Those of `absorbed` that a rule has joined: alarms of one flat within minutes."
    )
    reporters: list[ReporterOut]
