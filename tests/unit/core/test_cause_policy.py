"""What feeds what, for any wiring, also one that a ring spoils."""

from hypothesis import given
from hypothesis import strategies as st

from core.facts.device import DeviceCode
from core.monitoring import cause_policy

CODES = st.integers(0, 8).map(lambda number: DeviceCode(f"device-{number}"))
WIRINGS = st.dictionaries(CODES, CODES, max_size=9)


@given(WIRINGS, CODES)
def test_above_and_below_are_the_same_seen_from_both_ends(
    parents: dict[DeviceCode, DeviceCode], device: DeviceCode
) -> None:
    way = list(cause_policy.above(device, parents))
    assert len(set(way)) == len(way)
    assert device not in way
    for one in way:
        assert device in cause_policy.below(one, parents)
    assert all(
        device in cause_policy.above(one, parents) for one in cause_policy.below(device, parents)
    )
