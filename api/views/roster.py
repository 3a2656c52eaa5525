"""The duty roster as the API answers it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from api.schemas.roster import (
    AbsenceOut,
    DutyOut,
    GapOut,
    OnDutyOut,
    PostOut,
    RosterOut,
    ShiftOut,
    StandInOut,
)
from api.views.views import Views
from core.facts.roster import Absence, Duty, OnDuty, Post, Shift, StandIn
from core.roster import policy


def days(
    views: Views, first: date, last: date, *, planned: Sequence[Duty] | None = None
) -> RosterOut:
    """Return the roster of some days; ``planned``: as it would stand, instead of as it stands."""
    store, site = views.store, views.site
    zone = store.sites.zone(site)
    since = datetime.combine(first, time(0), tzinfo=zone).astimezone(UTC)
    until = datetime.combine(last, time(0), tzinfo=zone).astimezone(UTC) + timedelta(days=1)
    posts = store.roster.posts(site)
    duties = store.roster.days(site, first, last) if planned is None else planned
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return RosterOut(
        first=first,
        last=last,
        posts=[post_out(views, one) for one in posts],
        shifts=[shift_out(views, one) for one in store.roster.shifts(site)],
        duties=[_duty(views, one) for one in duties],
        gaps=[
            GapOut(day=one.day, post=one.post, shift=one.shift, wanted=one.wanted, there=one.there)
            for one in policy.gaps(duties, posts=posts, days=dates)
        ],
        absences=[
            absence_out(views, one) for one in store.roster.absences(site, since=since, until=until)
        ],
        stand_ins=[
            stand_in_out(views, one)
            for one in store.roster.stand_ins(site, since=since, until=until)
        ],
        stand_in_seconds=int(store.rules_of(site).policy.stand_in.total_seconds()),
    )


def post_out(views: Views, post: Post) -> PostOut:
    """Return one post."""
    return PostOut(
        code=post.code,
        name=post.name,
        role=post.role,
        place=views.names.place(post.place),
        least=post.least,
    )


def shift_out(_views: Views, shift: Shift) -> ShiftOut:
    """Return one shift."""
    return ShiftOut(
        code=shift.code,
        name=shift.name,
        begins=f"{shift.begins:%H:%M}",
        ends=f"{shift.ends:%H:%M}",
    )


def absence_out(views: Views, absence: Absence) -> AbsenceOut:
    """Return one absence."""
    return AbsenceOut(
        id=absence.id,
        person=views.names.person(absence.person),
        begins_at=absence.begins_at,
        ends_at=absence.ends_at,
        deputy=views.names.some_person(absence.deputy),
        reason=absence.reason,
        by=views.names.person(absence.by),
        cancelled_at=absence.cancelled_at,
    )


def stand_in_out(views: Views, stand_in: StandIn) -> StandInOut:
    """Return one stand-in."""
    return StandInOut(
        id=stand_in.id,
        post=stand_in.post,
        instead_of=views.names.person(stand_in.instead_of),
        person=views.names.person(stand_in.person),
        begins_at=stand_in.begins_at,
        ends_at=stand_in.ends_at,
        reason=stand_in.reason,
        by=views.names.person(stand_in.by),
    )


def on_duty_out(views: Views, one: OnDuty) -> OnDutyOut:
    """Return somebody who is on duty."""
    return OnDutyOut(
        person=views.names.person(one.person),
        role=one.role,
        post=one.post,
        shift=one.shift,
        place=views.names.place(one.place),
        until=one.until,
        instead_of=views.names.some_person(one.instead_of),
    )


def _duty(views: Views, duty: Duty) -> DutyOut:
    return DutyOut(
        day=duty.row.day,
        post=duty.row.post,
        shift=duty.row.shift,
        person=views.names.person(duty.row.person),
        begins_at=duty.begins_at,
        ends_at=duty.ends_at,
    )
