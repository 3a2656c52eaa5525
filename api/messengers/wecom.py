"""A WeCom group robot (企业微信群机器人): text, with whom it concerns by mobile number.

Its address holds its key; 20 messages a minute; at most 2,048 bytes of text.
"""

from api.messengers.request import Heard, Request, by_code, posted
from core.facts.message import Envelope

_MOST_BYTES = 2_048
#: -1: busy; 45009: more than its share a minute.
_LATER = frozenset({-1, 45009, 45033})


class Adapter:
    """Speaks to one robot at a time."""

    def request(self, envelope: Envelope, *, text: str, at: float) -> Request:  # noqa: ARG002 - it signs nothing
        """Return the text for the group."""
        assert envelope.messenger is not None
        said = text.encode()[:_MOST_BYTES].decode(errors="ignore")
        document = {
            "msgtype": "text",
            "text": {"content": said, "mentioned_mobile_list": list(envelope.phones)},
        }
        return posted(envelope.messenger.url, document)

    def heard(self, status: int, body: bytes) -> Heard:
        """Read ``errcode`` and ``errmsg``."""
        return by_code(status, body, code="errcode", words="errmsg", later=_LATER)
