"""What people are to know, in versions, and who knows it (宣贯, 五.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.facts.catalogue import CategoryCode
from core.facts.device import SiteCode
from core.facts.people import PersonCode, Role, UnitCode

BriefingNumber = NewType("BriefingNumber", int)


class BriefingSort(StrEnum):
    """How people are told."""

    MEETING = "meeting"  # 会议
    TRAINING = "training"  # 培训
    NOTICE = "notice"  # 通知
    PLAYBOOK = "playbook"  # 处置步骤有变: written by the product itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is to acknowledge: everybody of these roles in these units."""

    #: Empty: of every role.
    roles: frozenset[Role] = frozenset()
    #: Empty: of every unit.
    units: frozenset[UnitCode] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody writes to be known."""

    sort: BriefingSort
    title: str
    words: str
    audience: Audience
    #: Whose playbooks it explains: when one of them changes, people are asked again.
    categories: tuple[CategoryCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A briefing in one version; what was acknowledged of an older one does not count."""

    site: SiteCode
    number: BriefingNumber
    version: int
    draft: Draft
    #: None: the product itself, because a playbook changed.
    by: PersonCode | None
    published_at: datetime
