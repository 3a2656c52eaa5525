"""What the broker of our own is told: loopback only, passwords, bounds on everything."""

import base64
import hashlib
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
#: One picture's thumbnail, not a picture: those come by HTTP.
MAX_PACKET = 1024 * 1024
#: mosquitto's own measure for PBKDF2 (its ``$7$`` hashes).
_ROUNDS = 101


@dataclass(frozen=True, slots=True)
class Credentials:
    """Two users: the gateway, and all the site's devices."""

    gateway: str
    device: str

    @classmethod
    def fresh(cls) -> "Credentials":
        """Return passwords nobody can guess."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24))

    def mosquitto_file(self) -> str:
        """Return mosquitto's password file: salted hashes."""
        return "".join(
            f"{user}:{_hash(password)}\n"
            for user, password in (("gateway", self.gateway), ("device", self.device))
        )


@dataclass(frozen=True, slots=True)
class Ports:
    """Where it listens: mosquitto needs one port, iotcore one for each version of MQTT."""

    first: int
    second: int

    @classmethod
    def free(cls, first: int | None) -> "Ports":
        """Return ``first``, or a free port, and a second one."""
        with socket.socket() as a, socket.socket() as b:
            a.bind((LOOPBACK, 0))
            b.bind((LOOPBACK, 0))
            return cls(first or a.getsockname()[1], b.getsockname()[1])


def mosquitto_conf(ports: Ports, *, store: Path, passwords: Path) -> str:
    """Return a configuration that loses as little as mosquitto can over its own death."""
    lines = [
        f"listener {ports.first} {LOOPBACK}",
        f"max_packet_size {MAX_PACKET}",
        "allow_anonymous false",
        f"password_file {passwords}",
        "persistence true",
        f"persistence_location {store}/",
        "persistence_file mosquitto.db",
        "autosave_on_changes true",
        "autosave_interval 1",
        "max_inflight_messages 1000",
        "max_queued_messages 100000",
        "max_keepalive 120",
        "persistent_client_expiration 14d",
        "set_tcp_nodelay true",
        # Bridges publish with QoS 0. Delivered as we subscribe, their words wait for our return;
        # else what is on the wire when a gateway dies dies with it. (rumqttd does so anyway.)
        "upgrade_outgoing_qos true",
        "log_type error",
        "log_dest none",
    ]
    if os.geteuid() == 0:
        lines.append("user root")  # else it becomes ``mosquitto``, who cannot read these files
    return "\n".join(lines) + "\n"


def iotcore_toml(ports: Ports, credentials: Credentials) -> str:
    """Return rumqttd's configuration: 3.1.1 on the first port, 5 on the second."""
    listeners = "".join(
        f"""
[{version}.1]
name = "{version}"
listen = "{LOOPBACK}:{port}"
next_connection_delay_ms = 1
[{version}.1.connections]
connection_timeout_ms = 10000
max_payload_size = {MAX_PACKET}
max_inflight_count = 100
dynamic_filters = true
[{version}.1.connections.auth]
gateway = "{credentials.gateway}"
device = "{credentials.device}"
"""
        for version, port in (("v4", ports.first), ("v5", ports.second))
    )
    router = """id = 0
[router]
id = 0
max_connections = 1010
max_outgoing_packet_count = 200
max_segment_size = 104857600
max_segment_count = 10
"""
    return router + listeners


def _hash(password: str) -> str:
    """Return mosquitto's ``$7$`` form: PBKDF2 with SHA-512."""
    salt = secrets.token_bytes(12)
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS)
    return f"$7${_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
