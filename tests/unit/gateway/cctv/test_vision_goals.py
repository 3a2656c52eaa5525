"""The benchmark's exit code says whether the floors hold; one not measured is said, not failed."""

import math

import pytest

from bench.vision.goals import GOALS, Goal, fallen, judged
from bench.vision.report import Figure

HIGH = Goal(figure="found", must=0.9, aim=0.98)
LOW = Goal(figure="false", must=0.03, aim=0.005, more=False)


def _figure(name: str, value: float) -> Figure:
    return Figure(name=name, value=value, unit="share", beside=1)


@pytest.mark.parametrize(
    ("goal", "value", "standing"),
    [
        (HIGH, 0.99, "aim reached"),
        (HIGH, 0.9, "holds"),
        (HIGH, 0.8999, "FALLS"),
        (LOW, 0.005, "aim reached"),
        (LOW, 0.03, "holds"),
        (LOW, 0.0301, "FALLS"),
        (LOW, math.nan, "not measured"),
    ],
)
def test_a_figure_stands_where_its_floor_and_its_aim_put_it(
    goal: Goal, value: float, standing: str
) -> None:
    figures = [_figure(goal.figure, value)]
    (line,) = judged(figures, [goal])
    assert line[-1] == standing
    assert fallen(figures, [goal]) == ((goal.figure,) if standing == "FALLS" else ())


def test_what_a_set_does_not_hold_is_named_and_fails_nothing() -> None:
    assert {line[-1] for line in judged([])} == {"not measured"}
    assert fallen([]) == ()


def test_each_figure_has_one_floor_and_an_aim_beyond_it() -> None:
    assert len({goal.figure for goal in GOALS}) == len(GOALS)
    assert all(goal.holds(goal.aim) for goal in GOALS)
