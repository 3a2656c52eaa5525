"""Reports (报事): the queue of the monitoring centre, claims, calls and relays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.device import CallKey, DeviceCode, EventType, SiteCode
from core.facts.issue import IssueNumber, Status
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.report import (
    Back,
    BackWhy,
    CallState,
    Channel,
    Claim,
    Means,
    Offer,
    Parked,
    Relay,
    Report,
    ReportClass,
    ReportNumber,
    SentBack,
    StormNumber,
)
from core.facts.storm import Storm
from core.store import bulk, counters, tables
from core.store.among import among

_t = tables.report
_relay = tables.relay


class Reports:
    """Every SQL statement about a report."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def numbers(self, site: SiteCode, many: int) -> range:
        """Take the next numbers for reports."""
        return counters.take(self._connection, site, "report", many=many)

    def add(self, reports: Sequence[Report]) -> None:
        """Insert new reports."""
        bulk.add(self._connection, _t, [_row(report) for report in reports])

    def add_relays(self, site: SiteCode, report: ReportNumber, relays: Iterable[Relay]) -> None:
        """Insert the hops of a telling, in order."""
        rows = [
            {
                "site": site,
                "report": report,
                "ordinal": ordinal,
                "by_person": relay.by_person,
                "by_name": relay.by_name,
                "role": relay.role.value if relay.role else None,
                "to_name": relay.to_name,
                "means": relay.means.value,
                "told_at": relay.told_at,
            }
            for ordinal, relay in enumerate(relays, start=1)
        ]
        if rows:
            self._connection.execute(sa.insert(_relay), rows)

    def find(self, site: SiteCode, number: ReportNumber) -> Report:
        """Return one report.

        :raises NotFound: no such report at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.number == number))
        if not found:
            raise NotFound(f"report {number} is not known here")
        return found[0]

    def unseen(self, site: SiteCode, numbers: Collection[ReportNumber]) -> list[Report]:
        """Return those of these reports that no console has shown yet, by number."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.number.in_(sorted(numbers)), _t.c.shown_at.is_(None))
            .order_by(_t.c.number)
        )

    def shown(self, site: SiteCode, numbers: Collection[ReportNumber], *, now: datetime) -> None:
        """Note when reports were first shown."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, _t.c.number.in_(sorted(numbers)))
            .values(shown_at=now)
        )

    def several(
        self, site: SiteCode, numbers: Collection[ReportNumber]
    ) -> dict[ReportNumber, Report]:
        """Return these reports by number; what is not known here is left out."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.number.in_(sorted(numbers)))
        return {report.number: report for report in self._found(query)}

    def queue(
        self,
        site: SiteCode,
        *,
        limit: int | None = None,
        after: ReportNumber | None = None,
        issues: Collection[IssueNumber] | None = None,
    ) -> list[Report]:
        """Return what stands before the operators: priority, then the oldest first.

        What is folded under a storm or another trouble does not stand there by itself.

        :param after: go on behind this report's place, whether it still stands there or not.
        :param issues: only of these.
        :raises NotFound: there is no such report to go on behind.
        """
        query = sa.select(_t).where(
            _t.c.site == site,
            _t.c.queued.is_(True),
            _t.c.storm.is_(None),
            _t.c.under.is_(None),
        )
        if issues is not None:
            query = query.where(_t.c.issue.in_(sorted(issues)))
        if after is not None:
            last = self.find(site, after)
            query = query.where(
                sa.tuple_(_t.c.priority, _t.c.told_at, _t.c.number)
                > sa.tuple_(
                    sa.literal(last.priority, _t.c.priority.type),
                    sa.literal(last.told_at, _t.c.told_at.type),
                    sa.literal(last.number, _t.c.number.type),
                )
            )
        return self._found(query.order_by(_t.c.priority, _t.c.told_at, _t.c.number).limit(limit))

    def queued(self, site: SiteCode) -> int:
        """Return how many reports stand before the operators."""
        count = self._connection.scalar(
            sa.select(sa.func.count())
            .select_from(_t)
            .where(_t.c.site == site, _t.c.queued.is_(True))
        )
        return count or 0

    def forwarded(self, site: SiteCode) -> int:
        """Return how many of them wait for the desk to accept."""
        issue = tables.issue
        count = self._connection.scalar(
            sa.select(sa.func.count())
            .select_from(_t)
            .join(issue, (issue.c.site == _t.c.site) & (issue.c.number == _t.c.issue))
            .where(
                _t.c.site == site,
                _t.c.queued.is_(True),
                issue.c.status == Status.FORWARDED.value,
            )
        )
        return count or 0

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Report]:
        """Return the tellings of an issue, oldest first."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue).order_by(_t.c.number)
        )

    def of_issues(self, site: SiteCode, issues: Collection[IssueNumber]) -> list[Report]:
        """Return the tellings of several issues, oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.issue.in_(sorted(issues)))
            .order_by(_t.c.number)
        )

    def by_call(self, site: SiteCode, keys: Collection[CallKey]) -> dict[CallKey, Report]:
        """Return the reports that these calls have opened."""
        found: dict[CallKey, Report] = {}
        wanted = sorted(keys)
        for start in range(0, len(wanted), 5_000):
            for report in self._found(
                sa.select(_t).where(
                    _t.c.site == site, _t.c.call_key.in_(wanted[start : start + 5_000])
                )
            ):
                assert report.call_key is not None
                found[report.call_key] = report
        return found

    def standing(self, site: SiteCode, devices: Collection[DeviceCode]) -> list[Report]:
        """Return queued reports of these devices that no call opened, oldest first."""
        return self._found(
            sa.select(_t)
            .where(
                _t.c.site == site,
                _t.c.device.in_(sorted(devices)),
                _t.c.queued.is_(True),
                _t.c.call_key.is_(None),
            )
            .order_by(_t.c.number)
        )

    def queued_at(self, site: SiteCode, devices: Collection[DeviceCode]) -> list[Report]:
        """Return what stands before the operators from these devices."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.device.in_(sorted(devices)), _t.c.queued.is_(True))
            .order_by(_t.c.number)
        )

    def received_since(self, site: SiteCode, since: datetime) -> list[Report]:
        """Return what devices opened from a moment on, by number: read backwards from the end."""
        found: list[Report] = []
        before: int | None = None
        while True:
            query = sa.select(_t).where(_t.c.site == site, _t.c.device.is_not(None))
            if before is not None:
                query = query.where(_t.c.number < before)
            page = self._found(query.order_by(_t.c.number.desc()).limit(1_000))
            found += [report for report in page if report.received_at >= since]
            if not page or page[-1].received_at < since:
                return found[::-1]
            before = page[-1].number

    def fold(
        self,
        storm: Storm,
        reports: Collection[ReportNumber],
        *,
        since: datetime,
        now: datetime,
        classes: Collection[ReportClass],
    ) -> frozenset[ReportNumber]:
        """Put under a storm what came from a moment on and nobody has touched; return which."""
        site, found = storm.site, among(_t.c.number, reports)
        folded = self._connection.scalars(
            sa.update(_t)
            .where(
                _t.c.site == site,
                found,
                _t.c.queued.is_(True),
                _t.c.received_at >= since,
                _t.c.cls.in_(sorted(one.value for one in classes)),
                _t.c.storm.is_(None),
                _t.c.completed_at.is_(None),
                _t.c.parked_until.is_(None),
                _t.c.claimed_until.is_(None) | (_t.c.claimed_until <= now),
            )
            .values(storm=storm.number, version=_t.c.version + 1)
            .returning(_t.c.number)
        )
        return frozenset(ReportNumber(number) for number in folded)

    def folded(
        self,
        site: SiteCode,
        storm: StormNumber,
        *,
        devices: Collection[DeviceCode] | None = None,
    ) -> list[Report]:
        """Return what stands under a storm, by number; only of these devices if any are named."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.storm == storm, _t.c.queued.is_(True))
        if devices is not None:
            query = query.where(_t.c.device.in_(sorted(devices)))
        return self._found(query.order_by(_t.c.number))

    def count_folded(self, site: SiteCode, storms: Collection[StormNumber]) -> dict[int, int]:
        """Return how many reports stand under each of these storms."""
        query = (
            sa.select(_t.c.storm, sa.func.count())
            .where(_t.c.site == site, _t.c.storm.in_(sorted(storms)), _t.c.queued.is_(True))
            .group_by(_t.c.storm)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def under(self, site: SiteCode, report: ReportNumber) -> list[Report]:
        """Return what stands under a report, by number."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.under == report, _t.c.queued.is_(True))
        return self._found(query.order_by(_t.c.number))

    def count_under(
        self, site: SiteCode, reports: Collection[ReportNumber]
    ) -> dict[ReportNumber, int]:
        """Return how many stand under each of these reports; none are left out."""
        query = (
            sa.select(_t.c.under, sa.func.count())
            .where(_t.c.site == site, _t.c.under.in_(sorted(reports)), _t.c.queued.is_(True))
            .group_by(_t.c.under)
        )
        return {ReportNumber(row[0]): row[1] for row in self._connection.execute(query)}

    def unfold(self, site: SiteCode, numbers: Collection[ReportNumber], *, queued: bool) -> None:
        """Let reports stand by themselves from now on, or leave the queue."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == site, among(_t.c.number, numbers))
            .values(storm=None, queued=queued, version=_t.c.version + 1)
        )

    def ringing_since(self, site: SiteCode | None, before: datetime, *, limit: int) -> list[Report]:
        """Return calls that still ring though they began before ``before``."""
        query = sa.select(_t).where(
            _t.c.call_state == sa.literal_column("'ringing'"), _t.c.told_at <= before
        )
        if site is not None:
            query = query.where(_t.c.site == site)
        return self._found(query.order_by(_t.c.told_at, _t.c.number).limit(limit))

    def change(self, report: Report, **values: Any) -> Report:
        """Set columns of a report and return it as it then stands."""
        row = self._connection.execute(
            sa.update(_t)
            .where(_t.c.site == report.site, _t.c.number == report.number)
            .values(version=_t.c.version + 1, **values)
            .returning(_t)
        ).mappings()
        return _report(row.one())

    def hold(self, report: Report) -> Report:
        """Write who has a report, as this fact says: claim, park, offer, and why it is back."""
        return self.change(report, **_hold(report))

    def sites_to_look_at(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a lease, a park or an offer has run out."""
        query = sa.select(_t.c.site).where(_t.c.look_at.is_not(None), _t.c.look_at <= now)
        return [
            SiteCode(code)
            for code in self._connection.scalars(query.distinct().order_by(_t.c.site))
        ]

    def due(self, site: SiteCode, now: datetime, *, limit: int) -> list[Report]:
        """Return reports whose hold may have run out, the earliest first."""
        query = sa.select(_t).where(
            _t.c.site == site, _t.c.look_at.is_not(None), _t.c.look_at <= now
        )
        return self._found(query.order_by(_t.c.look_at, _t.c.number).limit(limit))

    def held_by(self, site: SiteCode, person: PersonCode) -> list[Report]:
        """Return what somebody claimed last and still stands in the queue, by number."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.queued.is_(True), _t.c.claimed_by == person)
            .order_by(_t.c.number)
        )

    def relays(
        self, site: SiteCode, reports: Collection[ReportNumber]
    ) -> dict[ReportNumber, list[Relay]]:
        """Return the hops of several reports, each in order."""
        hops: dict[ReportNumber, list[Relay]] = {}
        for row in self._connection.execute(
            sa.select(_relay)
            .where(_relay.c.site == site, _relay.c.report.in_(sorted(reports)))
            .order_by(_relay.c.report, _relay.c.ordinal)
        ):
            hops.setdefault(ReportNumber(row.report), []).append(
                Relay(
                    by_name=row.by_name,
                    to_name=row.to_name,
                    means=Means(row.means),
                    told_at=row.told_at,
                    by_person=PersonCode(row.by_person) if row.by_person else None,
                    role=Role(row.role) if row.role else None,
                )
            )
        return hops

    def _found(self, query: sa.Select[Any]) -> list[Report]:
        return [_report(row) for row in self._connection.execute(query).mappings()]


def _row(report: Report) -> dict[str, Any]:
    return {
        "site": report.site,
        "number": report.number,
        "issue": report.issue,
        "channel": report.channel.value,
        "cls": report.cls.value,
        "priority": report.priority,
        "queued": report.queued,
        "event_type": report.event_type.value if report.event_type else None,
        "device": report.device,
        "subject": report.subject,
        "place": report.place,
        "told_at": report.told_at,
        "received_at": report.received_at,
        "times_told": report.times_told,
        "late": report.late,
        "call_key": report.call_key,
        "call_state": report.call_state.value if report.call_state else None,
        "answered_at": report.answered_at,
        "ended_at": report.ended_at,
        "words": report.words,
        "shown_at": report.shown_at,
        "completed_at": report.completed_at,
        "version": report.version,
        "storm": report.storm,
        "under": report.under,
        **_hold(report),
    }


def _hold(report: Report) -> dict[str, Any]:
    claim, parked, back, offer = report.claim, report.parked, report.back, report.offer
    ends = [one.until for one in (claim, parked, offer) if one is not None]
    return {
        "claimed_by": claim.by if claim else None,
        "claimed_until": claim.until if claim else None,
        "parked_until": parked.until if parked else None,
        "parked_by": parked.by if parked else None,
        "parked_reason": parked.reason if parked else None,
        "parks": report.parks,
        "back_why": back.why.value if back else None,
        "back_by": back.by if back else None,
        "back_at": back.at if back else None,
        "offered_to": offer.to if offer else None,
        "offered_by": offer.by if offer else None,
        "offered_until": offer.until if offer else None,
        "look_at": min(ends, default=None),
    }


def _report(row: Mapping[Any, Any]) -> Report:
    return Report(
        site=SiteCode(row["site"]),
        number=ReportNumber(row["number"]),
        issue=IssueNumber(row["issue"]),
        channel=Channel(row["channel"]),
        cls=ReportClass(row["cls"]),
        priority=row["priority"],
        queued=row["queued"],
        event_type=EventType(row["event_type"]) if row["event_type"] else None,
        device=DeviceCode(row["device"]) if row["device"] is not None else None,
        subject=row["subject"],
        place=PlaceCode(row["place"]) if row["place"] is not None else None,
        told_at=row["told_at"],
        received_at=row["received_at"],
        times_told=row["times_told"],
        late=row["late"],
        call_key=CallKey(row["call_key"]) if row["call_key"] is not None else None,
        call_state=CallState(row["call_state"]) if row["call_state"] else None,
        answered_at=row["answered_at"],
        ended_at=row["ended_at"],
        words=row["words"],
        shown_at=row["shown_at"],
        completed_at=row["completed_at"],
        returned=SentBack(
            reason=row["returned_reason"], by=row["returned_by"], at=row["returned_at"]
        )
        if row["returned_at"]
        else None,
        claim=Claim(by=PersonCode(row["claimed_by"]), until=row["claimed_until"])
        if row["claimed_by"]
        else None,
        version=row["version"],
        parked=Parked(
            until=row["parked_until"], by=PersonCode(row["parked_by"]), reason=row["parked_reason"]
        )
        if row["parked_until"]
        else None,
        parks=row["parks"],
        back=Back(why=BackWhy(row["back_why"]), by=PersonCode(row["back_by"]), at=row["back_at"])
        if row["back_at"]
        else None,
        offer=Offer(
            to=PersonCode(row["offered_to"]),
            by=PersonCode(row["offered_by"]),
            until=row["offered_until"],
        )
        if row["offered_until"]
        else None,
        storm=StormNumber(row["storm"]) if row["storm"] is not None else None,
        under=ReportNumber(row["under"]) if row["under"] is not None else None,
    )
