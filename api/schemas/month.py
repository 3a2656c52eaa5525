"""Months: their numbers, what each opens, and what closing froze (五.2(3))."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field, StringConstraints

from api.schemas.issue import IssueRow
from api.schemas.refs import PersonRef
from api.schemas.values import Code, In, Out, Said, Sentence
from core.facts.month import FoundBy, Panel

#: A month of the site's civil calendar: ``2026-11``.
Month = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$"),
    Path(description="A month of the site's civil calendar: `2026-11`.", examples=["2026-11"]),
]
Cell = Annotated[
    str,
    StringConstraints(min_length=3, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$"),
    Path(
        description=(
            "`<dimension>.<measure>.<key>`, `t.<measure>.<within>.<group>`"
            " or `s.<span>.<operator>`, as the report names it."
        )
    ),
]


class LineOut(Out):
    """The sums of one key, in the order of the report's measures."""

    key: str = Field(description="A code; empty: nobody, nowhere, not said.")
    counts: list[int]
    found_first: float | None = Field(description="Found by staff or devices ÷ all problems.")
    repeat_rate: float | None = Field(description="Customers who told again ÷ who told at all.")


class SpreadOut(Out):
    """How values lie: nearest rank, whole seconds."""

    cell: str
    group: str = Field(description="`<channel>:<hops>`, or the hop; `*` is all of them.")
    n: int
    median: int | None
    p90: int | None
    total: int | None = Field(description="Of hops: all they added together.")


class AnswerOut(Out):
    """Answer times of one class."""

    measure: str
    cls: str
    n: int
    within: list[int] = Field(description="How many within each of the report's limits.")
    p50: int
    p80: int
    p98_5: int


class StandardOut(Out):
    """What a standard asks, how far that is confirmed, and what the month shows."""

    standard: str
    status: str
    cls: str
    measure: str
    seconds: int | None
    wanted: float | None
    n: int
    within: int
    met: bool | None


class LoadOut(Out):
    """Alarms by spans of ten minutes: of the centre (no operator), or of one operator."""

    operator: str
    n: int
    spans: int
    average: float
    peak: int
    peak_span: int = Field(description="Spans of ten minutes since 1970.")
    above: int


class MonthReportOut(Out):
    """One month of the site; a sum's cell is `<dimension>.<measure>.<key>`, the key quoted."""

    site: str
    site_name: str
    month: str
    zone: str
    measures: list[str]
    whole: LineOut
    parts: dict[str, list[LineOut]]
    acceptance: list[SpreadOut]
    hops: list[SpreadOut]
    limits: list[int]
    answers: list[AnswerOut]
    standards: list[StandardOut]
    load: list[LoadOut]
    devices: list[LineOut]
    names: dict[str, dict[str, str | dict[str, str]]]


class ClosedOut(Out):
    """When and by whom a month was closed, and the hash of what was frozen."""

    closed_at: datetime
    closed_by: PersonRef
    sha256: str


class CorrectedOut(Out):
    """A number that late entries have moved since."""

    cell: str
    before: int
    after: int


class MonthOut(Out):
    """A month's report; of a closed one as it was frozen, with what came later apart."""

    report: MonthReportOut
    closed: ClosedOut | None
    may_close: bool = Field(description="It has ended, is not closed, and no objection is open.")
    open_objections: int
    correction: list[CorrectedOut]


class MonthRow(Out):
    """One month in the list of months."""

    month: str
    told: int
    problems: int
    found_first: float | None
    repeat_rate: float | None
    units: list[LineOut]
    closed: ClosedOut | None


class MonthsOut(Out):
    """The months in which anything was told, the newest first."""

    items: list[MonthRow]
    measures: list[str]


class FactOut(Out):
    """How an issue of the list is counted."""

    at: datetime = Field(description="When it was reported, or when what is counted happened.")
    seconds: int | None = Field(description="The value, where values are counted.")
    found_by: FoundBy | None
    issue: IssueRow | None = Field(description="None: what is counted is about the site.")


class CellOut(Out):
    """The issues behind a number: as many as it says."""

    n: int
    items: list[FactOut]
    next_cursor: str | None


class PanelNumberOut(Out):
    """A number of a panel, and the cell that opens its issues."""

    measure: str
    n: int
    cell: str


class PanelUnitOut(Out):
    """The same numbers of one unit."""

    unit: str
    name: str
    numbers: list[PanelNumberOut]


class PanelOut(Out):
    """One of the five panels."""

    panel: Panel
    owner: PersonRef | None
    reviewed_at: datetime | None
    reviewed_by: PersonRef | None
    words: str | None
    mine: bool = Field(description="I answer for it.")


class PanelShownOut(PanelOut):
    """A panel with its numbers in one month."""

    numbers: list[PanelNumberOut]
    units: list[PanelUnitOut]


class PanelsOut(Out):
    """The five panels in the scheme's order."""

    month: str
    found_first: float | None
    repeat_rate: float | None
    items: list[PanelShownOut]


class PanelOwnerIn(In):
    """Who answers for the panel from now on."""

    owner: Code


class PanelReviewIn(In):
    """What the panel shows, in the owner's words."""

    words: Said


class RegisterOut(Out):
    """The register of a month or a day, as it is printed."""

    site_name: str
    of: str
    columns: dict[str, Sentence]
    items: list[IssueRow]
    next_cursor: str | None
