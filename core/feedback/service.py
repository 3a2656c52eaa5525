"""The register of feedback, and the return visit (五.2, 五.2(3)①④)."""

from datetime import datetime

from core.errors import Incomplete, NotAllowedNow
from core.facts.device import SiteCode
from core.facts.feedback import (
    Feedback,
    FeedbackKind,
    FeedbackNumber,
    Said,
    Telling,
    Told,
)
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import (
    Aggrieved,
    Complained,
    CustomerJudged,
    FeedbackAnswered,
    Praised,
    ReporterTold,
)
from core.facts.people import PersonCode
from core.facts.promise import CallBack
from core.feedback import policy
from core.register import promising, reopening
from core.store.store import Store

_ENTRY = {
    FeedbackKind.PRAISE: Praised,
    FeedbackKind.COMPLAINT: Complained,
    FeedbackKind.GRIEVANCE: Aggrieved,
}
_ENDED = frozenset({Status.HANDLED, Status.CLOSED})


def enter(
    store: Store, *, site: SiteCode, said: Said, by: PersonCode | None, now: datetime
) -> Feedback:
    """Enter a praise, a complaint or a grievance, tied to whom and what it is about.

    A person's unit goes without saying; nobody's unit is taken from the issue.

    :raises NotFound: an unknown issue, person, unit or customer. :raises Incomplete: no words.
    """
    policy.check(said)
    store.journal.lock(site)
    unit = said.unit
    if said.issue is not None:
        store.issues.find(site, said.issue)
    if said.customer is not None:
        store.customers.find(site, said.customer)
    if said.person is not None:
        unit = store.people.find(site, said.person).unit
    elif unit is not None and unit not in {one.code for one in store.people.units(site)}:
        raise NotAllowedNow(f"unit {unit!r} is not known here")
    within = store.rules_of(site).policy.customers.first_answer
    feedback = store.feedbacks.add(
        site,
        Said(
            kind=said.kind,
            words=said.words.strip(),
            issue=said.issue,
            person=said.person,
            unit=unit,
            customer=said.customer,
            name=said.name,
        ),
        given_at=now,
        by=by,
        due_at=policy.due_at(said.kind, given_at=now, within=within),
    )
    entry = _ENTRY[said.kind](
        feedback=feedback.number,
        words=said.words.strip(),
        person=said.person,
        unit=unit,
        customer=said.customer,
    )
    store.journal.append(site, said.issue or IssueNumber(0), entry, at=now, by=by)
    return feedback


def answer(
    store: Store,
    *,
    site: SiteCode,
    feedback: FeedbackNumber,
    by: PersonCode,
    how: Told,
    words: str,
    now: datetime,
) -> Feedback:
    """Record what the customer was answered; late or not stays in the journal.

    :raises NotFound: no such feedback. :raises NotAllowedNow: it is answered.
    :raises Incomplete: no words.
    """
    if not words.strip():
        raise Incomplete("say what the customer was answered")
    store.journal.lock(site)
    found = store.feedbacks.find(site, feedback)
    if found.answered_at is not None:
        raise NotAllowedNow(f"feedback {feedback} is answered")
    late = found.due_at is not None and now > found.due_at
    entry = FeedbackAnswered(feedback=feedback, how=how.value, words=words.strip(), late=late)
    store.journal.append(site, found.said.issue or IssueNumber(0), entry, at=now, by=by)
    return store.feedbacks.answer(found, at=now, by=by, how=how, words=words.strip())


def tell(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    told: Telling,
    now: datetime,
) -> Issue:
    """Record a return visit: whom, how, what was said, and what he made of it.

    "Not solved" takes the issue up again with the old clock; steps past due fire at once.

    :raises Incomplete: nobody named, or no words. :raises NotReadable: a rating from nowhere.
    :raises NotAllowedNow: he is said to judge what nobody has handled.
    """
    if not told.whom.strip() or not told.words.strip():
        raise Incomplete("a return visit says who was told, and what")
    policy.check_rating(told.rating)
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    judges = told.solved is not None
    if judges and (told.how is Told.NOT_REACHED or found.status not in _ENDED):
        raise NotAllowedNow(f"issue {issue} is {found.status}: there is nothing to judge yet")
    words = told.words.strip()
    entry = ReporterTold(whom=told.whom.strip(), how=told.how.value, words=words)
    store.journal.append(site, issue, entry, at=now, by=by)
    store.visits.add(
        site,
        issue,
        whom=told.whom.strip(),
        how=told.how.value,
        words=words,
        told_at=now,
        by=by,
        solved=told.solved,
        rating=told.rating,
    )
    if told.how is not Told.NOT_REACHED:
        visit = CallBack(whom=told.whom.strip(), how=told.how, words=words, told_at=now, by=by)
        promising.keep_all(store, site, issue, visit, now=now)
    if told.solved is None:
        return store.issues.change(found)
    judged = CustomerJudged(solved=told.solved, words=words, rating=told.rating)
    store.journal.append(site, issue, judged, at=now, by=by)
    if told.solved:
        return store.issues.change(found)
    return reopening.reopen(store, site=site, issue=issue, by=by, reason=words, now=now)
