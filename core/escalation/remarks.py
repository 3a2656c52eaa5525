"""What stands beside the ladder's sentence: a pause, a deputy, a step by hand, a return: pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.escalation import names
from core.facts.catalogue import Words
from core.facts.days import SiteDays
from core.facts.issue import UNHANDLED, Issue
from core.facts.pause import Pause, PauseState, running
from core.facts.people import PersonCode, Role
from core.facts.roster import CalledIn

Naming = Callable[[PersonCode], str]


class ByHand(Protocol):
    """A step somebody set off by himself."""

    @property
    def to(self) -> tuple[Role, ...]:
        """The roles that were called in."""

    @property
    def fired_at(self) -> datetime:
        """When."""

    @property
    def by(self) -> PersonCode | None:
        """Who did."""

    @property
    def reason(self) -> str | None:
        """Why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What is to be said of one issue beside its ladder."""

    issue: Issue
    pauses: Sequence[Pause] = ()
    by_hand: Sequence[ByHand] = ()
    deputies: Sequence[CalledIn] = ()


def add(sentence: Words, said: Remarks, *, days: SiteDays, named: Naming, now: datetime) -> Words:
    """Return the sentence with whatever else explains where the issue stands."""
    before = list(_before(said, days=days, named=named, now=now))
    after = list(_after(said, days=days, named=named))
    return Words(
        zh="".join([*(one.zh for one in before), sentence.zh, *(one.zh for one in after)]),
        en=" ".join([*(one.en for one in before), sentence.en, *(one.en for one in after)]),
    )


def _before(said: Remarks, *, days: SiteDays, named: Naming, now: datetime) -> Iterator[Words]:
    if said.issue.status not in UNHANDLED:
        return
    if said.issue.came_back_at is not None and said.issue.touched_at is not None:
        since = days.text(said.issue.touched_at)
        back = days.text(said.issue.came_back_at)
        yield Words(
            zh=f"受理后自 {since} 起无人处理，{back} 退回未处理，仍按原报事时间计。",
            en=f"Untouched since {since}, so at {back} it came back as unhandled;"
            " the clock of the report goes on.",
        )
    pause = running(said.pauses, now)
    if pause is not None and pause.ends_at is not None and pause.decided_by is not None:
        until, who = days.text(pause.ends_at), named(pause.decided_by)
        yield Words(
            zh=f"{who}已批准暂停至 {until}（{pause.reason}）。",
            en=f"{who} has granted a pause until {until} ({pause.reason}).",
        )
    asked = next((one for one in said.pauses if one.state is PauseState.ASKED), None)
    if asked is not None:
        until, who = days.text(asked.until), named(asked.asked_by)
        yield Words(
            zh=f"{who}申请暂停至 {until}，尚未批准，时间照常计算。",
            en=f"{who} asks for a pause until {until}; until it is granted the clock goes on.",
        )


def _after(said: Remarks, *, days: SiteDays, named: Naming) -> Iterator[Words]:
    for person, absent in dict.fromkeys(
        (one.person, one.instead_of) for one in said.deputies if one.instead_of is not None
    ):
        yield Words(
            zh=f"{named(absent)}不在岗，由{named(person)}代。",
            en=f"{named(person)} was called in for {named(absent)}, who is away.",
        )
    if said.by_hand and said.by_hand[-1].by is not None:
        last = said.by_hand[-1]
        assert last.by is not None
        when, who = days.text(last.fired_at), named(last.by)
        to = names.roles(last.to) if last.to else Words(zh="指定人员", en="those he named")
        yield Words(
            zh=f"{who}已于 {when} 人工升级至{to.zh}（{last.reason}），制度的时间照常计算。",
            en=f"{who} called in {to.en} by hand at {when} ({last.reason});"
            " the policy's clock goes on.",
        )
