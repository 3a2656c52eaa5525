"""A sheet of 200 issues, written down by hand, and how an office lives through it.

Times in the sheet are seconds: hops one after the other from the telling; shown, claimed, acted,
accepted and ended from the arrival at the centre.
"""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.desk import service as desk
from core.facts.catalogue import CategoryCode
from core.facts.device import DeviceCode, EventType, System
from core.facts.issue import Caller, CallerKind, IssueNumber, Outcome
from core.facts.journal import Entry, Escalated, PicturesWaived, StepsWaived
from core.facts.people import PersonCode
from core.facts.place import Device, PlaceCode, Site
from core.facts.report import Cause, Channel, Completion, Means, Relay, Report, Telling
from core.monitoring import service as monitoring
from core.monitoring.intake import receive
from core.store.store import Store
from tests.office import AGENT, OPERATOR, SITE, SUPERVISOR, Office

SHEET = Path(__file__).parent / "scheme" / "5_2_3_month.tsv"
ZONE = ZoneInfo("Asia/Shanghai")
DEVICES = {
    "intercom": (EventType.INTERCOM_RINGING, DeviceCode("door-3-2")),
    "fire_phone": (EventType.FIRE_PHONE_CALLING, DeviceCode("fire-host")),
    "device": (EventType.DOOR_FORCED, DeviceCode("door-3-2")),
    "camera": (EventType.SCENE_LAMP_OUT, DeviceCode("camera-1")),
}


@dataclass(frozen=True, kw_only=True)
class Complained(Entry):
    person: str


@dataclass(frozen=True, kw_only=True)
class RepeatFound(Entry):
    of: int
    by: str


@dataclass(frozen=True, kw_only=True)
class Issued:
    """One line of the sheet."""

    no: int
    told: datetime
    channel: str
    caller: str
    who: str
    category: str
    place: str
    hops: tuple[int, ...]
    arrived: int
    shown: int
    claimed: int
    acted: int
    accepted: int
    end: str
    ended: int
    repeat: bool
    complaints: int
    steps: int

    @property
    def by_device(self) -> bool:
        return self.channel in DEVICES

    @property
    def arrival(self) -> datetime:
        return self.told + timedelta(seconds=self.arrived + sum(self.hops))

    def after(self, seconds: int) -> datetime:
        return self.arrival + timedelta(seconds=seconds)


_WHOLE = ["no", "arrived", "shown", "claimed", "acted", "accepted", "ended", "complaints", "steps"]


_WHOLE = ["no", "arrived", "shown", "claimed", "acted", "accepted", "ended", "complaints", "steps"]
_WORDS = ["channel", "caller", "who", "category", "place", "end"]


@cache
def sheet() -> list[Issued]:
    with SHEET.open(encoding="utf-8") as file:
        return [_issued(row) for row in csv.DictReader(file, delimiter="\t")]


def _issued(row: dict[str, str]) -> Issued:
    whole: dict[str, Any] = {name: int(row[name]) for name in _WHOLE}
    words: dict[str, Any] = {name: row[name] for name in _WORDS}
    return Issued(
        **whole,
        **words,
        told=datetime.fromisoformat(row["told"]).replace(tzinfo=ZONE),
        hops=() if row["hops"] == "-" else tuple(int(one) for one in row["hops"].split("+")),
        repeat=row["repeat"] == "yes",
    )


def live(office: Office, *, lines: int = 200) -> None:
    """Let the office live through the first lines of the sheet; then statistics read it."""
    with office.database.begin() as store:
        store.sites.seed(_wiring())
        for one in sheet()[:lines]:
            _live(store, office, one)
    office.now = datetime(2026, 12, 5, 12, tzinfo=ZONE)
    office.tick()


def _wiring() -> Site:
    more = [(DeviceCode("fire-host"), System.FIRE_PHONE), (DeviceCode("camera-1"), System.CCTV)]
    devices = {
        code: Device(
            code=code,
            system=system,
            name=code,
            profile="native",
            address=code,
            place=PlaceCode("3-2"),
        )
        for code, system in more
    }
    return Site(code=SITE, name="示范小区", zone="Asia/Shanghai", devices=devices)


def _live(store: Store, office: Office, one: Issued) -> None:
    report = _called(store, office, one) if one.by_device else _told(store, one)
    issue = report.issue
    # The sheet counts; what playbooks ask for is told elsewhere.
    waived = (
        StepsWaived(reason="见登记表", steps=("all",)),
        PicturesWaived(reason="见登记表", labels=("all",)),
    )
    store.journal.append(SITE, issue, *waived, at=one.after(one.acted), by=SUPERVISOR)
    if one.end == "spot":
        monitoring.handled_on_the_spot(
            store,
            site=SITE,
            report=report.number,
            by=OPERATOR,
            how="当场处理",
            now=one.after(one.ended),
        )
    elif one.end.startswith("dismissed:"):
        monitoring.dismiss(
            store,
            site=SITE,
            report=report.number,
            by=OPERATOR,
            cause=Cause(one.end.partition(":")[2]),
            reason="看过",
            now=one.after(one.acted),
        )
    else:
        monitoring.forward(
            store, site=SITE, report=report.number, by=OPERATOR, now=one.after(one.acted)
        )
        desk.accept(store, site=SITE, issue=issue, by=AGENT, now=one.after(one.accepted))
        _ended(store, one, issue)
    _besides(store, one, issue)


def _called(store: Store, office: Office, one: Issued) -> Report:
    kind, device = DEVICES[one.channel]
    office.now = one.told
    event = office.event(kind, call=f"call-{one.no}", device=device)
    if one.channel == "fire_phone":
        source = type(event.source)(SITE, System.FIRE_PHONE, device)
        event = office.event(kind, call=f"call-{one.no}", device=device)
        event = type(event)(
            event_id=event.event_id,
            source=source,
            type=kind,
            occurred_at=event.occurred_at,
            call=event.call,
        )
    before = {report.number for report in store.reports.queue(SITE)}
    receive(store, [event], now=one.arrival)
    (report,) = (one for one in store.reports.queue(SITE) if one.number not in before)
    number, at = report.number, one.after(one.acted)
    seen = one.after(one.shown)
    monitoring.shown(store, site=SITE, reports=[number], by=OPERATOR, now=seen)
    monitoring.claim(store, site=SITE, report=number, by=OPERATOR, now=one.after(one.claimed))
    _take(store, report, at)
    if not one.end.startswith("dismissed:"):
        completion = Completion(
            caller=_caller(one),
            place=PlaceCode(one.place),
            category=CategoryCode(one.category),
            words="坏了",
        )
        monitoring.complete(
            store, site=SITE, report=number, by=OPERATOR, completion=completion, now=at
        )
    if one.end == "spot":
        _take(store, report, one.after(one.ended))
    return report


def _take(store: Store, report: Report, at: datetime) -> Report:
    """The lease of the claim has run out by then."""
    return monitoring.take_over(
        store, site=SITE, report=report.number, by=OPERATOR, reason="租约到期", now=at
    )


def _told(store: Store, one: Issued) -> Report:
    times = [one.told + timedelta(seconds=sum(one.hops[:n])) for n in range(len(one.hops))]
    telling = Telling(
        channel=Channel(one.channel),
        caller=_caller(one),
        words="坏了",
        told_at=one.told,
        relays=tuple(
            Relay(by_name="甲", to_name="乙", means=Means.TELEPHONE, told_at=at) for at in times
        ),
        place=PlaceCode(one.place),
        category=CategoryCode(one.category),
    )
    report = monitoring.tell(store, site=SITE, telling=telling, by=OPERATOR, now=one.arrival)
    return _take(store, report, one.after(one.ended if one.end == "spot" else one.acted))


def _caller(one: Issued) -> Caller:
    if one.caller == "staff":
        return Caller(kind=CallerKind.STAFF, person=PersonCode(one.who))
    if one.caller == "customer":
        name, _, phone = one.who.partition("|")
        return Caller(kind=CallerKind.CUSTOMER, name=name, phone=phone or None)
    return Caller(kind=CallerKind(one.caller))


def _ended(store: Store, one: Issued, issue: IssueNumber) -> None:
    at = one.after(one.ended)
    if one.end == "open":
        return
    if one.end != "closed:cannot":
        desk.mark_handled(store, site=SITE, issue=issue, by=AGENT, how="修好了", now=at)
    if one.end.startswith("closed:"):
        outcome = Outcome(one.end.partition(":")[2])
        # Told, without the entry that the sheet would have to count.
        store.visits.add(
            SITE,
            issue,
            whom=one.who,
            how="telephone",
            words="已告知",
            told_at=at,
            by=AGENT,
        )
        desk.close(store, site=SITE, issue=issue, by=AGENT, outcome=outcome, words="已回复", now=at)


def _besides(store: Store, one: Issued, issue: IssueNumber) -> None:
    at = one.after(max(one.acted, 60))
    entries: list[Entry] = [
        Escalated(step=f"urgent-{n}", to=("director",), people=(), due_at="", rule="")
        for n in range(one.steps)
    ]
    entries += [Complained(person="guard-7")] * one.complaints
    if one.repeat:
        entries.append(RepeatFound(of=1, by="text"))
    if entries:
        store.journal.append(SITE, issue, *entries, at=at)
