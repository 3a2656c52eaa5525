"""Bytes to a document: JSON, bare text, XML, and the multipart bodies of ISAPI devices.

Devices are not to be trusted: whatever comes, the only error that leaves here is ``Unreadable``.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from gateway.access_control.fields import Document, clean
from gateway.adapter import Unreadable

#: A device event is a few hundred bytes; with a picture beside it, a few hundred thousand.
MOST_BYTES = 1024 * 1024
_MOST_ELEMENTS = 2000
_BOUNDARY = re.compile(rb"\s*--([^\r\n]{1,200})\r?\n")
_BARE_ADDRESS = re.compile(r"(:\s*)((?:\d{1,3}\.){3}\d{1,3})(?=\s*[,}\]])")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")

#: The vendor's guide prints IP addresses without quotes; some firmware does as it says.
_REPAIRS: dict[str, Callable[[str], str]] = {
    "bare-address": lambda text: _BARE_ADDRESS.sub(r'\1"\2"', text),
    "trailing-comma": lambda text: _TRAILING_COMMA.sub("", text),
}


def read_text(payload: bytes) -> str:
    """Return a bare word.

    :raises Unreadable: binary, or far too long for a word.
    """
    text = _decoded(payload).strip()
    if len(text) > 1000:
        raise Unreadable("a bare text of more than 1000 characters")
    if not clean(text):
        raise Unreadable("nothing but control characters")
    return clean(text)


def read_json(payload: bytes, *, repair: Iterable[str] = ()) -> object:
    """Return what the JSON says, keys in lower case.

    :raises Unreadable: not JSON (RFC 8259; ``NaN`` and ``Infinity`` are not), or too deep.
    """
    text = _decoded(payload)
    try:
        return _loads(text)
    except (ValueError, RecursionError) as problem:
        reason = f"not JSON: {_short(problem)}"
    for name in repair:
        text = _REPAIRS[name](text)
    try:
        return _loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(reason) from None


def read_any(payload: bytes, *, repair: Iterable[str] = ()) -> object:
    """Return a document from JSON, XML or a multipart body; a str from a bare word.

    :raises Unreadable: none of these.
    """
    start = payload[:300].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:2] == b"--" or start[:8].lower() == b"content-":
        return _multipart(payload, repair=repair)
    if start[:1] in b'{["' and start:
        return read_json(payload, repair=repair)
    if start[:1] == b"<":
        return read_xml(payload)
    return read_text(payload)


def read_xml(payload: bytes) -> Document:
    """Return an XML document's elements by local name; a repeated name keeps its first value.

    :raises Unreadable: not well-formed, or with a document type: entities are never expanded.
    """
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(payload, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Unreadable(f"not XML: {_short(problem)}") from None
    return tree.root


def _refuse_doctype(*_: object) -> NoReturn:
    raise Unreadable("XML with a document type")


class _Tree:
    """Nested dictionaries from expat's callbacks."""

    def __init__(self) -> None:
        self.root: dict[str, object] = {}
        self._open: list[tuple[str, dict[str, object], list[str]]] = [("", self.root, [])]
        self._count = 0

    def start(self, name: str, _attributes: object) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise Unreadable(f"XML with more than {_MOST_ELEMENTS} elements")
        self._open.append((name.rpartition(":")[2].casefold(), {}, []))

    def end(self, _name: str) -> None:
        name, inner, said = self._open.pop()
        self._open[-1][1].setdefault(name, inner or "".join(said).strip())

    def text(self, data: str) -> None:
        self._open[-1][2].append(data)


def _multipart(payload: bytes, *, repair: Iterable[str]) -> object:
    """Return the first part that is a document: the ``event_log`` beside a picture."""
    found = _BOUNDARY.match(payload)
    parts = payload.split(b"--" + found.group(1).strip()) if found else [payload]
    for part in parts[:20]:
        head, _, body = part.replace(b"\r\n", b"\n", 40).partition(b"\n\n")
        kind = head.lower()
        if body.lstrip()[:1] == b"{" and b"image/" not in kind:
            return read_json(_one_document(body), repair=repair)
        if body.lstrip()[:1] == b"<" and b"image/" not in kind:
            return read_xml(body.strip())
    raise Unreadable("a multipart body without a document in it")


def _one_document(body: bytes) -> bytes:
    return body[: body.rfind(b"}") + 1]


def _decoded(payload: bytes) -> str:
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None


def _loads(text: str) -> object:
    return _DECODER.decode(text)


def _lower(pairs: list[tuple[str, object]]) -> Document:
    return {key.casefold(): value for key, value in pairs}


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_lower, parse_constant=_refuse_constant)


def _short(problem: Exception) -> str:
    return clean(str(problem))[:120]
