"""The auditor: proves each cycle, apart from the worker, that no ladder was left standing.

It trusts no due time: it asks the scheme again for every unhandled issue, a slice at a time, and
looks for steps that should have fired or that no row waits for. Its own heartbeat is watched.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.escalation import policy
from core.escalation.climbing import Climbs
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber
from core.facts.ladder import Called
from core.store.store import Store

#: Later than this after it was due, a step counts as missed (PagerDuty's five minutes).
LATE = timedelta(minutes=5)
#: The name under which the auditor gives its sign of life.
HEARTBEAT = "auditor"
#: Silence longer than this, by the real clock, means that nobody audits.
SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An issue whose ladder did not climb as the scheme says."""

    site: SiteCode
    issue: IssueNumber
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What one cycle found, and where the next goes on."""

    checked: int
    findings: tuple[Finding, ...]
    #: The last issue looked at; None: the round is complete.
    upto: tuple[SiteCode, IssueNumber] | None


def audit(
    store: Store,
    *,
    now: datetime,
    after: tuple[SiteCode, IssueNumber] | None = None,
    limit: int = 500,
) -> Audit:
    """Check the unhandled issues after ``after``, and all steps long overdue."""
    issues = store.issues.unhandled(after=after, limit=limit)
    findings = [
        Finding(
            site=issue.site,
            issue=issue.number,
            what=f"a step due {moment.text(issue.next_due_at)} has not fired",
        )
        for issue in store.issues.overdue(now - LATE, limit=limit)
        if issue.next_due_at is not None
    ]
    for site in sorted({issue.site for issue in issues}):
        findings += _check(store, site, [one for one in issues if one.site == site])
    last = issues[-1] if len(issues) == limit else None
    return Audit(
        checked=len(issues),
        findings=tuple(findings),
        upto=(last.site, last.number) if last else None,
    )


def _check(store: Store, site: SiteCode, issues: list[Issue]) -> list[Finding]:
    """Ask the scheme afresh what each issue waits for, and compare with the row."""
    numbers = [issue.number for issue in issues]
    climbs = Climbs(store, site, numbers)
    fired = store.escalations.of_issues(site, numbers)
    findings: list[Finding] = []
    for issue in issues:
        climb = climbs.of(issue)
        called = [Called(key=one.step, to=one.to, at=one.fired_at) for one in fired[issue.number]]
        wanted = policy.next_due_at(climb, status=issue.status, called=called)
        if wanted is not None and (issue.next_due_at is None or issue.next_due_at > wanted):
            waits = moment.text(issue.next_due_at) if issue.next_due_at else "nothing"
            findings.append(
                Finding(
                    site=site,
                    issue=issue.number,
                    what=f"waits for {waits}, but a step is due {moment.text(wanted)}",
                )
            )
    return findings
