"""Where a broker is, and who we are to it."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerAddress:
    """A broker's address with the credentials for it."""

    #: ``mqtt://host:1883`` or ``mqtts://host:8883``.
    url: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    #: Certificates to trust with ``mqtts``; None: those of the system.
    ca_file: Path | None = None
    #: It may be asked how many messages it threw away; the embedded one cuts off whoever asks.
    counts_losses: bool = False

    @property
    def secure(self) -> bool:
        """Whether the line is encrypted."""
        return urlsplit(self.url).scheme == "mqtts"

    @property
    def host(self) -> str:
        """Name or number of the machine."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """The port, or the usual one of the scheme."""
        return urlsplit(self.url).port or (8883 if self.secure else 1883)
