"""When a lamp should burn: by the sun over the site."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.cctv.sun import Spot

SHANGHAI, LONDON = Spot(latitude=31.23, longitude=121.47), Spot(latitude=51.5, longitude=-0.13)
TROMSOE = Spot(latitude=69.65, longitude=18.96)
#: Almanac sunrise and sunset: the sun's centre is 0.83 degrees below the horizon.
RISE_AND_SET = [
    (SHANGHAI, datetime(2026, 6, 21, 20, 51, tzinfo=UTC)),  # 04:51 there, next morning
    (SHANGHAI, datetime(2026, 12, 21, 8, 55, tzinfo=UTC)),  # 16:55 there
    (LONDON, datetime(2026, 3, 20, 18, 14, tzinfo=UTC)),
    (LONDON, datetime(2026, 12, 21, 8, 4, tzinfo=UTC)),
]


@pytest.mark.parametrize(("spot", "at"), RISE_AND_SET)
def test_the_sun_stands_at_the_horizon_when_almanacs_say_so(spot: Spot, at: datetime) -> None:
    assert spot.height(at) == pytest.approx(-0.83, abs=0.5)


def test_lamps_burn_after_sunset_and_not_at_noon() -> None:
    sunset = datetime(2026, 12, 21, 8, 55, tzinfo=UTC)
    assert not SHANGHAI.dark(sunset)
    assert SHANGHAI.dark(sunset + timedelta(minutes=30))
    assert not SHANGHAI.dark(datetime(2026, 12, 21, 4, 0, tzinfo=UTC))


def test_far_north_it_is_dark_all_winter_and_never_in_summer() -> None:
    assert TROMSOE.dark(datetime(2026, 12, 21, 2, 0, tzinfo=UTC))
    day = datetime(2026, 6, 21, tzinfo=UTC)
    assert not any(TROMSOE.dark(day + timedelta(hours=hour)) for hour in range(24))


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is added
)
def test_height_is_a_height(latitude: float, longitude: float, at: datetime) -> None:
    assert -90 <= Spot(latitude=latitude, longitude=longitude).height(at) <= 90
