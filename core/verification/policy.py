"""Which claims are checked, until when, by whom, and what the machine's word amounts to: pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from core.errors import Incomplete, NotAllowedNow, NotPermitted
from core.facts.evidence import Comparison, Label, Picture, PictureState
from core.facts.issue import Issue, Status
from core.facts.people import PersonCode
from core.facts.place import Device, Place, PlaceCode
from core.facts.policy import Verification
from core.facts.review import Review, Verdict, Why

#: Of what the machine says, what would speak for the claim, and what against it.
_FOR, _AGAINST = frozenset({"gone", "changed"}), frozenset({"unchanged", "appeared"})
_STANDS = frozenset({Status.HANDLED, Status.CLOSED})


def wanted(issue: Issue, *, policy: Verification, drawn: str) -> Why | None:
    """Return why a claim at a covered place is checked; None: it is not.

    :param drawn: the hash of the claim's own entry in the journal. Nobody knows it beforehand, and
        everybody can draw again with it afterwards.
    """
    if issue.category in policy.categories:
        return Why.RULE
    return Why.SAMPLE if int(drawn[:8], 16) % 100 < policy.sample_percent else None


def dates(
    handled_at: datetime, *, cameras: Iterable[Device], policy: Verification, now: datetime
) -> tuple[datetime, datetime]:
    """Return until when the review is due, and when the first recorder overwrites."""
    kept = [camera.keep_days or policy.keep_days for camera in cameras]
    overwritten_at = handled_at + timedelta(days=min(kept, default=policy.keep_days))
    return max(now, overwritten_at - timedelta(days=policy.days_before)), overwritten_at


def handlers(
    issue: Issue, *, said_by: PersonCode | None, on_the_spot: bool
) -> frozenset[PersonCode]:
    """Return whose claim it is: who said it, who was sent, and who dealt with it on the spot."""
    owner = issue.owner if on_the_spot else None
    return frozenset(code for code in (said_by, issue.assigned_to, owner) if code is not None)


def covering(
    place: PlaceCode | None, *, places: Iterable[Place], cameras: Iterable[Device]
) -> list[Device]:
    """Return the cameras that see a place, or what it lies in."""
    parents = {one.code: one.parent for one in places}
    above: set[PlaceCode] = set()
    here = place
    while here is not None and here not in above:
        above.add(here)
        here = parents.get(here)
    return [camera for camera in cameras if not above.isdisjoint(camera.covers)]


def pair(pictures: Sequence[Picture], *, handled_at: datetime) -> tuple[Picture, Picture] | None:
    """Return the pictures of one camera to be compared: from the report, and from the claim.

    A telephone is held elsewhere each time: what people add is looked at, never compared.
    """
    here = [one for one in pictures if one.state is PictureState.HERE]
    after = {
        one.camera: one
        for one in reversed(here)
        if one.label is Label.NOW and one.moment >= handled_at and one.by is None
    }
    for label in (Label.BEFORE, Label.AT, Label.AFTER):
        for one in here:
            if one.label is label and one.by is None and one.camera in after:
                return one, after[one.camera]
    return None


def machine(comparison: Comparison | None) -> Verdict | None:
    """Return what the machine's comparison amounts to; None: it has said nothing yet."""
    if comparison is None or comparison.answered_at is None:
        return None
    if comparison.band != "cannot_tell":
        if comparison.verdict in _FOR:
            return Verdict.HANDLED
        if comparison.verdict in _AGAINST:
            return Verdict.NOT_HANDLED
    return Verdict.CANNOT_TELL


def agreed(verdict: Verdict, by_machine: Verdict | None) -> bool | None:
    """Whether person and machine agree; None: one of them could not tell."""
    if by_machine is None or Verdict.CANNOT_TELL in {verdict, by_machine}:
        return None
    return verdict is by_machine


def check(review: Review, issue: Issue, *, by: PersonCode, reason: str) -> None:
    """Refuse a verdict that would not count.

    :raises NotPermitted: the handler judges his own work. :raises Incomplete: no reason.
    :raises NotAllowedNow: nobody claims any more that it is handled.
    """
    if by in review.handlers:
        raise NotPermitted("who handled it, or said so, does not judge whether it was handled")
    if not reason.strip():
        raise Incomplete("a verdict has a reason")
    if issue.status not in _STANDS:
        raise NotAllowedNow(f"issue {issue.number} is {issue.status}: no claim stands")
