"""What the journal tells a person is laid out for his telephone, by his ways, once."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from core.facts.device import SiteCode
from core.facts.message import TELLING, Message, MessageKind, MessageState, Messenger, MessengerCode
from core.facts.people import Person, PersonCode
from core.outbox import policy
from core.outbox.about import About, Lookup
from core.store.journal import Written
from core.store.store import Store

#: The name of this stage's cursor.
STAGE = "outbox"
_ON_ITS_WAY = frozenset({MessageState.WAITING, MessageState.SENT})
#: Where an entry says whom it is about.
_WHOM = {"alerted": "person", "copy_sent": "to", "follow_up_asked": "of"}


def follow(store: Store, *, site: SiteCode, now: datetime, limit: int) -> int:
    """Lay out what was told to people since the last time; return entries read.

    Where a site has no messengers and nobody subscribed, nothing is laid out.
    """
    store.journal.lock(site)
    entries = store.cursors.read(site, STAGE, kinds=TELLING, limit=limit)
    if not entries:
        return 0
    reach = Reach(store, site)
    if reach.anybody:
        lookup = Lookup(store, site)
        told = ((entry, one) for entry in entries for one in _whom(entry))
        rows = (
            _rows(store, reach, entry, code, lookup.of(entry, summons=summons), now)
            for entry, (code, summons) in told
        )
        store.messages.add([row for some in rows for row in some])
    return len(entries)


class Reach:
    """By which ways each person of a site can be reached."""

    def __init__(self, store: Store, site: SiteCode) -> None:
        """Look once; one unit of work sees one answer."""
        self._messengers: Sequence[Messenger] = store.messengers.all(site)
        self._subscribed = store.messengers.subscribed(site)
        self._people: dict[PersonCode, Person] = {}
        if self.anybody:
            self._people = {one.code: one for one in store.people.all(site) if one.active}

    @property
    def anybody(self) -> bool:
        """Whether there is any way to anybody."""
        return bool(self._messengers or self._subscribed)

    def of(self, code: PersonCode) -> tuple[MessengerCode, ...]:
        """Return a person's ways, the first to be tried first; empty: he cannot be reached."""
        person = self._people.get(code)
        if person is None:
            return ()
        return policy.ways(person, self._messengers, subscribed=code in self._subscribed)


def lay_out_again(store: Store, failed: Message, *, now: datetime) -> bool:
    """Lay a message out by the person's next way; False: he has none left.

    True as well where another way has it already, as all have what is for a life.
    """
    tried = store.messages.tried(failed)
    if any(tried[way] in _ON_ITS_WAY for way in tried if way != failed.way):
        return True
    way = policy.after(Reach(store, failed.site).of(failed.person), tried)
    if way is None:
        return False
    store.messages.add([_row(failed, way=way, due_at=now, now=now)])
    return True


def _whom(entry: Written) -> Iterator[tuple[PersonCode, int | None]]:
    """Return who is told, and of which summons if it is one."""
    body: Mapping[str, Any] = json.loads(entry.body)
    match TELLING[entry.kind]:
        case MessageKind.NOTICE:
            yield from ((PersonCode(code), None) for code in body["people"])
        case MessageKind.SUMMONS:
            # Calls of before messages told of them bear no numbers.
            called = zip(body["people"], body.get("summons", ()), strict=False)
            yield from ((PersonCode(code), int(number)) for code, number in called)
        case _:
            yield PersonCode(body[_WHOM[entry.kind]]), None


def _rows(
    store: Store, reach: Reach, entry: Written, code: PersonCode, about: About, now: datetime
) -> list[dict[str, Any]]:
    ways = policy.chosen(reach.of(code), urgency=about.urgency)
    if not ways:
        return []
    kind = TELLING[entry.kind]
    quiet = store.rules_of(entry.site).policy.quiet
    due_at = now
    if kind is not MessageKind.ALERT:  # whoever is asked to come is on duty
        zone = store.sites.zone(entry.site)
        due_at = policy.due_at(now, urgency=about.urgency, quiet=quiet, zone=zone)
    return [
        {
            "site": entry.site,
            "seq": entry.seq,
            "person": code,
            "kind": kind.value,
            "issue": about.issue,
            "summons": about.summons,
            "urgency": about.urgency.value,
            "way": way,
            "words": {"zh": about.words.zh, "en": about.words.en},
            "token": secrets.token_urlsafe(24),
            "created_at": now,
            "due_at": due_at,
        }
        for way in ways
    ]


def _row(like: Message, *, way: MessengerCode, due_at: datetime, now: datetime) -> dict[str, Any]:
    words = like.words
    return {
        "site": like.site,
        "seq": like.seq,
        "person": like.person,
        "kind": like.kind.value,
        "issue": like.issue,
        "summons": like.summons,
        "urgency": like.urgency.value,
        "way": way,
        "words": {"zh": words.zh, "en": words.en},
        "token": secrets.token_urlsafe(24),
        "created_at": now,
        "due_at": due_at,
    }
