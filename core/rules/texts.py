"""The rules as texts: what the product ships, what a site has, and what a text would mean."""

from datetime import datetime

from core.catalogue.catalogue_file import default_text as catalogue_text
from core.errors import BadCatalogue, BadPolicy
from core.escalation.policy_file import default_text as policy_text
from core.facts.device import SiteCode
from core.facts.rules import Edition, RuleKind, Rules
from core.store.store import Store

#: A calendar nobody has entered: every year is Monday to Friday.
_NO_DAYS = "[days]\n"


def shipped(kind: RuleKind) -> str:
    """Return the text that holds where a site has none of its own."""
    if kind is RuleKind.POLICY:
        return policy_text()
    return catalogue_text() if kind is RuleKind.CATALOGUE else _NO_DAYS


def in_force(store: Store, *, site: SiteCode, kind: RuleKind) -> Edition | None:
    """Return a site's own version in force; None: the shipped text is."""
    return next((one for one in store.editions.in_force(site) if one.kind is kind), None)


def next_version(store: Store, *, site: SiteCode, kind: RuleKind) -> int:
    """Return the lowest version that a change may bear."""
    newest = store.editions.all(site, kind, limit=1)
    if newest:
        return newest[0].version + 1
    return store.shipped.policy.version + 1 if kind is RuleKind.POLICY else 1


def read(
    store: Store, *, site: SiteCode, kind: RuleKind, text: str, now: datetime
) -> tuple[int, Rules]:
    """Return what the rules would be with this text in force, and the version it would bear.

    A policy says its version itself, because steps bear it: it must be one that never was.

    :raises BadPolicy: a policy or calendar with mistakes, one line each, or an old version.
    :raises BadCatalogue: likewise a catalogue, or one that drops what issues bear.
    """
    version = next_version(store, site=site, kind=kind)
    others = [one for one in store.editions.in_force(site) if one.kind is not kind]
    new = Edition(kind=kind, version=version, text=text, sha256="", since=now, by=None, reason="")
    candidate = store.shipped.amended([*others, new])
    if kind is RuleKind.POLICY:
        if candidate.policy.version < version:
            raise BadPolicy(f"policy: version: must be {version} or later, steps bear it")
        version = candidate.policy.version
        _check_categories(candidate)
    if kind is RuleKind.CATALOGUE:
        _check_dropped(store, site, candidate)
    return version, candidate


def _check_categories(candidate: Rules) -> None:
    unknown = sorted(candidate.policy.verification.categories - candidate.catalogue.keys())
    if unknown:
        raise BadPolicy(
            "\n".join(
                f"policy: verification.categories: the catalogue has no {code}" for code in unknown
            )
        )


def _check_dropped(store: Store, site: SiteCode, candidate: Rules) -> None:
    dropped = sorted(store.rules_of(site).catalogue.keys() - candidate.catalogue.keys())
    used = store.issues.bearing(site, dropped)
    if used:
        raise BadCatalogue(
            "\n".join(f"catalogue: {code}: issues bear it, so it must stay" for code in used)
        )
