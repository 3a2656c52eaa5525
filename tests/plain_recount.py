"""A month counted by hand: the journal's rows, read from the first to the last, and nothing else.

It is written from the scheme (一.1, 一.2, 五.2(3)) and the glossary, and imports nothing of the
product. What it comes to has to stand in ``shouwen month``, cell by cell.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PARTS = ("all", "person", "unit", "channel", "category", "place")
#: Nobody calls there: a device or a camera tells by itself.
ALONE = {"device", "camera"}
BY_NAME = {"complained", "aggrieved", "praised", "inspected"}
#: What is counted in the month in which it happened, by the journal's word for it.
HAPPENED = {
    "escalated": "escalations",
    "escalated_by_hand": "escalations_by_hand",
    "follow_up_missed": "missed",
    "copy_overdue": "copies_overdue",
    "alert_unanswered": "alerts_unanswered",
    "complained": "complaints",
    "aggrieved": "grievances",
    "praised": "praises",
    "reporter_told": "told_back",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the journal."""

    seq: int
    issue: int
    kind: str
    at: datetime
    said: Mapping[str, Any]
    by: str | None


@dataclass(kw_only=True)
class Story:
    """What is known of one issue, as far as one has read."""

    told_at: datetime
    arrived_at: datetime
    channel: str
    device: bool
    found_by: str
    hops: int = 0
    customer: str = ""
    person: str = ""
    unit: str = ""
    category: str = ""
    place: str = ""
    unidentified: bool = False
    repeat: bool = False
    accepted_at: datetime | None = None
    #: How it ended and when, since it was opened or re-opened last.
    ends: list[tuple[str, datetime]] = field(default_factory=list)
    on_the_spot: bool = False
    reopened: bool = False
    merged_into: int | None = None


Cells = Counter[tuple[str, str, str]]


@dataclass
class Recount:
    """What one month comes to."""

    #: By dimension, key and measure; what is nothing is not there.
    cells: Cells
    #: Seconds from report to acceptance, by channel and number of hops; three are three or more.
    acceptance: Mapping[tuple[str, int], list[int]]


def recount(
    rows: Iterable[Row], *, month: str, zone: ZoneInfo, units: Mapping[str, str]
) -> Recount:
    """Count one month.

    :param units: for whom each person works now; what the journal says of earlier days wins.
    """
    rows = list(rows)
    stories: dict[int, Story] = {}
    cells: Cells = Counter()
    works_for = _before(rows, units)
    for row in rows:
        if row.kind == "person_changed":
            works_for[row.said["person"]] = json.loads(row.said["after"])["unit"]
        _read(row, stories, works_for)
        _happened(row, stories.get(row.issue), works_for, month=month, zone=zone, cells=cells)
    acceptance: dict[tuple[str, int], list[int]] = defaultdict(list)
    customers: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for number, story in stories.items():
        if _month(story.told_at, zone) == month:
            _tell(number, story, stories, cells, customers)
            if story.accepted_at is not None and story.merged_into is None:
                took = story.accepted_at - story.told_at
                acceptance[story.channel, min(story.hops, 3)].append(_whole_seconds(took))
    for (part, key), told in customers.items():
        cells[part, key, "customers"] = len(told)
        cells[part, key, "repeaters"] = sum(told.values())
    return Recount(Counter({cell: n for cell, n in cells.items() if n}), dict(acceptance))


def _before(rows: list[Row], units: Mapping[str, str]) -> dict[str, str]:
    """For whom people worked before the journal says anything."""
    works_for = dict(units)
    for row in reversed(rows):
        if row.kind == "person_changed" and row.said.get("before"):
            works_for[row.said["person"]] = json.loads(row.said["before"])["unit"]
    return works_for


def _read(row: Row, stories: dict[int, Story], works_for: Mapping[str, str]) -> None:
    said = row.said
    if row.kind in {"opened", "told"}:
        stories[row.issue] = Story(
            told_at=datetime.fromisoformat(said["told_at"]),
            arrived_at=row.at,
            channel=said["channel"],
            device="device" in said,
            found_by="device" if said["channel"] in ALONE else "unknown",
            hops=len(said.get("relays", ())),
            place=said.get("place", ""),
        )
    story = stories.get(row.issue)
    if story is not None:
        _read_who(row, said, story, works_for)
        _read_what_became(row, said, story)


def _read_who(
    row: Row, said: Mapping[str, Any], story: Story, works_for: Mapping[str, str]
) -> None:
    """Who told it, who reported it first, which customer it was."""
    if row.kind in {"told", "completed"}:
        story.found_by, story.customer = said["caller"], _customer(said)
        story.category, story.place = said.get("category", ""), said.get("place", "")
    elif row.kind in {"first_reporter_named", "first_reporter_corrected"}:
        story.person = said.get("person") or said["after"]
        story.unit = works_for.get(story.person, "")
        story.unidentified = said.get("to_be_identified", False)
        if row.kind == "first_reporter_corrected":
            by_customer = said["before"] == said["after"] and said.get("caller_name")
            story.found_by = "customer" if by_customer else "staff"
            story.customer = f"name {said['caller_name']}" if by_customer else ""
    tied = row.kind == "customer_tied" and story.found_by == "customer"
    if tied or (row.kind == "repeat_found" and said.get("customer")):
        story.customer = f"customer {said['customer']}"


def _read_what_became(row: Row, said: Mapping[str, Any], story: Story) -> None:
    """How far it came: accepted, ended, re-opened, gone on in another one."""
    if row.kind in {"repeat_found", "repeat_unmarked"}:
        story.repeat = row.kind == "repeat_found"
    elif row.kind == "accepted":
        story.accepted_at = story.accepted_at or row.at
    elif row.kind in {"handled", "closed", "dismissed"}:
        story.ends.append((row.kind, row.at))
        there = said.get("on_the_spot") or said.get("outcome") == "handled_on_the_spot"
        story.on_the_spot |= bool(there)
    elif row.kind == "reopened":
        story.ends, story.on_the_spot, story.reopened = [], False, True
    elif row.kind == "merged":
        story.merged_into = said["into"]
    elif row.kind == "split_off" and said["issue"] == row.issue:
        story.merged_into = None


def _customer(said: Mapping[str, Any]) -> str:
    if said["caller"] != "customer":
        return ""
    if said.get("customer"):
        return f"customer {said['customer']}"
    digits = re.sub("[^0-9]", "", said.get("caller_phone", ""))
    if digits:
        return f"telephone {digits}"
    name, place = said.get("caller_name", "").strip(), said.get("caller_place", "")
    return f"name {name} {place}".strip() if name else ""


def _happened(
    row: Row,
    story: Story | None,
    works_for: Mapping[str, str],
    *,
    month: str,
    zone: ZoneInfo,
    cells: Cells,
) -> None:
    said = row.said
    measure = HAPPENED.get(row.kind)
    if row.kind == "customer_judged":
        measure = "judged_solved" if said["solved"] else "judged_not_solved"
    elif row.kind == "reviewed":
        measure = f"reviews_{said['verdict']}"
    elif row.kind == "inspected":
        measure = f"inspected_{said['result']}"
    # A missed day is missed on that day, whenever it is written down.
    on = said["on"][:7] if measure == "missed" else _month(row.at, zone)
    if measure is None or on != month:
        return
    about = said.get("person") or said.get("of") or said.get("to")
    if not isinstance(about, str):  # an escalation names roles
        # Praise, complaint and what an inspection finds are about whom they name, and nobody else.
        about = story.person if story is not None and row.kind not in BY_NAME else ""
    unit = said.get("unit") or works_for.get(about, "")
    keys = {
        "all": "",
        "person": about,
        "unit": unit,
        "channel": story.channel if story else "",
        "category": story.category if story else "",
        "place": said.get("place") or (story.place if story else ""),
    }
    for part, key in keys.items():
        cells[part, key, measure] += 1


def _tell(
    number: int,
    story: Story,
    stories: Mapping[int, Story],
    cells: Cells,
    customers: dict[tuple[str, str], dict[str, bool]],
) -> None:
    """Put one issue into each of its cells."""
    kinds = [kind for kind, _ in story.ends]
    merged = story.merged_into is not None
    problem = not merged and "dismissed" not in kinds
    oldest = min(_with_it(number, stories), key=lambda one: one.told_at)
    customer = story.customer
    if oldest is not story and oldest.found_by == "customer":
        customer = customer or oldest.customer
    counted = {
        "told": True,
        "merged": merged,
        "dismissed": "dismissed" in kinds and not merged,
        "problems": problem,
        f"found_{oldest.found_by}": problem,
        "unidentified": problem and story.unidentified,
        "on_the_spot": problem and story.on_the_spot,
        "repeats": problem and story.repeat,
        "accepted": story.accepted_at is not None,
        "ended": bool(kinds),
        "standing": not kinds and not merged,
        "stale": story.device
        and bool(kinds)
        and story.ends[0][1] - story.arrived_at > timedelta(hours=24),
        "reopened": story.reopened,
    }
    for part in PARTS:
        key = "" if part == "all" else str(getattr(story, part))
        for measure, does in counted.items():
            cells[part, key, measure] += does
        if part in {"all", "unit", "place"} and problem and customer:
            told = customers[part, key]
            told[customer] = told.get(customer, False) or story.repeat


def _with_it(number: int, stories: Mapping[int, Story]) -> list[Story]:
    """An issue and all that goes on in it, also by way of others."""
    inside = [other for other, story in stories.items() if story.merged_into == number]
    return [stories[number], *(one for other in inside for one in _with_it(other, stories))]


def _month(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()[:7]


def _whole_seconds(took: timedelta) -> int:
    """A begun second counts."""
    whole, rest = divmod(took, timedelta(seconds=1))
    return max(0, whole + bool(rest))
