"""Which adapter reads which message: by the longest topic filter that matches, or by the path."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from core.facts.device import DeviceEvent
from gateway.adapter import Adapter, Message, Reading, Verdict

#: HTTP dialects post to ``/hooks/<profile>/<device>``.
HOOKS = "/hooks/"
_REMEMBERED = 10_000
_PASSED_OVER = frozenset({Verdict.IGNORED, Verdict.UNREADABLE})


class Routes:
    """All adapters of a site behind one ``read``. One thread reads."""

    def __init__(self, adapters: Mapping[str, Adapter]) -> None:
        """Route to ``adapters``, which are given by the names of their profiles."""
        self._adapters = dict(adapters)
        self._filters = [
            (topic_filter.split("/"), adapter)
            for adapter in adapters.values()
            for topic_filter in adapter.topics
        ]
        self._known: dict[str, Sequence[Adapter]] = {}

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic filter to subscribe to, each once."""
        return tuple(dict.fromkeys("/".join(levels) for levels, _ in self._filters))

    def owns(self, path: str) -> bool:
        """Whether an adapter of this site takes what is posted to this path; for any thread."""
        return bool(self._find(path))

    def read(self, message: Message) -> Reading:
        """Return what the message means.

        Where two adapters listen to the very same filter, the first that makes something of it
        has the word.
        """
        reading: Reading | None = None
        for adapter in self._readers(message.topic):
            reading = adapter.read(message)
            if reading.verdict not in _PASSED_OVER:
                return reading
        return reading or Reading(verdict=Verdict.UNREADABLE, reason="no adapter owns this topic")

    def elapsed(self, now: datetime) -> Iterable[DeviceEvent]:
        """Return what time alone brings about."""
        for adapter in self._adapters.values():
            yield from adapter.elapsed(now)

    def _readers(self, topic: str) -> Sequence[Adapter]:
        readers = self._known.get(topic)
        if readers is None:
            readers = self._find(topic)
            if len(self._known) >= _REMEMBERED:  # topics are chosen by devices, memory is not
                self._known.clear()
            self._known[topic] = readers
        return readers

    def _find(self, topic: str) -> Sequence[Adapter]:
        if topic.startswith(HOOKS):
            profile, _, device = topic.removeprefix(HOOKS).partition("/")
            adapter = self._adapters.get(profile)
            return (adapter,) if adapter is not None and device else ()
        levels = topic.split("/")
        matching = [(_weight(one), one, by) for one, by in self._filters if matches(one, levels)]
        heaviest = max((weight for weight, _, _ in matching), default=None)
        return tuple(by for weight, _, by in matching if weight == heaviest)


def matches(topic_filter: Sequence[str], topic: Sequence[str]) -> bool:
    """Whether an MQTT filter matches a topic, both split into levels (MQTT 5, 4.7)."""
    if topic[0].startswith("$") and topic_filter[0] in {"#", "+"}:
        return False
    for place, level in enumerate(topic_filter):
        if level == "#":
            return True
        if place >= len(topic) or level not in {"+", topic[place]}:
            return False
    return len(topic_filter) == len(topic)


def _weight(topic_filter: Sequence[str]) -> tuple[int, int]:
    """Return how much a filter says: levels first, then how many of them are not wildcards."""
    plain = sum(1 for level in topic_filter if level not in {"+", "#"})
    return (len(topic_filter) - (topic_filter[-1] == "#"), plain)
