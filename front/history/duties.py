"""Who is on duty: posts and shifts on the first day, each week's roster before it begins."""

from datetime import date, datetime, time, timedelta

from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.roster import Leave, Post, PostCode, Row, Shift, ShiftCode
from core.roster import absences, writing
from core.store.store import Store
from front.history.office import Office

WEEK = 7
_DAY, _NIGHT = ShiftCode("day"), ShiftCode("night")
_SHIFTS = (
    Shift(code=_DAY, name="白班", begins=time(8, 0), ends=time(20, 0)),
    Shift(code=_NIGHT, name="夜班", begins=time(20, 0), ends=time(8, 0)),
)
_ROUND = (_DAY, _NIGHT)
#: Posts, and in which shifts somebody stands there.
_POSTS = (
    (Post(code=PostCode("control-room"), name="监控中心", role=Role.OPERATOR), _ROUND),
    (Post(code=PostCode("service-desk"), name="客服前台", role=Role.DESK_AGENT), (_DAY,)),
    (Post(code=PostCode("gate-east"), name="东门岗", role=Role.GUARD), _ROUND),
    (Post(code=PostCode("gate-west"), name="西门岗", role=Role.GUARD), _ROUND),
    (Post(code=PostCode("rounds"), name="巡逻岗", role=Role.GUARD), _ROUND),
    (Post(code=PostCode("engineering"), name="工程值班", role=Role.ENGINEER), (_DAY,)),
)


def take_up(office: Office, store: Store, at: datetime) -> None:
    """Enter the posts and shifts, the gates' at their places."""
    captain = office.one(Role.CAPTAIN)
    known = {str(place) for place in office.outside}
    for shift in _SHIFTS:
        writing.write_shift(store, site=office.site, shift=shift, by=captain, now=at)
    for post, _ in _POSTS:
        there = PlaceCode(str(post.code)) if str(post.code) in known else None
        placed = Post(code=post.code, name=post.name, role=post.role, place=there)
        writing.write_post(store, site=office.site, post=placed, by=captain, now=at)


def write_weeks(office: Office, store: Store, at: datetime, *, days: int = WEEK) -> None:
    """Write the roster from this day on: people take turns, nobody stands twice in one shift."""
    first = at.astimezone(office.zone).date()
    dates = [first + timedelta(days=n) for n in range(days)]
    rows = [row for day in dates for row in _rows(office, day)]
    captain = office.one(Role.CAPTAIN)
    writing.write(
        store, site=office.site, first=first, last=dates[-1], rows=rows, by=captain, now=at
    )


def goes_away(office: Office, store: Store, at: datetime) -> None:
    """Let an engineer be away for three days; another answers for him."""
    away, deputy = [one.code for one in office.people if Role.ENGINEER in one.roles][:2]
    leave = Leave(
        person=away, begins_at=at, ends_at=at + timedelta(days=3), deputy=deputy, reason="年假"
    )
    absences.enter_absence(
        store, site=office.site, leave=leave, by=office.one(Role.CAPTAIN), now=at
    )


def _rows(office: Office, day: date) -> list[Row]:
    rows = []
    for role in dict.fromkeys(post.role for post, _ in _POSTS):
        able: list[PersonCode] = [one.code for one in office.people if role in one.roles]
        slots = [
            (post.code, shift) for post, shifts in _POSTS if post.role is role for shift in shifts
        ]
        for n, (post, shift) in enumerate(slots):
            person = able[(day.toordinal() * len(slots) + n) % len(able)]
            rows.append(Row(day=day, post=post, shift=shift, person=person))
    return rows
