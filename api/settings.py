"""What may differ from one installation to the next, read once in ``__main__``."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from api.messengers.push import SERVICES

#: Where ``make setup`` leaves the built console.
DIST = Path(__file__).parent / "console" / "dist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this process serves. Spans are real time; a demonstration's clock stretches them."""

    #: How long a log-in lasts without a new one.
    session: timedelta = timedelta(hours=12)
    #: A gateway that was not heard for so long is late.
    gateway_late: timedelta = timedelta(seconds=60)
    #: The ticker's and the auditor's own sign of life may be so old.
    ticker_late: timedelta = timedelta(seconds=15)
    auditor_every: timedelta = timedelta(seconds=30)
    auditor_late: timedelta = timedelta(seconds=120)
    #: The key of the journal's seals, which is not in the database; None: nothing is sealed here.
    seal_key: bytes | None = field(default=None, repr=False)
    seal_every: timedelta = timedelta(minutes=5)
    #: Where people reach this product from outside, for links in messages; None: no links.
    public_url: str | None = None
    #: Who we are to push services, as PEM; None: browsers are not called.
    push_key: bytes | None = field(default=None, repr=False)
    #: Whom a push service may ask about us.
    push_contact: str = "mailto:shouwen@localhost"
    #: The push services of browsers; nothing else is ever posted to.
    push_services: tuple[str, ...] = SERVICES
    #: Answers are kept so long for a repeated Idempotency-Key.
    replies: timedelta = timedelta(days=2)
    #: The largest request body, in bytes.
    body_limit: int = 1024 * 1024
    #: How many consoles may follow the stream of this process.
    stream_clients: int = 2_000
    console: Path = field(default=DIST)
