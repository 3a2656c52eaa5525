"""What no rule sees: a loss that was saved or caused, and proposals made by hand (五.2)."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Incomplete, NotFound
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.journal import LossRecorded
from core.facts.merit import BY_HAND, Consequence, Evidence, Proposal
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode, UnitKind
from core.scoring import policy, rules
from core.scoring.proposing import told
from core.store.journal import THE_SITE
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What somebody proposes by hand, about a person or about a unit."""

    person: PersonCode | None = None
    unit: UnitCode | None = None
    points: int
    consequence: Consequence
    words: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A loss that a person or a unit saved the site, or caused."""

    saved: bool
    #: In cents.
    amount: int
    words: str
    person: PersonCode | None = None
    unit: UnitCode | None = None
    #: Where it happened; None: it has to do with no issue.
    issue: IssueNumber | None = None


def propose(
    store: Store,
    *,
    site: SiteCode,
    what: Suggestion,
    by: PersonCode,
    now: datetime,
) -> Proposal:
    """Propose by hand what no rule would, such as the end of a contract.

    :raises NotFound: no such person, unit or entry. :raises Incomplete: no words, about nobody or
        about two, no evidence, or a consequence that does not fit.
    """
    store.journal.lock(site)
    _about_one(store, site, what.person, what.unit)
    if not what.words.strip():
        raise Incomplete("a proposal says what for")
    if abs(what.points) > policy.MOST_POINTS:
        raise Incomplete(f"no proposal is about more than {policy.MOST_POINTS} points")
    policy.check_fits(what.person, what.consequence)
    known = store.journal.by_seq(site, [one.seq for one in what.evidence])
    for one in what.evidence:
        if one.seq not in known or known[one.seq].issue != one.issue:
            raise NotFound(f"entry {one} is not known here")
    if not what.evidence:
        raise Incomplete("a proposal rests on entries of the journal")
    new = Proposal(
        site=site,
        id=0,
        rule=BY_HAND,
        version=None,
        person=what.person,
        unit=what.unit,
        points=what.points,
        consequence=what.consequence,
        zh=what.words.strip(),
        en=what.words.strip(),
        evidence=tuple(what.evidence),
        month=MonthCode(f"{now.astimezone(store.sites.zone(site)):%Y-%m}"),
        proposed_at=now,
        proposed_by=by,
        objection_until=now + rules.in_force(store, site=site).objection,
    )
    # Two of one moment are two; only rules propose the same thing once.
    key = f"{BY_HAND}:{store.journal.last_seq(site)}"
    kept = store.proposals.add(new, key=key)
    assert kept is not None
    store.journal.append(site, THE_SITE, told(kept), at=now, by=by)
    return kept


def record_loss(
    store: Store,
    *,
    site: SiteCode,
    loss: Loss,
    by: PersonCode,
    now: datetime,
) -> None:
    """Write down that a loss was saved or caused; a rule proposes what follows from it.

    :raises NotFound: no such person, unit or issue. :raises Incomplete: no words, no amount, about
        nobody or about two.
    """
    store.journal.lock(site)
    _about_one(store, site, loss.person, loss.unit)
    if not loss.words.strip() or loss.amount <= 0:
        raise Incomplete("a loss has an amount, and words that say what it was")
    entry = LossRecorded(
        sort="saved" if loss.saved else "caused",
        amount=loss.amount,
        person=loss.person,
        unit=loss.unit,
        words=loss.words.strip(),
    )
    store.journal.append(site, loss.issue or THE_SITE, entry, at=now, by=by)


def _about_one(
    store: Store, site: SiteCode, person: PersonCode | None, unit: UnitCode | None
) -> None:
    if (person is None) == (unit is None):
        raise Incomplete("it is about a person or about a unit")
    if person is not None:
        store.people.find(site, person)
        return
    found = next((one for one in store.people.units(site) if one.code == unit), None)
    if found is None:
        raise NotFound(f"unit {unit!r} is not known here")
    if found.kind is not UnitKind.SUBCONTRACTOR:
        raise Incomplete("the office is judged in its people, not as a unit")
