"""The tables of a development or acceptance set: looked for, never assumed."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from gateway.cctv.align import Plate
from gateway.cctv.examination import Evidence
from gateway.cctv.picture import Pixels
from gateway.cctv.region import Region
from gateway.judging import region_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = ("slot_pairs.csv", "lamps.csv", "light.csv", "obstruct.csv", "left_object.csv")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table and where its pictures lie."""

    path: Path
    rows: tuple[Row, ...]

    def picture(self, name: str) -> Path:
        """Return the file of a picture that a row names."""
        folders = ("", "before_after", "obstruct", "light", "video")
        tried = [self.path.parent / folder / name for folder in folders]
        return next((path for path in tried if path.exists()), tried[0])


def found(folder: Path) -> tuple[dict[str, Table], tuple[str, ...]]:
    """Return the tables in a folder and its direct subfolders, and the names of those missing."""
    there: dict[str, Table] = {}
    for name in NAMES:
        paths = [folder / name, *sorted(folder.glob(f"*/{name}"))]
        path = next((path for path in paths if path.exists()), None)
        if path is not None:
            with path.open(encoding="utf-8-sig", newline="") as file:
                there[name] = Table(path=path, rows=tuple(csv.DictReader(file)))
    return there, tuple(name for name in NAMES if name not in there)


class Pictures:
    """Pictures read once. They are our own files here, so they are decoded in this process."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[Path, Evidence] = {}

    def evidence(self, path: Path) -> Evidence:
        """Return a picture ready to be judged; its name stands for its hash."""
        if path not in self._kept:
            self._kept[path] = Evidence(sha256=path.name, plate=Plate(self.pixels(path)))
        return self._kept[path]

    @staticmethod
    def pixels(path: Path) -> Pixels:
        """Return a picture's pixels.

        :raises FileNotFoundError: there is no such picture
        """
        data: NDArray[np.uint8] = np.fromfile(path, np.uint8)
        pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
        if pixels is None:
            raise FileNotFoundError(path)
        return np.asarray(pixels, np.uint8)


def region(row: Row, plate: Plate) -> Region:
    """Return the region that a row names, in the plate's own pixels."""
    named = region_of(row, width=plate.width, height=plate.height)
    assert named is not None, "the row names no region"
    return named


def column(row: Row, start: str) -> tuple[str, tuple[int, int] | None]:
    """Return the cell whose column's name begins so, and the picture size that the name ends in."""
    name = next(name for name in row if name.startswith(start))
    size = re.search(r"_(\d+)x(\d+)$", name)
    return row[name], (int(size[1]), int(size[2])) if size else None
