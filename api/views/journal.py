"""A line of the journal as the API answers it."""

import json

from api.schemas.issue import EntryOut
from api.views.directory import Directory
from core.store.journal import Written


def entry_out(entry: Written, names: Directory) -> EntryOut:
    """Return an entry with its body as it was hashed."""
    return EntryOut(
        seq=entry.seq,
        ordinal=entry.ordinal,
        kind=entry.kind,
        at=entry.at,
        by=names.some_person(entry.by),
        body=json.loads(entry.body),
        hash=entry.hash,
    )
