"""Reward and punishment: proposals, decisions, objections, the ledger, dossiers (五.2)."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.problem import Problem
from api.schemas.refs import PersonRef, UnitRef
from api.schemas.values import Code, In, Number, Out, Said, Sentence
from core.facts.device import Plain
from core.facts.merit import Consequence, Decision, Deed, ObjectionState, Trick

Points = Annotated[int, Field(ge=-1_000, le=1_000)]


class EvidenceOut(Out):
    """An entry of the journal that a proposal rests on."""

    issue: int = Field(description="0: it stands under the site itself.")
    seq: int
    kind: str
    at: datetime
    by: PersonRef | None
    body: dict[str, Plain | list[str]]


class FlagOut(Out):
    """What looks as if it was done for the points; it takes no point by itself."""

    trick: Trick
    issues: list[int]
    at: datetime


class ObjectionOut(Out):
    """What whom it concerns said against a proposal, and what he was answered."""

    state: ObjectionState
    by: PersonRef | None
    at: datetime | None
    words: str | None
    answer: str | None
    answered_by: PersonRef | None
    answered_at: datetime | None


class DecisionOut(Out):
    """What the director made of a proposal."""

    decision: Decision
    points: int
    consequence: Consequence
    by: PersonRef | None
    at: datetime
    reason: str


class ProposalOut(Out):
    """What is proposed about one person or one unit, and how it stands."""

    number: int
    rule: str
    rules_version: int | None = Field(description="None: proposed by hand.")
    sentence: Sentence
    person: PersonRef | None
    unit: UnitRef | None
    points: int
    consequence: Consequence
    month: str
    proposed_at: datetime
    proposed_by: PersonRef | None
    evidence: list[EvidenceOut]
    flags: list[FlagOut]
    decision: DecisionOut | None
    objection: ObjectionOut
    objection_until: datetime
    may_object: bool = Field(description="I am concerned, and the time to object is not over.")
    may_decide: bool = Field(description="It is not about me, and waits for a decision.")
    may_answer: bool = Field(description="An objection waits, and it is not about me.")


class ProposalsOut(Out):
    """A page of proposals."""

    items: list[ProposalOut]
    next_cursor: str | None


class ChoiceIn(In):
    """What the director makes of one proposal."""

    proposal: Number
    decision: Decision
    reason: Said
    points: Points | None = Field(default=None, description="Of a change: what counts instead.")
    consequence: Consequence | None = None


class DecisionsIn(In):
    """Up to a hundred decisions; each stands or falls alone."""

    items: Annotated[list[ChoiceIn], Field(min_length=1, max_length=100)]


class MadeOut(Out):
    """What became of one decision: the proposal as it stands, or why not."""

    proposal: int
    decided: ProposalOut | None
    problem: Problem | None


class DecisionsOut(Out):
    """What became of each, in the order sent."""

    items: list[MadeOut]


class SayIn(In):
    """An objection, or an answer to one."""

    words: Said


class EvidenceIn(In):
    """An entry of the journal."""

    issue: Annotated[int, Field(ge=0, le=2**63 - 1)]
    seq: Number


class SuggestionIn(In):
    """A proposal by hand: about a person or about a unit."""

    person: Code | None = None
    unit: Code | None = None
    points: Points
    consequence: Consequence
    words: Said
    evidence: Annotated[list[EvidenceIn], Field(min_length=1, max_length=200)]


class LossIn(In):
    """A loss that a person or a unit saved the site, or caused."""

    saved: bool
    amount: Annotated[int, Field(ge=1, le=10**12, description="In cents.")]
    words: Said
    person: Code | None = None
    unit: Code | None = None
    issue: Number | None = None


class LossOut(Out):
    """It was written down; a rule proposes what follows."""

    saved: bool
    amount: int


class LedgerLineOut(Out):
    """A line of the ledger."""

    number: int
    proposal: int
    person: PersonRef | None
    unit: UnitRef | None
    points: int
    consequence: Consequence
    month: str
    at: datetime
    by: PersonRef | None
    sentence: Sentence


class LedgerOut(Out):
    """A page of the ledger; a balance where it is of one person or one unit."""

    items: list[LedgerLineOut]
    balance: int | None
    next_cursor: str | None


class StandingOut(Out):
    """A list that decisions made: who stands in it, and by which line."""

    consequence: Consequence
    items: list[LedgerLineOut]


class UnitMonthOut(Out):
    """One month of a unit."""

    month: str
    points: int
    late: int
    refused: int
    praised: int
    complained: int


class StandOut(Out):
    """How a unit stands, and the line it stands by."""

    family: str
    line: LedgerLineOut | None


class DeedOut(Out):
    """What a unit's people did, and the entry that tells it."""

    deed: Deed
    person: PersonRef | None
    month: str
    evidence: EvidenceOut


class DossierOut(Out):
    """A unit's dossier for renewal and supplier review."""

    unit: UnitRef
    at: datetime
    balance: int
    months: list[UnitMonthOut]
    standing: list[StandOut]
    decided: list[ProposalOut]
    deeds: list[DeedOut]


class MeritRulesOut(Out):
    """The rules that propose, as their text."""

    version: int
    text: str
    since: datetime | None = Field(description="None: as the product ships them.")
    by: PersonRef | None
    reason: str | None


class MeritEditionOut(Out):
    """One version of the rules, as it was given."""

    version: int
    text: str
    sha256: str
    since: datetime
    by: PersonRef
    reason: str


class MeritEditionsOut(Out):
    """Versions of the rules, the newest first."""

    items: list[MeritEditionOut]
    next_cursor: int | None


class WhatIfIn(In):
    """Rules that are not in force."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = Field(
        default=None, description="Not said: the last that has ended."
    )


class WeighedOut(Out):
    """What a rule proposes in a month about one person or unit."""

    rule: str
    person: PersonRef | None
    unit: UnitRef | None
    times: int
    points: int


class WhatIfOut(Out):
    """A month under the rules in force, and under others."""

    month: str
    version: int
    before: list[WeighedOut]
    after: list[WeighedOut]


class MeritRulesIn(In):
    """Other rules from now on; what was proposed stays."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    base: Number
    reason: Said
