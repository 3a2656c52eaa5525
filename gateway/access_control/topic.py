"""Topics and request paths: taken apart by patterns, put together into filters."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.access_control.form import TopicForm

#: Longer ones are not a device's topic but an attack.
LONGEST = 1024
_PART = re.compile(r"\{([a-z_]+)(\.\.\.)?\}")


class BadPattern(ValueError):
    """A topic pattern cannot be understood."""


@dataclass(frozen=True, slots=True)
class TopicPattern:
    """One shape of topic, ready to be compared."""

    form: TopicForm
    shape: re.Pattern[str]

    @classmethod
    def of(cls, form: TopicForm) -> "TopicPattern":
        """Make a pattern ready.

        :raises BadPattern: a level is neither a word nor ``{name}`` nor ``{name...}``.
        """
        levels = "/".join(_level(level) for level in form.pattern.split("/"))
        try:
            return cls(form, re.compile(levels, re.IGNORECASE | re.DOTALL))
        except re.error as problem:
            raise BadPattern(f"topic.pattern {form.pattern!r}: {problem}") from None

    def match(self, topic: str) -> Mapping[str, str] | None:
        """Return the named levels of a topic that has this shape."""
        found = self.shape.fullmatch(topic)
        return found.groupdict() if found else None


def usable(topic: str) -> bool:
    """Whether a device can have published on this topic at all (MQTT 3.1.1, 4.7.1.1, 4.7.3)."""
    if not 0 < len(topic) <= LONGEST or "#" in topic or "+" in topic:
        return False
    return topic.isprintable()


def filters(templates: Iterable[str], addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the MQTT filters for these addresses; without any, those of every address."""
    known = [one for one in addresses if one and usable(one)]
    made: dict[str, None] = {}
    for template in templates:
        if "{address}" not in template:
            made[template] = None
            continue
        for address in known or ["+"]:
            made[template.replace("{address}", address)] = None
    return tuple(made)


def _level(level: str) -> str:
    shape, end = "", 0
    for part in _PART.finditer(level):
        name, many = part.groups()
        shape += _literal(level[end : part.start()])
        shape += f"(?P<{name}>.+)" if many else f"(?P<{name}>[^/]+)"
        end = part.end()
    return shape + _literal(level[end:])


def _literal(text: str) -> str:
    """Return a regular expression for a word, whether written Call-State or call_state."""
    if set(text) & set("{}#+"):
        raise BadPattern(f"topic.pattern: {text!r} is neither a word nor {{name}}")
    return "".join("[-_ ]" if c in "-_ " else re.escape(c) for c in text)
