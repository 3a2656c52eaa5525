"""A package that leaves the product: pictures, journal and a program that verifies both anywhere.

The program needs Python and nothing else; it stands in ``core/evidence/check_package.py``.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from importlib import resources
from pathlib import Path

from core.errors import Incomplete, NotFound
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.evidence import Picture, PictureState
from core.facts.issue import IssueNumber
from core.facts.journal import PicturesExported
from core.facts.people import PersonCode
from core.store.database import Database
from core.store.journal import Written
from core.store.store import Store

_ENDING = {"image/jpeg": "jpg", "image/png": "png"}
#: The earliest moment a zip can say; so the same package is the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_READ_ME = """首问 Shouwen: 图像证据包 / package of evidence

核对（任何装有 Python 3.9 以上的电脑，无需联网）/ to verify, with Python 3.9 or later:

    python check_package.py

它重新计算每张图片、每条流水的哈希，并与清单比较；head 可与管理处的流水核对。
It computes every hash again, of pictures and journal, and compares them with the manifest; the
property office can say whether `head` is the end of this issue's journal.
"""


def export(
    database: Database,
    *,
    site: SiteCode,
    issue: IssueNumber,
    purpose: str,
    by: PersonCode | None,
    out: Path,
    now: datetime,
) -> int:
    """Write an issue's pictures and journal to a new zip file; return how many pictures.

    The export itself is the last entry in it: it is written down before anything leaves.

    :raises Incomplete: no purpose. :raises NotFound: no such issue, or a picture has changed.
    :raises FileExistsError: ``out`` is there already; nothing is written down then.
    """
    if not purpose.strip():
        raise Incomplete("say what the pictures are exported for")
    with out.open("xb") as file:
        try:
            with database.begin() as store:
                store.journal.lock(site)
                store.issues.find(site, issue)
                pictures = store.pictures.of_issues(site, [issue]).get(issue, [])
                contents = _contents(store, pictures)
                entry = PicturesExported(purpose=purpose.strip(), pictures=tuple(contents))
                store.journal.append(site, issue, entry, at=now, by=by)
                entries = store.journal.of_issue(site, issue)
        except BaseException:
            out.unlink()
            raise
        _write(file.name, _files(site, issue, pictures, contents, entries))
    return len(contents)


def _contents(store: Store, pictures: Iterable[Picture]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for one in pictures:
        if one.state is not PictureState.HERE or one.sha256 is None or one.sha256 in contents:
            continue
        content = store.blobs.read(one.site, one.sha256)
        if content is None or hashlib.sha256(content).hexdigest() != one.sha256:
            raise NotFound(f"picture {one.sha256} is not as it was received; run shouwen verify")
        contents[one.sha256] = content
    return contents


def _files(
    site: SiteCode,
    issue: IssueNumber,
    pictures: Iterable[Picture],
    contents: dict[str, bytes],
    entries: list[Written],
) -> dict[str, bytes]:
    journal = b"".join(_line(entry) for entry in entries)
    kinds = {one.sha256: one.media_type for one in pictures if one.sha256 is not None}
    files = {
        f"pictures/{sha256}.{_ENDING.get(kinds[sha256] or '', 'bin')}": content
        for sha256, content in contents.items()
    }
    manifest = {
        "site": site,
        "issue": issue,
        "exported_at": moment.text(entries[-1].at),
        "exported_by": entries[-1].by,
        "purpose": json.loads(entries[-1].body)["purpose"],
        "head": entries[-1].hash,
        "pictures": [_said(one) for one in pictures],
        "files": {
            name: hashlib.sha256(content).hexdigest()
            for name, content in sorted({**files, "journal.jsonl": journal}.items())
        },
    }
    program = resources.files("core.evidence").joinpath("check_package.py").read_bytes()
    return {
        "README.txt": _READ_ME.encode(),
        "check_package.py": program,
        "journal.jsonl": journal,
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=1).encode(),
        **files,
    }


def _said(one: Picture) -> dict[str, object]:
    return {
        "sha256": one.sha256,
        "state": one.state.value,
        "reason": one.reason,
        "label": one.label.value,
        "camera": one.camera,
        "report": one.report,
        "taken_at": moment.text(one.taken_at) if one.taken_at is not None else None,
        "masked": one.masked,
    }


def _line(entry: Written) -> bytes:
    said = {
        "site": entry.site,
        "issue": entry.issue,
        "ordinal": entry.ordinal,
        "kind": entry.kind,
        "at": moment.text(entry.at),
        "by": entry.by,
        "body": entry.body,
        "hash": entry.hash,
    }
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _write(out: str, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, date_time=_EPOCH), content)
