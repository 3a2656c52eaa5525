"""A token bucket: slows down, forgives, forgets."""

from api.rate import Buckets


def test_a_burst_then_one_at_a_time() -> None:
    buckets = Buckets(burst=3, every=10.0)

    waits = [buckets.take("door", now=100.0) for _ in range(5)]

    assert waits == [0.0, 0.0, 0.0, 10.0, 10.0]
    assert buckets.take("door", now=105.0) == 5.0
    assert buckets.take("door", now=110.0) == 0.0


def test_nobody_is_locked_out_for_ever() -> None:
    buckets = Buckets(burst=3, every=10.0)
    for _ in range(1000):
        buckets.take("door", now=0.0)

    assert [buckets.take("door", now=30.0) for _ in range(4)] == [0.0, 0.0, 0.0, 10.0]


def test_keys_do_not_disturb_each_other() -> None:
    buckets = Buckets(burst=1, every=10.0)

    assert [buckets.take(key, now=0.0) for key in "abca"] == [0.0, 0.0, 0.0, 10.0]


def test_what_was_right_is_forgiven() -> None:
    buckets = Buckets(burst=1, every=10.0)
    buckets.take("a", now=0.0)

    buckets.forgive("a")

    assert buckets.take("a", now=0.0) == 0.0


def test_memory_is_bounded() -> None:
    buckets = Buckets(burst=1, every=10.0, keys=100)

    for number in range(10_000):
        buckets.take(number, now=0.0)

    assert len(buckets._levels) == 100
