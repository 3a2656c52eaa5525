"""Whom a proposal is about may object; he is answered before the month closes (五.2)."""

from datetime import datetime

from core.facts.device import SiteCode
from core.facts.journal import Objected, ObjectionAnswered
from core.facts.merit import ObjectionState, Proposal
from core.facts.people import PersonCode
from core.scoring import policy
from core.store.journal import THE_SITE
from core.store.store import Store


def object_to(
    store: Store, *, site: SiteCode, proposal: int, by: PersonCode, words: str, now: datetime
) -> Proposal:
    """Say that a proposal is not right; no month closes before that is answered.

    :raises NotFound: no such proposal. :raises NotPermitted: it is not about him.
    :raises NotAllowedNow: too late, or he has objected. :raises Incomplete: no words.
    """
    store.journal.lock(site)
    found = store.proposals.find(site, proposal)
    policy.check_objection(found, by=store.people.find(site, by), words=words, now=now)
    entry = Objected(proposal=proposal, words=words.strip())
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return store.proposals.change(
        found,
        objection=ObjectionState.OPEN.value,
        objected_by=by,
        objected_at=now,
        objection_words=words.strip(),
    )


def answer(
    store: Store, *, site: SiteCode, proposal: int, by: PersonCode, words: str, now: datetime
) -> Proposal:
    """Answer an objection; what was decided before may be decided once more after it.

    :raises NotFound: no such proposal. :raises NotPermitted: about himself.
    :raises NotAllowedNow: no objection is open. :raises Incomplete: no words.
    """
    store.journal.lock(site)
    found = store.proposals.find(site, proposal)
    policy.check_answer(found, by=store.people.find(site, by), words=words)
    entry = ObjectionAnswered(proposal=proposal, words=words.strip())
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return store.proposals.change(
        found,
        objection=ObjectionState.ANSWERED.value,
        answer=words.strip(),
        answered_by=by,
        answered_at=now,
        reopened=found.decision is not None,
    )
