"""The customer's own verdict by a link that works once, without a log-in (H8)."""

import hashlib
import secrets
from datetime import datetime

from core.errors import LinkUsed, NotAllowedNow, NotFound
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.feedback import Asked, FeedbackKind, Said
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.journal import CustomerAsked, CustomerJudged
from core.facts.people import PersonCode
from core.feedback import policy, service
from core.register import reopening
from core.store.store import Store

_ENDED = frozenset({Status.HANDLED, Status.CLOSED})


def hashed(token: str) -> str:
    """Return by what a token is known: it is kept nowhere itself."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, now: datetime
) -> tuple[str, Asked]:
    """Make a link's token, and let the ones before it expire.

    :raises NotAllowedNow: nobody says yet that it is handled.
    """
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    if found.status not in _ENDED:
        raise NotAllowedNow(f"issue {issue} is {found.status}: there is nothing to judge yet")
    token = secrets.token_urlsafe(32)
    asked = Asked(
        site=site,
        token_hash=hashed(token),
        issue=issue,
        made_at=now,
        made_by=by,
        expires_at=now + store.rules_of(site).policy.customers.link_lasts,
        used_at=None,
        solved=None,
        rating=None,
        words=None,
    )
    store.verdict_links.withdraw(site, issue, at=now)
    store.verdict_links.add(asked)
    entry = CustomerAsked(expires_at=moment.text(asked.expires_at))
    store.journal.append(site, issue, entry, at=now, by=by)
    return token, asked


def look(store: Store, token: str, *, now: datetime) -> tuple[Asked, Issue]:
    """Return what a link asks about.

    :raises NotFound: nobody made it, or it has expired. :raises LinkUsed: it was used.
    """
    asked = store.verdict_links.find(hashed(token))
    if asked is None:
        raise NotFound("this link is not valid")
    if asked.used_at is not None:
        raise LinkUsed
    if now >= asked.expires_at:
        raise NotFound("this link has expired")
    return asked, store.issues.find(asked.site, asked.issue)


def judge(
    store: Store,
    token: str,
    *,
    solved: bool,
    rating: int | None,
    words: str,
    feedback: FeedbackKind | None,
    now: datetime,
) -> Issue:
    """Take the customer's verdict, once; "not solved" re-opens with the old clock.

    :raises NotFound: nobody made the link, or it has expired. :raises LinkUsed: it was used.
    :raises NotReadable: a rating from nowhere.
    """
    policy.check_rating(rating)
    asked, _ = look(store, token, now=now)
    store.journal.lock(asked.site)
    if not store.verdict_links.use(
        asked, at=now, solved=solved, rating=rating, words=words.strip()
    ):
        raise LinkUsed
    site, number = asked.site, asked.issue
    issue = store.issues.find(site, number)
    entry = CustomerJudged(solved=solved, rating=rating, words=words.strip(), by="link")
    store.journal.append(site, number, entry, at=now)
    if feedback is not None and words.strip():
        customer = issue.caller.customer if issue.caller else None
        name = issue.caller.name if issue.caller else None
        said = Said(
            kind=feedback,
            words=words,
            issue=number,
            person=issue.assigned_to,
            customer=customer,
            name=name,
        )
        service.enter(store, site=site, said=said, by=None, now=now)
    if not solved and issue.status in _ENDED:
        reason = words.strip() or "业主评价：未解决"
        return reopening.reopen(store, site=site, issue=number, by=None, reason=reason, now=now)
    return issue
