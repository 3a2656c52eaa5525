"""What the command line answers about pictures: ``shouwen compare`` and ``shouwen camera-check``.

Each answer is one line of JSON. A picture that cannot be read is an answer too, with its reason:
one bad file among thousands stops nothing.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from gateway.adapter import Unreadable
from gateway.cctv import evidence, health, searching
from gateway.cctv.examination import Evidence
from gateway.cctv.region import Region
from gateway.cctv.shelf import Shelf
from gateway.cctv.verdict import Band, Judgement, Verdict

_SIZE = re.compile(r"_(?P<width>\d{2,5})x(?P<height>\d{2,5})$")


class BadTable(Exception):
    """The table of pairs has no columns ``before`` and ``after``, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One line for standard output."""

    text: str
    #: Whether the pictures could be read.
    good: bool


def compare(
    before: Path,
    after: Path,
    *,
    reference: Path | None = None,
    region: str | None = None,
    picture: Path | None = None,
) -> Answer:
    """Return the verdict on one pair; write the evidence picture when a path is given.

    :raises Unreadable: the region is not written as it must be
    :raises OSError: the evidence picture cannot be written
    """
    place = Region.parse(region) if region else None
    with Shelf() as shelf:
        try:
            examined = shelf.examination(before, after, reference)
        except Unreadable as why:
            return _line(_unreadable(str(why)), good=False)
        one, other = shelf.evidence(before), shelf.evidence(after)
        judged = searching.judge(examined, place, seen=one.plate)
        if picture is not None:
            sheet = evidence.sheet(
                evidence.Shown(name=before.name, picture=one),
                evidence.Shown(name=after.name, picture=other),
                judged=judged,
                alignment=examined.alignment,
                region=place,
            )
            picture.write_bytes(sheet)
        return _line(_said(judged, one, other), good=True)


def compare_table(table: Path) -> Iterator[Answer]:
    """Yield the verdict on each row of a table, in its order.

    Columns: ``before``, ``after`` and, where there are any, ``reference`` and the region: a column
    whose name begins with ``polygon_xy`` (corners) or holds ``_xywh`` (a box), either perhaps with
    the size of the picture that its numbers refer to (``polygon_xy_1280x720``). Every column but
    the region is repeated. Pictures lie beside the table or in ``before_after`` there.

    :raises BadTable: there is no such table, or it lacks a column
    """
    try:
        with table.open(encoding="utf-8-sig", newline="") as file, Shelf() as shelf:
            rows = csv.DictReader(file)
            if not {"before", "after"} <= set(rows.fieldnames or ()):
                raise BadTable(f"{table}: columns before and after are needed")
            for row in rows:
                yield _row(row, table.parent, shelf)
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        raise BadTable(f"{table}: {failure}") from failure


def camera_check(images: Sequence[Path], *, references: Sequence[Path] = ()) -> Iterator[Answer]:
    """Yield how the camera was at each picture, against the references of its place.

    :raises Unreadable: a reference cannot be read
    """
    seen: dict[str, str] = {}
    with Shelf() as shelf:
        bank = [shelf.read(reference).plate for reference in references]
        for image in images:
            try:
                taken = shelf.read(image)
            except Unreadable as why:
                nothing = {"image": str(image), "verdict": "unreadable", "reasons": [str(why)]}
                yield _line(nothing, good=False)
                continue
            condition = asdict(health.check(taken.plate, bank))
            said = {"image": str(image), "verdict": condition.pop("state"), **condition}
            # One look cannot tell a frozen camera; the very same bytes twice are a hint.
            said["same_bytes_as"] = seen.get(taken.sha256)
            seen.setdefault(taken.sha256, str(image))
            yield _line({**said, "sha256": taken.sha256}, good=True)


def region_of(row: Mapping[str, str], *, width: int, height: int) -> Region | None:
    """Return the region that a row of a table names, in pixels of a picture of that size.

    :raises Unreadable: it is not written as it must be
    """
    for name, text in row.items():
        if not _is_region(name) or not text:
            continue
        region = _box(text) if "_xywh" in name else Region.parse(text)
        size = _SIZE.search(name)
        if size is None:
            return region
        return region.scaled(across=width / int(size["width"]), down=height / int(size["height"]))
    return None


def _row(row: Mapping[str, str], folder: Path, shelf: Shelf) -> Answer:
    kept = {name: text for name, text in row.items() if name and not _is_region(name)}
    before, after = (_found(folder, row[name] or "") for name in ("before", "after"))
    reference = _found(folder, row["reference"]) if row.get("reference") else None
    try:
        examined = shelf.examination(before, after, reference)
        one, other = shelf.evidence(before), shelf.evidence(after)
        region = region_of(row, width=one.plate.width, height=one.plate.height)
    except Unreadable as why:
        return _line({**_unreadable(str(why)), **kept}, good=False)
    judged = searching.judge(examined, region, seen=one.plate)
    return _line({**_said(judged, one, other), **kept}, good=True)


def _is_region(name: str) -> bool:
    return name.startswith("polygon_xy") or "_xywh" in name


def _box(text: str) -> Region:
    try:
        x, y, width, height = map(float, text.split())
    except ValueError as failure:
        raise Unreadable(f"a box is written x y width height: not {text[:80]!r}") from failure
    return Region.box(x=x, y=y, width=width, height=height)


def _found(folder: Path, name: str) -> Path:
    beside, below = folder / name, folder / "before_after" / name
    return below if not beside.exists() and below.exists() else beside


def _said(judged: Judgement, before: Evidence, after: Evidence) -> dict[str, object]:
    return {**asdict(judged), "before_sha256": before.sha256, "after_sha256": after.sha256}


def _unreadable(why: str) -> dict[str, object]:
    judged = Judgement(
        verdict=Verdict.CANNOT_COMPARE,
        score=0.5,
        confidence=0.0,
        band=Band.CANNOT_TELL,
        reasons=(why,),
    )
    return asdict(judged)


def _line(said: Mapping[str, object], *, good: bool) -> Answer:
    return Answer(text=json.dumps(said, ensure_ascii=False), good=good)
