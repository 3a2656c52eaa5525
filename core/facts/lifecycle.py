"""The life of an issue in one table: what is not in it cannot happen."""

from collections.abc import Mapping

from core.errors import NotAllowedNow
from core.facts.issue import UNHANDLED, Status
from core.facts.journal import (
    Absorbed,
    Accepted,
    Assigned,
    Cleared,
    Closed,
    Completed,
    Dismissed,
    Entry,
    Forwarded,
    Handled,
    Merged,
    Reclassified,
    Reopened,
    SentBack,
)

#: (where it stands, what happens) → where it then stands. Entries that move nothing are not here.
AFTER: Mapping[tuple[Status, type[Entry]], Status] = {
    # at the monitoring centre
    (Status.REPORTED, Completed): Status.REPORTED,
    (Status.REPORTED, Forwarded): Status.FORWARDED,
    (Status.REPORTED, Handled): Status.HANDLED,  # on the spot 当场处理 (五.1(2))
    (Status.REPORTED, Dismissed): Status.DISMISSED,
    (Status.REPORTED, Cleared): Status.REPORTED,
    # waiting for the desk
    (Status.FORWARDED, Accepted): Status.ACCEPTED,
    (Status.FORWARDED, SentBack): Status.REPORTED,
    # at the desk
    (Status.ACCEPTED, Assigned): Status.ASSIGNED,
    (Status.ACCEPTED, Handled): Status.HANDLED,
    (Status.ACCEPTED, Closed): Status.CLOSED,
    (Status.ACCEPTED, Reclassified): Status.ACCEPTED,
    (Status.ASSIGNED, Reclassified): Status.ASSIGNED,
    (Status.ASSIGNED, Assigned): Status.ASSIGNED,
    (Status.ASSIGNED, Handled): Status.HANDLED,
    (Status.ASSIGNED, Closed): Status.CLOSED,
    (Status.HANDLED, Closed): Status.CLOSED,
    # not solved after all: the old clock goes on
    (Status.HANDLED, Reopened): Status.ACCEPTED,
    (Status.CLOSED, Reopened): Status.ACCEPTED,
    (Status.DISMISSED, Reopened): Status.REPORTED,
    # two issues that are one; parting them gives back what was before
    **{(status, Merged): Status.MERGED for status in sorted(UNHANDLED)},
    **{(status, Absorbed): status for status in sorted(UNHANDLED)},
}


def after(status: Status, entry: type[Entry]) -> Status:
    """Return the status an issue has once this entry is in the journal.

    :raises NotAllowedNow: this cannot happen to an issue that stands there.
    """
    try:
        return AFTER[status, entry]
    except KeyError:
        raise NotAllowedNow(
            f"{entry.__name__} cannot happen to an issue that is {status}"
        ) from None


def possible(status: Status) -> frozenset[type[Entry]]:
    """Return what may happen next."""
    return frozenset(entry for (at, entry) in AFTER if at is status)
