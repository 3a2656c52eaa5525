"""A gateway for short messages and calls (短信、语音): our own form.

See docs/wire/messages.md.

Providers differ in everything; an office puts its own in front of one, in a few lines.
"""

import hashlib
import hmac
import json

from api.messengers.request import Heard, Request, by_status, posted
from core.facts.message import Envelope


class Adapter:
    """Speaks to one gateway at a time."""

    def request(self, envelope: Envelope, *, text: str, at: float) -> Request:
        """Return number and text, signed over time and body; a life's message asks for a call."""
        gateway = envelope.messenger
        assert gateway is not None
        key = ",".join(str(one.id) for one in envelope.messages)
        document = {
            "to": envelope.phones[0],
            "text": text,
            "voice": envelope.urgent,
            "id": hashlib.sha256(f"{envelope.messages[0].site}:{key}".encode()).hexdigest()[:32],
        }
        request = posted(gateway.url, document)
        if not gateway.secret:
            return request
        stamp = str(int(at))
        signed = hmac.new(gateway.secret.encode(), stamp.encode() + b"." + request.body, "sha256")
        headers = {"X-Shouwen-Time": stamp, "X-Shouwen-Signature": f"sha256={signed.hexdigest()}"}
        return Request(url=request.url, body=request.body, headers={**request.headers, **headers})

    def heard(self, status: int, body: bytes) -> Heard:
        """Read the status; a number the gateway gives it is kept."""
        try:
            said = str(json.loads(body)["id"])
        except (ValueError, KeyError, TypeError):
            said = body.decode(errors="replace")[:300]
        return by_status(status, said)
