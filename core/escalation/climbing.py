"""The steps of many issues at once: rules and pauses are fetched once, days are counted once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from core.escalation import policy
from core.facts.device import SiteCode
from core.facts.issue import Issue, IssueNumber, Urgency
from core.facts.ladder import DayRung, Step
from core.facts.pause import Pause, times
from core.facts.rules import Rules
from core.store.issues import Due
from core.store.store import Store


class Climbs:
    """Steps of issues of one site, by some rules and by when each issue stood still.

    In a storm all reports of a day fall due together: of ladders that only count days they have
    the same steps, which are then computed once.
    """

    def __init__(
        self,
        store: Store,
        site: SiteCode,
        issues: Collection[IssueNumber],
        *,
        rules: Rules | None = None,
    ) -> None:
        """Fetch what is needed for these; ``rules``: others than those in force, to compare."""
        in_force = rules or store.rules_of(site)
        self._policy = in_force.policy
        self.days = in_force.days(store.sites.zone(site))
        self._pauses = store.pauses.of_issues(site, issues)
        self._only_days = {
            urgency: not self._policy.clock.least
            and all(isinstance(rung, DayRung) for rung in ladder)
            for urgency, ladder in self._policy.ladders.items()
        }
        self._of_a_day: dict[Urgency, tuple[datetime, datetime, tuple[Step, ...]]] = {}

    def pauses(self, issue: IssueNumber) -> Sequence[Pause]:
        """Return what was asked for an issue, in the order of asking."""
        return self._pauses.get(issue, ())

    def of(self, issue: Issue | Due) -> tuple[Step, ...]:
        """Return every step of an issue's ladder, in the order in which they fall due."""
        paused = times(self.pauses(issue.number))
        if paused or not self._only_days[issue.urgency]:
            return policy.steps(
                issue.urgency,
                reported_at=issue.reported_at,
                days=self.days,
                policy=self._policy,
                paused=paused,
            )
        known = self._of_a_day.get(issue.urgency)
        if known is None or not known[0] <= issue.reported_at < known[1]:
            known = self._of_a_day[issue.urgency] = self._day_of(issue)
        return known[2]

    def _day_of(self, issue: Issue | Due) -> tuple[datetime, datetime, tuple[Step, ...]]:
        day = self.days.site_day(issue.reported_at)
        climb = policy.steps(
            issue.urgency, reported_at=issue.reported_at, days=self.days, policy=self._policy
        )
        return self.days.end_of(day - timedelta(days=1)), self.days.end_of(day), climb
