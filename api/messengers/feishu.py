"""A Feishu group robot (飞书群机器人), signed in its body; 100 messages a minute, 5 a second."""

import base64
import hashlib
import hmac
from typing import Any

from api.messengers.request import Heard, Request, by_code, posted
from core.facts.message import Envelope

#: 9499 comes for a bad form and for too many alike; 11232 and 99991400: too many.
_LATER = frozenset({11232, 99991400})


class Adapter:
    """Speaks to one robot at a time."""

    def request(self, envelope: Envelope, *, text: str, at: float) -> Request:
        """Return the text for the group; a custom robot can call nobody by number."""
        robot = envelope.messenger
        assert robot is not None
        document: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if robot.secret:
            stamp = str(int(at))
            # The secret is part of the key, and what is signed is empty.
            key = f"{stamp}\n{robot.secret}".encode()
            sign = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
            document |= {"timestamp": stamp, "sign": sign}
        return posted(robot.url, document)

    def heard(self, status: int, body: bytes) -> Heard:
        """Read ``code`` and ``msg``."""
        return by_code(status, body, code="code", words="msg", later=_LATER)
