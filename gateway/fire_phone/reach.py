"""Which points of a block have to be looked at when some of its values have changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.fire_phone.points import Block, Log


@dataclass(frozen=True, slots=True)
class Reach:
    """Which points a value of a block reaches; the same for every host of a profile."""

    #: The points at each offset.
    at: Mapping[int, tuple[int, ...]]
    #: Those that are looked at in every scan.
    always: frozenset[int]

    @classmethod
    def of(cls, block: Block) -> "Reach":
        """Return it for a block."""
        at: dict[int, tuple[int, ...]] = {}
        for n, point in enumerate(block.points):
            offset = point.encoding.offset
            at[offset] = (*at.get(offset, ()), n)
        lasting = (
            n for n, one in enumerate(block.points) if one.debounce or isinstance(one.encoding, Log)
        )
        return cls(at, frozenset(lasting))
