"""What must be said of a feedback and a verdict: pure."""

from datetime import datetime, timedelta

from core.errors import Incomplete, NotReadable
from core.facts.feedback import FeedbackKind, Said


def check(said: Said) -> None:
    """Refuse what says nothing.

    :raises Incomplete: no words.
    """
    if not said.words.strip():
        raise Incomplete("say in the customer's words what he praises or complains of")


def due_at(kind: FeedbackKind, *, given_at: datetime, within: timedelta) -> datetime | None:
    """Return when the first answer is due; praise needs none."""
    return None if kind is FeedbackKind.PRAISE else given_at + within


def check_rating(rating: int | None) -> None:
    """Refuse a rating outside one to five.

    :raises NotReadable: it is.
    """
    if rating is not None and not 1 <= rating <= 5:
        raise NotReadable("a rating is a number from 1 to 5")
