"""``shouwen check``: what is wrong in a site file."""

from pathlib import Path

from gateway import site as sites


def check(file: Path) -> tuple[str, ...]:
    """Return every mistake of a site file as ``file:line: where: reason``; none: it is good.

    Files that it names and that are not there are told once nothing else is wrong.
    """
    found = sites.mistakes(file) or sites.absent_files(file)
    return tuple(f"{file}:{one.line}: {one.where}: {one.reason}" for one in found)
