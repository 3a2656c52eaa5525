"""One look at the store on behalf of one person: facts in, answers out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from api.schemas.issue import EscalationOut, IssueOut, IssueRow, ReviewRow
from api.schemas.notice import NoticeOut
from api.schemas.pause import PauseOut
from api.schemas.refs import PersonRef
from api.schemas.report import ReportOut
from api.schemas.review import ReviewOut
from api.schemas.values import Sentence
from api.views import hints, ladder, pauses, pictures
from api.views.directory import Directories, Directory
from api.views.issue import facts
from api.views.report import Telling, report_out
from core.escalation import sentence
from core.escalation import service as escalation
from core.facts.days import SiteDays
from core.facts.device import SiteCode
from core.facts.evidence import Picture
from core.facts.issue import Caller, Issue, IssueNumber
from core.facts.pause import Pause
from core.facts.people import PersonCode
from core.facts.repeat import ToldBefore
from core.facts.report import Report, ReportNumber
from core.facts.review import Review
from core.repeats import service as repeats
from core.store.escalations import Fired
from core.store.notices import Notice
from core.store.store import Store
from core.verification import service as verification

Seen = Mapping[IssueNumber, Sequence[Picture]]
Ladders = Mapping[IssueNumber, escalation.Ladder]


@dataclass(kw_only=True)
class Views:
    """Turns facts into answers; each noun is fetched once for all of them."""

    store: Store
    site: SiteCode
    me: PersonCode
    now: datetime
    directories: Directories

    @cached_property
    def names(self) -> Directory:
        """The names behind codes."""
        return self.directories.of(self.store, self.site)

    def report(self, report: Report) -> ReportOut:
        """Return one report."""
        return self.reports([report])[0]

    def reports(self, reports: Sequence[Report]) -> list[ReportOut]:
        """Return reports, in the order given."""
        issues = self.store.issues.several(self.site, {report.issue for report in reports})
        ladders = self._ladders(list(issues.values()))
        return self._reports(reports, issues, ladders, self._pictures(issues))

    def issue(self, issue: Issue) -> IssueOut:
        """Return one issue with its ladder and its tellings."""
        number = issue.number
        ladders = self._ladders([issue])
        reports = self.store.reports.of_issue(self.site, number)
        called = self._called([number])
        steps = ladder.steps(
            ladders[number],
            self.store.escalations.of_issues(self.site, [number])[number],
            people=lambda key: called.get((number, key), []),
            named=self.names.some_person,
            policy=self.store.rules_of(self.site).policy,
            now=self.now,
        )
        first = reports[0] if reports else None
        seen = self._pictures([number])
        return IssueOut(
            **facts(
                issue, ladders[number], first, self._told_before([number]).get(number), self.names
            ),
            steps=steps,
            reports=self._reports(reports, {number: issue}, ladders, seen),
            pictures=[pictures.picture_out(one, self.names) for one in seen.get(number, ())],
            review=self._last_review(number),
            pauses=[self.pause(one) for one in ladders[number].pauses],
        )

    def rows(self, issues: Sequence[Issue]) -> list[IssueRow]:
        """Return lines of the register, in the order given."""
        return self._rows(issues, self._ladders(issues))

    def upcoming(self, issues: Sequence[Issue]) -> list[EscalationOut]:
        """Return the next step of each issue, in the order given."""
        ladders = self._ladders(issues)
        return [
            EscalationOut(
                issue=row,
                step=ladder.waiting_step(ladders[issue.number].waiting[0], now=self.now),
            )
            for issue, row in zip(issues, self._rows(issues, ladders), strict=True)
            if ladders[issue.number].waiting
        ]

    def fired(self, fired: Sequence[Fired]) -> list[EscalationOut]:
        """Return steps that fired, in the order given."""
        issues = self.store.issues.several(self.site, {one.issue for one in fired})
        rows = {row.number: row for row in self.rows(list(issues.values()))}
        called = self._called(issues)
        return [
            EscalationOut(
                issue=rows[one.issue],
                step=ladder.fired_step(
                    one,
                    people=called.get((one.issue, one.step), []),
                    named=self.names.some_person,
                    policy=self.store.rules_of(self.site).policy,
                ),
            )
            for one in fired
        ]

    def pause(self, pause: Pause) -> PauseOut:
        """Return one pause as this person sees it."""
        return pauses.pause_out(pause, self.names, me=self.me)

    def review(self, review: Review) -> ReviewOut:
        """Return one review as this person sees it."""
        comparison = verification.comparison_of(self.store, review)
        return pictures.review_out(review, comparison, self.names, me=self.me, now=self.now)

    def reviews(self, reviews: Sequence[Review]) -> list[ReviewRow]:
        """Return reviews with their issues and pictures, in the order given."""
        issues = self.store.issues.several(self.site, {review.issue for review in reviews})
        rows = {row.number: row for row in self.rows(list(issues.values()))}
        seen = self._pictures(issues)
        return [
            ReviewRow(
                review=self.review(review),
                issue=rows[review.issue],
                pictures=[
                    pictures.picture_out(one, self.names) for one in seen.get(review.issue, ())
                ],
            )
            for review in reviews
        ]

    def notices(self, notices: Sequence[Notice]) -> list[NoticeOut]:
        """Return notices, each with the reason why its person is called in."""
        issues = self.store.issues.several(self.site, {notice.issue for notice in notices})
        ladders = self._ladders(list(issues.values()))
        return [
            NoticeOut(
                id=notice.id,
                issue=notice.issue,
                step=notice.step,
                to=self.names.person(notice.person),
                reason=self._reason(ladders[notice.issue], notice.step),
                at=notice.at,
                acknowledged_at=notice.acknowledged_at,
            )
            for notice in notices
        ]

    def _told_before(self, issues: Collection[IssueNumber]) -> Mapping[IssueNumber, ToldBefore]:
        return repeats.told_before(self.store, site=self.site, issues=issues)

    def _pictures(self, issues: Collection[IssueNumber]) -> Seen:
        return self.store.pictures.of_issues(self.site, issues)

    def _last_review(self, issue: IssueNumber) -> ReviewOut | None:
        found = self.store.reviews.of_issues(self.site, [issue]).get(issue)
        return self.review(found[-1]) if found else None

    def _ladders(self, issues: Sequence[Issue]) -> Ladders:
        return escalation.ladders(self.store, site=self.site, issues=issues, now=self.now)

    def _called(
        self, issues: Collection[IssueNumber]
    ) -> dict[tuple[IssueNumber, str], list[PersonRef]]:
        return {
            key: [self.names.person(code) for code in people]
            for key, people in self.store.notices.of_issues(self.site, issues).items()
        }

    @cached_property
    def _days(self) -> SiteDays:
        return self.store.rules_of(self.site).days(self.store.sites.zone(self.site))

    def _reason(self, stands: escalation.Ladder, key: str) -> Sentence:
        """Say why a step called somebody in; of another policy's step, where the issue stands."""
        step = next((step for step in stands.climb if step.key == key), None)
        said = sentence.of_step(step, days=self._days) if step is not None else stands.sentence
        return Sentence(zh=said.zh, en=said.en)

    def _rows(self, issues: Sequence[Issue], ladders: Ladders) -> list[IssueRow]:
        first: dict[IssueNumber, Report] = {}
        numbers = [issue.number for issue in issues]
        for report in self.store.reports.of_issues(self.site, numbers):
            first.setdefault(report.issue, report)
        hops = self.store.relays.of_reports(self.site, [one.number for one in first.values()])
        before = self._told_before(numbers)
        rows: list[IssueRow] = []
        for issue in issues:
            telling = first.get(issue.number)
            rows.append(
                IssueRow(
                    **facts(
                        issue,
                        ladders[issue.number],
                        telling,
                        before.get(issue.number),
                        self.names,
                    ),
                    channel=telling.channel if telling else None,
                    relays_count=len(hops.get(telling.number, ())) if telling else 0,
                )
            )
        return rows

    def _reports(
        self,
        reports: Sequence[Report],
        issues: Mapping[IssueNumber, Issue],
        ladders: Ladders,
        seen: Seen,
    ) -> list[ReportOut]:
        hops = self.store.relays.of_reports(self.site, [report.number for report in reports])
        near = hints.of_reports(self.store, self.site, reports, self.names)
        places = {report.place for report in reports if report.place is not None}
        open_at = self.store.issues.open_at(self.site, places)
        joined = self._who_joined(reports)
        explained = self.store.folds.count_under(self.site, [one.number for one in reports])
        before = self._told_before(issues)
        return [
            report_out(
                Telling(
                    report=report,
                    issue=issues[report.issue],
                    sentence=ladders[report.issue].sentence,
                    caller=joined.get(report.number, issues[report.issue].caller),
                    relays=hops.get(report.number, ()),
                    hints=near.get(report.number, ()),
                    open_at=open_at.get(report.place, 0) if report.place is not None else 0,
                    pictures=[
                        pictures.picture_out(one, self.names)
                        for one in seen.get(report.issue, ())
                        if one.report == report.number
                    ],
                    explains=explained.get(report.number, 0),
                    told_before=before.get(report.issue),
                ),
                self.names,
                me=self.me,
                now=self.now,
            )
            for report in reports
        ]

    def _who_joined(self, reports: Sequence[Report]) -> dict[ReportNumber, Caller | None]:
        """Return who told those of them that were put to an issue which was known already."""
        mergers = self.store.mergers.into(self.site, {report.issue for report in reports})
        moved = {number for one in mergers for number in one.reports}
        joined = [report.number for report in reports if report.number in moved]
        told = self.store.reporters.of_reports(self.site, joined) if joined else {}
        return {number: told.get(number) for number in joined}
