"""``python -m bench``: each figure beside its limit, measured in the same run.

Prints a table for people, and one JSON line for each figure. Exit code 1 when a promise is not
kept.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bench import (
    cameras,
    console,
    due_at_once,
    handset_to_stream,
    idle_tick,
    memory,
    modbus,
    months,
    mqtt_to_spool,
    publish_to_stream,
    similar,
    spool_to_report,
    stream_fan_out,
)
from bench.figure import HEAD, Figure


class Measurement(Protocol):
    """Measures in a folder, quick or in full; figures and remarks come out."""

    def __call__(self, folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
        """Measure."""
        ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for."""
    asked = _parser().parse_args(arguments)
    wanted = _wanted(asked.only)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leaving nothing running
    print(_conditions(quick=asked.quick))
    print(HEAD, flush=True)
    figures: list[Figure] = []
    for name in wanted:
        folder = Path(tempfile.mkdtemp(prefix=f"shouwen-bench-{name}-"))
        try:
            found, remarks = MEASUREMENTS[name](folder, quick=asked.quick)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for figure in found:
            print(figure.row())
        for remark in remarks:
            print(f"{'':28} {remark}", flush=True)
        figures += found
    for figure in figures:
        print(figure.line(), flush=True)
    return 0 if all(figure.kept for figure in figures) else 1


def _mqtt_to_spool(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    return [mqtt_to_spool.measure(folder, events=20_000 if quick else 60_000, rounds=3)], []


def _sqlite(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    return [spool_to_report.measure_sqlite(folder, events=_events(quick=quick), rounds=3)], []


def _postgresql(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    return [spool_to_report.measure_postgresql(folder, events=_events(quick=quick), rounds=3)], []


def _events(*, quick: bool) -> int:
    return 15_000 if quick else 40_000


def _stream(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    return [publish_to_stream.measure(folder, seconds=5 if quick else 20, rounds=3)], []


def _fan_out(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    del folder  # each server has its own
    return stream_fan_out.measure(seconds=5 if quick else 15, rounds=1 if quick else 3)


def _idle_tick(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    del quick  # a million is what it is about
    figure, remarks = idle_tick.measure(folder)
    return [figure], remarks


def _due_at_once(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    figure, remarks = due_at_once.measure(folder, steps=10_000 if quick else due_at_once.STEPS)
    return [figure], remarks


def _similar(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    return similar.measure(folder, many=100_000 if quick else similar.MANY)


def _memory(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    figures, remarks = memory.measure(folder, seconds=60 if quick else 600)
    short = ["this was a storm of one minute; ten are promised"] if quick else []
    return figures, [*short, *remarks]


def _modbus_hosts_held(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    del folder  # nothing is kept
    return modbus.hosts_held(quick=quick)


def _modbus_cpu_per_scan(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    del folder  # nothing is kept
    return modbus.cpu_per_scan(quick=quick)


def _modbus_dead_hosts_delay(
    folder: Path, *, quick: bool
) -> tuple[Sequence[Figure], Sequence[str]]:
    del folder  # nothing is kept
    return modbus.dead_hosts_delay(quick=quick)


def _modbus_change_to_stream(
    folder: Path, *, quick: bool
) -> tuple[Sequence[Figure], Sequence[str]]:
    return handset_to_stream.measure(folder, lifts=40 if quick else 200)


def _cameras_hanging_delay(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    del folder  # nothing is kept
    return cameras.hanging_delay(quick=quick)


def _months(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    return months.measure(folder, quick=quick)


def _console(folder: Path, *, quick: bool) -> tuple[Sequence[Figure], Sequence[str]]:
    del folder  # the server has its own
    return console.measure(rounds=3 if quick else 9, events=20 if quick else 100)


MEASUREMENTS: dict[str, Measurement] = {
    "mqtt_to_spool": _mqtt_to_spool,
    "spool_to_report_sqlite": _sqlite,
    "spool_to_report_postgresql": _postgresql,
    "publish_to_stream": _stream,
    "stream_fan_out": _fan_out,
    "idle_tick": _idle_tick,
    "due_at_once": _due_at_once,
    "memory": _memory,
    "similar_open_issues": _similar,
    "months": _months,
    "console": _console,
    "modbus_hosts_held": _modbus_hosts_held,
    "modbus_cpu_per_scan": _modbus_cpu_per_scan,
    "modbus_dead_hosts_delay": _modbus_dead_hosts_delay,
    "modbus_change_to_stream": _modbus_change_to_stream,
    "cameras_hanging_delay": _cameras_hanging_delay,
}


def _wanted(asked: Sequence[str] | None) -> list[str]:
    """Return the measurements that are meant: ``modbus`` means all that begin so."""
    if not asked:
        return list(MEASUREMENTS)
    return [one for one in MEASUREMENTS if any(f"{one}_".startswith(f"{of}_") for of in asked)]


def _conditions(*, quick: bool) -> str:
    load = os.getloadavg()[0]
    busy = " (others are at work here: compare ratios, not values)" if load > 0.5 else ""
    how = "quick: fewer events, a storm of one minute" if quick else "in full"
    return f"{how}; {os.cpu_count()} cores, load {load:.2f}{busy}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="fewer events, and one minute of storm, not ten"
    )
    known = sorted({*MEASUREMENTS, *(one.partition("_")[0] for one in MEASUREMENTS)})
    parser.add_argument(
        "--only",
        nargs="+",
        choices=known,
        metavar="FIGURE",
        help=f"these figures alone: {', '.join(known)}",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
