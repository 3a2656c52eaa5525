"""Pictures, comparisons and reviews as the API answers them."""

from datetime import datetime

from api.schemas.picture import ComparisonOut, PictureOut
from api.schemas.review import ReviewOut
from api.views.directory import Directory
from core.facts.evidence import Comparison, Picture
from core.facts.people import PersonCode
from core.facts.review import Review, ReviewState


def picture_out(picture: Picture, names: Directory) -> PictureOut:
    """Return a picture and how it stands."""
    return PictureOut(
        id=picture.id,
        issue=picture.issue,
        report=picture.report,
        camera=names.device(picture.camera) if picture.camera else None,
        by=names.some_person(picture.by),
        origin=picture.origin,
        taken_with=picture.taken_with,
        place=names.place(picture.place),
        label=picture.label,
        moment=picture.moment,
        state=picture.state,
        since=picture.since,
        reason=picture.reason,
        sha256=picture.sha256,
        taken_at=picture.taken_at,
        offset_seconds=picture.offset_seconds,
        width=picture.width,
        height=picture.height,
        masked=picture.masked,
    )


def comparison_out(comparison: Comparison, names: Directory) -> ComparisonOut:
    """Return what the machine made of two pictures."""
    return ComparisonOut(
        camera=names.device(comparison.camera),
        before=comparison.before,
        after=comparison.after,
        asked_at=comparison.asked_at,
        answered_at=comparison.answered_at,
        verdict=comparison.verdict,
        score=comparison.score,
        confidence=comparison.confidence,
        band=comparison.band,
        reasons=comparison.reasons,
        evidence=comparison.evidence,
        machine=comparison.machine,
        reference_at=comparison.reference_at,
        reason=comparison.reason,
    )


def review_out(
    review: Review,
    comparison: Comparison | None,
    names: Directory,
    *,
    me: PersonCode,
    now: datetime,
) -> ReviewOut:
    """Return a review as one person sees it at this moment."""
    return ReviewOut(
        id=review.id,
        issue=review.issue,
        why=review.why,
        handled_at=review.handled_at,
        handlers=[names.person(code) for code in review.handlers],
        may_decide=me not in review.handlers,
        asked_at=review.asked_at,
        due_at=review.due_at,
        overwritten_at=review.overwritten_at,
        late=review.state is ReviewState.OPEN and now > review.due_at,
        state=review.state,
        camera=names.device(review.camera) if review.camera is not None else None,
        comparison=comparison_out(comparison, names) if comparison is not None else None,
        verdict=review.verdict,
        reason=review.reason,
        decided_by=names.some_person(review.decided_by),
        decided_at=review.decided_at,
        agreed=review.agreed,
    )
