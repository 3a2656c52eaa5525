"""Web Push (RFC 8030, 8188, 8291, 8292): a locked message to the service a browser named."""

import base64
import json
from collections.abc import Sequence
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from api.messengers.request import Heard, Outcome, Request, by_status
from core.facts.message import Envelope, Subscription

#: The services of the browsers in use; only these are ever posted to. A browser names the address,
#: so anything else would let whoever is logged in make the centre post where he likes.
SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
    "push.apple.com",
)
#: A service keeps it so long for a telephone that is off, in seconds.
_KEPT = 86_400
_GONE = frozenset({404, 410})
_POINT = 65


def known(endpoint: str, services: Sequence[str]) -> bool:
    """Say whether this is the address of one of these services.

    :param services: names of hosts, spoken to by https, or whole origins of an office's own.
    """
    try:
        parts = urlsplit(endpoint)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.username is not None:
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    if parts.scheme != "https":
        return False
    return any(host == one or host.endswith(f".{one}") for one in services)


class Push:
    """Locks messages and says who sends them."""

    def __init__(self, key: Vapid, *, contact: str) -> None:
        """Sign as ``key``; ``contact`` is whom a service may ask: ``mailto:`` or ``https:``."""
        self._key = key
        self._contact = contact

    @property
    def public_key(self) -> str:
        """Return what a browser is to subscribe with: the point, base64url."""
        key = self._key.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(key).decode().rstrip("=")

    def request(
        self, envelope: Envelope, browser: Subscription, *, text: str, url: str, at: float
    ) -> Request:
        """Return the locked message for one browser.

        :raises ValueError: the browser's keys are none.
        """
        parts = urlsplit(browser.endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(at) + _KEPT // 2,
            "sub": self._contact,
        }
        first = envelope.messages[0]
        shown = {
            "title": envelope.site_name,
            "body": text,
            "url": url,
            "tag": f"{first.site}-{first.issue or first.seq}",
            "urgent": envelope.urgent,
        }
        body = http_ece.encrypt(
            json.dumps(shown, ensure_ascii=False).encode(),
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_bytes(browser.p256dh, _POINT),
            auth_secret=_bytes(browser.auth, None),
            version="aes128gcm",
        )
        return Request(
            url=browser.endpoint,
            body=body,
            headers={
                **self._key.sign(claims),
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(_KEPT),
                "Urgency": "high" if envelope.urgent else "normal",
            },
        )

    def heard(self, status: int, body: bytes) -> tuple[Heard, bool]:
        """Return what an answer means, and whether the browser is there no more."""
        gone = status in _GONE
        heard = by_status(status, body.decode(errors="replace")[:300])
        return (Heard(outcome=Outcome.NEVER, said=heard.said) if gone else heard), gone


def _bytes(text: str, length: int | None) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if length is not None and len(data) != length:
        raise ValueError("not a key")
    return data
