"""``python -m bench.vision [--data FOLDER] [--quick]``: the goals of vision, measured.

Any folder with the same columns will do; what is not in it is named. Tables for people, then the
goals and how they stand, then one JSON line for each figure.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import cv2

from bench.vision import goals, others, slots, synthetic
from bench.vision.report import Figure, Section
from bench.vision.tables import Pictures, Table, found

_DEVELOPMENT = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cctv"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the folder allows; exit 1 when a floor falls, 2 when there is no table."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    tables, missing = found(asked.data)
    if not tables:
        print(f"{asked.data}: no table of a vision set here; nothing was measured")
        return 2
    now = datetime.now(UTC)  # noqa: TID251 - a benchmark is its own shell
    print(f"vision, {now:%Y-%m-%d}, OpenCV {cv2.__version__}, {platform.machine()}", end=", ")
    print(f"{os.cpu_count()} cores, {others.machine()}; set: {asked.data.name}")
    if missing:
        print(f"not in this set, so not measured: {', '.join(missing)}")
    figures: list[Figure] = []
    for section in _sections(tables, quick=asked.quick):
        print(section.text(), flush=True)
        figures += section.figures
    print(_goals(figures).text(), end="\n\n")
    for figure in figures:
        print(figure.line())
    fallen = goals.fallen(figures)
    if fallen:
        print(f"floors that do not hold: {', '.join(fallen)}", file=sys.stderr)
    return 1 if fallen else 0


def _goals(figures: Sequence[Figure]) -> Section:
    section = Section("Goals")
    section.table(("figure", "measured", "must", "aim", "stands"), list(goals.judged(figures)))
    return section


def _sections(tables: dict[str, Table], *, quick: bool) -> Iterator[Section]:
    pictures = Pictures()
    slot_pairs = tables.get("slot_pairs.csv")
    if slot_pairs is not None:
        yield from slots.measure(slot_pairs, pictures)
    if "lamps.csv" in tables:
        yield others.lamps(tables["lamps.csv"], pictures)
    if "light.csv" in tables:
        yield others.light(tables["light.csv"], pictures)
    if "obstruct.csv" in tables:
        yield others.obstructed(tables["obstruct.csv"], pictures)
    if "left_object.csv" in tables:
        yield others.left(tables["left_object.csv"])
    if slot_pairs is not None:
        yield synthetic.times(slot_pairs, pictures)
        if not quick:
            yield synthetic.comparing(slot_pairs, pictures)
            yield synthetic.cameras(slot_pairs, pictures)
            yield synthetic.small(slot_pairs, pictures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.vision", description=__doc__)
    default = Path(os.environ.get("SHOUWEN_CCTV_DATA", _DEVELOPMENT))
    parser.add_argument("--data", type=Path, default=default, help="the set; default: development")
    parser.add_argument("--quick", action="store_true", help="without the synthetic tables")
    return parser


if __name__ == "__main__":
    sys.exit(main())
