"""Pictures and pairs lately used, so that a table decodes and aligns each once."""

from collections import OrderedDict
from pathlib import Path
from typing import Self

from gateway.adapter import Unreadable
from gateway.cctv.align import Plate
from gateway.cctv.examination import Evidence, Examination
from gateway.cctv.header import MOST_BYTES
from gateway.cctv.picture import Decoder

_PICTURES, _PAIRS = 16, 4


class Shelf:
    """Reads pictures from files, through a decoder of its own that ends with it."""

    def __init__(self) -> None:
        """Begin empty; the decoder starts with the first picture."""
        self._decoder = Decoder()
        self._pictures: OrderedDict[Path, Evidence] = OrderedDict()
        self._pairs: OrderedDict[tuple[Path, Path, Path | None], Examination] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._decoder.close()

    def read(self, path: Path) -> Evidence:
        """Return the picture in a file, and keep nothing.

        :raises Unreadable: there is no such file, or no picture in it
        """
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as failure:
            raise Unreadable(f"{path}: {failure.strerror}") from failure
        try:
            picture = self._decoder.decode(data)
        except Unreadable as why:
            raise Unreadable(f"{path.name}: {why}") from why
        return Evidence(sha256=picture.sha256, plate=Plate(picture.pixels))

    def evidence(self, path: Path) -> Evidence:
        """Return the picture in a file, read again only when it was not used lately.

        :raises Unreadable: as ``read``
        """
        if path not in self._pictures:
            self._pictures[path] = self.read(path)
            while len(self._pictures) > _PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(path)
        return self._pictures[path]

    def examination(self, before: Path, after: Path, reference: Path | None) -> Examination:
        """Return the pair, made ready to be asked.

        :raises Unreadable: as ``read``
        """
        key = (before, after, reference)
        if key not in self._pairs:
            clean = self.evidence(reference) if reference else None
            self._pairs[key] = Examination(
                self.evidence(before), self.evidence(after), reference=clean
            )
            while len(self._pairs) > _PAIRS:
                self._pairs.popitem(last=False)
        return self._pairs[key]
