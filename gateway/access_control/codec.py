"""What one message says, by the dialect's profile: no memory, no clock, no I/O."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from core.facts.device import EventType, Plain
from gateway.access_control import clock, payload
from gateway.access_control.fields import Document, Lookup, clean, first, plain, texts, word
from gateway.access_control.form import Means, ProfileForm, TopicForm
from gateway.access_control.identity import card_hash
from gateway.access_control.profile import Profile
from gateway.access_control.rules import Condition, Rule, normal
from gateway.access_control.topic import usable
from gateway.adapter import Message, Unreadable

_NAMED_LEVEL = re.compile(r"\{([a-z_]+)\}")
_MOST_ITEMS = 100
_NOTHING: Document = {}
#: Of several events in one message, what is told is the one that matters most.
_WEIGHT = {
    Means.RINGING: 6, Means.HELP: 6, Means.MISSED: 5, Means.ANSWERED: 5, Means.ENDED: 4,
    Means.OVER: 4, Means.EVENT: 3, Means.HINT: 2, Means.SILENT: 1, Means.BACK: 1, Means.HEALTH: 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message, understood but not yet put into its conversation."""

    means: Means
    #: For events outside any call.
    type: EventType | None
    code: str
    reason: str
    #: How the dialect names the device, the likeliest first.
    addresses: tuple[str, ...]
    subject: str | None
    call_id: str | None
    serial: str | None
    given: clock.Given
    history: bool
    #: The state whose change alone counts, if the message tells a level.
    level: str | None
    data: Mapping[str, Plain]
    #: What a level now stands at.
    value: str
    #: With the device and the time, what makes this event this event.
    content: tuple[object, ...]


class Codec:
    """One dialect's reader."""

    def __init__(self, profile: Profile, *, zone: ZoneInfo, card_key: bytes) -> None:
        """Make the profile's paths ready. Naive times are local time of ``zone``."""
        form, fields = profile.form, profile.form.fields
        self._profile = profile
        self._zone = zone
        self._card_key = card_key
        self._devices = _lookups(fields.device)
        self._code = _lookups(fields.code)
        self._action = _lookups(fields.action)
        self._time = _lookups(fields.time)
        self._call = _lookups(fields.call)
        self._serial = _lookups(fields.serial)
        self._record = _lookups(fields.record)
        self._subject = _lookups(fields.subject)
        self._unwrap = _lookups(form.unwrap)
        self._items = _lookups(form.items)
        self._data = tuple((name, _lookups(paths)) for name, paths in form.data.items())
        self._history = tuple(Condition.of(path, words) for path, words in form.history.items())
        self._objects = _containers(form)
        self._cards = tuple(
            (Lookup(card.path), re.compile(card.plain_when) if card.plain_when else None)
            for card in form.card
        )

    def read(self, message: Message) -> Said:
        """Return what the message says.

        :raises Unreadable: the topic is not of this dialect, or the body makes no sense.
        """
        form, levels = self._topic(message.topic)
        if not message.payload.strip():
            return self._empty(form, levels)
        body = self._body(message.payload, form)
        if isinstance(body, str | int | float):
            return self._said(
                {"": body}, form, levels, text=body if isinstance(body, str) else word(body)
            )
        found = [self._said(self._sound(one), form, levels, text="") for one in self._bodies(body)]
        if not found:
            raise Unreadable("JSON, but not an object")
        return max(found, key=lambda said: _WEIGHT.get(said.means, 0))

    def _empty(self, form: TopicForm, levels: Mapping[str, str]) -> Said:
        if form.empty == "unreadable":
            raise Unreadable("no body")
        said = self._said(_NOTHING, form, levels, text="")
        if form.empty == "event":
            return said
        return replace(said, means=Means.IGNORED, type=None, reason="no body: state deleted")

    def _topic(self, topic: str) -> tuple[TopicForm, Mapping[str, str]]:
        if not usable(topic):
            raise Unreadable("a topic no device can have")
        for pattern in self._profile.topics:
            levels = pattern.match(topic)
            if levels is not None:
                return pattern.form, levels
        raise Unreadable(f"no topic of {self._profile.name}: {clean(topic)[:100]}")

    def _body(self, raw: bytes, form: TopicForm) -> object:
        if len(raw) > payload.MOST_BYTES:
            raise Unreadable(f"more than {payload.MOST_BYTES} bytes")
        repair = self._profile.form.repair
        if form.body == "text":
            return payload.read_text(raw)
        if form.body == "json":
            return payload.read_json(raw, repair=repair)
        return payload.read_any(raw, repair=repair)

    def _bodies(self, body: object) -> Iterator[Document]:
        """Yield the bodies proper of a document, wrappers and lists taken off."""
        if isinstance(body, list):
            for one in body[:_MOST_ITEMS]:
                if isinstance(one, dict):
                    yield self._unwrapped(one)
        elif isinstance(body, dict):
            inner = self._unwrapped(body)
            several = first(self._items, inner)
            if isinstance(several, list):
                shared = {key: value for key, value in inner.items() if key != "params"}
                for one in several[:_MOST_ITEMS]:
                    if isinstance(one, dict):
                        yield {**shared, **one}
            else:
                yield inner

    def _sound(self, body: Document) -> Document:
        """Return a body that holds objects where the dialect has objects.

        :raises Unreadable: something else stands there; what it might mean is not guessed.
        """
        for key in self._objects:
            if body.get(key) and not isinstance(body[key], dict):
                raise Unreadable(f"{key} is not an object")
        return body

    def _unwrapped(self, body: Document) -> Document:
        for wrapper in self._unwrap:
            inner = wrapper.find(body)
            if isinstance(inner, dict):
                body = inner
        return body

    def _said(
        self, body: Document, form: TopicForm, levels: Mapping[str, str], *, text: str
    ) -> Said:
        code = self._kind(body, form, levels, text)
        rule = self._profile.rules.find(code, body)
        subject = self._about(body, form, levels, rule)
        given = clock.given(self._time, body, self._zone)
        action = plain(first(self._action, body))
        call_id = _name(first(self._call, body))
        serial = _name(first(self._serial, body))
        if serial:  # two kinds of event may be counted apart
            serial = f"{normal(code)[:60]}-{serial}"
        data, card = self._facts(body, rule, given)
        return Said(
            means=rule.means if rule else Means.IGNORED,
            type=rule.type if rule else None,
            code=code,
            reason=self._reason(code, rule, action, data),
            addresses=self._addresses(body, form, levels),
            subject=subject,
            call_id=call_id,
            serial=serial,
            given=given,
            history=any(mark.holds(body) for mark in self._history),
            level=_filled(rule.level, levels) if rule and rule.level else None,
            value=(rule.type or rule.means).value if rule else "",
            data={**({"action": action} if action is not None else {}), **data},
            content=(
                code,
                (rule.type or rule.means).value if rule else "",
                action,
                call_id,
                given.text,
                subject,
                serial,
                card,
                _name(first(self._record, body)),
                *(str(value) for value in data.values()),
            ),
        )

    def _kind(self, body: Document, form: TopicForm, levels: Mapping[str, str], text: str) -> str:
        """Return the kind of event: from the body's field, else the topic, else the bare text."""
        if not text:
            told = first(self._code, body)
            if isinstance(told, dict | list):
                raise Unreadable("the kind of event is no word")
            named = plain(told)
            if named is not None and not isinstance(named, bool) and str(named):
                return str(named)
        if form.code:
            told = text or str(plain(body.get("state")) or "")
            return clean(_filled(form.code, {**levels, "text": told}))
        return text

    def _about(
        self, body: Document, form: TopicForm, levels: Mapping[str, str], rule: Rule | None
    ) -> str | None:
        if rule and rule.subject is not None:
            return clean(_filled(rule.subject, levels)) or None
        return _name(first(self._subject, body)) or (
            clean(_filled(form.subject, levels)) or None if form.subject else None
        )

    def _addresses(
        self, body: Document, form: TopicForm, levels: Mapping[str, str]
    ) -> tuple[str, ...]:
        by_topic = _filled(form.device, levels).strip("/")
        found = dict.fromkeys((by_topic, *texts(self._devices, body)))
        return tuple(clean(one) for one in found if clean(one))

    def _facts(
        self, body: Document, rule: Rule | None, given: clock.Given
    ) -> tuple[dict[str, Plain], str | None]:
        """Return what the event shall carry, and the hash of a card if there is one."""
        data: dict[str, Plain] = dict(rule.data) if rule else {}
        for name, lookups in self._data:
            value = plain(first(lookups, body))
            if value is not None and value != "":
                data[name] = value
        if given.text is not None:
            data["device_time"] = given.text
        hashed: str | None = None
        for lookup, harmless in self._cards:
            number = plain(lookup.find(body))
            if number in (None, "", 0, "0") or isinstance(number, bool):
                continue
            if harmless and harmless.fullmatch(str(number)):
                data[lookup.path.split("|")[0].split(".")[-1]] = number
            else:
                hashed = card_hash(number, self._card_key)
                data["card_hash"] = hashed
        return data, hashed

    def _reason(
        self, code: str, rule: Rule | None, action: Plain, data: Mapping[str, Plain]
    ) -> str:
        said = f"{code[:80]} {action}".strip() if action is not None else code[:80]
        if rule is not None:
            return said or f"names no kind; {(rule.type or rule.means).value}"
        if not code:
            return "names no kind of event"
        if self._profile.rules.knows(code):
            details = ", ".join(
                f"{name} {value}" for name, value in data.items() if value != action
            )
            return f"{said!r} means nothing here ({details[:120]})"
        return f"{code[:80]!r} is not a word of {self._profile.name}"


def _containers(form: ProfileForm) -> tuple[str, ...]:
    """Return the keys under which the dialect only ever has an object with keys of its own."""
    fields = (paths for paths in form.fields.model_dump().values())
    paths = [path for group in (*fields, *form.data.values()) for path in group]
    paths += [card.path for card in form.card]
    paths += [path for rule in form.rule for path in rule.when]
    taken_apart = [path.partition("|")[0].casefold().partition(".") for path in paths]
    leaves = {key for key, _, inner in taken_apart if not inner}
    return tuple(sorted({key for key, _, inner in taken_apart if inner} - leaves - {"*"}))


def _lookups(paths: tuple[str, ...]) -> tuple[Lookup, ...]:
    return tuple(Lookup(path) for path in paths)


def _filled(template: str, levels: Mapping[str, str]) -> str:
    if "{" not in template:
        return template
    return _NAMED_LEVEL.sub(lambda found: levels.get(found.group(1)) or "", template)


def _name(value: object) -> str | None:
    found = plain(value)
    if found is None or isinstance(found, bool):
        return None
    return str(found) or None
