"""A part that fails is started again, and ends when it is told to."""

import threading

import pytest

from api import keeping
from tests.api.running import wait_until


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_part_that_fails_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_PAUSE", 0.01)
    begun: list[int] = []
    stopping = threading.Event()

    def fails_twice(told: threading.Event) -> None:
        begun.append(len(begun))
        if len(begun) < 3:
            raise ValueError("a bad row")
        told.wait()

    keeper = keeping.keep("part", fails_twice, stopping)
    wait_until(lambda: len(begun) == 3)
    stopping.set()
    keeper.join(timeout=60)

    assert not keeper.is_alive()
    assert begun == [0, 1, 2]
