"""One host played by hand: each line on stdin is an act, and each gets its answer on stdout.

``{"act": "lift", "extension": 17}``, ``{"act": "slow", "seconds": 2}``; the acts are those of
``simulators/action.py``.
"""

import json
import threading
from typing import TextIO

from simulators.action import Act, Action
from simulators.fire_phone_host.transmitter import Transmitter
from simulators.fire_phone_host.wire import FirePhoneHost

#: Seconds between two looks at whether it is over.
NAP = 0.1


def serve(host: FirePhoneHost | Transmitter, orders: TextIO, stop: threading.Event) -> int:
    """Run until ``stop`` is set; orders may end before."""
    with host:
        print(json.dumps({"address": host.address}), flush=True)

        def listen() -> None:
            for line in orders:
                print(json.dumps(_obey(host, line), ensure_ascii=False), flush=True)

        threading.Thread(target=listen, daemon=True).start()
        while not stop.wait(NAP):
            pass
    return 0


def _obey(host: FirePhoneHost | Transmitter, line: str) -> dict[str, object]:
    try:
        told = dict(json.loads(line))
        act = Act(told.pop("act", None))
        if not all(isinstance(value, bool | int | float | str) for value in told.values()):
            raise ValueError("details are plain values")  # noqa: TRY301 - one error family
        host.perform(Action(act=act, values=told))
    except (ValueError, TypeError) as problem:
        return {"refused": str(problem)}
    return {"done": act.value}
