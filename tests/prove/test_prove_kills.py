"""The proof itself, short: `make prove` runs it long."""

from pathlib import Path

import pytest

from tests.prove import runs
from tests.prove.runs import Plan

pytestmark = [pytest.mark.prove, pytest.mark.timeout(300)]


def test_kills_of_everything_lose_and_double_nothing(tmp_path: Path) -> None:
    plan = Plan(folder=tmp_path, rate=100.0, seconds=12.0, kills=9, seed=7)
    run = runs.native(plan, stations=10)
    assert run.verdict.events == 1200
    assert (run.verdict.lost, run.verdict.doubled, list(run.flaws)) == (0, 0, [])


def test_acknowledging_before_keeping_loses(tmp_path: Path) -> None:
    plan = Plan(
        folder=tmp_path,
        rate=300.0,
        seconds=10.0,
        kills=8,
        seed=7,
        victims=("gateway",),
        gateway_module="tests.prove.control_gateway",
    )
    assert runs.control(plan).verdict.receipted_but_lost > 0
