"""Which of our own parts give no sign of life: consoles and wall displays are told."""

from dataclasses import dataclass
from datetime import datetime

from api.settings import Settings
from core.facts.device import SiteCode
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What should have been heard of by now."""

    auditor: bool
    gateways: list[str]


def late(store: Store, site: SiteCode, *, settings: Settings, now: datetime, speed: float) -> Late:
    """Return which parts are late at this moment."""
    auditor = store.heartbeats.all().get("auditor")
    too_old = now - settings.gateway_late * speed
    return Late(
        auditor=auditor is None or now - auditor.at > settings.auditor_late * speed,
        gateways=[
            gateway.name
            for gateway in store.gateways.all(site)
            if gateway.last_heard_at is None or gateway.last_heard_at < too_old
        ],
    )
