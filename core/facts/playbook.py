"""What is done about one kind of problem, step by step, and whom it is told (处置步骤, 五.1(2)).

A way through the steps follows from what was done and answered: the journal alone replays it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Incomplete, NotAllowedNow, NotFound
from core.facts.catalogue import Words
from core.facts.people import Role

#: ``then`` of a step or a choice after which nothing follows.
END = "end"


class Room(StrEnum):
    """Whose step it is."""

    CENTRE = "centre"  # 监控中心
    DESK = "desk"  # 客服中心


class Needed(StrEnum):
    """Which pictures a category asks for before its issues may be closed as solved."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to a step, and the step it leads to."""

    code: str
    words: Words
    #: None: the step that stands next.
    then: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStep:
    """One thing to be done; an answer may decide what comes next."""

    code: str
    words: Words
    required: bool = True
    room: Room = Room.CENTRE
    choices: tuple[Choice, ...] = ()
    then: str | None = None
    #: What is to be written down with it; None: nothing needs to be.
    asks: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPlan:
    """Whom the place alerts, one after the other: the nearest on duty of each role in turn."""

    roles: tuple[Role, ...]
    #: Whoever has not answered so many minutes after is passed over.
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A step that was done."""

    answer: str | None = None


def way(steps: Sequence[PlaybookStep], done: Mapping[str, Answered]) -> tuple[PlaybookStep, ...]:
    """Return the steps that are to be gone, as far as the answers decide: centre's, then desk's.

    An optional step that nobody did is passed by; a required one that decides ends the way of its
    room, for nobody knows yet where it leads.
    """
    return tuple(
        step
        for room in Room
        for step in _way_of_one([step for step in steps if step.room is room], done)
    )


def lacking(
    steps: Sequence[PlaybookStep],
    done: Mapping[str, Answered],
    *,
    rooms: Collection[Room] = frozenset(Room),
) -> tuple[PlaybookStep, ...]:
    """Return the required steps of these rooms on the way that nobody has done."""
    return tuple(
        step
        for step in way(steps, done)
        if step.required and step.code not in done and step.room in rooms
    )


def check_doing(
    steps: Sequence[PlaybookStep],
    done: Mapping[str, Answered],
    *,
    code: str,
    answer: str | None,
    words: str,
) -> PlaybookStep:
    """Return the step that somebody does; a step may be done again with another answer.

    :raises NotFound: the playbook has no such step, or the step no such answer.
    :raises NotAllowedNow: it is not on the way, or a required step before it is not done.
    :raises Incomplete: the answer is missing, or the words that the step asks for.
    """
    step = next((one for one in steps if one.code == code), None)
    if step is None:
        raise NotFound(f"the playbook has no step {code!r}")
    path = way(steps, done)
    if step not in path:
        raise NotAllowedNow(f"step {code!r} is not on the way that the answers took")
    before = [one for one in path[: path.index(step)] if one.room is step.room]
    waits = next((one.code for one in before if one.required and one.code not in done), None)
    if waits is not None:
        raise NotAllowedNow(f"step {code!r} waits for step {waits!r}")
    if step.choices and answer is None:
        raise Incomplete(f"step {code!r} needs an answer")
    if answer is not None and answer not in {choice.code for choice in step.choices}:
        raise NotFound(f"step {code!r} has no answer {answer!r}")
    if step.asks is not None and not words.strip():
        raise Incomplete(f"step {code!r} asks for words: {step.asks.en}")
    return step


def _way_of_one(steps: Sequence[PlaybookStep], done: Mapping[str, Answered]) -> list[PlaybookStep]:
    at = {step.code: place for place, step in enumerate(steps)}
    gone: list[PlaybookStep] = []
    here = 0
    while here < len(steps):
        step = steps[here]
        gone.append(step)
        if step.code not in done and step.required and step.choices:
            break
        then = _then(step, done.get(step.code))
        if then == END:
            break
        here = at[then] if then is not None else here + 1
    return gone


def _then(step: PlaybookStep, done: Answered | None) -> str | None:
    if done is not None and done.answer is not None:
        chosen = next((one for one in step.choices if one.code == done.answer), None)
        if chosen is not None and chosen.then is not None:
            return chosen.then
    return step.then
