"""Which line of a TOML file says what: ``tomllib`` does not tell.

Reads only files that ``tomllib`` has accepted, so it may trust what it sees. A path names a value
as one would reach it: ``("device", 2, "place")``; a table's path stands on the line of its header.
"""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = re.compile(r"'[^']*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""(?:"{1,2}(?!"))?', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'''(?:'{1,2}(?!'))?", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def lines(text: str) -> Mapping[Path, int]:
    """Return the line, from 1, on which each table and each key of a valid file stands."""
    return _Reader(text.replace("\r\n", "\n")).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[Path, int] = {}
        self._counted: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)
        return self._lines

    def _header(self) -> Path:
        line, many = self._line(), self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        path = self._resolved(self._key())
        self._at += 2 if many else 1
        if many:
            number = self._counted.get(path, 0)
            self._counted[path] = number + 1
            path = (*path, number)
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)
        return path

    def _resolved(self, keys: Path) -> Path:
        """Return the path of a header's keys: below an array of tables, its last table is meant."""
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if place < len(keys) - 1 and path in self._counted:
                path = (*path, self._counted[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = (*table, *self._key())
        for length in range(len(table) + 1, len(path) + 1):
            self._lines.setdefault(path[:length], line)
        self._at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(path)

    def _key(self) -> Path:
        """Read a key, dotted or not, and the blanks around it."""
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            match self._text[self._at]:
                case '"':
                    keys.append(_unescaped(self._take(_BASIC)[1:-1]))
                case "'":
                    keys.append(self._take(_LITERAL)[1:-1])
                case _:
                    keys.append(self._take(_BARE))
            self._skip(_BLANK)
            if self._text[self._at] != ".":
                return tuple(keys)
            self._at += 1

    def _value(self, path: Path) -> None:
        match self._text[self._at]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"':
                long = self._text.startswith('"""', self._at)
                self._take(_LONG_BASIC if long else _BASIC)
            case "'":
                long = self._text.startswith("'''", self._at)
                self._take(_LONG_LITERAL if long else _LITERAL)
            case _:
                self._take(_SCALAR)

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        self._skip(_SPACE)
        while self._text[self._at] != "]":
            self._lines[(*path, number)] = self._line()
            self._value((*path, number))
            number += 1
            self._skip(_SPACE)
            if self._text[self._at] == ",":
                self._at += 1
                self._skip(_SPACE)
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_SPACE)
        while self._text[self._at] != "}":
            self._pair(path)
            self._skip(_SPACE)
            if self._text[self._at] == ",":
                self._at += 1
                self._skip(_SPACE)
        self._at += 1

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"line {self._line()}: not TOML")
        self._at = found.end()
        return found.group()

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)


def _unescaped(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = found.group(1) or found.group(2)
        return chr(int(code, 16)) if code else _ESCAPED.get(found.group(3), found.group(3))

    return _ESCAPE.sub(plain, text)
