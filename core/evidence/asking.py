"""Asking for pictures: the journal is read behind a cursor, and what it tells of wants pictures."""

import json
from collections.abc import Sequence
from datetime import datetime

from core.evidence import policy
from core.evidence.policy import Cover
from core.facts.device import SiteCode
from core.facts.evidence import Asked, Want, WantKind
from core.facts.place import PlaceCode
from core.facts.report import ReportNumber
from core.store.journal import Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "evidence"
#: Things that one answer lists.
_MOST = 100

_TOLD = frozenset({"opened", "told", "completed"})
_CLAIMED = frozenset({"handled"})


def ask(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what happened since the last time and ask for its pictures; return entries read.

    Run twice it asks for nothing twice: the cursor moves in the same transaction. Where there
    are no cameras nothing is read, however much happens.
    """
    store.journal.lock(site)
    cameras = store.sites.cameras(site)
    entries = store.cursors.read(site, STAGE, kinds=_TOLD | _CLAIMED, limit=limit if cameras else 0)
    # A centre that comes up after days must not ask for what no ring holds any more.
    fresh = [entry for entry in entries if now - entry.at < policy.GIVE_UP]
    if fresh:
        cover = Cover(store.sites.places(site), cameras)
        asked = _about_reports(store, site, fresh, cover) + _about_claims(store, site, fresh, cover)
        store.pictures.ask(site, asked, now=now, give_up_at=now + policy.GIVE_UP)
    return len(entries)


def wants(store: Store, *, site: SiteCode, now: datetime) -> list[Want]:
    """Return what gateways of a site are to do: pictures whose moment has come, comparisons.

    Listed until it is answered, so that nothing is lost with a gateway that dies.
    """
    pictures = [
        Want(
            id=f"p{one.id}",
            kind=WantKind.PICTURE,
            camera=one.camera,
            moment=one.moment,
            label=one.label,
        )
        for one in store.pictures.wanted(site, now=now, limit=_MOST)
    ]
    return pictures + _comparisons(store, site)


def _comparisons(store: Store, site: SiteCode) -> list[Want]:
    """Return the comparisons that are wanted, each with the region of the issue's place."""
    wanted = store.comparisons.wanted(site, limit=_MOST)
    if not wanted:
        return []
    cover = Cover(store.sites.places(site), store.sites.cameras(site))
    numbers = {one.issue for one in wanted}
    issues = store.issues.several(site, numbers)
    taken_at = {
        (one.camera, one.sha256): one.taken_at
        for pictures in store.pictures.of_issues(site, numbers).values()
        for one in pictures
    }
    return [
        Want(
            id=f"c{one.id}",
            kind=WantKind.COMPARISON,
            camera=one.camera,
            moment=one.asked_at,
            before=one.before,
            after=one.after,
            before_at=taken_at.get((one.camera, one.before)),
            after_at=taken_at.get((one.camera, one.after)),
            region=cover.region(one.camera, issues[one.issue].place),
        )
        for one in wanted
    ]


def _about_reports(
    store: Store, site: SiteCode, entries: Sequence[Written], cover: Cover
) -> list[Asked]:
    told = (json.loads(entry.body) for entry in entries if entry.kind in _TOLD)
    places = [(ReportNumber(body["report"]), body.get("place")) for body in told]
    numbers = {number for number, _ in places}
    if not numbers:
        return []
    reports = store.reports.several(site, numbers)
    wanted = [
        asked
        for number, place in places
        if (report := reports.get(number)) is not None
        for asked in policy.about_report(
            report, cover, place=PlaceCode(place) if place else report.place, speed=store.speed
        )
    ]
    return policy.not_asked(wanted, store.pictures.cameras_asked(site, numbers))


def _about_claims(
    store: Store, site: SiteCode, entries: Sequence[Written], cover: Cover
) -> list[Asked]:
    claims = [entry for entry in entries if entry.kind in _CLAIMED]
    issues = store.issues.several(site, {entry.issue for entry in claims}) if claims else {}
    return [
        asked
        for entry in claims
        for asked in policy.about_claim(
            entry.issue, issues[entry.issue].place, cover, handled_at=entry.at
        )
    ]
