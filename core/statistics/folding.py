"""From entries of the journal to the fact of an issue: pure, one entry after the other.

Entries of rooms that statistics do not import are known by their kind and their JSON body.
"""

from dataclasses import replace

from core.facts import moment
from core.facts.device import DeviceCode
from core.facts.journal.said import Said
from core.facts.month import FoundBy, IssueFact, MonthCode
from core.facts.report import Channel
from core.statistics import telling
from core.statistics.changes import CHANGES
from core.statistics.office import Body, Office

#: Entries that say who called, or who first reported.
_SAYS_WHO = frozenset({"completed", "first_reporter_corrected"})
#: Where nobody calls: the device or the camera found it by itself.
_ALONE = frozenset({Channel.DEVICE, Channel.CAMERA})
#: The kinds of entries that change facts.
READ = frozenset({"opened", "told", "absorbed", "split_off", *CHANGES})


def begun(entry: Said, body: Body, office: Office) -> IssueFact | None:
    """Return the fact of an issue that this entry opens; None: it opens none."""
    if entry.kind not in {"opened", "told"}:
        return None
    told_at = moment.parse(body["told_at"])
    day = told_at.astimezone(office.zone)
    device = DeviceCode(body["device"]) if "device" in body else None
    channel = Channel(body["channel"])
    fact = IssueFact(
        issue=entry.issue,
        month=MonthCode(f"{day.year:04d}-{day.month:02d}"),
        reported_at=told_at,
        reported_on=day.date(),
        channel=channel,
        cls=telling.class_of(body),
        found_by=FoundBy.DEVICE if device and channel in _ALONE else FoundBy.UNKNOWN,
        place=telling.place(body),
        device=device,
        arrived_at=entry.at,
        seq=entry.seq,
    )
    return fact if device else replace(fact, **telling.told(entry, body))


def after(fact: IssueFact, entry: Said, body: Body, office: Office) -> IssueFact:
    """Return the fact once this entry is read into it; what says nothing of it changes nothing."""
    change = CHANGES.get(entry.kind)
    if change is None:
        return fact
    changed = dict(change(fact, entry, body, office))
    if fact.own_found_by is not None and entry.kind in _SAYS_WHO:
        # An older telling decides who found it; what is said now is of its own.
        changed["own_found_by"] = changed.pop("found_by")
    return replace(fact, seq=entry.seq, **changed)


def parted(fact: IssueFact, first: IssueFact | None, entry: Said, body: Body) -> IssueFact:
    """Return the fact once an issue was parted from it, or it from another one."""
    now = _counting(fact, first) if "first" in body else _with_its_own(fact)
    return replace(now, seq=entry.seq, merged=fact.merged and body["issue"] != fact.issue)


def absorbed(fact: IssueFact, other: IssueFact | None, entry: Said, body: Body) -> IssueFact:
    """Return the fact once another issue goes on in it: the oldest telling says who found it.

    Else a customer's problem could be made a find by merging it into what staff told later.

    :param other: the one told first, of all that go on in it; of old entries, which do not say
        that, the one that goes on in it now.
    """
    if "first" in body:
        return replace(_counting(fact, other), seq=entry.seq)
    oldest = moment.parse(body["reported_at"])
    if other is None or other.reported_at != oldest or fact.reported_at <= oldest:
        return fact
    return replace(
        fact,
        seq=entry.seq,
        found_by=other.found_by,
        own_found_by=fact.own_found_by or fact.found_by,
        customer=fact.customer or other.customer,
    )


def _counting(fact: IssueFact, first: IssueFact | None) -> IssueFact:
    """Return the fact with the one told first saying who found it."""
    if first is None or first.issue == fact.issue:
        return _with_its_own(fact)
    own = fact.own_found_by or fact.found_by
    found_by = first.own_found_by or first.found_by
    told_by = first.customer if found_by is FoundBy.CUSTOMER else None
    customer = fact.customer if own is FoundBy.CUSTOMER else None
    return replace(fact, found_by=found_by, own_found_by=own, customer=customer or told_by)


def _with_its_own(fact: IssueFact) -> IssueFact:
    """Return the fact as its own telling has it."""
    own = fact.own_found_by
    if own is None:
        return fact
    customer = fact.customer if own is FoundBy.CUSTOMER else None
    return replace(fact, found_by=own, own_found_by=None, customer=customer)
