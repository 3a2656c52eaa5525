"""An issue as reward and punishment see it, folded from the journal: pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.facts.catalogue import CategoryCode
from core.facts.issue import CallerKind, IssueNumber
from core.facts.journal.said import Said
from core.facts.people import PersonCode
from core.facts.place import PlaceCode

#: Kinds of entries that a case is made of.
READ = frozenset(
    {
        "opened",
        "told",
        "completed",
        "reclassified",
        "first_reporter_named",
        "first_reporter_corrected",
        "assigned",
        "handled",
        "closed",
        "reopened",
        "dismissed",
        "merged",
        "repeat_found",
        "repeat_unmarked",
        "reviewed",
        "inspected",
        "customer_judged",
        "aggrieved",
        "picture_attached",
    }
)


@dataclass(slots=True, kw_only=True)
class Case:
    """What one issue came to, as far as it matters to who found and who handled it."""

    issue: IssueNumber
    opened_at: datetime
    #: The entry that names the finder: the evidence that he found it.
    named: int | None = None
    finder: PersonCode | None = None
    caller: str | None = None
    category: CategoryCode | None = None
    place: PlaceCode | None = None
    words: str = ""
    on_the_spot: bool = False
    handled_by: PersonCode | None = None
    handled_at: datetime | None = None
    assigned_to: PersonCode | None = None
    pictures: int = 0
    #: Who, besides the finder, has said that the problem was there.
    confirmed_by: set[str] = field(default_factory=set)
    rejected: bool = False
    dismissed: bool = False
    merged: bool = False
    repeat: bool = False
    aggrieved: bool = False
    #: When it ended and by whom; when it was taken up again and by whom.
    ends: list[tuple[datetime, PersonCode | None]] = field(default_factory=list)
    reopenings: list[tuple[datetime, PersonCode | None]] = field(default_factory=list)

    @property
    def found_by_staff(self) -> bool:
        """Whether a member of staff found it himself; a call he merely took is none of his."""
        return self.caller == CallerKind.STAFF.value and self.finder is not None

    @property
    def verified(self) -> bool:
        """Whether somebody other than the finder has found it to be so, and nobody the contrary."""
        others = self.confirmed_by - {self.finder}
        return bool(others) and not (self.rejected or self.dismissed or self.merged or self.repeat)


def cases(entries: Iterable[Said]) -> dict[IssueNumber, Case]:
    """Fold the entries of some issues, in their order, into a case each."""
    found: dict[IssueNumber, Case] = {}
    for entry in entries:
        if entry.kind not in READ:
            continue
        case = found.get(entry.issue)
        if case is None:
            case = found[entry.issue] = Case(issue=entry.issue, opened_at=entry.at)
        _take(case, entry, json.loads(entry.body))
    return found


def _take(case: Case, entry: Said, body: Mapping[str, Any]) -> None:
    if entry.kind in {"opened", "told", "completed", "reclassified"}:
        _described(case, body)
    elif entry.kind in {"first_reporter_named", "first_reporter_corrected"}:
        case.finder = PersonCode(str(body.get("person") or body.get("after")))
        case.named = entry.seq
    elif entry.kind in {"closed", "reopened", "handled", "assigned"}:
        _moved(case, entry, body)
    else:
        _judged(case, entry, body)


def _described(case: Case, body: Mapping[str, Any]) -> None:
    case.caller = body.get("caller", case.caller)
    case.category = body.get("category", case.category)
    case.place = body.get("place", case.place)
    case.words = body.get("words", case.words)


def _moved(case: Case, entry: Said, body: Mapping[str, Any]) -> None:
    if entry.kind == "assigned":
        case.assigned_to = PersonCode(str(body["to"]))
    elif entry.kind == "reopened":
        case.reopenings.append((entry.at, entry.by))
    else:
        case.ends.append((entry.at, entry.by))
    if entry.kind == "handled":
        case.on_the_spot = bool(body.get("on_the_spot"))
        case.handled_at = entry.at
        case.handled_by = case.finder if case.on_the_spot else case.assigned_to or entry.by
        if not case.on_the_spot:
            case.confirmed_by.add(str(entry.by))
    elif entry.kind == "closed" and body.get("outcome") in {"solved", "handled_on_the_spot"}:
        case.confirmed_by.add(str(entry.by))


def _judged(case: Case, entry: Said, body: Mapping[str, Any]) -> None:
    verdict = body.get("verdict") or body.get("result")
    if verdict in {"handled", "in_order", "found"}:
        case.confirmed_by.add(str(entry.by))
    elif verdict == "not_handled":
        case.rejected = True
    elif entry.kind == "customer_judged" and body.get("solved"):
        case.confirmed_by.add("customer")
    elif entry.kind == "picture_attached":
        case.pictures += 1
    elif entry.kind in {"dismissed", "merged", "aggrieved"}:
        setattr(case, entry.kind, True)
    elif entry.kind in {"repeat_found", "repeat_unmarked"}:
        case.repeat = entry.kind == "repeat_found"
