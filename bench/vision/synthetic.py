"""Faults put on real pictures, small things pasted into them, and the time of a pair."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench.vision import faults, numbers
from bench.vision.peers import PEERS, mean_inside
from bench.vision.report import Section
from bench.vision.slots import pairs
from bench.vision.tables import Pictures, Row, Table, region
from gateway.cctv import health
from gateway.cctv.align import Plate
from gateway.cctv.examination import Evidence, Examination
from gateway.cctv.picture import Decoder, Pixels
from gateway.cctv.region import Region
from gateway.cctv.verdict import Band, Verdict

_PAIRS = 14
_SIZES = (6, 9, 12, 18, 24, 36)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    fault: str
    recall: float
    false: float
    dark: float
    #: Said to be gone, appeared or changed, whatever the truth.
    told: float
    peer: float


def comparing(table: Table, pictures: Pictures) -> Section:
    """Return recall and false alarms under each fault, ours beside aligned SSIM."""
    section = Section("Faults put on the picture after (synthetic on real pictures)")
    chosen = _some(table)
    lines, worst = [], 0.0
    for name, fault in {**faults.COMPARING, "very dark x0.06": faults.VERY_DARK}.items():
        count = _under(name, fault, table, pictures, chosen)
        lines.append((name, count.recall, count.false, count.dark, count.peer))
        if name == "very dark x0.06":
            section.figure("very dark told as too dark", count.dark, "share", beside=0.95)
            section.figure("very dark said gone or changed", count.told, "share", beside=0.0)
        else:
            worst = max(worst, count.false)
    section.say(f"{len(chosen)} pairs")
    head = ("fault", "recall", "FPR", "too dark", "SSIM aligned FPR")
    section.table(head, lines)
    section.figure("worst fault false changed", worst, "share", beside=0.1)
    return section


def _some(table: Table) -> list[tuple[tuple[str, str], list[Row]]]:
    every = list(pairs(table).items())
    step = max(len(every) // _PAIRS, 1)
    return every[::step][:_PAIRS]


def _under(
    name: str,
    fault: faults.Fault,
    table: Table,
    pictures: Pictures,
    chosen: Sequence[tuple[tuple[str, str], list[Row]]],
) -> _Count:
    chance = np.random.default_rng(7)
    said, truth, dark, peers = [], [], [], []
    ssim = next(peer for peer in PEERS if peer[0].startswith("SSIM"))
    for (before_name, after_name), rows in chosen:
        before = pictures.evidence(table.picture(before_name))
        real = pictures.evidence(table.picture(after_name))
        after = Evidence(sha256=name + after_name, plate=Plate(fault(real.plate.pixels, chance)))
        examined = Examination(before, after)
        plane = ssim[1](before.plate, after.plate, examined.alignment)
        for row in rows:
            place = region(row, before.plate)
            judged = examined.judge(place)
            said.append(judged.verdict is Verdict.CHANGED and judged.band is not Band.CANNOT_TELL)
            dark.append(judged.verdict is Verdict.TOO_DARK)
            truth.append(row["label"].startswith("changed"))
            peers.append(mean_inside(plane, place, before.plate) >= ssim[2])
    true, says = np.array(truth), np.array(said)
    return _Count(
        fault=name,
        recall=numbers.rate(says[true]),
        false=numbers.rate(says[~true]),
        dark=numbers.rate(np.array(dark)),
        told=numbers.rate(says),
        peer=numbers.rate(np.array(peers)[~true]),
    )


def small(table: Table, pictures: Pictures) -> Section:
    """Return how small a thing may be: pasted into unchanged places of 48 pixels (of 960)."""
    section = Section("Small things (made ones, pasted into real unchanged pairs)")
    chance = np.random.default_rng(11)
    scores: dict[int, list[float]] = {size: [] for size in (0, *_SIZES)}
    for (before_name, after_name), rows in pairs(table).items():
        before = pictures.evidence(table.picture(before_name))
        pixels = pictures.evidence(table.picture(after_name)).plate.pixels.copy()
        scale = before.plate.width / 960
        moving = _moving(table, rows, before.plate)
        side, places = 48 * scale, []
        for row in rows:
            middle = region(row, before.plate).points.mean(0)
            centre = middle + chance.uniform(-9, 9, 2) * scale
            box = Region.box(
                x=centre[0] - side / 2, y=centre[1] - side / 2, width=side, height=side
            )
            left, top, right, bottom = box.bounds
            inside = min(left, top) > 0 and right < before.plate.width
            inside = inside and bottom < before.plate.height
            if not inside or any(_overlap(box, other) for other in moving):
                continue
            size = int(chance.choice([0, 0, 0, *_SIZES]))
            if size:
                _paste(pixels, middle, size * scale, chance)
            places.append((box, size))
        examined = Examination(before, Evidence(sha256="pasted", plate=Plate(pixels)))
        for box, size in places:
            scores[size].append(examined.judge(box).score)
    threshold = float(np.quantile(scores[0], 0.95))
    shares = {size: numbers.rate(np.array(scores[size]) > threshold) for size in _SIZES}
    section.say(f"{len(scores[0])} places left as they are; recall at 5 % false")
    section.table(("size at 960 px wide", *map(str, _SIZES)), [("recall", *shares.values())])
    section.figure("small things 24 px", shares[24], "share", beside=0.9)
    section.figure("small things 12 px", shares[12], "share", beside=0.4)
    return section


def _moving(table: Table, rows: Sequence[Row], plate: Plate) -> list[Region]:
    """Return the marked places that changed in a pair, or of which the table says nothing."""
    quiet = {row["slot"] for row in rows if not row["label"].startswith("changed")}
    return [
        region(row, plate)
        for row in {row["slot"]: row for row in table.rows}.values()
        if row["slot"] not in quiet
    ]


def _overlap(one: Region, other: Region) -> bool:
    outlines = [cv2.convexHull(each.points.astype(np.float32)) for each in (one, other)]
    return cv2.intersectConvexConvex(outlines[0], outlines[1])[0] > 0


def _paste(pixels: Pixels, middle: "np.ndarray", size: float, chance: np.random.Generator) -> None:
    """Lay a made thing on the picture: patches of other colours, soft rim, the place's light."""
    side = max(round(size), 3)
    thing = np.full((80, 80, 3), chance.integers(20, 235, 3), np.uint8)
    for _ in range(5):
        one, other = (tuple(map(int, chance.integers(0, 80, 2))) for _ in range(2))
        cv2.rectangle(thing, one, other, tuple(map(int, chance.integers(0, 255, 3))), -1)
    thing = np.asarray(cv2.resize(thing, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
    mask = np.zeros((side, side), np.float32)
    cv2.ellipse(mask, (side // 2, side // 2), (side // 2, side // 2), 0, 0, 360, 1.0, -1)
    soft = np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.7), np.float32)[..., None]
    left, top = (round(value - side / 2) for value in middle)
    place = pixels[top : top + side, left : left + side]
    lit = thing * float(np.clip(place.mean() / max(thing.mean(), 1), 0.5, 2))
    place[:] = np.clip(place * (1 - soft) + lit * soft, 0, 255).astype(np.uint8)


def cameras(table: Table, pictures: Pictures) -> Section:
    """Return the health table: faults × scenes, and what a healthy camera is called."""
    section = Section("Camera health (faults put on real pictures)")
    names = sorted({row[side] for row in table.rows for side in ("before", "after")})
    plates = [pictures.evidence(table.picture(name)).plate for name in names][:14]
    chance = np.random.default_rng(3)
    lines: list[tuple[str, str, str]] = []
    found: list[tuple[int, int]] = []
    false: list[tuple[int, int]] = []
    kinds = [(name, fault, wanted) for name, (fault, wanted) in faults.ILL.items()]
    kinds += [(name, fault, frozenset({"ok"})) for name, fault in faults.WELL.items()]
    for name, fault, wanted in kinds:
        said: Counter[str] = Counter()
        for number, plate in enumerate(plates):
            now = Plate(fault(plates[(number + 1 + number % 5) % len(plates)].pixels, chance))
            said[health.check(now, [plate]).state.value] += 1
        right = sum(said[word] for word in wanted)
        (false if wanted == {"ok"} else found).append((right, len(plates)))
        rest = ", ".join(f"{word} {many}" for word, many in said.items() if word not in wanted)
        lines.append((name, f"{right}/{len(plates)}", rest or "-"))
    section.table(("what befell it", "right", "else said"), lines)
    lowest = min(right / of for right, of in found)
    alarms = 1 - sum(right for right, _ in false) / sum(of for _, of in false)
    section.figure("health: lowest recall of a fault", lowest, "share", beside=0.95)
    section.figure("health: false alarms", alarms, "share", beside=0.02)
    return section


def times(table: Table, pictures: Pictures) -> Section:
    """Return what a 1080p pair costs from JPEG bytes to a verdict, decoding child included."""
    section = Section("9. Time per pair at 1920x1080")
    seconds: list[float] = []
    plain: list[float] = []
    spent: list[float] = []
    with Decoder() as decoder:
        for (before_name, after_name), rows in pairs(table).items():
            data = [_full(pictures, table, name) for name in (before_name, after_name)]
            if not seconds:
                decoder.decode(data[0])  # the child's own start is paid once
            began, busy = time.perf_counter(), _busy(decoder)
            taken = [decoder.decode(one) for one in data]
            evidence = [Evidence(sha256=one.sha256, plate=Plate(one.pixels)) for one in taken]
            examined = Examination(evidence[0], evidence[1])
            examined.judge(region(rows[0], evidence[0].plate))
            seconds.append(time.perf_counter() - began)
            spent.append(_busy(decoder) - busy)
            began = time.perf_counter()
            examined.judge(None)
            plain.append(time.perf_counter() - began)
    median, high = numbers.percentiles(seconds)
    whole, whole_high = numbers.percentiles(plain)
    busy_median, busy_high = numbers.percentiles(spent)
    section.say(f"{len(seconds)} pairs, one thread, decoding in its child included")
    section.table(
        ("", "p50 ms", "p95 ms"),
        (
            ("pair with one region", median, high),
            ("of it, busy in both processes", busy_median, busy_high),
            ("besides, whole picture", whole, whole_high),
        ),
    )
    # What others do on this machine is no cost of ours: the goal is about the time of the core.
    section.figure("1080p pair p95", busy_high, "ms", beside=150.0)
    section.figure("1080p pair p95, waiting included", high, "ms", beside=150.0)
    return section


def _busy(decoder: Decoder) -> float:
    """Return the seconds of a core spent so far, here and in the decoding child."""
    child = Path(f"/proc/{decoder.child}/schedstat").read_text(encoding="ascii")
    return time.process_time() + int(child.split()[0]) / 1e9


def _full(pictures: Pictures, table: Table, name: str) -> bytes:
    pixels = pictures.evidence(table.picture(name)).plate.pixels
    return cv2.imencode(".jpg", cv2.resize(pixels, (1920, 1080)))[1].tobytes()
