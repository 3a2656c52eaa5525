"""Storms and their roll-calls as the API answers them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from api.schemas.refs import PlaceRef
from api.schemas.storm import (
    BuildingCount,
    KindCount,
    RolledOut,
    StormDevice,
    StormDevicesOut,
    StormOut,
)
from api.views.views import Views
from core.facts.device import DeviceCode, EventType
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.facts.report import Report, ReportNumber
from core.facts.storm import Part, Rolled, Storm

_TAKEN = frozenset({"claimed", "taken_over", "transfer_taken"})


def storms_out(views: Views, storms: Sequence[Storm]) -> list[StormOut]:
    """Return storms as rows, in the order given."""
    numbers = [storm.number for storm in storms]
    if not numbers:
        return []
    parts = views.store.storms.parts(views.site, numbers)
    folded = views.store.folds.count_folded(views.site, numbers)
    devices = {part.device for some in parts.values() for part in some}
    places = views.store.sites.places_of(views.site, devices)
    return [
        _storm_out(views, storm, parts[storm.number], folded.get(storm.number, 0), places)
        for storm in storms
    ]


def devices_out(views: Views, storm: Storm) -> StormDevicesOut:
    """Return a storm by its devices: what has something left to tick first, then by name."""
    parts: dict[DeviceCode, list[Part]] = {}
    for part in views.store.storms.parts(views.site, [storm.number])[storm.number]:
        parts.setdefault(part.device, []).append(part)
    places = views.store.sites.places_of(views.site, parts.keys())
    items = [
        StormDevice(
            device=views.names.device(device),
            place=views.names.place(places.get(device)),
            kinds=_kinds(some),
            events=sum(part.events for part in some),
            folded=sum(part.folded for part in some),
            ticked=sum(part.ticked for part in some),
        )
        for device, some in parts.items()
    ]
    items.sort(key=lambda one: (one.ticked == one.events, one.device.name, one.device.code))
    return StormDevicesOut(storm=storms_out(views, [storm])[0], items=items)


def roll_out(views: Views, lines: Sequence[Rolled]) -> list[RolledOut]:
    """Return lines of a roll-call with their issues, and who saw and took them."""
    numbers = {line.report for line in lines if line.report is not None}
    reports = views.store.reports.several(views.site, numbers)
    saw, took = _seen(views, reports)
    places = views.store.sites.places_of(views.site, {line.device for line in lines})
    return [
        RolledOut(
            number=line.number,
            device=views.names.device(line.device),
            place=_place(views, line, reports, places),
            event_type=line.event_type,
            occurred_at=line.occurred_at,
            received_at=line.received_at,
            report=line.report,
            issue=reports[line.report].issue if line.report in reports else None,
            folded=line.folded,
            shown_to=views.names.some_person(saw.get(line.report)),
            claimed_by=views.names.some_person(took.get(line.report)),
            ticked_at=line.ticked_at,
            ticked_by=views.names.some_person(line.ticked_by),
        )
        for line in lines
    ]


def _storm_out(
    views: Views,
    storm: Storm,
    parts: Sequence[Part],
    folded: int,
    places: Mapping[DeviceCode, PlaceCode],
) -> StormOut:
    buildings: Counter[str | None] = Counter()
    for part in parts:
        buildings[_building(views.names.place(places.get(part.device)))] += part.events
    return StormOut(
        number=storm.number,
        since=storm.since,
        began_at=storm.began_at,
        ended_at=storm.ended_at,
        peak=storm.peak,
        events=storm.events,
        ticked=storm.ticked,
        devices=len({part.device for part in parts}),
        folded=folded,
        kinds=_kinds(parts),
        buildings=[
            BuildingCount(name=name, events=events) for name, events in buildings.most_common()
        ],
    )


def _building(place: PlaceRef | None) -> str | None:
    """Return the name of the place below the root; of what hangs at the root, the root's own."""
    if place is None or not place.path:
        return None
    return place.path[min(1, len(place.path) - 1)]


def _kinds(parts: Iterable[Part]) -> list[KindCount]:
    kinds: Counter[EventType] = Counter()
    for part in parts:
        kinds[part.event_type] += part.events
    return [KindCount(event_type=kind, events=events) for kind, events in kinds.most_common()]


def _place(
    views: Views,
    line: Rolled,
    reports: Mapping[ReportNumber, Report],
    places: Mapping[DeviceCode, PlaceCode],
) -> PlaceRef | None:
    report = reports.get(line.report) if line.report is not None else None
    said = report.place if report is not None else None
    return views.names.place(said or places.get(line.device))


def _seen(
    views: Views, reports: Mapping[ReportNumber, Report]
) -> tuple[dict[int | None, PersonCode], dict[int | None, PersonCode]]:
    """Return, by report, who saw it first and who took it last, as the journal has it."""
    saw: dict[int | None, PersonCode] = {}
    took: dict[int | None, PersonCode] = {}
    entries = views.store.journal.of_issues(
        views.site, {report.issue for report in reports.values()}, kinds=_TAKEN | {"shown"}
    )
    for entry in entries:
        if entry.by is None:
            continue
        report = json.loads(entry.body)["report"]
        if entry.kind == "shown":
            saw.setdefault(report, entry.by)
        else:
            took[report] = entry.by
    return saw, took
