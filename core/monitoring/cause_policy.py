"""Which trouble explains which silence: pure, by what feeds what in the wiring (D5)."""

from collections.abc import Iterable, Iterator, Mapping

from core.facts.device import DeviceCode, EventType
from core.facts.report import Report

#: A device that says nothing any more: it may only lack power, or the line above it.
SILENCES = frozenset({EventType.DEVICE_SILENT, EventType.CAMERA_OFFLINE})
#: What may be the matter with that which feeds it.
CAUSES = SILENCES | {EventType.DEVICE_FAULT, EventType.HOST_FAULT, EventType.LINE_FAULT}

Parents = Mapping[DeviceCode, DeviceCode]


def above(device: DeviceCode, parents: Parents) -> Iterator[DeviceCode]:
    """Yield what feeds a device, the nearest first; a ring in the wiring ends the walk."""
    seen = {device}
    while (parent := parents.get(device)) is not None and parent not in seen:
        seen.add(parent)
        yield parent
        device = parent


def below(device: DeviceCode, parents: Parents) -> set[DeviceCode]:
    """Return everything that a device feeds, directly or through others."""
    return {one for one in parents if device in above(one, parents)}


def cause_of(report: Report, standing: Iterable[Report], parents: Parents) -> Report | None:
    """Return the highest trouble above a silence; None: it stands for itself.

    :param standing: what stands in the queue of the devices above it.
    """
    if report.device is None or report.event_type not in SILENCES:
        return None
    troubles = {one.device: one for one in standing if one.event_type in CAUSES}
    way = [troubles[one] for one in above(report.device, parents) if one in troubles]
    return way[-1] if way else None
