"""Which hosts share a line: one socket or serial port is polled by one task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gateway.fire_phone.address import Address
from gateway.fire_phone.profile import Profile
from gateway.fire_phone.scan import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePlan:
    """What to read over one line, and how."""

    address: Address
    asks: tuple[Ask, ...]
    period: float = 0.25
    timeout: float = 0.8
    #: Seconds of quiet between two requests.
    gap: float = 0.0
    max_gap: int = 16
    #: Read a change twice before it is believed.
    confirm: bool = True


def plan(profile: Profile, address: Address, asks: Sequence[Ask]) -> LinePlan:
    """Return how one host is polled by its profile."""
    form = profile.form
    return LinePlan(
        address=address,
        asks=tuple(asks),
        period=form.period,
        timeout=form.timeout,
        gap=form.gap_ms / 1000,
        max_gap=form.max_gap,
        confirm=form.confirm,
    )


def lines(plans: Iterable[LinePlan]) -> list[LinePlan]:
    """Return one plan for each line. Where hosts share one, the most careful of them decides."""
    together: dict[tuple[str, str, int], LinePlan] = {}
    for one in plans:
        other = together.get(one.address.line)
        together[one.address.line] = one if other is None else _both(other, one)
    return list(together.values())


def _both(one: LinePlan, other: LinePlan) -> LinePlan:
    return LinePlan(
        address=one.address,
        asks=one.asks + other.asks,
        period=min(one.period, other.period),
        timeout=max(one.timeout, other.timeout),
        gap=max(one.gap, other.gap),
        max_gap=min(one.max_gap, other.max_gap),
        confirm=one.confirm or other.confirm,
    )
