"""Customers: whom a report came from, what they had to say again, and what they say of us."""

from dataclasses import dataclass

from core.facts.journal.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEntered(Entry):
    """A customer is known from now on; written under the site, without his telephone numbers."""

    customer: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerChanged(Entry):
    """What is known of a customer changed; which parts, not what they were."""

    customer: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTied(Entry):
    """Somebody said which customer a report came from; nobody but a person does."""

    report: int
    customer: str
    #: What he was shown that spoke for it: ``phone``, ``door``, ``name``, or nothing: chosen.
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatFound(Entry):
    """The customer had to say the same again (一.2)."""

    of: int
    customer: str
    #: ``category``, ``words`` or ``joined``.
    by: str
    #: Which telling of the same it is: 2 is the first repeat.
    chain: int
    likeness: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatUnmarked(Entry):
    """It was something else after all, and why."""

    of: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportJoined(Entry):
    """A telling was put to an issue that was known already; its reporter is kept."""

    report: int
    from_issue: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Entry):
    """This issue turned out to be another one, which goes on for both."""

    into: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed(Entry):
    """Another issue goes on in this one: its reports, its pictures, and the older clock."""

    issue: int
    reports: tuple[str, ...]
    reason: str
    reported_at: str
    #: Of all that go on in this issue now, the one that was told first.
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff(Entry):
    """It was another problem after all; written on both, each gets its own back."""

    issue: int
    into: int
    reports: tuple[str, ...]
    reason: str
    #: Of all that still go on in the issue under which this is written, the one told first.
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Praised(Entry):
    """A customer praised somebody (表扬)."""

    feedback: int
    words: str
    person: str | None = None
    unit: str | None = None
    customer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained(Entry):
    """A customer complained of somebody (投诉)."""

    feedback: int
    words: str
    person: str | None = None
    unit: str | None = None
    customer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggrieved(Entry):
    """A customer bears a grievance, without complaining of anybody formally (抱怨)."""

    feedback: int
    words: str
    person: str | None = None
    unit: str | None = None
    customer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAnswered(Entry):
    """The customer was answered, and how."""

    feedback: int
    how: str
    words: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterTold(Entry):
    """Who told of the problem was told what became of it: whom, how (回访)."""

    whom: str
    how: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerAsked(Entry):
    """A link was made by which the customer says himself whether it is solved."""

    expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerJudged(Entry):
    """The customer's own verdict."""

    solved: bool
    words: str
    rating: int | None = None
    #: ``link`` or ``visit``.
    by: str = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlanned(Entry):
    """Samples were drawn for a month (检查)."""

    month: str
    inspections: tuple[str, ...]
    inspector: str
    drawn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected(Entry):
    """Somebody looked on the spot, and what he found."""

    inspection: int
    place: str
    result: str
    person: str | None = None
    unit: str | None = None
    words: str | None = None
