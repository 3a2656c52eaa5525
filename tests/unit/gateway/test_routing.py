"""Which adapter reads which message."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paho.mqtt.client import topic_matches_sub

from core.facts.device import DeviceEvent
from gateway.adapter import Message, Reading, Verdict
from gateway.routing import Routes, matches

NOW = datetime(2026, 11, 20, 20, 12, tzinfo=UTC)


class Speaks:
    """An adapter that says its own name."""

    def __init__(self, name: str, *topics: str, verdict: Verdict = Verdict.EVENT) -> None:
        self.name = name
        self.topics = topics
        self.verdict = verdict

    def read(self, message: Message) -> Reading:
        del message
        return Reading(verdict=self.verdict, reason=self.name)

    def elapsed(self, now: datetime) -> tuple[DeviceEvent, ...]:
        raise NotImplementedError

    def resume(self, events: Iterable[DeviceEvent]) -> None:
        raise NotImplementedError


def reader(routes: Routes, topic: str) -> str:
    return routes.read(Message(topic=topic, payload=b"", received_at=NOW)).reason


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("a/b/c", "plain"),
        ("a/x/c", "plus"),
        ("a/x/y", "hash"),
        ("a", "hash"),
        ("z", "no adapter owns this topic"),
        ("$SYS/a", "no adapter owns this topic"),
        ("/hooks/plain/gate", "plain"),
        ("/hooks/other/gate", "no adapter owns this topic"),
        ("/hooks/plain/", "no adapter owns this topic"),
    ],
)
def test_the_filter_that_says_most_wins(topic: str, expected: str) -> None:
    routes = Routes(
        {
            "hash": Speaks("hash", "a/#"),
            "plus": Speaks("plus", "a/+/c"),
            "plain": Speaks("plain", "a/b/c"),
        }
    )

    assert reader(routes, topic) == expected
    assert reader(routes, topic) == expected  # also from memory
    assert routes.topics == ("a/#", "a/+/c", "a/b/c")
    assert routes.owns(topic) == (expected != "no adapter owns this topic")


def test_of_two_on_the_same_filter_the_one_that_understands_has_the_word() -> None:
    routes = Routes(
        {
            "deaf": Speaks("deaf", "a/+", verdict=Verdict.IGNORED),
            "blind": Speaks("blind", "a/+", verdict=Verdict.UNREADABLE),
            "keen": Speaks("keen", "a/+", verdict=Verdict.HINT),
        }
    )

    assert reader(routes, "a/b") == "keen"
    assert routes.topics == ("a/+",)


LEVELS = st.sampled_from(["a", "b", "", "$SYS"])
FILTERS = st.tuples(
    st.lists(st.one_of(LEVELS, st.just("+")), min_size=1, max_size=4), st.booleans()
).map(lambda pair: [*pair[0], "#"] if pair[1] else pair[0])


@given(FILTERS, st.lists(LEVELS, min_size=1, max_size=4))
def test_filters_match_as_the_library_says(topic_filter: list[str], topic: list[str]) -> None:
    assert matches(topic_filter, topic) == topic_matches_sub(
        "/".join(topic_filter), "/".join(topic)
    )
