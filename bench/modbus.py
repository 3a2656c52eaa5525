"""Fire-phone hosts polled over Modbus: how many one core holds, at what cost, and who delays whom.

The hosts answer from one core, the poller under test has the other. Beside it stands bare
pymodbus, which reads the same registers as often and looks at nothing.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.children import Child, child
from bench.figure import Figure, medians

HOSTS_CORE, POLLER_CORE = 0, 1
PERIOD = 0.25
#: Seconds that a poller gets to begin: 200 hosts a second, and then some.
_WARM_UP = 3.0
ENOUGH, AIM = 800, 1600
#: A host counts as held while the requests to it come no later than this, seconds.
LATE = 0.050
AIMED = 0.025
#: Share of the scans that are due which must be made.
DONE = 0.97


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one poller did in one run."""

    hosts: int
    scans: float
    #: CPU of one scan, microseconds.
    cpu: float
    #: How much later than due the requests came: 99 of 100, seconds.
    p99: float
    events: int

    def __str__(self) -> str:
        """Return it in one line."""
        return (
            f"{self.hosts} hosts: {self.scans:.0f} reads/s, p99 {self.p99 * 1000:.1f} ms late, "
            f"{self.cpu:.0f} us CPU a read, {self.events} events"
        )

    @property
    def held(self) -> bool:
        """Whether every host was scanned as often as promised."""
        return self.scans >= DONE * self.hosts / PERIOD and self.p99 < LATE


def hosts_held(*, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return how many hosts one core holds, beside bare pymodbus."""
    ladder = (ENOUGH,) if quick else (ENOUGH, 1200, AIM, 2000)
    best: dict[str, Run] = {}
    remarks: list[str] = []
    with _answerer() as hosts:
        for kind in ("ours", "bare"):
            for number in ladder:
                run = _tried(hosts, kind, number, _seconds(quick=quick))
                remarks.append(f"{kind}: {run}")
                if not run.held:
                    break
                best[kind] = run
    ours, bare = (best[kind].hosts if kind in best else 0 for kind in ("ours", "bare"))
    figure = Figure(
        name="modbus_hosts_held",
        value=ours,
        unit="hosts",
        beside=bare,
        peer="bare pymodbus, same registers, same period, nothing looked at",
        goal=f"at least {ENOUGH}, aim {AIM}; p99 no later than {LATE * 1000:.0f} ms, aim 25",
        kept=ours >= ENOUGH,
    )
    return [figure], remarks


def cpu_per_scan(*, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return CPU and lateness of scans with edge detection, beside bare reads of the same."""
    rounds, seconds = 1 if quick else 3, _seconds(quick=quick)
    with _answerer() as hosts:
        pairs = [
            (_run(hosts, "ours", ENOUGH, seconds), _run(hosts, "bare", ENOUGH, seconds))
            for _ in range(rounds)
        ]
    cost = _cost([(one.cpu, other.cpu) for one, other in pairs])
    late = _late([(one.p99 * 1000, other.p99 * 1000) for one, other in pairs])
    return [late, cost], [f"ours: {one}" for one, _ in pairs]


def dead_hosts_delay(*, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    """Return what 50 dead hosts of 800 add to the lateness of the others."""
    rounds, seconds = 1 if quick else 3, _seconds(quick=quick)
    pairs: list[tuple[float, float]] = []
    remarks: list[str] = []
    with _answerer() as hosts:
        for _ in range(rounds):
            alive = _run(hosts, "ours", ENOUGH, seconds)
            dead = _run(hosts, "ours", ENOUGH, seconds, dead=50)
            pairs.append((dead.p99 * 1000, alive.p99 * 1000))
            remarks += [f"alive: {alive}", f"50 dead: {dead}"]
    return [_delay(pairs)], remarks


def _seconds(*, quick: bool) -> float:
    return 5.0 if quick else 15.0


def _cost(rounds: Sequence[tuple[float, float]]) -> Figure:
    value, beside = medians(rounds)
    return Figure(
        name="modbus_cpu_per_scan",
        value=value,
        unit="us/scan",
        beside=beside,
        peer="bare pymodbus, same run",
        goal="at most 1.6 times, aim 1.3",
        kept=value <= 1.6 * beside,
        rounds=rounds,
    )


def _late(rounds: Sequence[tuple[float, float]]) -> Figure:
    value, beside = medians(rounds)
    return Figure(
        name="modbus_scan_p99_ms",
        value=value,
        unit="ms",
        beside=beside,
        peer=f"bare pymodbus, same run; how much later than due, {ENOUGH} hosts",
        goal=f"at most {LATE * 1000:.0f} ms or 1.6 times, aim {AIMED * 1000:.0f} ms",
        kept=value <= max(LATE * 1000, 1.6 * beside),
        rounds=rounds,
    )


def _delay(rounds: Sequence[tuple[float, float]]) -> Figure:
    dead, alive = medians(rounds)
    return Figure(
        name="modbus_dead_hosts_delay",
        value=max(0.0, dead - alive),
        unit="ms",
        beside=alive,
        peer="p99 lateness with all 800 alive; the value is what 50 dead ones add",
        goal="aim 0; kept while below 5 ms",
        kept=dead - alive < 5.0,
        rounds=rounds,
    )


def _tried(hosts: "_Answerer", kind: str, number: int, seconds: float) -> Run:
    """Run, and once more where it did not hold: somebody else may have had the core."""
    run = _run(hosts, kind, number, seconds)
    return run if run.held else _run(hosts, kind, number, seconds)


def _run(hosts: "_Answerer", kind: str, number: int, seconds: float, *, dead: int = 0) -> Run:
    """Let a poller poll for so long, and return what it did."""
    asked = ["--port", str(hosts.port), "--hosts", str(number)]
    asked += ["--dead", str(dead), "--dead-port", str(hosts.dead_port)]
    with child("bench.modbus_poller", kind, *asked, core=POLLER_CORE) as poller:
        time.sleep(_WARM_UP + number / 200)
        hosts.report()
        before = _said(poller)
        began = time.monotonic()
        time.sleep(seconds)
        after, seen = _said(poller), hosts.report()
        took = time.monotonic() - began
    scans = max(1.0, seen["asked"])
    return Run(
        hosts=number - dead,
        scans=scans / took,
        cpu=(after["cpu"] - before["cpu"]) / scans * 1e6,
        p99=max(0.0, seen["p99"] - PERIOD),
        events=int(after["events"] - before["events"]),
    )


class _Answerer:
    """The hosts."""

    def __init__(self, process: Child) -> None:
        self._process = process
        self.port, self.dead_port = json.loads(process.line())

    def report(self) -> dict[str, float]:
        return _said(self._process)


@contextmanager
def _answerer() -> Iterator[_Answerer]:
    with child("bench.modbus_answerer", core=HOSTS_CORE) as answering:
        yield _Answerer(answering)


def _said(one: Child) -> dict[str, float]:
    return dict(json.loads(one.ask()))
