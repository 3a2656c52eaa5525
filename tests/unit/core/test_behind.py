"""What is written behind is written in its order, all of it, or the unit of work fails."""

from functools import partial

import pytest

from core.errors import NotFound
from core.store import counters
from core.store.store import Store
from tests.office import SITE, Office


def _count(store: Store, into: list[int]) -> None:
    into.extend(counters.take(store.connection, SITE, "tried"))


def _write_and_fail(office: Office, taken: list[int]) -> None:
    with office.database.begin() as store, store.behind() as write:
        write(partial(_count, store, taken))
        write(_fail)
        write(partial(_count, store, taken))
        write(partial(_count, store, taken))


def _fail() -> None:
    raise NotFound("written of nothing")


def test_writes_are_done_in_their_order_before_it_ends(office: Office) -> None:
    taken: list[int] = []
    with office.database.begin() as store:
        with store.behind() as write:
            for _ in range(100):
                write(partial(_count, store, taken))
        assert len(taken) == 100
        assert taken == sorted(taken)


def test_after_one_that_failed_none_is_tried_and_all_is_undone(office: Office) -> None:
    taken: list[int] = []
    with pytest.raises(NotFound, match="written of nothing"):
        _write_and_fail(office, taken)
    assert len(taken) == 1

    again: list[int] = []
    with office.database.begin() as store:
        _count(store, again)
    assert again == taken
