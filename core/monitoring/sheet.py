"""The handover sheet (交接班表): it builds itself from what stands at this moment (B14)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.facts import moment
from core.facts.device import DeviceCode, SiteCode, System
from core.facts.handover import ShiftNote
from core.facts.issue import Issue, IssueNumber, Status
from core.facts.on_test import OnTest
from core.facts.place import PlaceCode
from core.facts.report import Report, ReportClass
from core.monitoring.blindness import blind
from core.store.sites import Heard
from core.store.store import Store


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the shift leaves to the next, as text, and the alarms that forbid to sign it."""

    #: Canonical JSON: the same state gives the same bytes.
    text: str
    #: Life safety that nobody has claimed.
    forbidding: tuple[Report, ...]

    @property
    def sha256(self) -> str:
        """By what a sheet is known that somebody has read."""
        return digest(self.text)


def digest(text: str) -> str:
    """Return the hash of a sheet's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(told: Mapping[str, Any]) -> str:
    """Return a sheet as it is kept and hashed."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def signed_text(sheet: Sheet, *, number: int, signatures: Mapping[str, Any]) -> str:
    """Return what is kept for good: what both have read, and that they have signed it."""
    return canonical({"number": number, **signatures, "sheet": json.loads(sheet.text)})


def build(store: Store, site: SiteCode, *, now: datetime) -> Sheet:
    """Write down how things stand. Names are as they are called today, for who reads it later."""
    reports = store.reports.queue(site)
    names = _Names.of(store, site)
    issues = store.issues.several(site, {report.issue for report in reports})
    parts = _parts(reports, issues, names, now=now)
    told = {
        "site": {"code": site, "name": store.sites.find(site).name},
        "after": store.handovers.last_number(site),
        **{name: [line for _, line in rows] for name, rows in parts.items()},
        "on_test": [_test(one, names) for one in store.on_tests.running(site, now)],
        "silent": [_silent(one, names) for one in names.devices.values() if one.silent_since],
        "blind": [
            {"place": names.path(place), "device": one.device.name}
            for place, one in blind(list(names.devices.values()))
        ],
        "notes": [_note(one, names) for one in store.handovers.notes(site)],
    }
    life = (row for row, _ in parts["unclaimed"] if row.cls is ReportClass.LIFE_SAFETY)
    return Sheet(text=canonical(told), forbidding=tuple(life))


@dataclass(frozen=True, kw_only=True)
class _Names:
    people: Mapping[str, str]
    places: Mapping[PlaceCode, tuple[str, PlaceCode | None]]
    devices: Mapping[DeviceCode, Heard]

    @classmethod
    def of(cls, store: Store, site: SiteCode) -> "_Names":
        return cls(
            people={one.code: one.name for one in store.people.all(site)},
            places={one.code: (one.name, one.parent) for one in store.sites.places(site)},
            devices={one.device.code: one for one in store.sites.devices(site)},
        )

    def person(self, code: str) -> dict[str, str]:
        return {"code": code, "name": self.people.get(code, code)}

    def device(self, code: DeviceCode) -> str:
        known = self.devices.get(code)
        return known.device.name if known is not None else code

    def path(self, code: PlaceCode | None) -> list[str]:
        """Return the names from the root to a place; a ring in the tree ends the walk."""
        walked: list[PlaceCode] = []
        here = code
        while here is not None and here in self.places and here not in walked:
            walked.append(here)
            here = self.places[here][1]
        return [self.places[one][0] for one in reversed(walked)]


_Rows = list[tuple[Report, dict[str, Any]]]


def _parts(
    reports: Sequence[Report],
    issues: Mapping[IssueNumber, Issue],
    names: _Names,
    *,
    now: datetime,
) -> dict[str, _Rows]:
    """Put each report of the queue where it belongs, in the queue's order."""
    parts: dict[str, _Rows] = {"unclaimed": [], "claimed": [], "parked": [], "at_desk": []}
    for report in reports:
        issue, line = issues[report.issue], _line(report, names)
        holder = report.holder(now)
        if issue.status is Status.FORWARDED:
            forwarded = moment.text(issue.forwarded_at) if issue.forwarded_at else None
            parts["at_desk"].append((report, {**line, "forwarded_at": forwarded}))
        elif issue.status is not Status.REPORTED:
            continue
        elif holder is not None:
            parts["claimed"].append((report, {**line, "holder": names.person(holder)}))
        elif report.parked is not None and report.parked.until > now:
            parked = report.parked
            more = {
                "holder": names.person(parked.by),
                "reason": parked.reason,
                "until_at": moment.text(parked.until),
            }
            parts["parked"].append((report, {**line, **more}))
        else:
            parts["unclaimed"].append((report, line))
    return parts


def _line(report: Report, names: _Names) -> dict[str, Any]:
    return {
        "report": report.number,
        "issue": report.issue,
        "cls": report.cls.value,
        "channel": report.channel.value,
        "event": report.event_type.value if report.event_type is not None else None,
        "device": names.device(report.device) if report.device is not None else None,
        "subject": report.subject,
        "place": names.path(report.place),
        "told_at": moment.text(report.told_at),
        "words": report.words,
        **dict.fromkeys(("holder", "reason", "until_at", "forwarded_at")),
    }


def _test(test: OnTest, names: _Names) -> dict[str, Any]:
    return {
        "devices": [names.device(code) for code in test.devices],
        "place": names.path(test.place),
        "life_safety": test.life_safety,
        "reason": test.reason,
        "by": names.person(test.begun_by),
        "until_at": moment.text(test.until),
    }


def _silent(one: Heard, names: _Names) -> dict[str, Any]:
    assert one.silent_since is not None
    return {
        "device": one.device.name,
        "system": System(one.device.system).value,
        "place": names.path(one.device.place),
        "since": moment.text(one.silent_since),
    }


def _note(note: ShiftNote, names: _Names) -> dict[str, Any]:
    return {"words": note.words, "by": names.person(note.by), "at": moment.text(note.at)}
