"""Files that a site file names and that are to be there: secrets and certificates.

Apart from the other rules, because the centre reads the site file too, and has none of a gateway's
secrets; and because a token may come from the environment instead.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gateway import toml_lines

#: Table → keys that name a file.
_NAMED = {
    "centre": ("token_file",),
    "broker": ("password_file", "ca_file"),
    "http": ("secret_file",),
    "device": ("password_file",),
    "messenger": ("url_file", "secret_file"),
}


def absent(
    document: Mapping[str, object], *, folder: Path
) -> Iterator[tuple[toml_lines.Path, str]]:
    """Yield where a file is named that cannot be read, or holds nothing, and why."""
    for table, keys in _NAMED.items():
        content = document.get(table)
        rows = content if isinstance(content, list) else [content]
        for number, row in enumerate(rows):
            if not isinstance(row, dict):
                continue
            where: toml_lines.Path = (table, number) if isinstance(content, list) else (table,)
            for key in keys:
                name = row.get(key)
                reason = _reason(folder / name) if isinstance(name, str) else None
                if reason is not None:
                    yield (*where, key), reason


def _reason(file: Path) -> str | None:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as problem:
        return f"{file} cannot be read: {problem.strerror}"
    except ValueError:
        return f"{file} is no text"
    return None if text.strip() else f"{file} is empty"
