"""A power cut and a thunderstorm: what many devices say at once, and how the centre deals with it.

The devices are those of the wiring: where it says what feeds what, a supply fails, and what hangs
on it stands under its row; all stations flutter in the lightning, and an operator calls the roll.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from core.desk import service as desk
from core.facts.catalogue import CategoryCode
from core.facts.device import DeviceCode, DeviceEvent, EventId, EventType, Source, System
from core.facts.issue import Caller, CallerKind
from core.facts.people import Role
from core.facts.report import Cause, Completion, Report
from core.facts.storm import Then
from core.monitoring import roll_call
from core.monitoring import service as monitoring
from core.monitoring.intake import receive
from core.monitoring.roll_call import Ticking
from core.store.store import Store
from front.history.ending import Handling
from front.history.office import Office

#: So often a contact flutters while the lightning strikes, and so fast.
_STRIKES, _EVERY = 24, timedelta(seconds=2)
_DRY = timedelta(minutes=20)


def power_cut(office: Office, store: Store, at: datetime) -> None:
    """Let what feeds the most devices fail; what hangs on it falls silent one after the other."""
    parents = store.sites.parents(office.site)
    fed = Counter(parents.values())
    if not fed:
        return
    feeds = min(fed, key=lambda code: (-fed[code], code))
    below = sorted(code for code, parent in parents.items() if parent == feeds)
    _say(office, store, at, EventType.HOST_FAULT, [feeds])
    for n, device in enumerate(below, start=1):
        moment = at + timedelta(seconds=20 * n)
        office.later(moment, partial(_hear, office, EventType.DEVICE_SILENT, [device]))
    office.later(at + timedelta(minutes=3), partial(_send, office, feeds))
    office.later(at + timedelta(minutes=50), partial(_mended, office, feeds, below))


def thunder(office: Office, store: Store, at: datetime) -> None:
    """Let every station's contact flutter; once it is dry, an operator calls the roll."""
    stations = [
        one.device.code
        for one in store.sites.devices(office.site)
        if one.device.system is System.ACCESS_CONTROL
    ]
    for n in range(_STRIKES):
        strike = partial(_hear, office, EventType.ALARM_RAISED, stations)
        office.later(at + n * _EVERY, strike)
    dry = at + _DRY
    office.later(dry, None)
    office.later(dry + timedelta(minutes=1), partial(_call_roll, office, stations[:2]))


def _call_roll(office: Office, doubtful: Sequence[DeviceCode], store: Store, at: datetime) -> None:
    """Let two be looked at by somebody; all others were the lightning."""
    site, by = office.site, office.first(Role.OPERATOR)
    for storm in store.storms.page(site, limit=1, before=None):
        looked_at = Ticking(then=Then.WORK, devices=frozenset(doubtful))
        roll_call.tick(store, site=site, storm=storm.number, ticking=looked_at, by=by, now=at)
        lightning = Ticking(
            then=Then.DISMISS, cause=Cause.FALSE_ALARM, reason="雷击误报，已逐台核对"
        )
        roll_call.tick(store, site=site, storm=storm.number, ticking=lightning, by=by, now=at)
    for report in store.reports.standing(site, set(doubtful)):
        if report.event_type is EventType.ALARM_RAISED:
            monitoring.claim(store, site=site, report=report.number, by=by, now=at)
            monitoring.dismiss(
                store,
                site=site,
                report=report.number,
                by=by,
                cause=Cause.FALSE_ALARM,
                reason="已到现场查看，设备正常",
                now=at + timedelta(seconds=40),
            )


def _send(office: Office, device: DeviceCode, store: Store, at: datetime) -> None:
    """Let an operator forward the cut, and the desk send somebody, who sees to it in an hour."""
    site = office.site
    for report in store.reports.standing(site, {device}):
        if report.event_type is EventType.HOST_FAULT:
            _forward(office, store, report, at)
            agent, to = office.first(Role.DESK_AGENT), office.first(Role.ENGINEER)
            desk.accept(store, site=site, issue=report.issue, by=agent, now=at)
            desk.assign(
                store,
                site=site,
                issue=report.issue,
                by=agent,
                to=to,
                promised_at=at + timedelta(hours=4),
                now=at,
            )
            office.later(at + timedelta(minutes=57), Handling(office, report.issue, None))


def _forward(office: Office, store: Store, report: Report, at: datetime) -> None:
    site, operator = office.site, office.first(Role.OPERATOR)
    device = store.sites.device(site, report.device) if report.device is not None else None
    assert device is not None  # the wiring names it
    completion = Completion(
        caller=Caller(kind=CallerKind.STAFF, person=operator),
        place=device.device.place,
        category=CategoryCode("door_device"),
        words="弱电井电源断电，门口机和电梯对讲同时失联",
    )
    monitoring.claim(store, site=site, report=report.number, by=operator, now=at)
    monitoring.complete(
        store, site=site, report=report.number, by=operator, completion=completion, now=at
    )
    monitoring.forward(store, site=site, report=report.number, by=operator, now=at)


def _mended(
    office: Office, feeds: DeviceCode, below: Sequence[DeviceCode], store: Store, at: datetime
) -> None:
    _say(office, store, at, EventType.HOST_RESTORED, [feeds])
    _say(office, store, at, EventType.DEVICE_BACK, below)


def _hear(
    office: Office, kind: EventType, devices: Sequence[DeviceCode], store: Store, at: datetime
) -> None:
    _say(office, store, at, kind, devices)


def _say(
    office: Office, store: Store, at: datetime, kind: EventType, devices: Sequence[DeviceCode]
) -> None:
    """Let devices say one thing each, as their gateway tells it."""
    known = {one.device.code: one.device for one in store.sites.devices(office.site)}
    events = [
        DeviceEvent(
            event_id=EventId(f"history-{kind}-{at.isoformat()}"),
            source=Source(office.site, known[code].system, code),
            type=kind,
            occurred_at=at,
            time_estimated=True,
        )
        for code in devices
    ]
    receive(store, events, now=at)
