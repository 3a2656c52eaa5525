"""The review of recordings: asked for by rule and by lot, decided by somebody else."""

import json
from datetime import datetime

from core.errors import NotFound
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.evidence import Comparison
from core.facts.issue import IssueNumber
from core.facts.journal import ReviewAsked, Reviewed
from core.facts.people import PersonCode
from core.facts.review import Review, ReviewState, Verdict
from core.register import reopening
from core.store.journal import Written
from core.store.store import Store
from core.verification import policy

#: The name of this stage's cursor.
STAGE = "verification"
_READ = frozenset({"handled", "reopened", "picture_attached"})


def ask(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Read what happened since the last time; return entries read.

    A claim "handled" may come to the queue, one that was taken back leaves it, and once both
    pictures of a claim are there, the machine is asked to compare them.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=_READ, limit=limit)
    for entry in entries:
        if entry.kind == "handled":
            _claimed(store, entry, now)
        elif entry.kind == "reopened":
            _taken_back(store, entry)
        elif entry.kind == "picture_attached":
            _compare(store, entry, now)
    return len(entries)


def queue(store: Store, *, site: SiteCode, limit: int, after: int | None = None) -> list[Review]:
    """Return the open reviews, the one whose recording goes first at the top."""
    return store.reviews.queue(site, limit=limit, after=after)


def comparison_of(store: Store, review: Review) -> Comparison | None:
    """Return the comparison that was asked for a review."""
    if review.comparison is None:
        return None
    return store.comparisons.find(review.site, review.comparison)


def decide(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    verdict: Verdict,
    reason: str,
    now: datetime,
) -> Review:
    """Say what the recordings show; "not handled" takes the issue up again with the old clock.

    Agreement with the machine is recorded for its calibration; the machine never decides.

    :raises NotFound: nobody is asked about this issue. :raises NotPermitted: the handler himself.
    :raises NotAllowedNow: the claim does not stand any more. :raises Incomplete: no reason.
    """
    store.journal.lock(site)
    review = store.reviews.open_of(site, issue)
    if review is None:
        raise NotFound(f"issue {issue} waits for no review")
    policy.check(review, store.issues.find(site, issue), by=by, reason=reason)
    by_machine = policy.machine(comparison_of(store, review))
    agreed = policy.agreed(verdict, by_machine)
    entry = Reviewed(
        verdict=verdict.value,
        reason=reason.strip(),
        by_machine=by_machine.value if by_machine is not None else None,
        agreed=agreed,
    )
    store.journal.append(site, issue, entry, at=now, by=by)
    decided = store.reviews.change(
        review,
        state=ReviewState.DECIDED.value,
        verdict=verdict.value,
        reason=reason.strip(),
        decided_by=by,
        decided_at=now,
        agreed=agreed,
    )
    if verdict is Verdict.NOT_HANDLED:
        reopening.reopen(store, site=site, issue=issue, by=by, reason=reason.strip(), now=now)
    return decided


def _claimed(store: Store, claim: Written, now: datetime) -> None:
    site, number = claim.site, claim.issue
    issue = store.issues.find(site, number)
    checked = store.rules_of(site).policy.verification
    why = policy.wanted(issue, policy=checked, drawn=claim.hash)
    if why is None or issue.handled_at != claim.at or store.reviews.open_of(site, number):
        return
    cameras = policy.covering(
        issue.place, places=store.sites.places(site), cameras=store.sites.cameras(site)
    )
    if not cameras:
        return
    on_the_spot = json.loads(claim.body).get("on_the_spot", False)
    handlers = policy.handlers(issue, said_by=claim.by, on_the_spot=on_the_spot)
    due_at, overwritten_at = policy.dates(claim.at, cameras=cameras, policy=checked, now=now)
    store.reviews.add(
        site,
        number,
        why=why,
        handled_at=claim.at,
        handlers=handlers,
        now=now,
        due_at=due_at,
        overwritten_at=overwritten_at,
    )
    asked = ReviewAsked(
        why=why.value,
        due_at=moment.text(due_at),
        overwritten_at=moment.text(overwritten_at),
        handlers=tuple(sorted(handlers)),
    )
    store.journal.append(site, number, asked, at=now)


def _taken_back(store: Store, entry: Written) -> None:
    review = store.reviews.open_of(entry.site, entry.issue)
    if review is not None and review.handled_at <= entry.at:
        store.reviews.change(review, state=ReviewState.WITHDRAWN.value)


def _compare(store: Store, entry: Written, now: datetime) -> None:
    review = store.reviews.open_of(entry.site, entry.issue)
    if review is None or review.comparison is not None:
        return
    pictures = store.pictures.of_issues(entry.site, [entry.issue]).get(entry.issue, [])
    found = policy.pair(pictures, handled_at=review.handled_at)
    if found is None:
        return
    before, after = found
    assert before.sha256 is not None
    assert after.sha256 is not None
    number = store.comparisons.ask(
        entry.site,
        entry.issue,
        camera=before.camera,
        before=before.sha256,
        after=after.sha256,
        now=now,
    )
    store.reviews.change(review, comparison=number, camera=before.camera)
