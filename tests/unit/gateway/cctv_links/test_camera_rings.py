"""Which picture is the right one, and how many are kept."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.cctv.asked import Asked, Label, from_ring, instead
from gateway.cctv.ring import Ring
from gateway.cctv.still import NoPicture, Still

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OFF = timedelta(seconds=15)


def still(ago: float, size: int = 10) -> Still:
    return Still(content=b"x" * size, taken_at=NOW - timedelta(seconds=ago))


def a_ring(*agos: float, seconds: float = 60) -> Ring:
    ring = Ring(seconds=seconds)
    for ago in agos:
        ring.put(still(ago))
    return ring


def asked(label: Label, ago: float) -> Asked:
    return Asked(moment=NOW - timedelta(seconds=ago), label=label, answer=lambda _: None)


def chosen(ring: Ring, label: Label, ago: float) -> float | None:
    found = from_ring(asked(label, ago), ring, now=NOW, most_off=OFF)
    return None if found is None else (NOW - found.taken_at).total_seconds()


def test_a_ring_forgets_by_time_and_by_bytes_but_never_the_newest() -> None:
    ring = Ring(seconds=10, most_bytes=100)
    for ago in (30, 9, 8):
        ring.put(still(ago, 40))
    assert ring.oldest_at == NOW - timedelta(seconds=9)
    ring.put(still(7, 40))
    assert (ring.oldest_at, ring.size) == (NOW - timedelta(seconds=8), 80)
    ring.put(still(6, 500))
    assert (ring.oldest_at, ring.size) == (NOW - timedelta(seconds=6), 500)


def test_a_clock_set_back_makes_no_picture_from_before() -> None:
    ring = a_ring(1)
    ring.put(still(100))
    assert ring.before(NOW - timedelta(seconds=50)) is not None
    assert ring.nearest(NOW) == ring.before(NOW)


@pytest.mark.parametrize(
    ("label", "ago", "found"),
    [
        (Label.BEFORE, 10, 12),  # the last one before, not the nearest
        (Label.BEFORE, 12, 12),
        (Label.AT, 10, 9),
        (Label.AT, 3, 4),
        (Label.AT, 1, None),  # looking now is nearer
        (Label.NOW, 0, None),
        (Label.NOW, 3600, None),  # asked long ago: now is now
        (Label.AFTER, 0.5, None),
    ],
)
def test_the_right_picture_is_taken(label: Label, ago: float, found: float | None) -> None:
    assert chosen(a_ring(20, 12, 9, 4), label, ago) == found


@pytest.mark.parametrize(
    ("label", "ago", "apart"),
    [(Label.BEFORE, 25, "5 s later"), (Label.AT, 50, "30 s later"), (Label.AT, 3600, "3580 s")],
)
def test_a_picture_from_another_time_is_none(label: Label, ago: float, apart: str) -> None:
    with pytest.raises(NoPicture, match=f"is kept; the oldest is {apart}"):
        chosen(a_ring(20, 12, 9, 4), label, ago)


def test_an_empty_ring_has_nothing_from_before() -> None:
    with pytest.raises(NoPicture, match=r"no picture from before that moment is kept$"):
        chosen(a_ring(), Label.BEFORE, 1)


def test_a_camera_that_fails_now_is_replaced_by_what_it_showed_just_before() -> None:
    failure = NoPicture("dead")
    near = instead(asked(Label.AT, 2), a_ring(5), failure, most_off=OFF)
    assert near.taken_at == NOW - timedelta(seconds=5)
    with pytest.raises(NoPicture, match="dead"):
        instead(asked(Label.AT, 2), a_ring(40), failure, most_off=OFF)
