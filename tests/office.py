"""The office that stories are told about: people, doors, and a clock that only the story moves."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.desk import service as desk
from core.facts.catalogue import CategoryCode
from core.facts.device import (
    CallKey,
    DeviceCode,
    DeviceEvent,
    EventId,
    EventType,
    Plain,
    SiteCode,
    Source,
    System,
)
from core.facts.feedback import Telling, Told
from core.facts.issue import Caller, CallerKind, Issue, IssueNumber, Outcome, Urgency
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.facts.place import Device, Place, PlaceCode, Site
from core.facts.report import Completion, Report, ReportNumber
from core.feedback import service as feedback
from core.monitoring import service as monitoring
from core.monitoring.intake import Received, receive
from core.store.database import Database
from core.store.journal import Written
from core.tick import Ticked, tick

Answer = TypeVar("Answer")

SITE = SiteCode("garden")
DOOR = DeviceCode("door-3-2")
ZONE = ZoneInfo("Asia/Shanghai")

OPERATOR, SECOND_OPERATOR = PersonCode("operator-1"), PersonCode("operator-2")
AGENT = PersonCode("agent-1")
SUPERVISOR, DIRECTOR = PersonCode("supervisor"), PersonCode("director")
CAPTAIN, GUARD, SQUAD_LEADER = PersonCode("captain"), PersonCode("guard-7"), PersonCode("leader-2")
CLEANER, ENGINEER = PersonCode("cleaner-3"), PersonCode("engineer-1")

_ROLES = {
    OPERATOR: Role.OPERATOR,
    SECOND_OPERATOR: Role.OPERATOR,
    AGENT: Role.DESK_AGENT,
    SUPERVISOR: Role.GENERAL_GROUP_SUPERVISOR,
    DIRECTOR: Role.DIRECTOR,
    CAPTAIN: Role.CAPTAIN,
    GUARD: Role.GUARD,
    SQUAD_LEADER: Role.SQUAD_LEADER,
    CLEANER: Role.CLEANER,
    ENGINEER: Role.ENGINEER,
}


class Office:
    """One site; what the test does to it reads as the story it tells."""

    def __init__(self, database: Database, *, site: SiteCode = SITE) -> None:
        self.database = database
        self.site = site
        #: Friday, 20 November 2026, 10:00 in Shanghai.
        self.now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        self._events = count(1)
        with database.begin() as store:
            store.sites.seed(_wiring(site))
            store.people.seed(site, _units(), _people())

    # --- time ---------------------------------------------------------------------------------

    def at(self, day: date, clock: str) -> None:
        """Set the site's clock; ticks are up to the story."""
        hour, minute = (int(part) for part in clock.split(":"))
        self.now = datetime.combine(day, time(hour, minute), tzinfo=ZONE).astimezone(UTC)

    def fast_forward(self, **by: float) -> Ticked:
        """Let time pass, and whatever it sets off happen."""
        self.now += timedelta(**by)
        return self.tick()

    def tick(self) -> Ticked:
        return tick(self.database, now=self.now)

    # --- devices ------------------------------------------------------------------------------

    def event(
        self,
        kind: EventType = EventType.INTERCOM_RINGING,
        *,
        call: str | None = None,
        device: DeviceCode = DOOR,
        event_id: str | None = None,
        ago: timedelta = timedelta(0),
        late: bool = False,
        stale: bool = False,
        data: Mapping[str, Plain] | None = None,
    ) -> DeviceEvent:
        number = next(self._events)
        return DeviceEvent(
            event_id=EventId(event_id or f"event-{number}"),
            source=Source(self.site, System.ACCESS_CONTROL, device),
            type=kind,
            occurred_at=self.now - ago,
            call=CallKey(call) if call else None,
            late=late,
            stale=stale,
            data=data or {},
        )

    def hears(self, *events: DeviceEvent) -> Received:
        with self.database.begin() as store:
            return receive(store, events, now=self.now)

    def press(self, call: str = "call-1") -> Report:
        """Somebody presses the call button at the door."""
        self.hears(self.event(call=call))
        with self.database.read() as store:
            return store.reports.by_call(self.site, [CallKey(call)])[CallKey(call)]

    # --- people -------------------------------------------------------------------------------

    def hires(
        self, code: str, *roles: Role, unit: str = "office", active: bool = True
    ) -> PersonCode:
        """Somebody new works here, or somebody known is something else from now on."""
        person = Person(
            code=PersonCode(code),
            name=code.replace("-", " "),
            unit=UnitCode(unit),
            roles=frozenset(roles),
            active=active,
        )
        with self.database.begin() as store:
            store.people.seed(self.site, [], [person])
        return person.code

    def queue(self) -> list[Report]:
        with self.database.read() as store:
            return list(monitoring.queue(store, site=self.site))

    def claim(self, report: Report, by: PersonCode = OPERATOR) -> Report:
        return self.does(monitoring.claim, report=report.number, by=by)

    def complete(
        self,
        report: Report,
        *,
        by: PersonCode = OPERATOR,
        caller: Caller | None = None,
        category: str = "street_lamp",
        urgency: Urgency | None = None,
        words: str = "路灯不亮",
        place: str = "3-2",
    ) -> Report:
        return self.does(
            monitoring.complete,
            report=report.number,
            by=by,
            completion=Completion(
                caller=caller or Caller(kind=CallerKind.CUSTOMER, name="1502 住户"),
                place=PlaceCode(place),
                category=CategoryCode(category),
                words=words,
                urgency=urgency,
            ),
        )

    def forward(self, report: Report, by: PersonCode = OPERATOR) -> Report:
        return self.does(monitoring.forward, report=report.number, by=by)

    def forwarded(self, **completion: object) -> IssueNumber:
        """A press that an operator has completed and passed to the desk."""
        report = self.claim(self.press(call=f"call-{next(self._events)}"))
        self.complete(report, **completion)  # type: ignore[arg-type]
        return self.forward(report).issue

    def accepted(self, **completion: object) -> IssueNumber:
        issue = self.forwarded(**completion)
        self.does(desk.accept, issue=issue, by=AGENT)
        return issue

    def handled(self, issue: IssueNumber) -> Issue:
        return self.does(desk.mark_handled, issue=issue, by=AGENT, how="换了灯泡")

    def closed(self, issue: IssueNumber, outcome: Outcome = Outcome.SOLVED) -> Issue:
        found = self.issue(issue)
        if found.caller is not None and found.caller.kind is CallerKind.CUSTOMER:
            self.told(issue)
        return self.does(desk.close, issue=issue, by=AGENT, outcome=outcome, words="已回复")

    def told(self, issue: IssueNumber) -> Issue:
        """The customer is told what became of it."""
        return self.does(
            feedback.tell,
            issue=issue,
            by=AGENT,
            told=Telling(whom="1502 住户", how=Told.TELEPHONE, words="已告知"),
        )

    def reopened(self, issue: IssueNumber) -> Issue:
        return self.does(desk.reopen, issue=issue, by=AGENT, reason="业主说还是不亮")

    def does(self, act: Callable[..., Answer], **said: object) -> Answer:
        with self.database.begin() as store:
            return act(store, site=self.site, now=self.now, **said)

    # --- what the story asks ------------------------------------------------------------------

    def issue(self, number: IssueNumber) -> Issue:
        with self.database.read() as store:
            return store.issues.find(self.site, number)

    def report(self, number: ReportNumber) -> Report:
        with self.database.read() as store:
            return store.reports.find(self.site, number)

    def called_in(self, issue: IssueNumber) -> list[PersonCode]:
        """Who has been told to step in, in the order they were told."""
        with self.database.read() as store:
            notices = [
                notice
                for person in _ROLES
                for notice in store.notices.of_person(self.site, person, limit=100)
                if notice.issue == issue
            ]
        return [notice.person for notice in sorted(notices, key=lambda one: one.id)]

    def journal(self, issue: IssueNumber) -> list[Written]:
        with self.database.read() as store:
            return store.journal.of_issue(self.site, issue)

    def kinds(self, issue: IssueNumber) -> list[str]:
        return [entry.kind for entry in self.journal(issue)]


def _wiring(site: SiteCode) -> Site:
    places = [
        Place(code=PlaceCode("site"), name="示范小区"),
        Place(code=PlaceCode("3"), name="3栋", parent=PlaceCode("site")),
        Place(code=PlaceCode("3-2"), name="2单元", parent=PlaceCode("3")),
    ]
    door = Device(
        code=DOOR,
        system=System.ACCESS_CONTROL,
        name="3栋2单元门口机",
        profile="native",
        address=DOOR,
        place=PlaceCode("3-2"),
    )
    return Site(
        code=site,
        name="示范小区",
        zone="Asia/Shanghai",
        places={place.code: place for place in places},
        devices={DOOR: door},
    )


def _units() -> list[Unit]:
    return [
        Unit(code=UnitCode("office"), name="管理处", kind=UnitKind.OFFICE),
        Unit(code=UnitCode("clean"), name="洁净保洁", kind=UnitKind.SUBCONTRACTOR),
    ]


def _people() -> list[Person]:
    return [
        Person(
            code=code,
            name=code.replace("-", " "),
            unit=UnitCode("clean" if role is Role.CLEANER else "office"),
            roles=frozenset({role}),
        )
        for code, role in _ROLES.items()
    ]
