"""What an operator's act says of a finding, and when a rule is muted: pure."""

from collections.abc import Mapping
from datetime import timedelta

from core.facts.device import Plain
from core.facts.finding import CameraRule
from core.facts.report import Cause

#: Judgements count for so long.
COUNTED = timedelta(days=30)
#: Fewer judgements than this say nothing of a rule.
LEAST = 5
#: A rule of which less than this is confirmed costs more attention than it is worth.
WORTH = 0.5

_REJECTS = frozenset({Cause.FALSE_ALARM.value, Cause.NOTHING_FOUND.value})


def confirmed(kind: str, body: Mapping[str, Plain | list[str]]) -> bool | None:
    """Return what an entry says of the finding behind its report; None: nothing.

    Passed on to the desk or handled on the spot: it was so. Dismissed as a false alarm, or because
    nothing was found there: it was not. A test, a duplicate or what ended by itself tell nothing.
    """
    if kind == "forwarded" or (kind == "handled" and body.get("on_the_spot") is True):
        return True
    return False if kind == "dismissed" and body.get("cause") in _REJECTS else None


def too_poor(rule: CameraRule) -> bool:
    """Whether a rule that finds is to be muted."""
    judged = rule.confirmed + rule.rejected
    precision = rule.precision
    return rule.muted_at is None and judged >= LEAST and precision is not None and precision < WORTH
