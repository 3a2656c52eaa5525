"""The director decides, and only then anything counts (五.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import CoreError, Incomplete
from core.facts.device import SiteCode
from core.facts.journal import Decided, Entered
from core.facts.merit import (
    Consequence,
    Decision,
    Proposal,
)
from core.facts.people import PersonCode
from core.scoring import policy
from core.store.journal import THE_SITE
from core.store.store import Store

#: So many in one request, each decided or refused whole.
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the director makes of one proposal."""

    proposal: int
    decision: Decision
    reason: str
    #: Of a change: what counts instead.
    points: int | None = None
    consequence: Consequence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of one choice: the proposal as it stands, or why not."""

    proposal: int
    decided: Proposal | None
    problem: CoreError | None


def decide(
    store: Store, *, site: SiteCode, choice: Choice, by: PersonCode, now: datetime
) -> Proposal:
    """Approve, change or refuse; the ledger gets what the decision adds to what it had.

    :raises NotFound: no such proposal. :raises NotPermitted: about himself.
    :raises NotAllowedNow: decided already, or an objection waits. :raises Incomplete: no reason.
    """
    store.journal.lock(site)
    proposal = store.proposals.find(site, choice.proposal)
    points, consequence = policy.check_decision(
        proposal,
        by=store.people.find(site, by),
        decision=choice.decision,
        points=choice.points,
        consequence=choice.consequence,
        reason=choice.reason,
    )
    entry = Decided(
        proposal=proposal.id,
        decision=choice.decision.value,
        points=points,
        consequence=consequence.value,
        reason=choice.reason.strip(),
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    decided = store.proposals.change(
        proposal,
        decision=choice.decision.value,
        decided_points=points,
        decided_consequence=consequence.value,
        decided_by=by,
        decided_at=now,
        reason=choice.reason.strip(),
        reopened=False,
    )
    _enter(store, decided, points=points, consequence=consequence, by=by, now=now)
    return decided


def decide_all(
    store: Store, *, site: SiteCode, choices: Sequence[Choice], by: PersonCode, now: datetime
) -> list[Made]:
    """Decide a batch; each stands or falls alone, in the order given.

    :raises Incomplete: more than a hundred.
    """
    if len(choices) > MOST:
        raise Incomplete(f"at most {MOST} decisions at once")
    made: list[Made] = []
    for choice in choices:
        # Everything is checked before anything is written: a refusal leaves nothing half done.
        try:
            decided = decide(store, site=site, choice=choice, by=by, now=now)
        except CoreError as problem:
            made.append(Made(proposal=choice.proposal, decided=None, problem=problem))
        else:
            made.append(Made(proposal=choice.proposal, decided=decided, problem=None))
    return made


def _enter(
    store: Store,
    decided: Proposal,
    *,
    points: int,
    consequence: Consequence,
    by: PersonCode,
    now: datetime,
) -> None:
    """Add the line that makes the proposal's sum what was decided; none where none is needed."""
    lines = store.ledger.of_proposal(decided.site, decided.id)
    stands = lines[-1].consequence if lines else Consequence.NONE
    missing = points - sum(line.points for line in lines)
    if not missing and stands is consequence:
        return
    line = store.ledger.add(decided, points=missing, consequence=consequence, by=by, at=now)
    entry = Entered(
        line=line.id,
        proposal=decided.id,
        person=decided.person,
        unit=decided.unit,
        points=missing,
        consequence=consequence.value,
    )
    store.journal.append(decided.site, THE_SITE, entry, at=now, by=by)
