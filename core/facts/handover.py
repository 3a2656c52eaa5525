"""The shift passes from one person to the next: notes, the signed sheet, a seat just left."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from core.facts.device import SiteCode
from core.facts.people import PersonCode

HandoverNumber = NewType("HandoverNumber", int)
#: Which workstation it is: a random name that its console keeps.
Workstation = NewType("Workstation", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNote:
    """What somebody wrote down for whoever comes after him."""

    id: int
    site: SiteCode
    words: str
    by: PersonCode
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A sheet that both have signed: it is kept byte for byte."""

    site: SiteCode
    number: HandoverNumber
    outgoing: PersonCode
    incoming: PersonCode
    signed_at: datetime
    #: Canonical JSON.
    sheet: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftSeat:
    """Somebody logged off at a workstation while he held reports; his reliever may follow."""

    site: SiteCode
    workstation: Workstation
    person: PersonCode
    left_at: datetime
    #: Until then they wait for the reliever; then they are back in the queue.
    until: datetime
