"""Wall displays: a leader grants a link that shows counts and nothing else (B17)."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import NotAllowedNow
from core.facts.device import SiteCode
from core.facts.issue import Status
from core.facts.journal import WallGranted, WallRevoked
from core.facts.people import PersonCode
from core.facts.report import Report
from core.facts.wall import Wall, WallNumber
from core.monitoring.holding import said
from core.store.journal import THE_SITE
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a wall display shows of the queue."""

    #: To be dealt with, in the order of the queue.
    waiting: tuple[Report, ...]
    #: Waiting for the desk to accept.
    forwarded: int
    #: Devices that have said nothing for too long.
    silent: int


def grant(
    store: Store, *, site: SiteCode, name: str, token_hash: str, by: PersonCode, now: datetime
) -> Wall:
    """Let a display in, by the hash of a token that only its link bears.

    :raises Incomplete: nobody says where it hangs.
    """
    named = said(name, "say where the display hangs")
    store.journal.lock(site)
    wall = store.walls.grant(site, name=named, token_hash=token_hash, by=by, now=now)
    entry = WallGranted(wall=wall.number, name=wall.name)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return wall


def revoke(
    store: Store, *, site: SiteCode, wall: WallNumber, by: PersonCode, now: datetime
) -> Wall:
    """Let a display's link work no longer.

    :raises NotFound: no such display. :raises NotAllowedNow: it was revoked already.
    """
    store.journal.lock(site)
    found = store.walls.find(site, wall)
    if found.revoked_at is not None:
        raise NotAllowedNow(f"wall {wall} was revoked already")
    entry = WallRevoked(wall=wall, name=found.name)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return store.walls.revoke(found, by=by, now=now)


def standing(store: Store, *, site: SiteCode) -> Standing:
    """Return what stands before the operators, as a display shows it."""
    queue = store.reports.queue(site)
    issues = store.issues.several(site, {report.issue for report in queue})
    open_ = [one for one in queue if issues[one.issue].status is Status.REPORTED]
    return Standing(
        waiting=tuple(open_),
        forwarded=len(queue) - len(open_),
        silent=sum(heard.silent_since is not None for heard in store.sites.devices(site)),
    )
