"""Briefings (宣贯): what people are to know, and who has not said that he does."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.schemas.refs import PersonRef, UnitRef
from api.schemas.values import Code, In, Name, Number, Out, Said
from core.facts.briefing import BriefingSort
from core.facts.people import Role


class BriefingOut(Out):
    """A briefing in its newest version."""

    number: int
    version: int
    sort: BriefingSort
    title: str
    words: str
    roles: list[Role] = Field(description="Empty: every role.")
    units: list[UnitRef] = Field(description="Empty: every unit.")
    categories: list[str] = Field(description="Whose playbooks it explains.")
    by: PersonRef | None = Field(description="None: the product, because a playbook changed.")
    published_at: datetime
    for_me: bool
    acknowledged_at: datetime | None = Field(description="When I acknowledged this version.")


class BriefingsOut(Out):
    """Briefings, the newest number first."""

    items: list[BriefingOut]
    next_cursor: str | None


class BriefingIn(In):
    """What is to be known, and by whom."""

    sort: Literal[BriefingSort.MEETING, BriefingSort.TRAINING, BriefingSort.NOTICE]
    title: Name
    words: Said
    roles: list[Role] = Field(default=[], max_length=20)
    units: list[Code] = Field(default=[], max_length=100)
    categories: list[Code] = Field(default=[], max_length=200)


class AcknowledgeIn(In):
    """The version I have read."""

    version: Number


class AcknowledgedBy(Out):
    """Somebody who knows it, and since when."""

    person: PersonRef
    at: datetime


class WhoKnowsOut(Out):
    """Who of the audience knows the newest version, and who has not said so."""

    version: int
    acknowledged: list[AcknowledgedBy]
    missing: list[PersonRef]
