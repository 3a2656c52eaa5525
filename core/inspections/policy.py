"""Which samples are drawn: by lot, which nobody knows beforehand and everybody can repeat."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Sample = TypeVar("Sample")


def draw(samples: Sequence[Sample], *, many: int, lot: str) -> list[Sample]:
    """Return so many of the samples, in the order in which the lot drew them.

    :param lot: what is drawn with: the hash of the journal's last entry.
    """

    def rank(position: int) -> str:
        return hashlib.sha256(f"{lot}:{position}".encode()).hexdigest()

    order = sorted(range(len(samples)), key=rank)
    return [samples[position] for position in order[:many]]
