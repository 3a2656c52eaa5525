"""The watch over the seat as the API answers it."""

from api.schemas.seat import AllSummonsOut, SeatOut, SummonsOut
from api.views.views import Views
from core.facts.seat import ANY_SEAT, SeatWatch, Summons, Trouble

#: So many of one's own calls are shown.
_LATEST = 20


def seat_out(watch: SeatWatch | None) -> SeatOut:
    """Return whether it is asked if anybody is there."""
    if watch is None:
        return SeatOut(asked_at=None, called_at=None)
    return SeatOut(asked_at=watch.asked_at, called_at=watch.called_at)


def present_seat(views: Views) -> SeatOut:
    """Return how the watch over the presence stands."""
    return seat_out(views.store.seats.watch(views.site, ANY_SEAT, Trouble.NOBODY_PRESENT))


def summons_out(summons: Summons) -> SummonsOut:
    """Return one call to the seat."""
    return SummonsOut(
        number=summons.id,
        trouble=summons.trouble,
        at=summons.at,
        acknowledged_at=summons.acknowledged_at,
    )


def my_summons(views: Views) -> AllSummonsOut:
    """Return my calls to the seat."""
    found = views.store.seats.summons(views.site, views.me, limit=_LATEST)
    return AllSummonsOut(items=[summons_out(one) for one in found])
