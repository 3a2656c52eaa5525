"""The runs: a storm, kills, a drain, and the oracle's count of each."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.prove import oracle
from tests.prove.children import until
from tests.prove.installation import Installation, Storm
from tests.prove.killer import Killer
from tests.prove.oracle import Press, Verdict
from tests.prove.wiring import Wires, station

#: Longest wait until everything told has arrived, seconds.
DRAIN = 90.0
#: Where events may be lost for good, nobody waits longer for them.
PATIENCE = 12.0
EVERYBODY = ("gateway", "centre", "broker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How hard the storm is, how long, and how it is killed."""

    folder: Path
    rate: float
    seconds: float
    kills: int
    seed: int
    victims: Sequence[str] = EVERYBODY
    gateway_module: str = "gateway"
    #: None: SQLite in the folder.
    database_url: str | None = None
    wires: Wires | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run has shown."""

    kills: Counter[str]
    verdict: Verdict
    #: Seconds from the last kill until all that was told had arrived; None: it never did.
    drained_after: float | None
    #: What is wrong with the journal's chains and seals.
    flaws: Sequence[str]
    #: Messages that went over the cable, and how many of them were told again.
    messages: int
    resent: int


def native(plan: Plan, *, stations: int = 40) -> Run:
    """Storm with stations that resend until receipted; nothing may be lost or doubled."""
    place = _place(plan, native=stations)
    storm = place.storm(
        "native", stations=stations, rate=plan.rate, seconds=plan.seconds, drain=DRAIN
    )

    def judge(database: sa.Engine) -> Verdict:
        return oracle.judge(oracle.told(storm.journal), oracle.held(database))

    return _run(plan, place, [storm], judge, patience=DRAIN)


def control(plan: Plan, *, stations: int = 40) -> Run:
    """The same with a gateway that acknowledges before it keeps: this one must lose."""
    place = _place(plan, native=stations)
    storm = place.storm(
        "native", stations=stations, rate=plan.rate, seconds=plan.seconds, drain=PATIENCE
    )

    def judge(database: sa.Engine) -> Verdict:
        return oracle.judge(oracle.told(storm.journal), oracle.held(database))

    return _run(plan, place, [storm], judge, patience=PATIENCE)


def dialects(plan: Plan, *, patience: float) -> Run:
    """Storm with bridges that publish once and forget; presses are compared with reports.

    A Dahua station numbers its calls. A Hikvision station only says that it rings, and says it
    once until it has been at rest again: each of them is pressed once.
    """
    many = int(plan.rate * plan.seconds)
    place = _place(plan, dahua=many // 2, hikvision=many)
    storms = [
        place.storm("dahua", stations=many // 2, rate=plan.rate, seconds=plan.seconds, drain=0.5),
        place.storm("hikvision", stations=many, rate=plan.rate, seconds=plan.seconds, drain=0.5),
    ]
    pressed: Counter[Press] = Counter()
    for number in range(many):
        of_dahua = f"dahua-{station(number % (many // 2) + 1)}"
        pressed[Press(of_dahua, str(number // (many // 2) + 1))] += 1
        pressed[Press(f"hikvision-{station(number + 1)}", "1")] += 1

    def judge(database: sa.Engine) -> Verdict:
        return oracle.judge_presses(pressed, oracle.presses(database))

    return _run(plan, place, storms, judge, patience=patience)


def _place(plan: Plan, **stations: int) -> Installation:
    return Installation(
        plan.folder,
        stations=stations,
        database_url=plan.database_url,
        gateway_module=plan.gateway_module,
        wires=plan.wires,
    )


def _run(
    plan: Plan,
    place: Installation,
    storms: Sequence[Storm],
    judge: Callable[[sa.Engine], Verdict],
    *,
    patience: float,
) -> Run:
    place.provide()
    database = oracle.read_only(place.url)
    with _up(place, storms):
        killer = _rage(plan, place, storms)
        counted = [storm.outcome(within=plan.seconds + DRAIN) for storm in storms]
        until(lambda: not judge(database).lost, within=patience, every=0.25)
        arrived_at = time.monotonic()
        verdict = judge(database)
    database.dispose()
    return Run(
        kills=killer.kills,
        verdict=verdict,
        drained_after=None if verdict.lost else round(arrived_at - killer.last_at, 1),
        flaws=place.flaws(),
        messages=int(sum(one["messages"] for one in counted)),
        resent=int(sum(one["resent"] for one in counted)),
    )


def _rage(plan: Plan, place: Installation, storms: Sequence[Storm]) -> Killer:
    """Kill from the first press to the last, and on until there were kills enough."""
    killer = Killer(children=[getattr(place, victim) for victim in plan.victims], seed=plan.seed)
    for storm in storms:
        storm.child.start()
    ends = time.monotonic() + plan.seconds
    killer.rage(enough=lambda kills: kills >= plan.kills and time.monotonic() >= ends)
    return killer


@contextmanager
def _up(place: Installation, storms: Sequence[Storm]) -> Iterator[None]:
    try:
        place.start()
        yield
    finally:
        for storm in storms:
            storm.child.stop()
        place.end()
