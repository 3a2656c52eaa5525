"""What waits between cable and writer, when the writer has died."""

from datetime import UTC, datetime

from gateway.adapter import Delivery, Message
from gateway.inbox import Inbox

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


def a_delivery(payload: bytes, *, comes_again: bool) -> Delivery:
    message = Message(topic="n/1", payload=payload, received_at=NOW)
    return Delivery(message, lambda: None, comes_again=comes_again)


def test_it_lets_go_of_what_comes_again_and_keeps_what_does_not() -> None:
    inbox = Inbox(deliveries=4, size=100)
    for payload, comes_again in ((b"1" * 60, True), (b"2" * 30, False), (b"3" * 30, True)):
        inbox.put(a_delivery(payload, comes_again=comes_again))
    assert not inbox.has_room()

    inbox.let_go()

    assert inbox.has_room()
    assert [one.message.payload for one in inbox.take(10, timeout=0)] == [b"2" * 30]
