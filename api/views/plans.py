"""Floor plans as the API answers them: devices, their states and reports, and blind spots."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from api.schemas.directory import DeviceState
from api.schemas.plan import BlindOut, CallOut, PlanOut, PlansOut, SpotOut
from api.views.on_test import tested_until
from api.views.views import Views
from core.facts.device import DeviceCode
from core.facts.plan import Plan
from core.facts.report import Report, ReportClass
from core.monitoring import blindness
from core.store.sites import Heard


def plans_out(views: Views) -> PlansOut:
    """Return every plan of the site, and where the site is blind."""
    plans = views.store.plans.all(views.site)
    devices = {one.device.code: one for one in views.store.sites.devices(views.site)}
    hung = sorted({device for plan in plans for device in plan.spots})
    calls: dict[DeviceCode, list[Report]] = defaultdict(list)
    tested = tested_until(views)
    for report in views.store.reports.queued_at(views.site, hung) if hung else ():
        if report.device is not None:
            calls[report.device].append(report)
    return PlansOut(
        items=[_plan(plan, devices, calls, tested, views) for plan in plans],
        blind=blind(list(devices.values()), views),
    )


def blind(devices: Sequence[Heard], views: Views) -> list[BlindOut]:
    """Return whose place nobody hears or sees: its device is silent, or all its cameras are."""
    named = ((views.names.place(place), one) for place, one in blindness.blind(devices))
    return [
        BlindOut(place=place, device=one.device.code, name=one.device.name, since=one.silent_since)
        for place, one in named
        if place is not None
    ]


def _plan(
    plan: Plan,
    devices: Mapping[DeviceCode, Heard],
    calls: Mapping[DeviceCode, Sequence[Report]],
    tested: Mapping[DeviceCode, datetime],
    views: Views,
) -> PlanOut:
    return PlanOut(
        code=plan.code,
        name=plan.name,
        sha256=plan.sha256,
        media_type=plan.media_type,
        width=plan.width,
        height=plan.height,
        spots=[
            SpotOut(
                device=code,
                name=devices[code].device.name,
                system=devices[code].device.system,
                place=views.names.place(devices[code].device.place),
                x=spot.x,
                y=spot.y,
                state=_state(devices[code]),
                silent_since=devices[code].silent_since,
                on_test_until=tested.get(code),
                calls=[_call(one) for one in sorted(calls.get(code, ()), key=_told)],
            )
            for code, spot in plan.spots.items()
            if code in devices
        ],
    )


def _state(heard: Heard) -> DeviceState:
    if heard.silent_since is not None:
        return DeviceState.SILENT
    return DeviceState.NEVER if heard.last_heard_at is None else DeviceState.HEARD


def _call(report: Report) -> CallOut:
    safety = report.cls is ReportClass.LIFE_SAFETY
    return CallOut(report=report.number, issue=report.issue, life_safety=safety)


def _told(report: Report) -> tuple[datetime, int]:
    return report.told_at, report.number
