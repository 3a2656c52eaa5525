"""The pulse of a site: how many events the last minute brought, for any sequence of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.facts.storm import Pulse
from core.monitoring import storm_policy

START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SLOT = MINUTE / storm_policy.SLOTS
BEATS = st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 500)), max_size=40)


@given(BEATS)
def test_the_rate_is_what_the_last_minute_brought_to_within_a_slot(
    beats: list[tuple[int, int]],
) -> None:
    pulse, now, told = Pulse(), START, []
    for wait, events in beats:
        now += timedelta(milliseconds=wait)
        told.append((now, events))
        pulse = storm_policy.beat(pulse, events, minute=MINUTE, now=now)
        most = sum(many for at, many in told if at > now - MINUTE)
        least = sum(many for at, many in told if at > now - MINUTE + SLOT)
        assert least <= storm_policy.rate(pulse) <= most
        assert len(pulse.slots) <= storm_policy.SLOTS


def test_a_minute_is_one_of_the_sites_clock() -> None:
    fast = MINUTE * 60  # a demonstration in which an hour passes in a minute
    pulse = storm_policy.beat(Pulse(), 7, minute=fast, now=START)
    pulse = storm_policy.beat(pulse, 5, minute=fast, now=START + timedelta(minutes=50))
    assert storm_policy.rate(pulse) == 12
    pulse = storm_policy.beat(pulse, 0, minute=fast, now=START + timedelta(minutes=65))
    assert storm_policy.rate(pulse) == 5
