"""What desk agents do with issues, from acceptance to the end, and back again."""

from dataclasses import replace
from datetime import datetime

from core.desk import policy
from core.errors import Incomplete
from core.facts import moment
from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.issue import CallerKind, Issue, IssueNumber, Outcome, Status, Urgency
from core.facts.journal import (
    Accepted,
    Assigned,
    Closed,
    Entry,
    FirstReporterCorrected,
    Forwarded,
    Handled,
    Noted,
    Reclassified,
    SentBack,
)
from core.facts.lifecycle import after
from core.facts.people import PersonCode
from core.facts.playbook import Room
from core.facts.report import Telling
from core.register import arming, playbook, promising, reopening, return_visit
from core.register.telling import open_telling
from core.store.store import Store


def register(
    store: Store, *, site: SiteCode, telling: Telling, by: PersonCode, now: datetime
) -> Issue:
    """Enter what somebody tells the desk directly; the desk has it at once.

    :raises NotReadable: hops out of order, or told in the future. :raises NotFound: unknown codes.
    :raises Incomplete: no words, no place or no category.
    """
    if telling.place is None or telling.category is None:
        raise Incomplete("the register needs a place and a category")
    issue, report = open_telling(store, site=site, telling=telling, by=by, now=now)
    store.journal.append(
        site, issue.number, Forwarded(report=report.number), Accepted(), at=now, by=by
    )
    store.reports.change(report, queued=False)
    return store.issues.change(
        issue, status=Status.ACCEPTED.value, forwarded_at=now, accepted_at=now
    )


def accept(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, now: datetime
) -> Issue:
    """Take over what the centre forwarded; only now does it leave the operators' queue.

    :raises NotAllowedNow: it is not waiting for the desk.
    """
    found, status = _step(store, site, issue, Accepted(), by=by, now=now)
    for report in store.reports.of_issue(site, issue):
        store.reports.change(report, queued=False)
    return store.issues.change(found, status=status.value, accepted_at=now)


def send_back(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, reason: str, now: datetime
) -> Issue:
    """Return a report to the centre because something is wrong or missing.

    :raises NotAllowedNow: it is not waiting for the desk. :raises Incomplete: no reason.
    """
    _said(reason, "sending back needs a reason")
    found, status = _step(store, site, issue, SentBack(reason=reason.strip()), by=by, now=now)
    for report in store.reports.of_issue(site, issue):
        store.reports.change(
            report,
            queued=True,
            returned_reason=reason.strip(),
            returned_by=by,
            returned_at=now,
        )
    return store.issues.change(found, status=status.value, forwarded_at=None)


def assign(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    to: PersonCode,
    promised_at: datetime | None,
    now: datetime,
) -> Issue:
    """Send somebody, and keep what was promised to the customer: it enters the ledger once.

    :raises NotFound: an unknown person. :raises NotAllowedNow: it is not at the desk.
    """
    store.people.find(site, to)
    promised = moment.utc(promised_at) if promised_at else None
    entry = Assigned(to=to, promised_at=moment.text(promised) if promised else None)
    found, status = _step(store, site, issue, entry, by=by, now=now)
    assigned = store.issues.change(found, status=status.value, assigned_to=to, promised_at=promised)
    if promised is not None and promised > now:
        _promise(store, assigned, due_at=promised, by=by, now=now)
    return assigned


def _promise(
    store: Store, issue: Issue, *, due_at: datetime, by: PersonCode, now: datetime
) -> None:
    caller = issue.caller
    if caller is None or caller.kind is not CallerKind.CUSTOMER:
        return
    # Somebody else is sent for the same time: that is no second promise.
    known = store.promises.of_issues(issue.site, [issue.number])
    if not any(one.waits and one.due_at == due_at for one in known):
        whom = caller.name or caller.phone or issue.words or str(issue.number)
        promising.promise(store, issue, whom=whom[:200], words="", due_at=due_at, by=by, now=now)


def reclassify(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    category: CategoryCode,
    urgency: Urgency | None,
    reason: str,
    now: datetime,
) -> Issue:
    """Put an issue into another category or urgency; the ladder goes on from the day of report.

    Steps of the new ladder that are past due fire at once, those that have fired stay (五.1(3)).

    :param urgency: as the category says, if nobody says.

    :raises NotFound: no such category. :raises NotAllowedNow: it is not at the desk, or is so
        already. :raises Incomplete: a lower urgency without a reason.
    """
    store.journal.lock(site)
    known, present = store.rules_of(site).category(category), store.issues.find(site, issue)
    wanted = urgency or known.urgency
    policy.check_reclassifying(present, category=category, urgency=wanted, reason=reason)
    entry = Reclassified(
        category=category,
        category_before=present.category,
        urgency=wanted.value,
        urgency_before=present.urgency.value,
        reason=reason.strip() or None,
    )
    found, status = _step(store, site, issue, entry, by=by, now=now)
    due = arming.next_due_at(store, replace(found, urgency=wanted, status=status))
    return store.issues.change(found, category=category, urgency=wanted.value, next_due_at=due)


def mark_handled(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, how: str, now: datetime
) -> Issue:
    """Record that the problem was dealt with; the ladder stands still (五.1(3)).

    :raises NotAllowedNow: it is not at the desk. :raises Incomplete: not said how.
    """
    _said(how, "say how it was handled")
    found, status = _step(store, site, issue, Handled(how=how.strip()), by=by, now=now)
    return store.issues.change(
        found, status=status.value, handled_at=now, handled_how=how.strip(), next_due_at=None
    )


def close(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    outcome: Outcome,
    words: str,
    now: datetime,
) -> Issue:
    """End an issue with its outcome.

    :raises NotAllowedNow: not where it stands, or said to be solved though nobody handled it.
    :raises Incomplete: nobody answers for it, the caller is to be identified, a customer was
        not told what became of it, or no words.
    :raises StepsOpen: required steps are not done. :raises PicturesLacking: it is said to be solved
        without the pictures that its category asks for.
    """
    _said(words, "say how it ended")
    store.journal.lock(site)
    present = store.issues.find(site, issue)
    policy.check_closing(present, outcome)
    return_visit.check_told(store, present)
    playbook.check_steps(store, present, rooms=frozenset(Room))
    if outcome in policy.GONE:
        playbook.check_pictures(store, present)
    entry = Closed(outcome=outcome.value, words=words.strip())
    found, status = _step(store, site, issue, entry, by=by, now=now)
    return store.issues.change(
        found, status=status.value, closed_at=now, outcome=outcome.value, next_due_at=None
    )


def reopen(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, reason: str, now: datetime
) -> Issue:
    """Take up an issue again: with the old clock, so steps already past due fire at once.

    :raises NotAllowedNow: it has not ended. :raises Incomplete: no reason.
    """
    _said(reason, "re-opening needs a reason")
    return reopening.reopen(store, site=site, issue=issue, by=by, reason=reason.strip(), now=now)


def note(
    store: Store, *, site: SiteCode, issue: IssueNumber, by: PersonCode, words: str, now: datetime
) -> Issue:
    """Add a remark that moves nothing.

    :raises Incomplete: no words.
    """
    _said(words, "a remark has words")
    store.journal.lock(site)
    store.journal.append(site, issue, Noted(words=words.strip()), at=now, by=by)
    return store.issues.change(store.issues.find(site, issue))


def correct_first_reporter(
    store: Store,
    *,
    site: SiteCode,
    issue: IssueNumber,
    by: PersonCode,
    person: PersonCode | None,
    name: str | None,
    reason: str,
    now: datetime,
) -> Issue:
    """Correct who reported first, or say at last who the caller was; both names stay (五.2(3)①).

    With ``person`` that member of staff becomes the owner. With ``name`` alone the caller was a
    customer of that name: the owner stays who took the call, and he is identified.

    :raises Incomplete: no reason, or neither a person nor a name. :raises NotFound: unknown person.
    """
    _said(reason, "a correction needs a reason")
    store.journal.lock(site)
    found = store.issues.find(site, issue)
    if person is None and not (name and name.strip()):
        raise Incomplete("say who reported first")
    if found.owner is None:
        raise Incomplete("nobody is named yet; there is nothing to correct")
    owner = store.people.find(site, person).code if person is not None else found.owner
    entry = FirstReporterCorrected(
        before=found.owner, after=owner, reason=reason.strip(), caller_name=name
    )
    store.journal.append(site, issue, entry, at=now, by=by)
    caller = {"caller_kind": "staff", "caller_person": owner, "caller_name": None}
    if person is None:
        caller = {"caller_kind": "customer", "caller_person": None, "caller_name": name}
    return store.issues.change(found, owner=owner, to_be_identified=False, **caller)


def _step(
    store: Store,
    site: SiteCode,
    number: IssueNumber,
    entry: Entry,
    *,
    by: PersonCode,
    now: datetime,
) -> tuple[Issue, Status]:
    store.journal.lock(site)
    issue = store.issues.find(site, number)
    status = after(issue.status, type(entry))
    store.journal.append(site, number, entry, at=now, by=by)
    return issue, status


def _said(text: str, otherwise: str) -> None:
    if not text.strip():
        raise Incomplete(otherwise)
