"""Free ports on this machine."""

import socket


def free_port(host: str, wanted: int) -> int:
    """Return ``wanted`` if nobody listens there, else any port that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            probe.bind((host, 0))
        return int(probe.getsockname()[1])
