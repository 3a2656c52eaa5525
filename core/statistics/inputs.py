"""What a closed month was made of: kept whole, so that it can be made again byte for byte."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.facts import moment
from core.facts.month import IssueFact, MonthCode, Occurrence
from core.facts.month_report import MonthReport
from core.statistics.month import report, sums_of
from core.statistics.taking import Changes
from core.store.issue_facts import to_fact, to_occurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything a month's report is a function of."""

    site: str
    site_name: str
    month: MonthCode
    zone: str
    names: Mapping[str, Mapping[str, Any]]
    facts: list[IssueFact]
    occurrences: list[Occurrence]

    def kept(self) -> bytes:
        """Return the inputs as they are kept; the same inputs give the same bytes."""
        plain = {
            **{one.name: getattr(self, one.name) for one in fields(self)},
            "facts": [asdict(fact) for fact in self.facts],
            "occurrences": [asdict(one) for one in self.occurrences],
        }
        text = json.dumps(
            plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_text
        )
        return gzip.compress(text.encode(), mtime=0)

    def report(self) -> MonthReport:
        """Make the report, or make it again."""
        changes = Changes()
        changes.take((fact, 1) for fact in self.facts)
        changes.occurred(self.occurrences)
        return report(
            sums_of(changes, self.month),
            site=self.site,
            site_name=self.site_name,
            month=self.month,
            zone=ZoneInfo(self.zone),
            names=self.names,
        )


def read(kept: bytes) -> Inputs:
    """Return the inputs that were kept."""
    said = json.loads(gzip.decompress(kept))
    facts = [to_fact(_dated(one, _MOMENTS)) for one in said.pop("facts")]
    occurrences = [to_occurrence(_dated(one, {"at"})) for one in said.pop("occurrences")]
    return Inputs(**said, facts=facts, occurrences=occurrences)


_MOMENTS = frozenset(one.name for one in fields(IssueFact) if one.name.endswith("_at"))


def _dated(row: dict[str, Any], moments: frozenset[str] | set[str]) -> dict[str, Any]:
    for name in moments:
        if row[name] is not None:
            row[name] = moment.parse(row[name])
    if "reported_on" in row:
        row["reported_on"] = date.fromisoformat(row["reported_on"])
    return row


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return moment.text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not kept so")
