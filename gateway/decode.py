"""``shouwen decode``: what the gateway makes of messages, in order, as one station's conversation.

One line of JSON comes out for each message that goes in.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.facts import cloudevent
from core.facts.device import SiteCode
from gateway.access_control.adapter import AccessControl
from gateway.access_control.profile import Profile
from gateway.adapter import Adapter, Message, Reading
from gateway.fire_phone.profile import Profile as FirePhoneProfile
from gateway.fire_phone.wiring import adapter as fire_phone_adapter

_SITE = SiteCode("site")
#: Nothing leaves this program that could name a card, so any key will do.
_CARD_KEY = b"shouwen decode"
_KEYS = frozenset({"topic", "retained", "received_at", "payload", "payload_hex"})


class BadMessages(Exception):
    """The messages to decode are not written as agreed."""


def decode(
    messages: Iterable[Message], *, profile: Profile | FirePhoneProfile, zone: ZoneInfo
) -> Iterator[str]:
    """Yield one JSON line per message: verdict, reason, event and call.

    A message that tells of several things at once has the others under ``also``. Naive times are
    local time of ``zone``.
    """
    adapter: Adapter
    if isinstance(profile, FirePhoneProfile):
        adapter = fire_phone_adapter(profile, site=_SITE, zone=zone, devices=())
    else:
        adapter = AccessControl(
            profile=profile, site=_SITE, zone=zone, devices={}, card_key=_CARD_KEY
        )
    for message in messages:
        yield _line(adapter.read(message))


def messages_from_jsonl(lines: Iterable[str], *, now: datetime) -> Iterator[Message]:
    """Yield the messages of JSON lines ``{topic, retained, received_at, payload|payload_hex}``.

    ``payload`` is a text, or an object that is sent as JSON. A line without ``received_at`` came
    when the one before it came, the first of them at ``now``. Empty lines are passed over.

    :raises BadMessages: names the first bad line by its number and says what is wrong.
    """
    received_at = now
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            message = _message(json.loads(line), before=received_at)
        except (ValueError, RecursionError) as problem:
            raise BadMessages(f"line {number}: {problem}") from None
        received_at = message.received_at
        yield message


def messages_from_files(
    paths: Sequence[Path], *, topic: str, received_at: datetime, retained: bool = False
) -> Iterator[Message]:
    """Yield one message per file, all with this topic and moment; ``-`` is not special.

    :raises BadMessages: a file cannot be read.
    """
    moment = _aware(received_at)
    for path in paths:
        try:
            payload = path.read_bytes()
        except OSError as problem:
            raise BadMessages(f"{path}: {problem.strerror}") from None
        yield Message(topic=topic, payload=payload, received_at=moment, retained=retained)


def moment(text: str | float) -> datetime:
    """Return the moment that a text with an offset, or a number of epoch seconds, names.

    :raises ValueError: neither.
    """
    if isinstance(text, bool):
        raise ValueError("received_at: a time with an offset is needed")  # noqa: TRY004  # callers sort lines by ValueError
    if isinstance(text, int | float):
        text = float(text)
    try:
        if isinstance(text, float):
            return datetime.fromtimestamp(text, tz=UTC)
        return _aware(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError, OSError):
        shown = str(text)[:100]
        raise ValueError(f"received_at: {shown!r} is not a time with an offset") from None


def _message(line: object, *, before: datetime) -> Message:
    if not isinstance(line, dict):
        raise ValueError("not an object")  # noqa: TRY004  # callers sort lines by ValueError
    unknown = sorted(line.keys() - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known: {', '.join(sorted(_KEYS))}")
    topic, retained, given = line.get("topic"), line.get("retained"), line.get("received_at")
    if not isinstance(topic, str):
        raise ValueError("topic: a text is needed")  # noqa: TRY004  # as above
    if not isinstance(retained, bool | None):
        raise ValueError("retained: true or false is needed")  # noqa: TRY004  # as above
    if not isinstance(given, str | int | float | None):
        raise ValueError("received_at: a time with an offset is needed")  # noqa: TRY004  # as above
    return Message(
        topic=topic,
        payload=_payload(line),
        received_at=before if given is None else moment(given),
        retained=bool(retained),
    )


def _payload(line: dict[str, object]) -> bytes:
    if "payload" in line and "payload_hex" in line:
        raise ValueError("payload and payload_hex: only one of them")
    if "payload_hex" in line:
        text = line["payload_hex"]
        if not isinstance(text, str):
            raise ValueError("payload_hex: a text of hexadecimal digits is needed")
        return bytes.fromhex(text)
    payload = line.get("payload")
    if payload is None:
        return b""
    if isinstance(payload, str):
        return payload.encode("utf-8", "surrogatepass")
    return json.dumps(payload).encode()


def _aware(given: datetime) -> datetime:
    if given.utcoffset() is None:
        raise ValueError(f"{given.isoformat()} has no offset")
    return given.astimezone(UTC)


def _line(reading: Reading) -> str:
    event = json.loads(cloudevent.encode(reading.event)) if reading.event else None
    line: dict[str, object] = {
        "verdict": reading.verdict.value,
        "reason": reading.reason,
        "event": event,
        "call": reading.call,
    }
    if reading.also:
        line["also"] = [json.loads(cloudevent.encode(one)) for one in reading.also]
    return json.dumps(line, ensure_ascii=False)
