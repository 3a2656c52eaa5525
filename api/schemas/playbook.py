"""Playbooks: what is to be done about a kind of problem, and how far an issue has come."""

from datetime import datetime

from pydantic import Field

from api.schemas.category import CategoryOut
from api.schemas.refs import PersonRef
from api.schemas.values import Code, In, Out, Sentence, Words
from core.facts.people import Role
from core.facts.playbook import Needed, Room


class ChoiceOut(Out):
    """One answer to a step."""

    code: str
    words: Sentence
    then: str | None = Field(description="The step it leads to, or `end`; null: as the step says.")


class PlaybookStepOut(Out):
    """One thing to be done."""

    code: str
    words: Sentence
    required: bool
    room: Room = Field(description="Whose step it is.")
    choices: list[ChoiceOut]
    then: str | None = Field(description="The step after it, or `end`; null: the one below.")
    asks: Sentence | None = Field(description="What is to be written down with it.")


class FirstActionsOf(Out):
    """What somebody of a role does first, where it is something else."""

    role: Role
    words: Sentence


class AlertPlanOut(Out):
    """Whom the place alerts."""

    roles: list[Role]
    minutes: int = Field(description="Whoever has not answered by then is passed over.")


class PlaybookOut(Out):
    """All that is to be known about a kind of problem (五.1(2))."""

    category: CategoryOut
    route: str
    first_actions: Sentence
    first_actions_of: list[FirstActionsOf]
    steps: list[PlaybookStepOut]
    alert: AlertPlanOut | None
    pictures: list[Needed]
    tell_customers: Sentence | None


class PlaybooksOut(Out):
    """The playbooks, in the catalogue's order."""

    items: list[PlaybookOut]


class DidOut(Out):
    """That a step was done."""

    by: PersonRef | None
    at: datetime
    answer: str | None
    words: str | None


class WayStepOut(PlaybookStepOut):
    """A step on the way that the answers took."""

    did: DidOut | None
    lacking: bool = Field(description="Required, and nobody has done it.")


class IssuePlaybookOut(Out):
    """How far an issue has come on the way of its category's playbook."""

    issue: int
    category: CategoryOut | None
    first_actions: Sentence | None
    way: list[WayStepOut] = Field(description="As far as the answers decide.")
    steps_waived: str | None = Field(description="Why a supervisor lets it end without steps.")
    pictures_lacking: list[Needed]
    pictures_waived: str | None


class StepIn(In):
    """A step that was done, with its answer."""

    step: Code
    answer: Code | None = None
    words: Words = ""
