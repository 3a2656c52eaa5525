"""``python -m simulators run | storm | fire-phone | proxy``: the simulated hardware's command line.

JSON lines on stdout, remarks on stderr; SIGTERM and SIGINT end it clean.
"""

import argparse
import asyncio
import itertools
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

from simulators import building, fault_proxy, scenario, storm
from simulators.action import Action
from simulators.camera.camera import Camera
from simulators.camera.http import CameraServer
from simulators.camera.rtsp import RtspServer
from simulators.colleagues import Colleagues, remark
from simulators.faults import Faults
from simulators.fire_phone_host import by_hand
from simulators.fire_phone_host.host import Host
from simulators.fire_phone_host.maps import MAPS
from simulators.fire_phone_host.transmitter import Transmitter
from simulators.fire_phone_host.wire import Cable, FirePhoneHost
from simulators.journal import Journal
from simulators.messengers import Messengers
from simulators.mqtt import Broker, Publisher
from simulators.player import Performer, Player
from simulators.schedule import schedule
from simulators.stage import Stage

#: What ``storm --dialect`` is called, and the dialect's own name.
DIALECTS = {"native": "native", "dahua": "dahua-vto", "hikvision": "hikvision-addons"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns 2 for a mistake in what was asked, 1 if receipts are missing."""
    told = _parser().parse_args(arguments)
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        match told.command:
            case "run":
                return _run(told, stop)
            case "storm":
                return _storm(told, stop)
            case "fire-phone":
                return by_hand.serve(_one_host(told), sys.stdin, stop)
            case _:
                return asyncio.run(fault_proxy.serve_by_hand(told.listen, told.to, sys.stdin))
    except (building.Refused, ValueError, OSError) as problem:
        print(f"simulators: {problem}", file=sys.stderr)
        return 2
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run(told: argparse.Namespace, stop: threading.Event) -> int:
    house = building.load(told.building)
    play = scenario.load(told.scenario, house)
    wanted = {
        field.name: value
        for field in fields(Faults)
        if (value := getattr(told, field.name)) is not None
    }
    faults = replace(play.faults, **wanted)
    stage = Stage(house, faults=faults, seed=told.seed, boot=_boot())
    with ExitStack() as ending:
        publisher, journal = _wire(told, house, ending)
        if told.messenger_port is not None:
            robots = Messengers()
            robots.start(port=told.messenger_port)
            ending.callback(robots.stop)
        asked: dict[str, Performer] = dict(_hosts(told, house, ending))
        asked.update(_cameras(told, house, ending))
        log = ending.enter_context(told.log.open("w")) if told.log else sys.stdout
        player = Player(
            stage,
            publisher,
            journal,
            heartbeat=house.heartbeat,
            clock=_now,
            log=lambda line: print(line, file=log, flush=True),
            hosts=asked,
            colleagues=_colleagues(told, ending),
        )
        for _round in itertools.count() if told.repeat else range(1):
            if stop.is_set():
                break
            plan = schedule(play, house, speed=told.speed, seed=told.seed)
            player.play(plan, lasts=play.lasts / told.speed, stop=stop)
        player.drain(within=told.drain, stop=stop)
        publisher.flush(timeout=5.0)
    outcome = {
        "told": journal.told,
        "receipted": journal.receipted,
        "unreceipted": journal.unreceipted,
        "messages": player.sent,
        "gone": player.gone,
    }
    print(json.dumps(outcome), flush=True)
    return 0


def _storm(told: argparse.Namespace, stop: threading.Event) -> int:
    house = storm.stations(DIALECTS[told.dialect], told.stations, site=told.site)
    with ExitStack() as ending:
        publisher, journal = _wire(told, house, ending)
        raging = storm.Storm(house, publisher, journal, boot=_boot(), clock=_now)
        outcome = raging.rage(rate=told.rate, seconds=told.seconds, drain=told.drain, stop=stop)
    print(json.dumps(outcome.as_json()), flush=True)
    return 1 if outcome.unreceipted else 0


def _wire(
    told: argparse.Namespace, house: building.Building, ending: ExitStack
) -> tuple[Publisher, Journal]:
    password = told.password_file.read_text().strip() if told.password_file else None
    broker = Broker.parse(told.broker, username=told.username, password=password)
    journal = Journal.open(told.journal) if told.journal else Journal()
    ending.callback(journal.close)
    publisher = Publisher(
        broker,
        client_id=f"simulators-{os.getpid()}-{_boot()}",
        listen_to=(f"shouwen/{house.site}/+/receipt",),
    )
    ending.callback(publisher.stop)
    if not publisher.start():
        print(f"simulators: no broker at {told.broker} yet, trying on", file=sys.stderr)
    return publisher, journal


def _hosts(
    told: argparse.Namespace, house: building.Building, ending: ExitStack
) -> dict[str, FirePhoneHost]:
    """Let the building's fire-phone hosts listen, each at the port after the one before."""
    if told.fire_phone_port is None:
        return {}
    hosts: dict[str, FirePhoneHost] = {}
    for number, (code, spec) in enumerate(house.hosts.items()):
        port = told.fire_phone_port + number
        listening = FirePhoneHost(spec.set_up(), port=port, clock=_now)
        hosts[code] = ending.enter_context(listening)
        print(f"simulators: {code} answers at {listening.address}", file=sys.stderr)
    return hosts


def _cameras(
    told: argparse.Namespace, house: building.Building, ending: ExitStack
) -> dict[str, Camera]:
    """Let the building's cameras be looked through: stills on one port, streams from another on."""
    cameras = {code: spec.set_up() for code, spec in house.cameras.items()}
    if told.camera_port is None:
        return cameras
    server = CameraServer(cameras, port=told.camera_port)
    server.start()
    ending.callback(server.stop)
    streaming = [code for code, spec in house.cameras.items() if spec.way == "rtsp"]
    for number, code in enumerate(streaming):
        stream = RtspServer(cameras[code], port=(told.rtsp_port or 0) + number)
        stream.start()
        ending.callback(stream.stop)
        print(f"simulators: {code} streams at {stream.url}", file=sys.stderr)
    print(f"simulators: cameras at {server.url}", file=sys.stderr)
    return cameras


def _colleagues(told: argparse.Namespace, ending: ExitStack) -> Callable[[str, Action], None]:
    if told.centre is None or told.people is None:
        return lambda _station, _action: None
    colleagues = Colleagues(told.centre, told.people, remark=remark)
    colleagues.start()
    ending.callback(colleagues.stop)
    return colleagues.do


def _one_host(told: argparse.Namespace) -> FirePhoneHost | Transmitter:
    if told.tell is not None:
        to = fault_proxy.endpoint(told.tell)
        return Transmitter(to=to, clock=_now, extensions=told.extensions)
    host = Host(map=MAPS[told.map](), extensions=told.extensions, unit=told.unit)
    return FirePhoneHost(host, cable=Cable(told.cable), port=told.port, clock=_now)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this is the simulators' shell


def _boot() -> str:
    """Return what tells this run's ids from those of all runs before."""
    return f"{int(_now().timestamp() * 1000):x}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulators", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    wire = argparse.ArgumentParser(add_help=False)
    wire.add_argument("--broker", required=True, help="mqtt://host:port")
    wire.add_argument("--username")
    wire.add_argument("--password-file", type=Path)
    wire.add_argument("--journal", type=Path, help="where native stations keep their events")
    wire.add_argument("--drain", type=float, default=30.0, help="longest wait for receipts, s")

    run = commands.add_parser("run", parents=[wire], help="play a scenario in a building")
    run.add_argument("--building", default="demo", help="name, or a .toml file")
    run.add_argument("--scenario", default="demo-day", help="name, or a .toml file")
    run.add_argument("--speed", type=_positive, default=1.0, help="civil seconds per second")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--repeat", action="store_true", help="start over when it is over")
    run.add_argument("--log", type=Path, help="what was said, instead of stdout")
    run.add_argument("--fire-phone-port", type=int, help="where fire-phone hosts listen, if at all")
    run.add_argument("--camera-port", type=int, help="where cameras show stills, if at all")
    run.add_argument("--rtsp-port", type=int, help="where the first of those that stream does")
    run.add_argument("--messenger-port", type=int, help="where group robots listen, if at all")
    run.add_argument("--centre", help="http://host:port, for colleagues who take calls through")
    run.add_argument("--people", type=Path, help="their log-ins: role, name, log-in, password")
    for fault in fields(Faults):
        run.add_argument(f"--{fault.name}", type=float, help=f"{fault.name}, for the scenario's")

    rage = commands.add_parser("storm", parents=[wire], help="press many stations at a rate")
    rage.add_argument("--dialect", choices=sorted(DIALECTS), default="native")
    rage.add_argument("--site", default="demo", help="the site in native topics")
    rage.add_argument("--stations", type=int, default=20)
    rage.add_argument("--rate", type=_positive, default=200.0, help="presses per second, in all")
    rage.add_argument("--seconds", type=_positive, default=60.0)

    phone = commands.add_parser("fire-phone", help="one fire-phone host; acts come on stdin")
    phone.add_argument("--map", choices=sorted(MAPS), default="siemens-bit-table")
    phone.add_argument("--cable", choices=list(Cable), default=Cable.TCP)
    phone.add_argument("--port", type=int, default=0)
    phone.add_argument("--unit", type=int, default=1)
    phone.add_argument("--extensions", type=int, default=64)
    phone.add_argument("--tell", help="host:port to call by GB/T 26875.3, in place of Modbus")

    proxy = commands.add_parser("proxy", help="a faulty cable between two TCP ends")
    proxy.add_argument("--listen", required=True, help="host:port")
    proxy.add_argument("--to", required=True, help="host:port")
    return parser


def _positive(text: str) -> float:
    number = float(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


if __name__ == "__main__":
    sys.exit(main())
