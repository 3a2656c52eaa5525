"""Where in a TOML text something stands: a mistake is told with its line."""

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line of what ``path`` leads to, or of the nearest table above it.

    None: not even its table has a header of its own.
    """
    names = [part for part in path if isinstance(part, str)]
    places = [part for part in path if isinstance(part, int)]
    found: int | None = None
    seen = 0
    inside: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            inside = [part.strip().strip("\"'") for part in header[1].split(".")]
            if inside == names[: len(inside)]:
                nth = places[0] if places and len(inside) > 1 else 0
                if line.lstrip().startswith("[["):
                    seen += 1
                    inside = inside if seen - 1 == nth else []
                if inside:
                    found = number
        elif inside and inside == names[: len(inside)] and _says(line, names[len(inside) :]):
            return number
    return found


def _says(line: str, names: Sequence[str]) -> bool:
    """Whether a line gives the value of the first of these keys."""
    if not names:
        return False
    return re.match(rf"\s*[\"']?{re.escape(names[0])}[\"']?\s*[=.]", line) is not None
