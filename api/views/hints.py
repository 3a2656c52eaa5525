"""Cards and faces seen near a call: who may be calling (ruling under 五.1(1))."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from api.schemas.report import Hint, Method
from api.views.directory import Directory
from core.facts.device import DeviceCode, DeviceEvent, Plain, SiteCode
from core.facts.report import Report, ReportNumber
from core.monitoring.policy import HINT_SECONDS
from core.store.store import Store

#: Under which names a door tells whom it saw, the most telling first. A card's number never
#: leaves its gateway, and its hash says nothing to an operator.
_WHO = ("name", "holder", "who", "room", "employee", "employee_id", "user_id")

_METHODS: Mapping[Plain, Method] = {method.value: method for method in Method}


def of_reports(
    store: Store, site: SiteCode, reports: Sequence[Report], directory: Directory
) -> dict[ReportNumber, list[Hint]]:
    """Return, for each call, whom its door saw about that time, the nearest first."""
    calls = [
        (report, report.device)
        for report in reports
        if report.call_key is not None and report.device is not None
    ]
    near = timedelta(seconds=HINT_SECONDS * store.speed)
    seen: dict[DeviceCode, list[DeviceEvent]] = {}
    for event in store.device_events.credentials_near(
        site, {(device, call.told_at) for call, device in calls}, within=near
    ):
        seen.setdefault(event.source.device, []).append(event)
    return {
        call.number: sorted(
            (
                _hint(event, call, directory)
                for event in seen.get(device, ())
                if abs(event.occurred_at - call.told_at) <= near
            ),
            key=lambda hint: abs(hint.seconds),
        )
        for call, device in calls
    }


def _hint(event: DeviceEvent, call: Report, directory: Directory) -> Hint:
    granted = event.data.get("granted")
    return Hint(
        who=_who(event.data),
        method=_method(event.data),
        granted=granted if isinstance(granted, bool) else None,
        seconds=round((call.told_at - event.occurred_at).total_seconds()),
        device=directory.device(event.source.device),
        at=event.occurred_at,
    )


def _who(data: Mapping[str, Plain]) -> str | None:
    said = (data.get(key) for key in _WHO)
    return next((str(value) for value in said if value not in (None, "")), None)


def _method(data: Mapping[str, Plain]) -> Method:
    for said in (data.get("credential"), data.get("method")):
        if said in _METHODS:
            return _METHODS[said]
    return Method.CARD if "card_hash" in data else Method.OTHER
