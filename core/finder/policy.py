"""What a telephone's word of the time is worth, and what its finder may end himself: pure."""

from datetime import datetime, timedelta

from core.errors import NotAllowedNow, NotFound
from core.facts.issue import Issue, Status
from core.facts.people import PersonCode

#: Longer than this nobody is without a net: then it is the telephone's clock that is wrong.
LONGEST_WITHOUT_NET = timedelta(days=7)
#: A clock may be ahead by so much without being doubted.
_AHEAD = timedelta(minutes=5)


def told_at(said: datetime | None, *, now: datetime) -> tuple[datetime, bool]:
    """Return when it was told, and whether the telephone's clock is doubted.

    A report is never lost for a clock's sake: what cannot be so counts from when it came.
    """
    if said is None:
        return now, False
    if said > now + _AHEAD or said < now - LONGEST_WITHOUT_NET:
        return now, True
    return min(said, now), False


def check_ending(issue: Issue, *, by: PersonCode, pictures: int) -> None:
    """Refuse to let a finder end what is not his to end.

    :raises NotFound: somebody else found it; that it is there, he is not told.
    :raises NotAllowedNow: it was not handled, or no picture of his shows it.
    """
    if issue.owner != by:
        raise NotFound(f"issue {issue.number} is not yours or not known here")
    if issue.status is not Status.HANDLED:
        raise NotAllowedNow(f"issue {issue.number} is {issue.status}: it was not just handled")
    if pictures == 0:
        raise NotAllowedNow("without a picture the desk ends it")
