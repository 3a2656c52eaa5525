"""What the processes of an installation are told: the site's file and the broker's."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.facts.device import SiteCode

SITE = SiteCode("storm")

#: Dialect → its profile, and the address of the storm's station with this code.
DIALECTS: Mapping[str, tuple[str, str]] = {
    "native": ("native", "{code}"),
    "dahua": ("dahua-vto", "DahuaVTO-{code}"),
    "hikvision": ("hikvision-addons", "{code}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wires:
    """How the broker hands on what came without a promise."""

    #: Bridges publish with QoS 0. The gateway subscribes with QoS 1, and gets it where the broker
    #: is told to deliver as subscribed; else what was on the wire dies with the gateway.
    as_subscribed: bool = True
    max_inflight: int = 1000
    max_queued: int = 200_000


def station(number: int) -> str:
    """Return the code of the storm's station, as the simulators name it."""
    return f"storm-{number:02d}"


def site_toml(stations: Mapping[str, int], *, centre_url: str, broker_url: str) -> str:
    """Return a site file with so many stations of each dialect."""
    head = f"""\
[site]
code = "{SITE}"
name = "风暴小区"
zone = "Asia/Shanghai"

[centre]
url = "{centre_url}"
token_file = "gateway.token"

[broker]
url = "{broker_url}"

[[place]]
code = "gate"
name = "大门"
"""
    return head + "".join(
        _device(dialect, station(number))
        for dialect, many in stations.items()
        for number in range(1, many + 1)
    )


def _device(dialect: str, code: str) -> str:
    profile, address = DIALECTS[dialect]
    # Dialects share no stations: the same name in two of them is two devices.
    own = code if dialect == "native" else f"{dialect}-{code}"
    return f"""
[[device]]
code = "{own}"
kind = "access_control"
profile = "{profile}"
address = "{address.format(code=code)}"
place = "gate"
"""


def mosquitto_conf(port: int, folder: Path, wires: Wires) -> str:
    """Return the configuration of a broker that keeps its files in ``folder``."""
    lines = [
        f"listener {port} 127.0.0.1",
        "allow_anonymous true",
        "persistence true",
        f"persistence_location {folder}/",
        f"max_inflight_messages {wires.max_inflight}",
        f"max_queued_messages {wires.max_queued}",
        "set_tcp_nodelay true",
        f"upgrade_outgoing_qos {str(wires.as_subscribed).lower()}",
        "log_type error",
        "log_type warning",
        "log_dest stderr",
    ]
    if os.geteuid() == 0:
        lines.append("user root")  # else it becomes ``mosquitto``, who cannot read this folder
    return "\n".join(lines) + "\n"
