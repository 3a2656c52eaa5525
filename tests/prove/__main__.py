"""``python -m tests.prove``: kill everything in a storm, and count what was lost or doubled.

Exit code 1 when the product has lost or doubled anything, or when the control has not.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import psycopg

from tests.prove import modbus_reads, runs
from tests.prove.runs import Plan, Run

#: Kills per second of storm that three processes can bear and still get work done between.
KILLS, SECONDS, RATE = 60, 75.0, 300.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all proofs, print a line about each and one JSON line at the end."""
    asked = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leaving nothing running
    folder = Path(tempfile.mkdtemp(prefix="shouwen-prove-"))
    try:
        good = _prove(asked, folder)
    finally:
        if asked.keep:
            _print(f"everything is kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


def _prove(asked: argparse.Namespace, folder: Path) -> bool:
    plan = Plan(
        folder=folder, rate=asked.rate, seconds=asked.seconds, kills=asked.kills, seed=asked.seed
    )
    short = replace(plan, rate=100.0, seconds=20.0, kills=12, victims=("gateway", "centre"))

    def run(name: str, what: Callable[[Plan], Run], this: Plan) -> Run:
        own = replace(
            this, folder=folder / name, database_url=_database(asked.database, f"prove_{name}")
        )
        done = what(own)
        _say(name, done)
        return done

    reads = modbus_reads.prove(reads=asked.reads)
    native = run("native", runs.native, plan)
    kept = run("dialects", lambda own: runs.dialects(own, patience=runs.DRAIN), short)
    broker = replace(short, victims=runs.EVERYBODY)
    run("dialects_and_broker", lambda own: runs.dialects(own, patience=runs.PATIENCE), broker)
    hasty = replace(
        plan,
        seconds=min(20.0, asked.seconds),
        kills=15,
        victims=("gateway",),
        gateway_module="tests.prove.control_gateway",
    )
    control = run("control", runs.control, hasty)
    line = {
        "kills": native.kills.total(),
        "events": native.verdict.events,
        "lost": native.verdict.lost,
        "doubled": native.verdict.doubled,
        "control_lost": control.verdict.lost,
        "modbus_reads": reads.answered,
        "wrong_attributions": reads.wrong,
    }
    _print(json.dumps(line))
    whole = not any(one.verdict.lost or one.verdict.doubled or one.flaws for one in (native, kept))
    return whole and control.verdict.lost > 0 and not reads.wrong and reads.right > 0


def _say(name: str, run: Run) -> None:
    verdict, kills = run.verdict, run.kills
    killed = ", ".join(f"{who} {kills[who]}" for who in sorted(kills))
    drained = "never" if run.drained_after is None else f"{run.drained_after} s"
    lost_as = "broker_lost" if name == "dialects_and_broker" else "lost"
    _print(
        f"{name}: kills {kills.total()} ({killed}); events {verdict.events}, "
        f"{lost_as} {verdict.lost}, receipted but lost {verdict.receipted_but_lost}, "
        f"doubled {verdict.doubled}, drained after {drained}; messages {run.messages}, "
        f"resent {run.resent}, flaws {len(run.flaws)}"
    )
    for flaw in run.flaws[:10]:
        _print(f"  {flaw}")


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a program that says what it found


def _database(server: str | None, name: str) -> str | None:
    """Return a fresh database of this server, or None for SQLite."""
    if server is None:
        return None
    plain = server.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
    return server.rsplit("/", 1)[0] + "/" + name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help="at least so many, native run")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long it storms")
    parser.add_argument("--rate", type=float, default=RATE, help="presses per second, in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--reads", type=int, default=modbus_reads.READS, help="so many over bad Modbus cables"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="postgresql+psycopg://…, a server on which databases may be made; else SQLite",
    )
    parser.add_argument("--keep", action="store_true", help="keep files and logs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
