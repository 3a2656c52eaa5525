"""The rules of reward and punishment in force at a site, and changing them (五.2)."""

from datetime import datetime

from core.errors import BadMeritRules, Incomplete, NotAllowedNow
from core.facts.device import SiteCode
from core.facts.journal import MeritRulesChanged
from core.facts.merit import MeritRules
from core.facts.people import PersonCode
from core.scoring.rules_file import default_text, parse_rules
from core.store.journal import THE_SITE
from core.store.merit_rules import MeritEdition
from core.store.store import Store


def in_force(store: Store, *, site: SiteCode) -> MeritRules:
    """Return the rules that propose now: the site's own, else as shipped.

    :raises BadMeritRules: stored rules that this version of the product cannot read.
    """
    return parse_rules(text(store, site=site), where="rules")


def text(store: Store, *, site: SiteCode) -> str:
    """Return the text of the rules in force."""
    own = store.merit_rules.newest(site)
    return own.text if own is not None else default_text()


def change(
    store: Store,
    *,
    site: SiteCode,
    text: str,
    base: int,
    by: PersonCode,
    reason: str,
    now: datetime,
) -> MeritEdition:
    """Let other rules propose from now on; what was proposed and decided before stays as it is.

    :param base: the version in force that whoever changes it has seen.
    :raises BadMeritRules: mistakes, or a version that is not a later one.
    :raises Incomplete: no reason. :raises NotAllowedNow: somebody else has changed it meanwhile.
    """
    store.journal.lock(site)
    if not reason.strip():
        raise Incomplete("a change of the rules needs a reason")
    present = in_force(store, site=site).version
    if present != base:
        raise NotAllowedNow(f"version {present} is in force by now, not {base}")
    said = parse_rules(text, where="rules")
    if said.version <= present:
        raise BadMeritRules(f"rules:1: version: must be {present + 1} or later")
    edition = store.merit_rules.add(
        site, version=said.version, text=text, by=by, reason=reason.strip(), now=now
    )
    entry = MeritRulesChanged(version=edition.version, sha256=edition.sha256, reason=edition.reason)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return edition
