"""Which reports want which pictures, and how long these are kept: pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from core.facts.device import DeviceCode
from core.facts.evidence import Asked, Label, Retention
from core.facts.issue import Issue, IssueNumber, Status, Urgency
from core.facts.place import Corners, Device, Place, PlaceCode
from core.facts.report import Report, ReportNumber
from core.facts.review import Review, ReviewState, Verdict

#: No report asks for pictures of more cameras than an operator can look at.
MOST_CAMERAS = 4
#: How far from the telling the pictures before and after it lie, in real time.
BEFORE, AFTER = timedelta(seconds=5), timedelta(seconds=10)
#: What no gateway has answered after so long never will be: its ring has long turned over.
GIVE_UP = timedelta(days=1)
#: A picture that something holds is looked at again after so long.
HELD = timedelta(days=1)

#: So many pictures of people belong to one issue.
MOST_ADDED = 40

#: Bytes that no answer has spoken of after so long belong to nothing.
UNANNOUNCED = timedelta(days=7)

#: Reasons of ours; all others are the gateway's.
NO_ANSWER, NOT_DELIVERED = "no_gateway_answered", "not_delivered"
GIVEN_UP = frozenset({NO_ANSWER, NOT_DELIVERED})

_ENDED = frozenset({Status.CLOSED, Status.DISMISSED})


class Cover:
    """Which cameras see which place, the nearest first."""

    def __init__(self, places: Iterable[Place], cameras: Iterable[Device]) -> None:
        """Take the site's tree of places and its cameras."""
        self._parents = {place.code: place.parent for place in places}
        self._by_place: dict[PlaceCode, list[DeviceCode]] = {}
        self._regions: dict[DeviceCode, Mapping[PlaceCode, Corners]] = {}
        for camera in cameras:
            self._regions[camera.code] = camera.regions
            for place in camera.covers:
                self._by_place.setdefault(place, []).append(camera.code)

    def of(self, place: PlaceCode | None) -> tuple[DeviceCode, ...]:
        """Return at most four cameras: those that cover the place, then what it lies in."""
        found: list[DeviceCode] = []
        for here in self._upwards(place):
            found += [code for code in self._by_place.get(here, ()) if code not in found]
        return tuple(found[:MOST_CAMERAS])

    def region(self, camera: DeviceCode, place: PlaceCode | None) -> Corners | None:
        """Return where in a camera's picture a place lies, or the nearest thing around it."""
        regions = self._regions.get(camera, {})
        return next((regions[one] for one in self._upwards(place) if one in regions), None)

    def _upwards(self, place: PlaceCode | None) -> list[PlaceCode]:
        """Return a place and what it lies in, innermost first; a ring in the tree ends it."""
        seen: list[PlaceCode] = []
        here = place
        while here is not None and here not in seen:
            seen.append(here)
            here = self._parents.get(here)
        return seen


def about_report(
    report: Report, cover: Cover, *, place: PlaceCode | None, speed: float
) -> list[Asked]:
    """Return the pictures a report wants: before it was told, at that moment, and after it.

    :param place: whose cameras are asked: where it was told, or where it turned out to be.

    :param speed: seconds of the site's clock in a real one; cameras go by real time.
    """
    moments = {
        Label.BEFORE: report.told_at - BEFORE * speed,
        Label.AT: report.told_at,
        Label.AFTER: report.told_at + AFTER * speed,
    }
    return [
        Asked(issue=report.issue, report=report.number, camera=camera, label=label, moment=moment)
        for camera in cover.of(place)
        for label, moment in moments.items()
    ]


def about_claim(
    issue: IssueNumber, place: PlaceCode | None, cover: Cover, *, handled_at: datetime
) -> list[Asked]:
    """Return the pictures that a claim "handled" wants: one of each camera, now."""
    return [
        Asked(issue=issue, report=None, camera=camera, label=Label.NOW, moment=handled_at)
        for camera in cover.of(place)
    ]


def retention(issue: Issue, reviews: Sequence[Review]) -> Retention:
    """Return how long an issue's pictures are kept: longer where lives or a dispute hang on it."""
    refuted = any(review.verdict is Verdict.NOT_HANDLED for review in reviews)
    long = refuted or issue.urgency is Urgency.LIFE_SAFETY
    return Retention.LONG if long else Retention.STANDARD


def held(issue: Issue, reviews: Sequence[Review]) -> bool:
    """Whether nothing of the issue may be deleted: it is open, or somebody is to look at it."""
    return issue.status not in _ENDED or any(one.state is ReviewState.OPEN for one in reviews)


def why_deleted(kept: Retention) -> str:
    """Return the reason that stays when a picture has gone."""
    return f"retention of {kept.span.days} days"


def not_asked(
    wanted: Iterable[Asked], asked: frozenset[tuple[ReportNumber, DeviceCode]]
) -> list[Asked]:
    """Return what no camera was asked yet for its report, each once."""
    once = {(one.report, one.camera, one.label): one for one in wanted}
    return [one for (report, camera, _), one in once.items() if (report, camera) not in asked]
