"""Publishing briefings, acknowledging them, and asking again when a playbook has changed."""

from collections.abc import Sequence
from datetime import datetime

from core.errors import NotFound, NotPermitted
from core.facts.briefing import Audience, Briefing, BriefingNumber, BriefingSort, Draft
from core.facts.category import Category
from core.facts.device import SiteCode
from core.facts.journal import BriefingAcknowledged, BriefingPublished
from core.facts.people import Person, PersonCode, Role
from core.store.journal import THE_SITE
from core.store.store import Store
from core.training import policy

#: The name of this stage's cursor.
STAGE = "training"
_READ = frozenset({"catalogue_changed"})
#: What the product itself calls the briefing about playbooks that nobody explains.
_TITLE = "处置步骤 Playbooks"
_CHANGED = "以下问题的处置步骤有变，请重新阅读：\nThese playbooks have changed; read them again:"
#: Administrators look after devices; playbooks are nothing they do.
_WORKING = frozenset(Role) - {Role.ADMINISTRATOR}


def publish(
    store: Store, *, site: SiteCode, draft: Draft, by: PersonCode, now: datetime
) -> Briefing:
    """Publish a briefing; its audience is asked to acknowledge it.

    :raises Incomplete: no title, no words, nobody to know it. :raises NotFound: unknown codes.
    """
    store.journal.lock(site)
    _check(store, site, draft)
    number = store.briefings.number(site)
    return _publish(store, site, number, 1, draft, by=by, now=now)


def revise(
    store: Store,
    *,
    site: SiteCode,
    briefing: BriefingNumber,
    draft: Draft,
    by: PersonCode,
    now: datetime,
) -> Briefing:
    """Publish a new version: everybody is asked again.

    :raises Incomplete: no title, no words, nobody to know it. :raises NotFound: unknown.
    :raises NotPermitted: the product writes this one itself.
    """
    store.journal.lock(site)
    before = store.briefings.newest(site, briefing)
    if BriefingSort.PLAYBOOK in {before.draft.sort, draft.sort}:
        raise NotPermitted("what changed in playbooks is told by the product itself")
    _check(store, site, draft)
    return _publish(store, site, briefing, before.version + 1, draft, by=by, now=now)


def acknowledge(
    store: Store,
    *,
    site: SiteCode,
    briefing: BriefingNumber,
    version: int,
    by: PersonCode,
    now: datetime,
) -> Briefing:
    """Say that one knows a briefing in the version one has read; the first time counts.

    :raises NotFound: no such briefing.
    :raises NotAllowedNow: a newer version was published, or it is not for him.
    """
    store.journal.lock(site)
    found = store.briefings.newest(site, briefing)
    policy.check_acknowledgement(found, store.people.find(site, by), version=version)
    if store.briefings.acknowledge(found, by, now=now):
        entry = BriefingAcknowledged(briefing=briefing, version=version)
        store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return found


def who_has_not(store: Store, briefing: Briefing) -> list[Person]:
    """Return who is still to acknowledge the newest version."""
    known = store.briefings.acknowledged(briefing)
    return policy.who_has_not(briefing, store.people.all(briefing.site), known)


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Look whether a playbook has changed since people were told, and ask again if so.

    The catalogue is compared itself, for a new version of the product may bring another too.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    catalogue = store.rules_of(site).catalogue
    present = policy.digests(catalogue)
    known = store.briefings.known_playbooks(site)
    if known == present:
        return len(entries)
    changed = policy.changed(known, present)
    store.briefings.know_playbooks(site, present)
    if changed:
        _ask_again(store, site, [catalogue[code] for code in changed], now=now)
    return len(entries)


def _ask_again(store: Store, site: SiteCode, changed: Sequence[Category], *, now: datetime) -> None:
    """Publish again whatever explains a changed playbook; the rest in a briefing of our own."""
    codes = {category.code for category in changed}
    present = store.briefings.all_newest(site)
    ours = next((one for one in present if one.draft.sort is BriefingSort.PLAYBOOK), None)
    explaining = [
        one for one in present if one is not ours and codes.intersection(one.draft.categories)
    ]
    for one in explaining:
        _publish(store, site, one.number, one.version + 1, one.draft, by=None, now=now)
    explained = {code for one in explaining for code in one.draft.categories}
    rest = [category for category in changed if category.code not in explained]
    if not rest:
        return
    number = ours.number if ours is not None else store.briefings.number(site)
    version = ours.version + 1 if ours is not None else 1
    _publish(store, site, number, version, _draft_of(rest), by=None, now=now)


def _draft_of(changed: Sequence[Category]) -> Draft:
    names = "\n".join(f"{one.name.zh} / {one.name.en}" for one in changed)
    return Draft(
        sort=BriefingSort.PLAYBOOK,
        title=_TITLE,
        words=f"{_CHANGED}\n{names}",
        audience=Audience(roles=_WORKING),
        categories=tuple(one.code for one in changed),
    )


def _check(store: Store, site: SiteCode, draft: Draft) -> None:
    if draft.sort is BriefingSort.PLAYBOOK:
        raise NotPermitted("what changed in playbooks is told by the product itself")
    policy.check_draft(draft, store.people.all(site))
    for code in draft.categories:
        store.rules_of(site).category(code)
    units = {unit.code for unit in store.people.units(site)}
    for unit in sorted(draft.audience.units - units):
        raise NotFound(f"unit {unit!r} is not known here")


def _publish(
    store: Store,
    site: SiteCode,
    number: BriefingNumber,
    version: int,
    draft: Draft,
    *,
    by: PersonCode | None,
    now: datetime,
) -> Briefing:
    briefing = Briefing(
        site=site, number=number, version=version, draft=draft, by=by, published_at=now
    )
    store.briefings.add(briefing)
    entry = BriefingPublished(briefing=number, version=version, title=draft.title)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return briefing
