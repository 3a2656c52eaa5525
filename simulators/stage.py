"""The building in play: an act goes in, messages and their fate come out. No socket, no clock."""

import json
import random
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulators.action import Act, Action
from simulators.building import Building
from simulators.door_station.station import Station
from simulators.faults import Faults, rubbish
from simulators.outgoing import Outgoing
from simulators.schedule import Planned

#: How many messages of a station come again in a replay.
REMEMBERED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message and what becomes of it."""

    station: str
    message: Outgoing
    #: Seconds until each copy goes out; none: it never arrives.
    delays: tuple[float, ...]


class Stage:
    """All stations of a building with their line's faults; the same seed fares alike."""

    def __init__(self, building: Building, *, faults: Faults, seed: int, boot: str) -> None:
        self._stations = building.set_up(boot)
        self._faults = faults
        self._chances = {
            code: random.Random(f"{seed}/{code}")  # noqa: S311 - repeatable, not secret
            for code in self._stations
        }
        self._skews = {
            code: timedelta(seconds=faults.skew_of(chance))
            for code, chance in self._chances.items()
        }
        self._lately: dict[str, deque[Outgoing]] = {
            code: deque(maxlen=REMEMBERED) for code in self._stations
        }
        self.silent: set[str] = set()

    @property
    def stations(self) -> tuple[str, ...]:
        """The codes of all stations, in the file's order."""
        return tuple(self._stations)

    def topic_of(self, station: str) -> str:
        """Return where a station tells its events."""
        return self._stations[station].event_topic

    def start(self, *, now: datetime) -> list[Said]:
        """Return what all stations say on coming up; no fault touches it."""
        return [
            Said(station=code, message=message, delays=(0.0,))
            for code, station in self._stations.items()
            for message in station.start(now=now + self._skews[code])
        ]

    def heartbeat(self, code: str, *, now: datetime) -> list[Said]:
        """Return what one station says while nothing happens; nothing if it is silent."""
        if code in self.silent:
            return []
        messages = self._stations[code].heartbeat(now=now + self._skews[code])
        return [Said(station=code, message=message, delays=(0.0,)) for message in messages]

    def perform(self, planned: Planned, *, now: datetime) -> list[Said]:
        """Return what the act makes the station say, and what becomes of each message.

        A fire-phone host says nothing of its own accord.
        """
        code, act = planned.station, planned.action.act
        if code not in self._stations:
            return []
        if act is Act.BACK:
            self.silent.discard(code)
        said = [
            self._faring(code, message)
            for message in self._messages(planned, now=now + self._skews[code])
        ]
        if act is Act.SILENCE:
            self.silent.add(code)
        return said

    def _messages(self, planned: Planned, *, now: datetime) -> list[Outgoing]:
        code, action = planned.station, planned.action
        station, chance = self._stations[code], self._chances[code]
        match action.act:
            case Act.REPLAY:
                return list(self._lately[code])
            case Act.GARBAGE | Act.POISON:
                return [_rubbish(station, action, chance)]
        messages = station.say(action, now=now)
        self._lately[code].extend(messages)
        spoiled: list[Outgoing] = []
        for message in messages:
            spoiled.append(message)
            if chance.random() < self._faults.poison:
                spoiled.append(_rubbish(station, action, chance))
        return spoiled

    def _faring(self, code: str, message: Outgoing) -> Said:
        delays = self._faults.delays(message, self._chances[code])
        if code in self.silent:
            delays = ()
        return Said(station=code, message=message, delays=delays)


def _rubbish(station: Station, action: Action, chance: random.Random) -> Outgoing:
    known = action.act in {Act.GARBAGE, Act.POISON}
    payload = rubbish(action.text("kind", "any") if known else "any", chance)
    return Outgoing(topic=station.event_topic, payload=payload, retain=action.act is Act.GARBAGE)


def log_line(planned: Planned) -> str:
    """Return the log of one act of a fire-phone host."""
    line = {"at_s": planned.at_s, "station": planned.station, "act": planned.action.act.value}
    if "extension" in planned.action.values:
        line["extension"] = int(planned.action.number("extension", 0))
    return json.dumps(line, ensure_ascii=False)


def log_lines(planned: Planned, said: list[Said]) -> list[str]:
    """Return the log of one act: the same seed gives the same lines, whatever the wall clock."""
    lines = []
    for each in said:
        line = {
            "at_s": planned.at_s,
            "station": planned.station,
            "act": planned.action.act.value,
            "topic": each.message.topic,
            "qos": each.message.qos,
            "retain": each.message.retain,
            "sent_after": each.delays,
        }
        lines.append(json.dumps(line, ensure_ascii=False))
    return lines
