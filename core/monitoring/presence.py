"""The watch over the seat: nobody there, nothing heard, nothing new seen → the captain (B18)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import NotReadable
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.handover import Workstation
from core.facts.journal import SeatCalled, SeatDeserted, SeatTaken, SoundMuted
from core.facts.people import PersonCode, Role
from core.facts.policy import Monitoring
from core.facts.seat import ANY_SEAT, Seat, SeatWatch, Summons, Trouble
from core.roster import service as roster
from core.roster.standing import Standing
from core.store.journal import THE_SITE
from core.store.store import Store

#: So many real seconds after the question, or after a console's own trouble, somebody is called.
CALLS_SECONDS = 60
#: A console in trouble says so again and again; one that is silent for so long is gone.
HEARD_SECONDS = 90
#: While no post of the centre is on duty it is looked again after so many real seconds.
AGAIN_SECONDS = 60
#: Sound is muted for at most so long at a time (B10).
MOST_MUTED_SECONDS = 60
#: By the site's clock.
NIGHT_BEGINS, NIGHT_ENDS = 22, 7
_OWN = (Trouble.SOUND_BLOCKED, Trouble.STREAM_STALE)


def tell(
    store: Store,
    *,
    site: SiteCode,
    by: PersonCode,
    workstation: Workstation,
    present: bool,
    sound_blocked: bool,
    stream_stale: bool,
    now: datetime,
) -> SeatWatch | None:
    """Note what a console of the centre says; return how the watch over the presence stands.

    :param present: keys or pointer were used, or somebody said so.
    """
    store.journal.lock(site)
    before = store.seats.find(site, workstation)
    seat = Seat(
        site=site,
        workstation=workstation,
        person=by,
        told_at=now,
        present_at=now if present or before is None else before.present_at,
        sound_blocked_since=_since(before, Trouble.SOUND_BLOCKED, now) if sound_blocked else None,
        stream_stale_since=_since(before, Trouble.STREAM_STALE, now) if stream_stale else None,
    )
    store.seats.tell(seat)
    for trouble in _OWN:
        _watch_own(store, seat, trouble)
    if seat.present_at == now:
        _taken(store, site, by=by, now=now)
    return store.seats.watch(site, ANY_SEAT, Trouble.NOBODY_PRESENT)


def leave(
    store: Store, *, site: SiteCode, by: PersonCode, workstation: Workstation, now: datetime
) -> None:
    """Let a console end that somebody logs off: its own troubles end with it."""
    if store.seats.find(site, workstation) is not None:
        tell(
            store,
            site=site,
            by=by,
            workstation=workstation,
            present=True,
            sound_blocked=False,
            stream_stale=False,
            now=now,
        )


def mute(
    store: Store,
    *,
    site: SiteCode,
    by: PersonCode,
    workstation: Workstation,
    seconds: int,
    now: datetime,
) -> None:
    """Write down who muted the sound of his console, and for how long.

    :raises NotReadable: longer than a minute, or no time at all.
    """
    if not 0 < seconds <= MOST_MUTED_SECONDS:
        raise NotReadable(f"sound is muted for at most {MOST_MUTED_SECONDS} seconds")
    store.journal.lock(site)
    entry = SoundMuted(workstation=workstation, seconds=seconds)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)


def look(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Ask whether anybody is there, and call whoever must come; return watches looked at."""
    store.journal.lock(site)
    due = store.seats.due(site, now, limit=limit)
    if not due:
        return 0
    standing = roster.standing(store, site=site, at=now)
    for watch in due:
        if watch.trouble is Trouble.NOBODY_PRESENT:
            store.seats.keep_watch(_look_for_somebody(store, watch, standing, now=now))
        else:
            _look_at_console(store, watch, standing, now=now)
    return len(due)


def acknowledge(
    store: Store, *, site: SiteCode, number: int, by: PersonCode, now: datetime
) -> Summons:
    """Say that one has read a summons.

    :raises NotFound: no such summons for this person.
    """
    store.journal.lock(site)
    return store.seats.acknowledge(site, number, person=by, now=now)


def allowed(times: Monitoring, hour: int) -> timedelta:
    """Return for how long nobody need be seen at an hour of the site's clock: pure."""
    by_day = NIGHT_ENDS <= hour < NIGHT_BEGINS
    return times.presence if by_day else times.presence_at_night


def _since(before: Seat | None, trouble: Trouble, now: datetime) -> datetime:
    return (before.since(trouble) if before is not None else None) or now


def _watch_own(store: Store, seat: Seat, trouble: Trouble) -> None:
    """Begin or end the watch over what a console says of itself."""
    since = seat.since(trouble)
    watch = store.seats.watch(seat.site, seat.workstation, trouble)
    if since is None and watch is not None:
        store.seats.end_watch(watch)
    elif since is not None and watch is None:
        store.seats.keep_watch(
            SeatWatch(
                site=seat.site,
                workstation=seat.workstation,
                trouble=trouble,
                look_at=since + timedelta(seconds=CALLS_SECONDS * store.speed),
                asked_at=None,
                called_at=None,
            )
        )


def _taken(store: Store, site: SiteCode, *, by: PersonCode, now: datetime) -> None:
    """Let a lapse end: somebody is there. The first sign ever begins the watch."""
    watch = store.seats.watch(site, ANY_SEAT, Trouble.NOBODY_PRESENT)
    if watch is not None and watch.asked_at is None:
        return  # when its time comes the tick asks for the last sign itself
    if watch is not None:
        store.journal.append(site, THE_SITE, SeatTaken(), at=now, by=by)
    store.seats.keep_watch(
        SeatWatch(
            site=site,
            workstation=ANY_SEAT,
            trouble=Trouble.NOBODY_PRESENT,
            look_at=now + _allowed(store, site, now),
            asked_at=None,
            called_at=None,
        )
    )


def _look_for_somebody(
    store: Store, watch: SeatWatch, standing: Standing, *, now: datetime
) -> SeatWatch:
    site = watch.site
    if not standing.on_duty(Role.OPERATOR):
        again = now + timedelta(seconds=AGAIN_SECONDS * store.speed)
        return replace(watch, asked_at=None, look_at=again)
    last = max(store.seats.last_present(site) or now, _duty_began(standing))
    if watch.asked_at is None:
        until = last + _allowed(store, site, now)
        if until > now:
            return replace(watch, look_at=until)
        entry = SeatDeserted(since_at=moment.text(last))
        store.journal.append(site, THE_SITE, entry, at=now)
        calls_at = now + timedelta(seconds=CALLS_SECONDS * store.speed)
        return replace(watch, asked_at=now, look_at=calls_at)
    _call(store, watch, standing, now=now)
    return replace(watch, called_at=now, look_at=None)


def _duty_began(standing: Standing) -> datetime:
    """Return when the latest duty at the centre began: before it nobody had to be there."""
    return max(
        duty.begins_at
        for duty in standing.duties
        if duty.begins_at <= standing.at < duty.ends_at
        and standing.posts[duty.row.post].role is Role.OPERATOR
    )


def _look_at_console(store: Store, watch: SeatWatch, standing: Standing, *, now: datetime) -> None:
    seat = store.seats.find(watch.site, watch.workstation)
    gone = now - timedelta(seconds=HEARD_SECONDS * store.speed)
    if seat is None or seat.since(watch.trouble) is None or seat.told_at < gone:
        store.seats.end_watch(watch)
        return
    _call(store, watch, standing, now=now)
    store.seats.keep_watch(replace(watch, called_at=now, look_at=None))


def _call(store: Store, watch: SeatWatch, standing: Standing, *, now: datetime) -> None:
    """Call the captain; where the office has none, the General Group supervisor."""
    people = _called_in(standing, Role.CAPTAIN) or _called_in(
        standing, Role.GENERAL_GROUP_SUPERVISOR
    )
    summons = store.seats.summon(watch.site, people, watch.trouble, now=now)
    entry = SeatCalled(
        trouble=watch.trouble.value,
        workstation=watch.workstation or None,
        people=tuple(people),
        summons=tuple(map(str, summons)),
    )
    store.journal.append(watch.site, THE_SITE, entry, at=now)


def _called_in(standing: Standing, role: Role) -> Sequence[PersonCode]:
    return [one.person for one in standing.called_in([role])]


def _allowed(store: Store, site: SiteCode, now: datetime) -> timedelta:
    hour = now.astimezone(store.sites.zone(site)).hour
    return allowed(store.rules_of(site).policy.monitoring, hour) * store.speed
