"""The policy: what the scheme leaves to numbers, with the version they were in force under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from core.facts.catalogue import CategoryCode
from core.facts.days import MIDNIGHT
from core.facts.issue import Urgency
from core.facts.ladder import Rung
from core.facts.report import ReportClass

#: Chinese control rooms let somebody stand in for half an hour, noted.
STAND_IN = timedelta(minutes=30)
#: An hour, where the office says nothing.
COPY_LIMIT = timedelta(hours=1)
PAUSE = timedelta(days=7)


class DayCount(StrEnum):
    """Which days the ladders count."""

    CALENDAR = "calendar"  # 自然日: the scheme's own
    WORKING = "working"  # 工作日


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How days are counted. The scheme's way is the default; everything else is an option."""

    #: 00:00 is 24:00: the day ends with its date.
    day_ends_at: time = MIDNIGHT
    days: DayCount = DayCount.CALENDAR
    #: At least so long between report and any step that counts days.
    least: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How soon a report of one class should be dealt with."""

    #: Unanswered so long: the row warns; then: it is past its limit.
    answer_first: timedelta
    answer_limit: timedelta
    #: From forwarding to the desk's acceptance.
    accept: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """The monitoring centre's times."""

    #: How long an operator's claim holds unless renewed.
    claim: timedelta
    life_safety_claim: timedelta
    #: For so long nobody at the centre need give a sign of presence; then the consoles ask.
    presence: timedelta = timedelta(minutes=10)
    presence_at_night: timedelta = timedelta(minutes=20)
    targets: Mapping[ReportClass, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Which claims "handled" are checked against recordings (五.2(3)②)."""

    #: Problems found on site that a camera can see: each claim at a covered place is checked.
    categories: frozenset[CategoryCode] = frozenset()
    #: Of all other claims at covered places, so many of a hundred, drawn by lot.
    sample_percent: int = 0
    #: Where a camera does not say for how many days its recorder keeps what it showed.
    keep_days: int = 30
    #: The review is due at least so many days before the recorder overwrites.
    days_before: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers:
    """What is a repeat, and how soon a customer hears from us (一.2, 五.2)."""

    #: The same problem of the same customer within so many days is a repeat.
    repeat_days: int = 30
    #: How alike words must be, of 100, where the category does not decide.
    alike: int = 60
    #: A complaint or grievance is answered within this time.
    first_answer: timedelta = timedelta(hours=24)
    #: A customer's link for his own verdict works so long.
    link_lasts: timedelta = timedelta(days=7)
    #: Whether an issue of a customer is closed only once he was told what became of it.
    told_before_closing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ComesBack:
    """Acknowledged is not handled: untouched so long, an issue comes back (E4); None: never."""

    accepted: timedelta | None = timedelta(days=1)
    #: Somebody was sent; and never before the time that was promised.
    assigned: timedelta | None = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class StormRule:
    """From when on so many events are a storm, and when it is over (D4)."""

    #: More than so many in a minute begin one; 0: none ever does.
    over: int = 300
    #: It is over once no minute brought more than so many ...
    calm: int = 60
    #: ... for so long. Fewer than began it, so that it does not come and go.
    calm_for: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """How a trouble explains the silence of what it feeds (D5)."""

    #: A silence that was told so long before the trouble may be of it still.
    within: timedelta = timedelta(minutes=10)
    #: Once the trouble is over, devices have so long to come back by themselves.
    back_after: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """When alarms of one flat are one incident (D2)."""

    #: So many within the time are one; 0: they never are.
    alarms: int = 3
    within: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """When ordinary messages wait for the morning, by the site's civil clock (J6)."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The scheme as data, in one version."""

    version: int
    clock: Clock
    ladders: Mapping[Urgency, tuple[Rung, ...]]
    monitoring: Monitoring
    #: The hour of the site's civil day at which the daily follow-up is asked for (五.1(3)①).
    followup_hour: int
    verification: Verification = Verification()
    customers: Customers = Customers()
    #: How long an on-site supervisor has to acknowledge the copy of a report (五.1(1)).
    copy_limit: timedelta = COPY_LIMIT
    #: For at most so long somebody stands at another's post (顶岗).
    stand_in: timedelta = STAND_IN
    #: For at most so long, all pauses together, the ladder of one issue stands still.
    pause: timedelta = PAUSE
    comes_back: ComesBack = ComesBack()
    storm: StormRule = StormRule()
    correlation: Correlation = Correlation()
    grouping: Grouping = Grouping()
    #: None: messages leave at any hour.
    quiet: Quiet | None = None
