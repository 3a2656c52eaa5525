"""Reward and punishment: rules, proposals, the ledger, flags (奖惩建议 → 认定 → 台账, 五.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.month import MonthCode
from core.facts.people import PersonCode, UnitCode

#: The rule of a proposal that no rule made.
BY_HAND = "by_hand"


class Deed(StrEnum):
    """What somebody did or left undone: each condition of the scheme and its opposite."""

    PRAISED = "praised"  # 受表扬
    COMPLAINED = "complained"  # 被投诉
    FOUND = "found"  # 发现问题
    OVERLOOKED = "overlooked"  # 检查发现而未报
    GRIEVANCE_REMOVED = "grievance_removed"  # 化解抱怨
    GRIEVANCE_CAUSED = "grievance_caused"  # 引起抱怨
    FOLLOWED_UP = "followed_up"  # 按日跟踪
    MISSED = "missed"  # 漏跟踪
    IN_TIME = "in_time"  # 及时回应
    LATE = "late"  # 未及时回应
    SAVED = "saved"  # 避免损失
    LOST = "lost"  # 造成损失
    #: In no rule of ours, but in a unit's dossier.
    REFUSED = "refused"  # 拒绝到场


class Subject(StrEnum):
    """Whom a rule is about."""

    PERSON = "person"
    UNIT = "unit"


class Every(StrEnum):
    """When a rule proposes."""

    ENTRY = "entry"  # as it happens
    MONTH = "month"  # at the month's end


class Consequence(StrEnum):
    """What a decision brings besides points."""

    POINTS = "points"  # 仅计分
    COMMEND = "commend"  # 通报表扬
    CRITICISE = "criticise"  # 通报批评
    AWARD_ELIGIBLE = "award_eligible"  # 评优资格
    AWARD_INELIGIBLE = "award_ineligible"  # 取消评优资格
    RENEWAL_PRIORITY = "renewal_priority"  # 优先续约
    RENEWAL_INELIGIBLE = "renewal_ineligible"  # 取消续约资格
    SUPPLIER_QUALIFIED = "supplier_qualified"  # 合格供方
    SUPPLIER_REVIEW = "supplier_review"  # 供方复评
    SUPPLIER_STRUCK_OFF = "supplier_struck_off"  # 取消供方资格
    CONTRACT_END = "contract_end"  # 终止合同
    NONE = "none"  # 无: a refused proposal, or one taken back


_BOTH = {Consequence.POINTS, Consequence.COMMEND, Consequence.CRITICISE}
_AWARDS = {Consequence.AWARD_ELIGIBLE, Consequence.AWARD_INELIGIBLE}
#: What may come upon whom.
FITS: Mapping[Subject, frozenset[Consequence]] = {
    Subject.PERSON: frozenset(_BOTH | _AWARDS),
    Subject.UNIT: frozenset(set(Consequence) - _AWARDS - {Consequence.NONE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritRule:
    """One rule: so many deeds make one proposal."""

    code: str
    subject: Subject
    deed: Deed
    every: Every
    #: Month rules: at least so many deeds in the month.
    least: int = 1
    #: Month rules: and none of these.
    without: Deed | None = None
    points: int
    consequence: Consequence
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritRules:
    """All rules of a site in one version."""

    version: int
    #: For so long after the proposal whom it concerns may object.
    objection: timedelta
    rules: tuple[MeritRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An entry of the journal: the issue under which it stands, and its number."""

    issue: IssueNumber
    seq: int

    def __str__(self) -> str:
        return f"{self.issue}:{self.seq}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One deed of one person or unit, as an entry of the journal tells it."""

    deed: Deed
    person: PersonCode | None
    unit: UnitCode | None
    evidence: Evidence
    at: datetime
    month: MonthCode


class Decision(StrEnum):
    """What the director makes of a proposal."""

    APPROVED = "approved"
    CHANGED = "changed"
    REFUSED = "refused"


class ObjectionState(StrEnum):
    """Whether somebody waits for an answer."""

    NONE = "none"
    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed about one person or one unit, and how it stands."""

    site: SiteCode
    id: int
    rule: str
    #: Of the rules it came from; None: by hand.
    version: int | None
    person: PersonCode | None
    unit: UnitCode | None
    points: int
    consequence: Consequence
    zh: str
    en: str
    evidence: tuple[Evidence, ...]
    month: MonthCode
    proposed_at: datetime
    proposed_by: PersonCode | None
    objection_until: datetime
    decision: Decision | None = None
    decided_points: int | None = None
    decided_consequence: Consequence | None = None
    decided_by: PersonCode | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    objection: ObjectionState = ObjectionState.NONE
    objected_by: PersonCode | None = None
    objected_at: datetime | None = None
    objection_words: str | None = None
    answer: str | None = None
    answered_by: PersonCode | None = None
    answered_at: datetime | None = None
    #: An objection to the decision was answered: once more may be decided.
    reopened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line of the ledger (台账); a balance is the sum of its lines."""

    id: int
    proposal: int
    person: PersonCode | None
    unit: UnitCode | None
    points: int
    consequence: Consequence
    month: MonthCode
    at: datetime
    by: PersonCode


class Trick(StrEnum):
    """What is recognised as done for the points."""

    SPLIT = "split"  # 一事多报
    SELF_MADE = "self_made"  # 疑似自造
    ALARM_COPY = "alarm_copy"  # 照抄设备报警
    CLOSE_REOPEN = "close_reopen"  # 反复关开
    NO_PICTURE = "no_picture"  # 大量当场处理无照片
    PRAISE_RING = "praise_ring"  # 同一客户反复表扬


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A trick that was recognised; shown beside the proposal, never punished by itself."""

    trick: Trick
    person: PersonCode
    issues: tuple[IssueNumber, ...]
    at: datetime
