"""Who is asked about an issue, on which days and when, and what becomes of a day: pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from core.errors import NotAllowedNow, NotPermitted
from core.facts.days import SiteDays
from core.facts.followup import Card, CardState
from core.facts.issue import UNHANDLED, Issue
from core.facts.people import PersonCode, Role, Unit, UnitCode, UnitKind
from core.roster.standing import Standing
from core.roster.supervisors import on_site_supervisor

_DAY = timedelta(days=1)


def who_answers(
    owner: PersonCode, *, units: Mapping[UnitCode, Unit], standing: Standing
) -> PersonCode:
    """Return who says how an issue stands: its owner, or who answers for him.

    For a subcontractor's employee the duty passes to his unit's on-site supervisor (④). Whoever is
    away is answered for by his deputy; without one, and for who has left, by the General Group
    supervisor. Somebody is always asked.
    """
    person = standing.people[owner]
    if units[person.unit].kind is UnitKind.SUBCONTRACTOR:
        supervisor = on_site_supervisor(standing, person.unit)
        if supervisor is not None:
            return supervisor
    answering = standing.deputy(owner)
    if answering is not None:
        return answering
    called = standing.called_in([Role.GENERAL_GROUP_SUPERVISOR])
    return called[0].person if called else owner


def first_day(days: SiteDays, *, hour: int, now: datetime) -> tuple[date, datetime]:
    """Return the first day that is asked about from now on, and when."""
    today = days.site_day(now)
    at = days.at_hour(today, hour)
    return (today, at) if at > now else next_day(days, today, hour=hour)


def next_day(days: SiteDays, day: date, *, hour: int) -> tuple[date, datetime]:
    """Return the day after, and when it is asked about; dates a zone never had are passed over."""
    following = day + _DAY
    while days.end_of(following) <= days.end_of(following - _DAY):
        following += _DAY
    return following, days.at_hour(following, hour)


def after_the_day(card: Card, issue: Issue) -> CardState:
    """Return what becomes of an unanswered card when its day has ended.

    An issue that went on in another has no end of its own; it is followed up there.
    """
    if issue.status in UNHANDLED:
        return CardState.MISSED
    ended_at = issue.closed_at or issue.handled_at
    late = ended_at is not None and ended_at >= card.ends_at
    return CardState.MISSED if late else CardState.DROPPED


def check_answer(
    issue: Issue, card: Card | None, *, by: PersonCode, answering: PersonCode | None
) -> None:
    """Refuse a word that does not count.

    :param answering: who would be asked now; None: nobody answers for the issue yet.
    :raises NotAllowedNow: the issue is not open any more, or the day is cleared or over.
    :raises NotPermitted: he does not answer for this issue.
    """
    if issue.status not in UNHANDLED:
        raise NotAllowedNow(f"issue {issue.number} is {issue.status}: it needs no follow-up")
    if by != answering and (card is None or by != card.of):
        raise NotPermitted("who does not answer for an issue does not say how it stands")
    if card is not None and card.state is not CardState.ASKED:
        raise NotAllowedNow(f"the day is {card.state}")
