"""Where nobody would hear or see: one rule for plans and handover."""

from collections import defaultdict
from collections.abc import Sequence

from core.facts.device import System
from core.facts.place import PlaceCode
from core.store.sites import Heard


def blind(devices: Sequence[Heard]) -> list[tuple[PlaceCode, Heard]]:
    """Return whose place nobody hears or sees: its device is silent, or all its cameras are."""
    found = [
        (one.device.place, one)
        for one in devices
        if one.device.system is not System.CCTV
        and one.silent_since is not None
        and one.device.place is not None
    ]
    seeing: dict[PlaceCode, list[Heard]] = defaultdict(list)
    for one in devices:
        for covered in one.device.covers:
            seeing[covered].append(one)
    for seen, cameras in sorted(seeing.items()):
        if all(one.silent_since is not None for one in cameras):
            found += [(seen, one) for one in cameras]
    return found
