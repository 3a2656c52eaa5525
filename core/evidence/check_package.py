"""Verify a package of evidence: ``python check_package.py [FOLDER or ZIP]``.

Needs Python 3.9 or later and nothing else. Prints one line for each flaw and ends with status 1 if
there is any.
"""

import hashlib
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Files = dict[str, bytes]


def flaws(files: Files) -> list[str]:
    """Return everything that is not as it was exported; ``files``: name → bytes."""
    try:
        manifest = json.loads(files["manifest.json"])
        lines = [json.loads(line) for line in files["journal.jsonl"].splitlines()]
        return [
            *_files(manifest, files),
            *_chain(manifest, lines),
            *_pictures(manifest, lines),
            *_export(manifest, lines),
        ]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
        return [f"the package is not of the agreed form: {problem!r}"]


def _files(manifest: Any, files: Files) -> Iterator[str]:
    said = manifest["files"]
    for name in sorted(said):
        if name not in files:
            yield f"{name} is missing"
        elif hashlib.sha256(files[name]).hexdigest() != said[name]:
            yield f"{name} is not as it was exported"
    for name in sorted(name for name in files if name.startswith("pictures/")):
        if name not in said:
            yield f"{name} was added"


def _chain(manifest: Any, lines: list[Any]) -> Iterator[str]:
    head = ""
    for ordinal, line in enumerate(lines, start=1):
        said = (head, line["site"], str(line["issue"]), str(ordinal), line["kind"])
        text = "\x1f".join((*said, line["at"], line["by"] or "", line["body"]))
        head = hashlib.sha256(text.encode()).hexdigest()
        if line["hash"] != head or line["ordinal"] != ordinal:
            yield f"journal.jsonl: entry {ordinal} is not as it was written"
            head = line["hash"]
    if head != manifest["head"]:
        yield "manifest.json: head is not the end of the journal"


def _pictures(manifest: Any, lines: list[Any]) -> Iterator[str]:
    attached: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        step = {"picture_attached": 1, "picture_deleted": -1}.get(line["kind"], 0)
        if step:
            body = json.loads(line["body"])
            attached[body["sha256"], body["label"], body["camera"]] += step
    here = [one for one in manifest["pictures"] if one["state"] == "here"]
    listed = Counter((one["sha256"], one["label"], one["camera"]) for one in here)
    for sha256, label, camera in sorted((+attached - listed) | (listed - attached)):
        yield f"manifest.json: {label} of {camera}, {sha256}, is not what the journal says"
    names = {Path(name).stem for name in manifest["files"] if name.startswith("pictures/")}
    for sha256 in sorted({key[0] for key in +attached} ^ names):
        yield f"manifest.json: picture {sha256} is listed in one place only"
    for name, sha256 in sorted(manifest["files"].items()):
        if name.startswith("pictures/") and Path(name).stem != sha256:
            yield f"{name} is not named by its hash"


def _export(manifest: Any, lines: list[Any]) -> Iterator[str]:
    last = lines[-1]
    said = (manifest["site"], manifest["issue"], manifest["exported_at"], manifest["exported_by"])
    if said != (last["site"], last["issue"], last["at"], last["by"]):
        yield "manifest.json: who exported what, and when, is not what the journal says"
    if json.loads(last["body"])["purpose"] != manifest["purpose"]:
        yield "manifest.json: the purpose is not what the journal says"


def _read(path: Path) -> Files:
    if path.is_file():
        with zipfile.ZipFile(path) as package:
            return {name: package.read(name) for name in package.namelist()}
    return {
        str(one.relative_to(path).as_posix()): one.read_bytes()
        for one in path.rglob("*")
        if one.is_file()
    }


def main() -> int:
    """Verify the package and say so."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    found = flaws(_read(path))
    for one in found:
        print(one)  # noqa: T201 - a program of its own
    print(f"{len(found)} flaws" if found else "everything is as it was exported")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
