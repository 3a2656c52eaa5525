"""The goals of vision: what must hold, what we aim at, and whether it was reached."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.vision.report import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One floor, by the name of the figure it is about."""

    figure: str
    must: float
    aim: float
    #: Whether more is better.
    more: bool = True

    def holds(self, value: float) -> bool:
        """Whether the floor holds."""
        return value >= self.must if self.more else value <= self.must

    def reached(self, value: float) -> bool:
        """Whether the aim is reached too."""
        return value >= self.aim if self.more else value <= self.aim


GOALS: tuple[Goal, ...] = (
    Goal(figure="region recall", must=0.98, aim=0.99),
    Goal(figure="region false changed", must=0.03, aim=0.005, more=False),
    Goal(figure="region AUC", must=0.997, aim=0.9995),
    Goal(figure="sure share", must=0.9, aim=0.95),
    Goal(figure="errors among sure", must=0.01, aim=0.001, more=False),
    Goal(figure="calibration error", must=0.03, aim=0.01, more=False),
    Goal(figure="worst fault false changed", must=0.1, aim=0.03, more=False),
    Goal(figure="very dark told as too dark", must=0.95, aim=1),
    Goal(figure="very dark said gone or changed", must=0, aim=0, more=False),
    Goal(figure="direction right", must=0.95, aim=0.99),
    Goal(figure="reversed pair mirrored", must=1, aim=1),
    Goal(figure="light swing false changed", must=0.01, aim=0, more=False),
    Goal(figure="small things 24 px", must=0.9, aim=0.98),
    Goal(figure="small things 12 px", must=0.4, aim=0.8),
    Goal(figure="health: lowest recall of a fault", must=0.95, aim=1),
    Goal(figure="health: false alarms", must=0.02, aim=0.002, more=False),
    Goal(figure="obstructed found", must=0.8, aim=0.95),
    Goal(figure="clear kept", must=1, aim=1),
    Goal(figure="left and taken found, hold 2.5 s", must=1, aim=1),
    Goal(figure="false left alarms, hold 60 s", must=5, aim=0, more=False),
    Goal(figure="lamps right", must=1, aim=1),
    Goal(figure="lamp margin", must=1, aim=3),
    Goal(figure="1080p pair p95", must=150, aim=80, more=False),
)

Line = tuple[str, str, str, str, str]


def judged(figures: Iterable[Figure], goals: Sequence[Goal] = GOALS) -> Iterator[Line]:
    """Yield a line for each goal: figure, measured, must, aim, and how it stands."""
    values = {figure.name: figure.value for figure in figures}
    for goal in goals:
        value = values.get(goal.figure, math.nan)
        bound = "≥" if goal.more else "≤"
        yield (
            goal.figure,
            "-" if math.isnan(value) else f"{value:.4g}",
            f"{bound} {goal.must:g}",
            f"{bound} {goal.aim:g}",
            _standing(goal, value),
        )


def fallen(figures: Iterable[Figure], goals: Sequence[Goal] = GOALS) -> tuple[str, ...]:
    """Return the figures whose floor was measured and does not hold."""
    values = {figure.name: figure.value for figure in figures}
    return tuple(
        goal.figure
        for goal in goals
        if not math.isnan(value := values.get(goal.figure, math.nan)) and not goal.holds(value)
    )


def _standing(goal: Goal, value: float) -> str:
    if math.isnan(value):
        return "not measured"
    if goal.reached(value):
        return "aim reached"
    return "holds" if goal.holds(value) else "FALLS"
