"""Floor plans that the office draws or uploads, and where devices hang on them (features B12)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from core.errors import NotAllowedNow, NotFound
from core.facts.device import DeviceCode, SiteCode
from core.facts.journal import PlanChanged
from core.facts.people import PersonCode
from core.facts.plan import Drawing, Plan, PlanCode, Spot
from core.store.database import Database
from core.store.journal import THE_SITE
from core.store.store import Store

#: A site has at most so many: they are all shown side by side.
MOST_PLANS = 200


def keep(database: Database, *, site: SiteCode, drawing: Drawing) -> None:
    """Let a drawing's bytes be durable, before anything speaks of them."""
    with database.read() as store:
        store.blobs.add(_shelf(site), _hash(drawing), drawing.content)


def whole(database: Database, *, site: SiteCode, code: PlanCode) -> tuple[bytes, str]:
    """Return a plan's drawing as it was kept, and its media type.

    :raises NotFound: no such plan here, or its drawing is gone.
    """
    with database.read() as store:
        plan = store.plans.find(site, code)
        content = store.blobs.read(_shelf(site), plan.sha256)
    if content is None or hashlib.sha256(content).hexdigest() != plan.sha256:
        raise NotFound("the drawing is not there, or not what it was")
    return content, plan.media_type


def draw(
    store: Store,
    *,
    site: SiteCode,
    code: PlanCode,
    name: str,
    drawing: Drawing,
    by: PersonCode,
    now: datetime,
) -> Plan:
    """Enter a plan, or give one another drawing; devices keep their spots.

    :raises NotAllowedNow: the site has as many plans as anybody can look through.
    """
    store.journal.lock(site)
    known = {one.code: one for one in store.plans.all(site)}
    if code not in known and len(known) >= MOST_PLANS:
        raise NotAllowedNow(f"a site has at most {MOST_PLANS} plans")
    was = known.get(code)
    plan = Plan(
        site=site,
        code=code,
        name=name,
        sha256=_hash(drawing),
        media_type=drawing.media_type,
        width=drawing.width,
        height=drawing.height,
        spots=was.spots if was is not None else {},
    )
    return _write(store, was, plan, by=by, now=now)


def hang(
    store: Store,
    *,
    site: SiteCode,
    code: PlanCode,
    name: str,
    spots: Mapping[DeviceCode, Spot],
    by: PersonCode,
    now: datetime,
) -> Plan:
    """Name a plan, and say where on it which devices hang: these, and no others.

    :raises NotFound: no such plan or device at this site.
    """
    store.journal.lock(site)
    was = store.plans.find(site, code)
    unknown = sorted(set(spots) - {one.device.code for one in store.sites.devices(site)})
    if unknown:
        raise NotFound(f"device {unknown[0]!r} is not known here")
    return _write(store, was, replace(was, name=name, spots=dict(spots)), by=by, now=now)


def remove(store: Store, *, site: SiteCode, code: PlanCode, by: PersonCode, now: datetime) -> None:
    """Take a plan down; the journal says what it was.

    :raises NotFound: no such plan at this site.
    """
    store.journal.lock(site)
    was = store.plans.find(site, code)
    store.plans.remove(site, code)
    entry = PlanChanged(plan=code, before=said(was), after=None)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)


def said(plan: Plan) -> str:
    """Return what the journal says of a plan."""
    spots = {device: asdict(spot) for device, spot in sorted(plan.spots.items())}
    told = {"name": plan.name, "sha256": plan.sha256, "spots": spots}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _write(store: Store, was: Plan | None, plan: Plan, *, by: PersonCode, now: datetime) -> Plan:
    if was == plan:
        return plan
    store.plans.write(plan)
    before = said(was) if was is not None else None
    entry = PlanChanged(plan=plan.code, before=before, after=said(plan))
    store.journal.append(plan.site, THE_SITE, entry, at=now, by=by)
    return plan


def _hash(drawing: Drawing) -> str:
    return hashlib.sha256(drawing.content).hexdigest()


def _shelf(site: SiteCode) -> SiteCode:
    """Return where a site's drawings lie: beside its evidence, which is deleted in time."""
    return SiteCode(f"{site}/plans")
