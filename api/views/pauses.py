"""A pause as the API answers it."""

from api.schemas.pause import PauseOut
from api.views.directory import Directory
from core.facts.pause import Pause
from core.facts.people import PersonCode


def pause_out(pause: Pause, names: Directory, *, me: PersonCode) -> PauseOut:
    """Return one pause as this person sees it."""
    return PauseOut(
        id=pause.id,
        issue=pause.issue,
        state=pause.state,
        asked_by=names.person(pause.asked_by),
        asked_at=pause.asked_at,
        until=pause.until,
        reason=pause.reason,
        decided_by=names.some_person(pause.decided_by),
        decided_at=pause.decided_at,
        decision=pause.decision,
        begins_at=pause.begins_at,
        ends_at=pause.ends_at,
        mine=pause.asked_by == me,
    )
