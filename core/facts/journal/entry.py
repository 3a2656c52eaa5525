"""What each entry of the journal (流水) has: a name on the wire, a body of plain JSON values."""

import re
from dataclasses import dataclass, fields

from core.facts.device import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened; who and when stand beside it in the journal."""

    @property
    def kind(self) -> str:
        """Return the entry's name on the wire and in the table: ``sent_back``."""
        return _kind(type(self))

    def body(self) -> dict[str, Plain | list[str]]:
        """Return what is to be kept, without what was not said."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values
            if value is not None
        }


_kind_of: dict[type[Entry], str] = {}


def _kind(entry: type[Entry]) -> str:
    known = _kind_of.get(entry)
    if known is None:
        known = _kind_of[entry] = re.sub(r"(?<!^)(?=[A-Z])", "_", entry.__name__).lower()
    return known
