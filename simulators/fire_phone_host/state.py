"""What is the case at a fire-phone host: handsets, lines, mains and battery. No socket, no clock.

A host knows of a handset only what its line lets through: a lifted handset behind a cut line is
heard of when the line is mended. Source: GB 16806-2006, which has a call shown until it is
answered, the talk until somebody hangs up, and line faults as faults.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from simulators.action import Act


class Line(StrEnum):
    """How the pair of wires to a handset is."""

    GOOD = "good"
    OPEN = "open"
    SHORT = "short"


class Call(StrEnum):
    """What the host knows of a handset."""

    RESTING = "resting"
    CALLING = "calling"
    TALKING = "talking"


@dataclass(slots=True)
class Extension:
    """One handset and its line."""

    lifted: bool = False
    taken: bool = False
    line: Line = Line.GOOD

    @property
    def call(self) -> Call:
        """What the host knows of it."""
        if not self.lifted or self.line is not Line.GOOD:
            return Call.RESTING
        return Call.TALKING if self.taken else Call.CALLING


class Noticed(StrEnum):
    """What a host writes into its log."""

    CALLING = "calling"
    TALKING = "talking"
    ENDED = "ended"
    OPEN = "open"
    OPEN_MENDED = "open_mended"
    SHORT = "short"
    SHORT_MENDED = "short_mended"
    MAINS_LOST = "mains_lost"
    BATTERY_FAULT = "battery_fault"
    #: Mains and battery are both good again.
    POWER_GOOD = "power_good"


class Entry(NamedTuple):
    """One entry of the host's log; extension 0 is the host itself."""

    at: datetime
    what: Noticed
    extension: int


#: What can happen to one handset or its line.
OF_AN_EXTENSION = frozenset(
    {Act.LIFT, Act.TAKE, Act.HANG_UP, Act.CUT_LINE, Act.SHORT_LINE, Act.MEND_LINE}
)
#: What can happen to the host's power.
OF_THE_HOST = frozenset({Act.LOSE_MAINS, Act.MAINS_BACK, Act.BATTERY_FAULT, Act.BATTERY_BACK})

_LINES: Mapping[Act, Line] = {
    Act.CUT_LINE: Line.OPEN,
    Act.SHORT_LINE: Line.SHORT,
    Act.MEND_LINE: Line.GOOD,
}


@dataclass(slots=True)
class HostState:
    """A host with its extensions, numbered from 1."""

    extensions: Mapping[int, Extension]
    mains: bool = True
    battery: bool = True
    #: What it has noticed since it was switched on, oldest first.
    log: list[Entry] = field(default_factory=list)
    #: Goes up with each change, for those who draw the state.
    version: int = 0

    @classmethod
    def of(cls, extensions: int) -> "HostState":
        """Return a host at rest with so many extensions."""
        return cls({number: Extension() for number in range(1, extensions + 1)})

    def perform(self, act: Act, extension: int, *, now: datetime) -> None:
        """Let it happen, and log what the host notices of it.

        :raises ValueError: there is no such extension.
        """
        if act in OF_THE_HOST:
            noticed, number = self._power(act), 0
        elif extension in self.extensions:
            noticed, number = self._at(self.extensions[extension], act), extension
        else:
            raise ValueError(f"there is no extension {extension}")
        self.log += [Entry(now, what, number) for what in noticed]
        self.version += bool(noticed)

    def switch_on(self) -> None:
        """Begin again: the log is empty, talks are over; who still holds a handset calls again."""
        for extension in self.extensions.values():
            extension.taken = False
        self.log.clear()
        self.version += 1

    def _power(self, act: Act) -> list[Noticed]:
        before = self.mains, self.battery
        match act:
            case Act.LOSE_MAINS | Act.MAINS_BACK:
                self.mains = act is Act.MAINS_BACK
            case _:
                self.battery = act is Act.BATTERY_BACK
        if (self.mains, self.battery) == before:
            return []
        if self.mains and self.battery:
            return [Noticed.POWER_GOOD]
        return [Noticed.BATTERY_FAULT if self.mains else Noticed.MAINS_LOST]

    def _at(self, extension: Extension, act: Act) -> list[Noticed]:
        line, call = extension.line, extension.call
        if act in _LINES:
            extension.line = _LINES[act]
        elif act is Act.TAKE:
            extension.taken = call is not Call.RESTING
        else:
            extension.lifted = act is Act.LIFT
        if extension.call is Call.RESTING:
            extension.taken = False
        noticed = [] if extension.line is line else _of_lines(line, extension.line)
        return noticed if extension.call is call else [*noticed, _of_calls(extension.call)]


def _of_lines(before: Line, now: Line) -> list[Noticed]:
    mended = {Line.OPEN: [Noticed.OPEN_MENDED], Line.SHORT: [Noticed.SHORT_MENDED]}
    broken = {Line.OPEN: [Noticed.OPEN], Line.SHORT: [Noticed.SHORT]}
    return mended.get(before, []) + broken.get(now, [])


def _of_calls(now: Call) -> Noticed:
    ended = {Call.CALLING: Noticed.CALLING, Call.TALKING: Noticed.TALKING}
    return ended.get(now, Noticed.ENDED)
