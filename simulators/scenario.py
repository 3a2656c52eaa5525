"""A scenario: what happens in a building, in civil time, read from TOML.

::

    [scenario]
    title = "…"
    starts_at = "07:00:00"     # civil; what stands before it happens the next morning
    lasts = "24:00:00"
    sky = true                 # day and night come to the cameras outdoors
    jitter = 30                # each step is moved by up to this many seconds, by the seed

    [faults]                   # simulators/faults.py
    loss = 0.02

    [[step]]
    at = "08:15:00"            # or: after = 20, seconds after the step before it
    station = "VTO-3-2"
    do = "press_unanswered"
    ring_for = 30
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulators.action import Value
from simulators.building import Building, Refused, read
from simulators.camera.camera import Fault
from simulators.deeds import DETAILS, NEEDS, Do
from simulators.faults import RUBBISH, Faults

SCENARIOS = Path(__file__).parent / "scenarios"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One deed. ``at`` is in seconds after the scenario's start."""

    at: float
    do: Do
    #: A station or a fire-phone host. Empty for a storm: it comes over all stations.
    station: str = ""
    details: Mapping[str, Value] = field(default_factory=dict)

    def seconds(self, name: str, default: float) -> float:
        """Return a duration or number among the details."""
        return float(self.details.get(name, default))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """All steps, in the order of the file."""

    title: str
    #: Seconds after midnight.
    starts_at: float
    lasts: float
    jitter: float
    faults: Faults
    #: Whether day and night come to the cameras outdoors.
    sky: bool
    steps: tuple[Step, ...]


def load(name: str, building: Building) -> Scenario:
    """Read a scenario by its name among those that come along, or by its file.

    :raises Refused: the file is not there, something in it is unknown, or a station of the
        building cannot do what it is told.
    """
    path = Path(name) if name.endswith(".toml") else SCENARIOS / f"{name}.toml"
    tables = read(path, {"scenario", "faults", "step"})
    try:
        return _scenario(tables, building)
    except ValueError as problem:
        raise Refused(f"{path}: {problem}") from None


def clock(text: object) -> float:
    """Return the seconds that ``HH:MM:SS`` names.

    :raises ValueError: of another form.
    """
    parts = str(text).split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"{text!r} is not HH:MM:SS")
    hours, minutes, seconds = map(int, parts)
    if minutes > 59 or seconds > 59:
        raise ValueError(f"{text!r} is not HH:MM:SS")
    return float(hours * 3600 + minutes * 60 + seconds)


def _scenario(tables: Mapping[str, object], building: Building) -> Scenario:
    head, faults, listed = (tables.get(name, {}) for name in ("scenario", "faults", "step"))
    if not isinstance(head, dict) or not isinstance(faults, dict):
        raise ValueError("[scenario] and [faults] are tables")  # noqa: TRY004 - one error family
    for name in head:
        if name not in {"title", "starts_at", "lasts", "jitter", "sky"}:
            raise ValueError(f"unknown {name!r} in [scenario]")
    if not isinstance(listed, list) or not listed:
        raise ValueError("no [[step]]")
    starts_at = clock(head.get("starts_at", "00:00:00"))
    steps: list[Step] = []
    for number, table in enumerate(listed, start=1):
        try:
            if not isinstance(table, dict):
                raise ValueError("not a table")  # noqa: TRY004, TRY301 - one error family
            steps.append(_step(table, building, starts_at, steps[-1].at if steps else 0.0))
        except ValueError as problem:
            raise ValueError(f"step {number}: {problem}") from None
    return Scenario(
        title=str(head.get("title", "")),
        starts_at=starts_at,
        lasts=clock(head.get("lasts", "24:00:00")),
        jitter=_number(head.get("jitter", 0)),
        faults=Faults.parse(faults),
        sky=head.get("sky") is True,
        steps=tuple(steps),
    )


def _step(table: Mapping[str, object], building: Building, starts_at: float, before: float) -> Step:
    if table.get("do") not in set(Do):
        raise ValueError(f"no deed {table.get('do')!r}; known are {', '.join(Do)}")
    do = Do(str(table["do"]))
    code = _who(do, table.get("station"), building)
    if "extension" in DETAILS[do]:
        _of_the_host(table.get("extension"), building.hosts[code].extensions)
    details = {
        name: _detail(do, name, value)
        for name, value in table.items()
        if name not in {"at", "after", "station", "do"}
    }
    return Step(
        at=_when(table, starts_at, before),
        do=do,
        station=code,
        details=details,
    )


def _when(table: Mapping[str, object], starts_at: float, before: float) -> float:
    if ("at" in table) == ("after" in table):
        raise ValueError("a step has either at or after")
    if "after" in table:
        return before + _number(table["after"])
    return (clock(table["at"]) - starts_at) % 86400.0


def _who(do: Do, station: object, building: Building) -> str:
    if do is Do.STORM:
        if station is not None:
            raise ValueError("a storm comes over all stations; it names none")
        return ""
    code = str(station)
    if not {code} & {*building.stations, *building.hosts, *building.cameras}:
        raise ValueError(f"no station {station!r} in the building")
    if (do in NEEDS and NEEDS[do] not in building.can(code)) or (
        do in {Do.FLAP, Do.TAKE_THROUGH, Do.SAY_HANDLED} and code not in building.stations
    ):
        raise ValueError(f"{code} is {building.kind(code)} and cannot {do}")
    return code


def _of_the_host(extension: object, extensions: int) -> None:
    if type(extension) is not int or not 1 <= extension <= extensions:
        raise ValueError(f"extension is a number from 1 to {extensions}")


def _detail(do: Do, name: str, value: object) -> Value:
    wanted = DETAILS[do].get(name)
    if wanted is None:
        known = ", ".join(DETAILS[do]) or "none"
        raise ValueError(f"{do} takes no {name!r}; known are {known}")
    if wanted in (int, float):
        return _number(value)
    if not isinstance(value, bool | str) or type(value) is not wanted:
        raise ValueError(f"{name} of {do} is a {wanted.__name__}")
    if name == "kind" and do in {Do.GARBAGE, Do.POISON} and value not in {*RUBBISH, "any"}:
        raise ValueError(f"no rubbish {value!r}; known are {', '.join(RUBBISH)}")
    if do is Do.BREAK and name == "fault" and value not in set(Fault):
        raise ValueError(f"no fault {value!r}; known are {', '.join(Fault)}")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError(f"{value!r} is not a number of 0 or more")
    return float(value)
