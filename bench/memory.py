"""Resident memory of gateway and centre before, during and after a storm."""

import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from bench.figure import Figure
from tests.prove import oracle
from tests.prove.children import Child, until
from tests.prove.installation import Installation

STATIONS = 40
#: 10,000 and some a minute: the storm that the fault matrix asks for.
RATE = 200.0
#: Seconds until a process that has just started has settled.
SETTLING = 5.0
EVERY = 2.0
#: What each may have at most, MB, and how much it may grow from the storm's second minute on.
MOST = {"gateway": 150.0, "centre": 250.0}
FLAT = 1.15


def measure(folder: Path, *, seconds: float) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return both processes' memory after the storm, beside that before it."""
    place = Installation(folder, stations={"native": STATIONS})
    place.provide()
    children = (place.gateway, place.centre)
    storm = place.storm("native", stations=STATIONS, rate=RATE, seconds=seconds)
    database = oracle.read_only(place.url)
    try:
        place.start()
        time.sleep(SETTLING)
        before = {child.name: _megabytes(child) for child in children}
        began = time.monotonic()
        storm.child.start()
        course: dict[str, list[tuple[float, float]]] = {child.name: [] for child in children}
        while storm.child.running:
            for child in children:
                course[child.name].append((time.monotonic() - began, _megabytes(child)))
            time.sleep(EVERY)
        until(
            lambda: not oracle.judge(oracle.told(storm.journal), oracle.held(database)).lost,
            within=60,
            every=1.0,
        )
        after = {child.name: _megabytes(child) for child in children}
        counted = oracle.judge(oracle.told(storm.journal), oracle.held(database))
    finally:
        storm.child.stop()
        database.dispose()
        place.end()
    figures = [_figure(name, before[name], after[name], course[name], seconds) for name in after]
    words = [
        f"{name}: {before[name]:.0f} MB before, {_at(course[name], min(60.0, seconds / 3)):.0f} "
        f"warm, {max(mb for _, mb in course[name]):.0f} at most, {after[name]:.0f} after"
        for name in after
    ]
    return figures, [
        f"a storm of {seconds:.0f} s, {counted.events} presses, {counted.lost} lost",
        *words,
    ]


def _figure(
    name: str, before: float, after: float, course: Sequence[tuple[float, float]], seconds: float
) -> Figure:
    warm = _at(course, min(60.0, seconds / 3))
    return Figure(
        name=f"{name}_memory_mb",
        value=after,
        unit="MB",
        beside=before,
        peer=f"before the storm; {warm:.0f} MB once it was warm",
        goal=f"at most {MOST[name]:.0f} MB, and flat: {FLAT} times of when it was warm",
        kept=after <= MOST[name] and after <= FLAT * warm,
    )


def _at(course: Sequence[tuple[float, float]], second: float) -> float:
    return next((mb for at, mb in course if at >= second), course[-1][1])


def _megabytes(child: Child) -> float:
    return float(psutil.Process(child.pid).memory_info().rss) / 1e6
