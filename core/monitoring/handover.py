"""The shift is handed over: both sign one sheet, and what was held passes over (B14, B15)."""

from datetime import datetime

from core.errors import LifeSafetyUnclaimed, NotAllowedNow
from core.facts import moment
from core.facts.device import SiteCode
from core.facts.handover import Handover, ShiftNote
from core.facts.journal import HandedOver, ShiftNoted
from core.facts.people import PersonCode
from core.monitoring import holding, leaving, passing, sheet
from core.store.journal import THE_SITE
from core.store.store import Store


def note(store: Store, *, site: SiteCode, words: str, by: PersonCode, now: datetime) -> ShiftNote:
    """Write down what the next shift shall know; it stays until it is handed over.

    :raises Incomplete: no words.
    """
    told = holding.said(words, "a note needs words")
    store.journal.lock(site)
    written = store.handovers.note(site, told, by=by, now=now)
    entry = ShiftNoted(note=written.id, words=told)
    store.journal.append(site, THE_SITE, entry, at=now, by=by)
    return written


def sign(
    store: Store,
    *,
    site: SiteCode,
    outgoing: PersonCode,
    incoming: PersonCode,
    read: str,
    now: datetime,
) -> Handover:
    """Let both sign what they have read; who they are is the caller's to check.

    What the outgoing holds is the incoming's from this moment.

    :param read: the hash of the sheet that stood before them.
    :raises LifeSafetyUnclaimed: such an alarm has no holder; nobody leaves it to nobody.
    :raises NotAllowedNow: the sheet has changed since it was read, the incoming is the outgoing,
        or may not hold reports.
    """
    store.journal.lock(site)
    reliever = store.people.find(site, incoming)
    if incoming == outgoing or not passing.may_hold(reliever):
        raise NotAllowedNow(f"{incoming} cannot relieve {outgoing}")
    stands = sheet.build(store, site, now=now)
    if stands.forbidding:
        which = ", ".join(str(report.number) for report in stands.forbidding)
        raise LifeSafetyUnclaimed(f"nobody has claimed report {which}")
    if stands.sha256 != read:
        raise NotAllowedNow("the sheet has changed since it was read")
    signed = _signed(store, site, stands, outgoing=outgoing, incoming=incoming, now=now)
    store.handovers.sign(signed)
    held = holding.held(store, site, by=outgoing, now=now)
    entry = HandedOver(
        handover=signed.number,
        outgoing=outgoing,
        incoming=incoming,
        sha256=signed.sha256,
        passed=tuple(str(report.number) for report in held),
    )
    store.journal.append(site, THE_SITE, entry, at=now, by=incoming)
    for report in held:
        leaving.pass_over(store, report, holder=outgoing, to=incoming, now=now)
    return signed


def _signed(
    store: Store,
    site: SiteCode,
    stands: sheet.Sheet,
    *,
    outgoing: PersonCode,
    incoming: PersonCode,
    now: datetime,
) -> Handover:
    number = store.handovers.next_number(site)
    people = {one.code: one.name for one in store.people.all(site)}
    text = sheet.signed_text(
        stands,
        number=number,
        signatures={
            "outgoing": {"code": outgoing, "name": people[outgoing]},
            "incoming": {"code": incoming, "name": people[incoming]},
            "signed_at": moment.text(now),
        },
    )
    return Handover(
        site=site,
        number=number,
        outgoing=outgoing,
        incoming=incoming,
        signed_at=now,
        sheet=text,
        sha256=sheet.digest(text),
    )
