"""A DingTalk group robot (钉钉群机器人), signed; it takes 20 messages a minute.

Where the group asks for a keyword, 首问 stands in every message.
"""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from api.messengers.request import Heard, Request, by_code, posted
from core.facts.message import Envelope

#: -1: busy; 130101, 660026 and 90030: more than its share.
_LATER = frozenset({-1, 130101, 660026, 90030})


class Adapter:
    """Speaks to one robot at a time."""

    def request(self, envelope: Envelope, *, text: str, at: float) -> Request:
        """Return the text for the group; the signature stands in the address."""
        robot = envelope.messenger
        assert robot is not None
        url = robot.url
        if robot.secret:
            stamp = str(round(at * 1000))
            said = f"{stamp}\n{robot.secret}".encode()
            key = hmac.new(robot.secret.encode(), said, hashlib.sha256).digest()
            signed = urlencode({"timestamp": stamp, "sign": base64.b64encode(key).decode()})
            url = f"{url}{'&' if '?' in url else '?'}{signed}"
        mobiles = list(envelope.phones)
        # They are called only where their numbers stand in the text as well.
        called = "\n".join([text, " ".join(f"@{one}" for one in mobiles)]) if mobiles else text
        document = {
            "msgtype": "text",
            "text": {"content": called},
            "at": {"atMobiles": mobiles, "isAtAll": False},
        }
        return posted(url, document)

    def heard(self, status: int, body: bytes) -> Heard:
        """Read ``errcode`` and ``errmsg``."""
        return by_code(status, body, code="errcode", words="errmsg", later=_LATER)
