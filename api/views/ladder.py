"""The steps of an issue's ladder as the API answers them (五.1(3))."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from api.schemas.issue import StepOut, StepState
from api.schemas.refs import PersonRef
from core.escalation.service import Ladder
from core.facts.ladder import Step
from core.facts.policy import Policy
from core.store.escalations import Fired

#: A step that fires within this time of its due moment was not late.
LATE = timedelta(minutes=1)

#: Who is behind a code, if there is one.
Naming = Callable[[str | None], PersonRef | None]


def steps(
    ladder: Ladder,
    fired: Sequence[Fired],
    *,
    people: Callable[[str], Sequence[PersonRef]],
    named: Naming,
    policy: Policy,
    now: datetime,
) -> list[StepOut]:
    """Return every step: those that fired, under whatever policy, and those of the present one."""
    keys = {one.step for one in fired}
    done = [fired_step(one, people=people(one.step), named=named, policy=policy) for one in fired]
    waits = {step.key: step for step in ladder.waiting}
    others = [
        waiting_step(waits[step.key], now=now) if step.key in waits else _cancelled(step)
        for step in ladder.climb
        if step.key not in keys
    ]
    return sorted([*done, *others], key=lambda step: (step.due_at, step.key))


def waiting_step(step: Step, *, now: datetime) -> StepOut:
    """Return a step that will fire if nobody handles the issue."""
    return _open(step, StepState.WAITING, late=now - step.due_at > LATE)


def fired_step(
    one: Fired, *, people: Sequence[PersonRef], named: Naming, policy: Policy
) -> StepOut:
    """Return a step that fired."""
    return StepOut(
        key=one.step,
        to=list(one.to),
        due_at=one.due_at,
        rule=_rule(one.step, policy),
        state=StepState.FIRED,
        fired_at=one.fired_at,
        late=one.fired_at - one.due_at > LATE,
        people=list(people),
        by=named(one.by),
        reason=one.reason,
    )


def _cancelled(step: Step) -> StepOut:
    return _open(step, StepState.CANCELLED, late=False)


def _open(step: Step, state: StepState, *, late: bool) -> StepOut:
    return StepOut(
        key=step.key,
        to=list(step.to),
        due_at=step.due_at,
        rule=step.rule,
        state=state,
        fired_at=None,
        late=late,
        people=[],
        by=None,
        reason=None,
    )


def _rule(key: str, policy: Policy) -> str:
    """Return the clause behind a step's key ``urgent.1@v1``."""
    name, _, rest = key.partition(".")
    number = rest.partition("@")[0]
    for urgency, rungs in policy.ladders.items():
        if urgency.value == name and number.isdigit() and 0 < int(number) <= len(rungs):
            return rungs[int(number) - 1].rule
    return key
