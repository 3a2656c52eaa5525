"""A scenario laid out on the wall clock: what happens to which station, when. Pure."""

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from simulators.action import Act, Action
from simulators.building import Building
from simulators.deeds import Do
from simulators.scenario import Scenario, Step

#: The bridge of the bare-text dialect falls back to rest this long after a ring, s.
SETTLES_AFTER = 60.0
#: How often the light outdoors changes, civil seconds.
_SKY = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One act of one station or host. ``at_s`` is real seconds after the start."""

    at_s: float
    station: str
    action: Action


@dataclass(frozen=True, slots=True)
class _Cue:
    """An act some civil seconds after its step; within a burst the seconds are real ones."""

    act: Act
    after: float = 0.0
    real_after: float = 0.0
    station: str | None = None


def schedule(scenario: Scenario, building: Building, *, speed: float, seed: int) -> list[Planned]:
    """Return all acts in their order. Civil gaps shrink ``speed``-fold; the same seed plans alike.

    Acts that a station's dialect does not know are left out: not every station tells everything.
    """
    chance = random.Random(f"{seed}/schedule")  # noqa: S311 - repeatable, not secret
    planned: list[Planned] = []
    for step in scenario.steps:
        at = max(0.0, step.at + chance.uniform(-scenario.jitter, scenario.jitter))
        for cue in _cues(step, building, chance):
            station = cue.station or step.station
            if cue.act in building.can(station):
                when = round((at + cue.after) / speed + cue.real_after, 3)
                action = Action(act=cue.act, values=step.details)
                planned.append(Planned(at_s=when, station=station, action=action))
    if scenario.sky:
        planned += _light(scenario, building, speed=speed)
    return sorted(planned, key=lambda each: each.at_s)  # stable: the file's order decides


def _light(scenario: Scenario, building: Building, *, speed: float) -> Iterator[Planned]:
    """Let day and night come to the cameras outdoors: the sky, and lamps that burn at dusk."""
    for code, spec in building.cameras.items():
        for at in range(0, int(scenario.lasts), _SKY) if spec.outdoors else ():
            hour = (scenario.starts_at + at) / 3600.0 % 24.0
            yield Planned(
                at_s=round(at / speed, 3),
                station=code,
                action=Action(act=Act.LOOK, values={"daylight": daylight(hour)}),
            )


def daylight(hour: float) -> float:
    """Return the light of the sky at a civil hour: 1 at noon, 0.1 by night, dusk between."""
    up = math.sin(math.pi * (hour - 6.0) / 13.0) if 6.0 < hour < 19.0 else 0.0
    return round(min(1.0, 0.1 + 1.4 * up), 3)


def _cues(step: Step, building: Building, chance: random.Random) -> Iterator[_Cue]:
    if step.do is Do.STORM:
        yield from _storm(step, building, chance)
    elif step.do is Do.FLAP:
        yield from _flap(step, building)
    else:
        yield from _CUES[step.do](step)


def _press(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.RING)
    if "answer_after" in step.details:
        answered = step.seconds("answer_after", 0)
        yield _Cue(Act.ANSWER, answered)
        yield _Cue(Act.END, answered + step.seconds("talk", 25))
    yield _Cue(Act.SETTLE, SETTLES_AFTER)


def _unanswered(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.RING)
    yield _Cue(Act.MISS, step.seconds("ring_for", 30))
    yield _Cue(Act.SETTLE, SETTLES_AFTER)


def _answer(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.ANSWER)
    yield _Cue(Act.END, step.seconds("talk", 25))


def _card(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.CARD)
    if step.details.get("granted", True):
        yield _Cue(Act.DOOR_OPEN, 1)
        yield _Cue(Act.DOOR_CLOSE, 8)


def _opened(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.DOOR_OPEN)
    yield _Cue(Act.DOOR_CLOSE, step.seconds("for", 8))


def _held_open(step: Step) -> Iterator[_Cue]:
    held_after = step.seconds("held_after", 60)
    yield _Cue(Act.DOOR_OPEN)
    yield _Cue(Act.DOOR_HELD, held_after)
    yield _Cue(Act.DOOR_CLOSE, max(held_after, step.seconds("for", 600)))


def _alarm(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.ALARM)
    yield _Cue(Act.ALARM_CLEAR, step.seconds("for", 300))


def _lift(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.LIFT)
    if "take_after" in step.details:
        taken = step.seconds("take_after", 0)
        yield _Cue(Act.TAKE, taken)
        yield _Cue(Act.HANG_UP, taken + step.seconds("talk", 60))
    elif "ring_for" in step.details:
        yield _Cue(Act.HANG_UP, step.seconds("ring_for", 60))


def _take(step: Step) -> Iterator[_Cue]:
    yield _Cue(Act.TAKE)
    yield _Cue(Act.HANG_UP, step.seconds("talk", 60))


def _until(act: Act, over: Act) -> Callable[[Step], Iterator[_Cue]]:
    """Let something begin, and end if the step says after how long."""

    def cues(step: Step) -> Iterator[_Cue]:
        yield _Cue(act)
        if "for" in step.details:
            yield _Cue(over, step.seconds("for", 0))

    return cues


def _once(act: Act) -> Callable[[Step], Iterator[_Cue]]:
    return lambda _step: iter((_Cue(act),))


_CUES: Mapping[Do, Callable[[Step], Iterator[_Cue]]] = {
    Do.PRESS: _press,
    Do.PRESS_UNANSWERED: _unanswered,
    Do.ANSWER: _answer,
    Do.CARD: _card,
    Do.HELP: _once(Act.HELP),
    Do.DOOR_OPENED: _opened,
    Do.DOOR_HELD_OPEN: _held_open,
    Do.DOOR_FORCED: _once(Act.DOOR_FORCED),
    Do.TAMPER: _once(Act.TAMPER),
    Do.ALARM: _alarm,
    Do.SILENCE: _until(Act.SILENCE, Act.BACK),
    Do.BACK: _once(Act.BACK),
    Do.REPLAY: _once(Act.REPLAY),
    Do.GARBAGE: _once(Act.GARBAGE),
    Do.POISON: _once(Act.POISON),
    Do.LIFT: _lift,
    Do.TAKE: _take,
    Do.HANG_UP: _once(Act.HANG_UP),
    Do.CUT_LINE: _until(Act.CUT_LINE, Act.MEND_LINE),
    Do.SHORT_LINE: _until(Act.SHORT_LINE, Act.MEND_LINE),
    Do.MEND_LINE: _once(Act.MEND_LINE),
    Do.LOSE_MAINS: _until(Act.LOSE_MAINS, Act.MAINS_BACK),
    Do.MAINS_BACK: _once(Act.MAINS_BACK),
    Do.BATTERY_FAULT: _until(Act.BATTERY_FAULT, Act.BATTERY_BACK),
    Do.BATTERY_BACK: _once(Act.BATTERY_BACK),
    Do.SLOW: _until(Act.SLOW, Act.SOUND),
    Do.GARBLED: _until(Act.GARBLED, Act.SOUND),
    Do.DUPLICATE_UNIT: _until(Act.DUPLICATE_UNIT, Act.SOUND),
    Do.SHIFTED_MAP: _until(Act.SHIFTED_MAP, Act.SOUND),
    Do.SOUND: _once(Act.SOUND),
    Do.LOOK: _once(Act.LOOK),
    Do.BREAK: _until(Act.BREAK, Act.MEND),
    Do.MEND: _once(Act.MEND),
    Do.TAKE_THROUGH: _once(Act.TAKE_THROUGH),
    Do.SAY_HANDLED: _once(Act.SAY_HANDLED),
    Do.REBOOT: _once(Act.REBOOT),
}


def _storm(step: Step, building: Building, chance: random.Random) -> Iterator[_Cue]:
    can_ring = [code for code, spec in building.stations.items() if Act.RING in spec.can]
    rate = step.seconds("rate", 100) or 1.0
    for number in range(int(step.seconds("presses", 1000))):
        station = chance.choice(can_ring)
        yield _Cue(Act.RING, real_after=number / rate, station=station)


def _flap(step: Step, building: Building) -> Iterator[_Cue]:
    can = building.stations[step.station].can
    act = Act.RING if Act.RING in can else Act.HELP
    gap = 60.0 / (step.seconds("per_minute", 100) or 1.0)
    for number in range(int(step.seconds("times", 100))):
        yield _Cue(act, real_after=number * gap)
