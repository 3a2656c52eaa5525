"""The negative control: the real gateway with one order changed, the acknowledgement first.

Run in the gateway's place, ``python -m tests.prove.control_gateway`` takes its options. A proof
that does not see this one lose events would not see it of the product either.

The commit comes one step late. Were both in the same step, only a power cut would show it often:
what a killed process has handed to the kernel is kept, so that SIGKILL would have to hit the
microseconds between the wire and the file.
"""

import sys
import threading

from gateway import __main__ as gateway
from gateway import intake, parts


class Hasty(intake.Intake):
    """Acknowledges and receipts what it has read, and keeps it with the next step."""

    _unkept: intake._Batch | None = None

    def step(self, stopping: threading.Event, *, timeout: float) -> None:
        """Do as the product does, in the wrong order."""
        deliveries = self._inbox.take(intake.BATCH, timeout=timeout)
        batch = intake._Batch()
        for delivery in deliveries:
            self._read(delivery.message, batch)
        self._tick(batch)
        for delivery in deliveries:
            delivery.acknowledge()
        self._send_receipts(batch.receipts)
        unkept, self._unkept = self._unkept, batch
        if unkept:
            self._keep(unkept, stopping)


if __name__ == "__main__":
    parts.Intake = Hasty  # type: ignore[attr-defined] # the one change
    sys.exit(gateway.main())
