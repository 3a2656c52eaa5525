"""``shouwen verify``: every site's journal and pictures, hash by hash and seal by seal."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from core import sealing
from core.rules import rules
from core.store.database import Database
from front.data_folder import DataFolder, NoStore


@dataclass(frozen=True, slots=True)
class Line:
    """One JSON line, and whether it says that all is well."""

    text: str
    sound: bool


def verify(*, data: Path | None, database: str | None) -> Iterator[Line]:
    """Yield a line for each flaw, then one for each site.

    :raises typer.BadParameter: there is no store, or it is not clear which.
    """
    try:
        folder = DataFolder.found(data)
    except NoStore as problem:
        raise typer.BadParameter(str(problem), param_hint="--data") from None
    key = folder.read_seal_key()
    url = database or folder.database_url
    pictures = os.environ.get("PICTURES_URL") or (
        None if url.startswith("sqlite:") else folder.path / "pictures"
    )
    opened = Database.open(url, rules=rules(), pictures=pictures)
    try:
        with opened.read() as store:
            for site in store.sites.codes():
                verified = sealing.verify(store, site=site, key=key)
                for flaw in verified.flaws:
                    said = {"site": site, "flaw": flaw.what, "issue": flaw.issue, "seq": flaw.seq}
                    yield Line(json.dumps(said, ensure_ascii=False), sound=False)
                summary = {
                    "site": site,
                    "entries": verified.entries,
                    "checkpoints": verified.checkpoints,
                    "pictures": verified.pictures,
                    "flaws": len(verified.flaws),
                }
                yield Line(json.dumps(summary), sound=not verified.flaws)
    finally:
        opened.close()
