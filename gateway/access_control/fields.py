"""Values out of a parsed body, by dotted paths; and text that is safe to hand on.

Bodies are parsed with their keys in lower case, so a path is compared without regard to case.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping

from core.facts.device import Plain

#: A JSON object, keys in lower case.
Document = dict[str, object]
#: A name or id longer than this is cut: nothing real is.
LONGEST = 200
_MOST_DIGITS = 2**63
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_SIP = re.compile(r"<?(?:sips?:)?([^@;>]+)(?:@[^;>]*)?", re.IGNORECASE)
_HEX = re.compile(r"0[xX][0-9a-fA-F]{1,8}")


def clean(text: str) -> str:
    """Return the text without control characters and lone surrogates, cut to a decent length."""
    if text.isprintable() and len(text) <= LONGEST:
        return text.strip()
    return _CONTROL.sub(" ", text[: LONGEST * 4]).strip()[:LONGEST].strip()


def plain(value: object) -> Plain:
    """Return a value fit for an event's data; what is not plain becomes None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int):
        return value if -_MOST_DIGITS < value < _MOST_DIGITS else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return None


def word(value: object) -> str:
    """Return a value as a word to compare: ``1``, ``1.0``, ``"1"`` and ``"0x1"`` are one word."""
    found = plain(value)
    if found is None:
        return ""
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    text = str(found).casefold()
    return str(int(text, 16)) if text[:2] == "0x" and _HEX.fullmatch(text) else text


def _sip_user(text: str) -> str:
    found = _SIP.match(text.strip())
    return found.group(1) if found else text


def _sip_uri(text: str) -> str:
    return text.strip().strip("<>").split(";", 1)[0]


def _decimal_ascii(text: str) -> str:
    """Undo bytes printed as decimal numbers and run together: ``494800`` → ``10``."""
    if not text.isdigit():
        return text
    out, rest = "", text
    while rest:
        width = 3 if rest[0] == "1" and len(rest) >= 3 else 2
        code, rest = int(rest[:width]), rest[width:]
        if code == 0:
            break  # the rest of a fixed field is zero
        out += chr(code)
    return out if out.isprintable() and out else text


#: What ``path|name`` does to a text.
CHANGES: Mapping[str, Callable[[str], str]] = {
    "sip-user": _sip_user,
    "sip-uri": _sip_uri,
    "decimal-ascii": _decimal_ascii,
}


class Lookup:
    """One path, taken apart once."""

    __slots__ = ("_change", "_keys", "path")

    def __init__(self, path: str) -> None:
        """Make a path ready.

        :raises ValueError: it asks for a change that nobody knows.
        """
        dotted, _, change = path.partition("|")
        if change and change not in CHANGES:
            raise ValueError(f"{path!r}: no change is called {change!r}")
        if "*" in dotted[1:]:
            raise ValueError(f"{path!r}: * can only stand for the first key")
        self.path = path
        self._keys = tuple(dotted.casefold().split("."))
        self._change = CHANGES.get(change)

    def find(self, document: Document) -> object:
        """Return what stands at the path, or None."""
        found: object = document
        for key in self._keys:
            if not isinstance(found, dict):
                return None
            if key == "*":
                return self._any(found)
            found = found.get(key)
        return self._change(found) if self._change and isinstance(found, str) else found

    def _any(self, document: Document) -> object:
        for inner in document.values():
            found: object = inner
            for key in self._keys[1:]:
                found = found.get(key) if isinstance(found, dict) else None
            if found is not None:
                return found
        return None


def first(lookups: tuple[Lookup, ...], document: Document) -> object:
    """Return the first value that is there and not empty."""
    for lookup in lookups:
        found = lookup.find(document)
        if found is not None and found != "":
            return found
    return None


def texts(lookups: tuple[Lookup, ...], document: Document) -> Iterator[str]:
    """Yield every value that can serve as a name."""
    for lookup in lookups:
        found = plain(lookup.find(document))
        if found is not None and not isinstance(found, bool) and str(found):
            yield str(found)
