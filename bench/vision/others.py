"""Tables 5 to 8: lamps, swinging light, covered views, things left and taken."""

import itertools
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import cv2
import numpy as np

from bench.vision import numbers
from bench.vision.peers import PEERS, mean_inside
from bench.vision.report import Section
from bench.vision.tables import Pictures, Row, Table, column, region
from gateway.cctv import health, lamp
from gateway.cctv.calibration import calibration
from gateway.cctv.examination import Examination
from gateway.cctv.left_object import HOLD, Found, LeftObjects
from gateway.cctv.region import Region
from gateway.cctv.verdict import Band, Verdict

_SHORT_HOLD = timedelta(seconds=2.5)
_LOOKS_PER_SECOND = 5
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_HIDDEN = frozenset({health.State.OBSTRUCTED, health.State.COVERED, health.State.BLACK})


def lamps(table: Table, pictures: Pictures) -> Section:
    """Return whether each lamp was seen lit or not."""
    section = Section("5. Lamps")
    lit: list[float] = []
    unlit: list[float] = []
    right = doubt = 0
    for row in table.rows:
        plate = pictures.evidence(table.picture(row["image"])).plate
        name = next(name for name in row if name.startswith("lamp_box_xywh"))
        seen = lamp.look(plate.pixels, region({name: row[name]}, plate))
        (lit if row["lit"] == "1" else unlit).append(seen.core)
        right += seen.lamp is (lamp.Lamp.LIT if row["lit"] == "1" else lamp.Lamp.UNLIT)
        doubt += seen.lamp is lamp.Lamp.CANNOT_TELL
    section.say(f"{right} of {len(table.rows)} right, {doubt} not told")
    margin = min(lit) / max(*unlit, 0.0001) if lit and unlit else float("nan")
    section.say(
        f"burnt-out core, share of the box: darkest lit {min(lit, default=0):.4f}, "
        f"brightest unlit {max(unlit, default=0):.4f}, margin x{margin:.1f}"
    )
    section.figure("lamps right", right / len(table.rows), "share", beside=1.0)
    section.figure("lamp margin", margin, "times", beside=3.0)
    return section


def light(table: Table, pictures: Pictures) -> Section:
    """Return how often swinging light alone was called a change."""
    section = Section("6. Light swings, nothing changed")
    by_region: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        if row["roi_clear_unchanged"] == "1":
            by_region[row["roi"]].append(row)
    made: dict[tuple[str, str], Examination] = {}
    maps: dict[tuple[str, str], list[np.ndarray]] = {}
    said, peers = [], []
    for rows in by_region.values():
        for one, other in itertools.combinations(rows, 2):
            brightness = [float(row["frame_mean_brightness"]) for row in (one, other)]
            if abs(brightness[0] - brightness[1]) < 15:
                continue
            key = (one["image"], other["image"])
            before, after = (pictures.evidence(table.picture(name)) for name in key)
            if key not in made:
                made[key] = Examination(before, after)
                maps[key] = [
                    plane(before.plate, after.plate, made[key].alignment) for _, plane, _ in PEERS
                ]
            place = region(one, before.plate)
            said.append(made[key].judge(place))
            peers.append([mean_inside(plane, place, before.plate) for plane in maps[key]])
    false = [one.verdict is Verdict.CHANGED and one.band is not Band.CANNOT_TELL for one in said]
    nothing = [one.band is Band.CANNOT_TELL for one in said]
    share = numbers.rate(np.array(false))
    lines: list[Sequence[object]] = [("shouwen", share)]
    values = np.array(peers)
    lines += [
        (name, numbers.rate(values[:, number] >= threshold))
        for number, (name, _, threshold) in enumerate(PEERS)
    ]
    section.say(f"{len(said)} pairs of one region; told nothing: {sum(nothing)}")
    section.table(("method", "false changed"), lines)
    section.figure("light swing false changed", share, "share", beside=0.01)
    return section


def obstructed(table: Table, pictures: Pictures) -> Section:
    """Return how covered views were called, by kind."""
    section = Section("7. Covered views")
    if any(row["image"].startswith("synth_") for row in table.rows):
        section.say("semi-synthetic: covers laid over real pictures")
    kinds: dict[str, list[tuple[str, health.Condition]]] = defaultdict(list)
    for row in table.rows:
        now, reference = (
            pictures.evidence(table.picture(row[name])).plate for name in ("image", "reference")
        )
        stem = row["image"].removeprefix("synth_")
        kind = stem.split("_")[0] if stem != row["image"] else "plain"
        kinds[kind].append((row["label"], health.check(now, [reference])))
    lines = []
    for kind, looks in sorted(kinds.items()):
        counts = []
        for label in ("obstructed", "partly", "clear"):
            states = [seen.state for said, seen in looks if said == label]
            good = sum(_fits(label, state) for state in states)
            counts.append(f"{good}/{len(states)}")
        lines.append((kind, *counts))
    section.table(("kind", "obstructed found", "partly (apart)", "clear kept"), lines)
    every = [one for looks in kinds.values() for one in looks]
    for label, name, goal in (("obstructed", "obstructed found", 0.8), ("clear", "clear kept", 1)):
        fits = np.array([_fits(label, seen.state) for said, seen in every if said == label])
        section.figure(name, numbers.rate(fits), "share", beside=goal)
    return section


def _fits(label: str, state: health.State) -> bool:
    if label == "obstructed":
        return state in _HIDDEN
    if label == "partly":
        return state is health.State.PARTLY_OBSTRUCTED
    return state not in _HIDDEN | {health.State.PARTLY_OBSTRUCTED, health.State.MOVED}


def left(table: Table) -> Section:
    """Return what was found left or taken, and false alarms per clip and hour."""
    section = Section("8. Left and taken")
    clips: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        clips[row["video"]].append(row)
    for hold in (HOLD, _SHORT_HOLD):
        seconds = hold.total_seconds()
        section.say(f"hold {seconds:g} s{' (as shipped)' if hold == HOLD else ' (to test)'}")
        lines, hits, events, false, hours = [], 0, 0, 0, 0.0
        for video, rows in sorted(clips.items()):
            wanted = [row for row in rows if row["event"] != "none" and _lasts(row, seconds)]
            found, length, cost = _watched(table, video, float(rows[0]["fps"]), hold)
            delays, alarms = _matched(wanted, rows, found)
            hits, events, hours = hits + len(delays), events + len(wanted), hours + length / 3600
            false += alarms
            said = " ".join(f"{delay:.1f}" for delay in delays) or "-"
            lines.append(
                (video, f"{len(delays)}/{len(wanted)}", said, alarms, alarms * 3600 / length, cost)
            )
        head = ("clip", "events", "delays s", "false", "false per hour", "ms per look")
        section.table(head, lines)
        section.say(f"in all: {hits}/{events} found, {false} false in {hours * 60:.1f} minutes")
        name = f"hold {seconds:g} s"
        if events:
            section.figure(f"left and taken found, {name}", hits / events, "share", beside=1.0)
        section.figure(f"false left alarms, {name}", float(false), "alarms", beside=5.0)
    return section


def _lasts(row: Row, seconds: float) -> bool:
    return (int(row["last_frame"]) - int(row["first_frame"])) / float(row["fps"]) >= seconds


def _watched(
    table: Table, video: str, fps: float, hold: timedelta
) -> tuple[list[tuple[float, Found]], float, float]:
    """Return what was found with its second, the clip's length, and milliseconds per look."""
    capture = cv2.VideoCapture(str(table.picture(video)))
    watcher, step = LeftObjects(hold=hold), max(round(fps / _LOOKS_PER_SECOND), 1)
    found, number, spent, looks = [], 0, 0.0, 0
    while capture.grab():
        if number % step == 0:
            pixels = np.asarray(capture.retrieve()[1], np.uint8)
            began = time.perf_counter()
            at = _EPOCH + timedelta(seconds=number / fps)
            found += [(number / fps, one) for one in watcher.look(pixels, taken_at=at)]
            spent, looks = spent + time.perf_counter() - began, looks + 1
        number += 1
    capture.release()
    return found, number / fps, spent / max(looks, 1) * 1000


def _matched(
    wanted: Sequence[Row], rows: Sequence[Row], found: Sequence[tuple[float, Found]]
) -> tuple[list[float], int]:
    """Return the delay of each event found, and how many alarms fit none (one per place)."""
    delays: list[tuple[Row, float]] = []
    true: set[int] = set()
    for row in wanted:
        for number, (second, one) in enumerate(found):
            if _fits_event(row, second, one):
                true.add(number)
                if not any(row is seen for seen, _ in delays):
                    delays.append((row, second - int(row["first_frame"]) / float(row["fps"])))
    # Further pieces of an event that is told already are no alarms of their own place.
    events = [row for row in rows if row["event"] != "none"]
    rest = [
        one
        for number, (second, one) in enumerate(found)
        if number not in true and not any(_fits_event(row, second, one) for row in events)
    ]
    places: list[Found] = []
    for one in rest:
        if not any(_overlap(one, other) for other in places):
            places.append(one)
    return [delay for _, delay in delays], len(places)


def _fits_event(row: Row, second: float, one: Found) -> bool:
    fps, slack = float(row["fps"]), 8
    begins = (int(row["first_frame"]) - slack) / fps
    ends = (int(row["last_frame"]) + slack) / fps
    if not begins <= second <= ends + _SHORT_HOLD.total_seconds():
        return False
    x, y, width, height = map(float, column(row, "box_xywh")[0].split())
    place = Region.box(x=x, y=y, width=width, height=height).bounds
    middle = (one.x + one.width / 2, one.y + one.height / 2)
    reach = 0.3 * width
    return (
        place[0] - reach <= middle[0] <= place[2] + reach
        and place[1] - reach <= middle[1] <= place[3] + reach
    )


def _overlap(one: Found, other: Found) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0 and down > 0


def machine() -> str:
    """Return the conditions of every time measured here."""
    fixed = calibration()
    return f"one thread; thresholds of {fixed.fixed_on}"
