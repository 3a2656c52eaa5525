"""CPU time of a question: what this process took, and what the database's server took for it."""

import time

from core.store.store import Store


class Cpu:
    """A clock of CPU time that stands still while others are at work on this machine."""

    def __init__(self, store: Store) -> None:
        """Measure this process and, on PostgreSQL, the one that serves this connection.

        Workers that PostgreSQL starts for one statement are not in it.
        """
        self._clocks = [time.CLOCK_PROCESS_CPUTIME_ID]
        if store.connection.dialect.name == "postgresql":
            pid = store.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            self._clocks.append(_clock_of(pid))

    def seconds(self) -> float:
        """Return the CPU seconds taken so far."""
        return sum(map(time.clock_gettime, self._clocks))


def _clock_of(pid: int) -> int:
    """Return the clock of another process's CPU time, as clock_getcpuclockid(3) does on Linux."""
    return (~pid << 3) | 2
