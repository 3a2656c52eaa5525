"""The development set, where it lies on this machine: real pictures, read in place.

Floors, not figures: the benchmark prints the figures. Where the set is absent these tests skip and
say so.
"""

import csv
import json
from pathlib import Path

import cv2
import numpy as np

from bench.vision import numbers, others, slots
from bench.vision.tables import Pictures, Table, found
from gateway import judging
from gateway.cctv import health
from gateway.cctv.align import Plate


def _table(folder: Path, name: str) -> Table:
    return found(folder)[0][name]


def test_marked_places_keep_their_floors(development_set: Path) -> None:
    table = _table(development_set, "slot_pairs.csv")
    pairs = list(slots.pairs(table).items())[::6]
    rows = tuple(row for _, group in pairs for row in group)
    judged = list(slots.judged(Table(path=table.path, rows=rows), Pictures(), [], peers=False))
    truth = np.array([one.changed for one in judged])
    says = np.array([one.said.verdict.value == "changed" for one in judged])
    sure = np.array([one.said.band.value == "sure" for one in judged])
    assert numbers.rate(says[truth]) >= 0.98
    assert numbers.rate(says[~truth]) <= 0.03
    assert sure.mean() >= 0.9
    assert (says != truth)[sure].mean() <= 0.01


def test_a_real_pair_is_told_by_the_command_line(development_set: Path) -> None:
    table = _table(development_set, "slot_pairs.csv")
    row = next(row for row in table.rows if row["label"] == "changed_gone")
    empty = next(
        other["before"]
        for other in table.rows
        if other["slot"] == row["slot"] and other["occ_before"] == "0"
    )
    region = next(cell for name, cell in row.items() if name.startswith("polygon_xy"))
    answer = judging.compare(
        table.picture(row["before"]),
        table.picture(row["after"]),
        reference=table.picture(empty),
        region=region,
    )
    assert json.loads(answer.text)["verdict"] == "gone"


def test_every_lamp_is_right(development_set: Path) -> None:
    section = others.lamps(_table(development_set, "lamps.csv"), Pictures())
    assert {figure.name: figure.value for figure in section.figures}["lamps right"] == 1


def test_covered_views_are_found_and_clear_ones_kept(development_set: Path) -> None:
    section = others.obstructed(_table(development_set, "obstruct.csv"), Pictures())
    figures = {figure.name: figure.value for figure in section.figures}
    assert figures["obstructed found"] >= 0.8
    assert figures["clear kept"] == 1


def test_swinging_light_alone_is_no_fault_of_the_camera(development_set: Path) -> None:
    with (development_set / "light.csv").open(encoding="utf-8") as file:
        names = sorted({row["image"] for row in csv.DictReader(file)})
    for name in names[::6]:
        pixels = cv2.imread(str(development_set / name))
        assert pixels is not None
        seen = health.check(Plate(np.asarray(pixels, np.uint8)))
        assert seen.state is health.State.OK
