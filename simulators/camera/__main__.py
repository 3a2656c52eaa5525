"""``python -m simulators.camera``: cameras on one address, told by lines on stdin what happens.

A line is ``CAMERA breaks FAULT|nothing`` or ``CAMERA looks NAME=VALUE …``, such as
``gate looks litter=true walkers=2``. What was understood comes back as JSON, one object a line.
"""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import fields

from simulators.camera.camera import Camera, Fault
from simulators.camera.http import STILLS, CameraServer
from simulators.camera.rtsp import RtspServer
from simulators.camera.scene import Place, View


def main(arguments: Sequence[str] | None = None) -> int:
    """Show cameras until told to end, or until stdin ends."""
    told = _parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    cameras = {code: _camera(told, seed) for seed, code in enumerate(told.camera, start=1)}
    with ExitStack() as ending:
        server = CameraServer(cameras, port=told.port)
        server.start()
        ending.callback(server.stop)
        for code, camera in cameras.items():
            said = {"camera": code, "still": f"{server.url}/{code}{STILLS[0]}"}
            if told.rtsp:
                stream = RtspServer(camera)
                stream.start()
                ending.callback(stream.stop)
                said["rtsp"] = stream.url
            print(json.dumps(said), flush=True)
        try:
            for line in sys.stdin:
                print(json.dumps(obey(cameras, line)), flush=True)
            threading.Event().wait()
        except _Ended:
            return 0
    return 0


def obey(cameras: dict[str, Camera], line: str) -> dict[str, object]:
    """Do what a line says, and return what was understood."""
    code, _, rest = line.strip().partition(" ")
    verb, _, what = rest.partition(" ")
    camera = cameras.get(code)
    if camera is None:
        return {"refused": f"no camera {code!r}"}
    try:
        if verb == "breaks":
            camera.breaks(None if what == "nothing" else Fault(what))
        elif verb == "looks":
            camera.looks(**dict(_changes(what)))
        else:
            return {"refused": f"{verb!r}: a camera breaks or looks"}
    except ValueError as problem:
        return {"refused": str(problem)}
    return {"camera": code, verb: what}


def _changes(text: str) -> Iterator[tuple[str, object]]:
    known = {field.name: field.type for field in fields(View)}
    for pair in text.split():
        name, _, value = pair.partition("=")
        if name not in known:
            raise ValueError(f"unknown {name!r}; known are {', '.join(sorted(known))}")
        yield name, _value(name, value)


def _value(name: str, value: str) -> object:
    usual = getattr(View(), name)
    if isinstance(usual, bool):
        if value not in {"true", "false"}:
            raise ValueError(f"{name} is true or false")
        return value == "true"
    return type(usual)(value)


class _Ended(Exception):
    """Somebody said that it is enough."""


def _end(*_: object) -> None:
    raise _Ended


def _camera(told: argparse.Namespace, seed: int) -> Camera:
    place = Place(seed=seed, width=told.width, height=told.width * 9 // 16)
    return Camera(place=place, username=told.username, password=told.password)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="simulators.camera", description=__doc__)
    parser.add_argument("camera", nargs="+", help="codes; each is seen at /CODE/snapshot.jpg")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--width", type=int, default=1280, help="pixels; the height is 9/16 of it")
    parser.add_argument("--username")
    parser.add_argument("--password", default="")
    parser.add_argument("--rtsp", action="store_true", help="a stream each as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
