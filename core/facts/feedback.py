"""What customers say of us: praise, complaint, grievance, and the return visit (五.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.customer import CustomerCode
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import PersonCode, UnitCode

FeedbackNumber = NewType("FeedbackNumber", int)


class FeedbackKind(StrEnum):
    """Three different things, never added up."""

    PRAISE = "praise"  # 表扬
    COMPLAINT = "complaint"  # 投诉
    GRIEVANCE = "grievance"  # 抱怨


class Told(StrEnum):
    """How a customer was told, or that he could not be reached."""

    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    MESSAGE = "message"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is entered of a feedback."""

    kind: FeedbackKind
    words: str
    issue: IssueNumber | None = None
    person: PersonCode | None = None
    unit: UnitCode | None = None
    customer: CustomerCode | None = None
    #: What he calls himself, where he is no known customer.
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A praise, complaint or grievance in the register."""

    site: SiteCode
    number: FeedbackNumber
    said: Said
    given_at: datetime
    #: Nobody: the customer himself, by his link.
    by: PersonCode | None
    #: When the first answer is due; praise needs none.
    due_at: datetime | None
    answered_at: datetime | None
    answered_by: PersonCode | None
    how: Told | None
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a return visit came to: who was told, how, what, and what he made of it."""

    whom: str
    how: Told
    words: str
    solved: bool | None = None
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A return visit: whom, when, how, and what he said (回访)."""

    id: int
    issue: IssueNumber
    whom: str
    how: Told
    words: str
    told_at: datetime
    by: PersonCode
    solved: bool | None
    rating: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A one-time link for the customer's own verdict; the token itself is kept nowhere."""

    site: SiteCode
    token_hash: str
    issue: IssueNumber
    made_at: datetime
    made_by: PersonCode
    expires_at: datetime
    used_at: datetime | None
    solved: bool | None
    rating: int | None
    words: str | None
