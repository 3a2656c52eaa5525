"""How each messenger is spoken to: pure, an envelope becomes a request, an answer becomes a word.

Every adapter answers the same two questions (``request`` and ``heard``); ``sender`` asks them.
"""

from collections.abc import Mapping
from typing import Protocol

from api.messengers import dingtalk, feishu, sms, wecom
from api.messengers.request import Heard, Request
from core.facts.message import Envelope, MessengerKind


class Adapter(Protocol):
    """One messenger's interface."""

    def request(self, envelope: Envelope, *, text: str, at: float) -> Request:
        """Return what to post. ``at``: seconds since 1970, real time."""

    def heard(self, status: int, body: bytes) -> Heard:
        """Return what an answer means."""


ADAPTERS: Mapping[MessengerKind, Adapter] = {
    MessengerKind.WECOM: wecom.Adapter(),
    MessengerKind.DINGTALK: dingtalk.Adapter(),
    MessengerKind.FEISHU: feishu.Adapter(),
    MessengerKind.SMS: sms.Adapter(),
}
