"""The register (登记表) on A4, as the paper it replaces: the scheme's columns and a signature."""

from collections.abc import Sequence
from datetime import datetime

from api.documents import pdf
from api.documents.words import Language, word
from api.schemas.issue import IssueRow
from core.facts.days import SiteDays

#: The columns, and how wide each is.
COLUMNS = {
    "number": 4,
    "reported_at": 8,
    "first_reporter": 6,
    "unit": 7,
    "caller": 7,
    "channel": 6,
    "hops": 3.5,
    "place": 8,
    "category": 7,
    "words": 16,
    "urgency": 4.5,
    "accepted_at": 8,
    "assigned_to": 6,
    "handled_at": 8,
    "handled_how": 12,
    "outcome": 5,
    "signature": 6,
}


def printed(
    rows: Sequence[IssueRow], *, site_name: str, of: str, days: SiteDays, language: Language
) -> bytes:
    """Set the register of a month or a day as PDF, each page with its line for signatures.

    :raises NoFont: no font with Chinese is installed.
    """
    return pdf.pages(
        "register.typ",
        {
            "title": word(language, "register", "title", site=site_name, month=of),
            "signed": word(language, "register", "signed"),
            "columns": [word(language, "register", name) for name in COLUMNS],
            "widths": list(COLUMNS.values()),
            "rows": [_row(row, days, language) for row in rows],
        },
    )


def _row(row: IssueRow, days: SiteDays, language: Language) -> list[str]:
    first = row.first_reporter
    unknown = word(language, "register", "unidentified")
    caller = ""
    if row.caller is not None:
        kind = word(language, "caller", row.caller.kind.value)
        caller = " ".join(part for part in (kind, row.caller.name) if part)
    if first is not None and first.to_be_identified:
        caller = unknown
    said = {
        "number": str(row.number),
        "reported_at": _clock(row.reported_at, days),
        "first_reporter": first.name if first else "",
        "unit": first.person.unit.name if first and first.person else "",
        "caller": caller,
        "channel": word(language, "channel", row.channel.value) if row.channel else "",
        "hops": str(row.relays_count),
        "place": "/".join(row.place.path[1:] or row.place.path) if row.place else "",
        "category": getattr(row.category, language) if row.category else "",
        "words": row.words,
        "urgency": word(language, "urgency", row.urgency.value),
        "accepted_at": _clock(row.accepted_at, days),
        "assigned_to": row.assigned_to.name if row.assigned_to else "",
        "handled_at": _clock(row.handled_at, days),
        "handled_how": row.handled_how or "",
        "outcome": word(language, "outcome", row.outcome.value) if row.outcome else "",
        "signature": "",
    }
    return [said[name] for name in COLUMNS]


def _clock(at: datetime | None, days: SiteDays) -> str:
    """Return the civil time as one writes it down: midnight begins a day here, it ends none."""
    return f"{days.local(at):%Y-%m-%d %H:%M}" if at is not None else ""
