"""What is to leave now, and what became of it: each step a short unit of work of its own.

Nothing is held while a messenger is spoken to. A sender that dies lets go after ``LEASE``, and
another sends again: a message may come twice, and is never lost.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from core.errors import NotAllowedNow
from core.facts.device import SiteCode
from core.facts.issue import Urgency
from core.facts.journal import MessageFailed, MessageSentAgain
from core.facts.message import (
    PUSH,
    Envelope,
    Message,
    MessageState,
    Messenger,
)
from core.facts.people import PersonCode
from core.outbox import about, policy, service
from core.store.journal import THE_SITE
from core.store.store import Store

#: Longer than any messenger is waited for.
LEASE = timedelta(seconds=60)
#: So many messages are told as one at most.
MOST = 50
_MINUTE = timedelta(minutes=1)
#: Why a message failed whose way is there no more.
NO_MESSENGER = "no such messenger"


def take(
    store: Store, *, now: datetime, busy: Collection[tuple[SiteCode, str]] = ()
) -> Envelope | None:
    """Take what is to leave next; None: nothing is due by a way that is free.

    What waited for the same person is told as one, and in a group what is the same for several;
    to one person what is for a life goes alone. Messages whose matter has ended, or was read
    meanwhile, are dropped.

    :param busy: ways that are spoken to at this moment.
    """
    passed = set(busy)
    while (first := store.messages.due(now, without=passed)) is not None:
        messenger = _messenger(store, first)
        if messenger is None and first.way != PUSH:  # the site file names it no more
            _give_up(store, first, tries=first.tries, why=NO_MESSENGER, now=now)
        elif messenger is not None and not _free(store, first, messenger, now=now):
            passed.add((first.site, first.way))
        elif (envelope := _taken(store, first, messenger, now=now)) is not None:
            return envelope
    return None


def _taken(
    store: Store, first: Message, messenger: Messenger | None, *, now: datetime
) -> Envelope | None:
    """Take a message and what may go with it; None: somebody else has it, or nobody needs it."""
    taken = store.messages.take(
        _together(store, first, messenger, now=now), now=now, until=now + LEASE * store.speed
    )
    ended = [one for one in taken if about.ended(store, one)]
    store.messages.change(ended, state=MessageState.DROPPED.value)
    still = tuple(one for one in taken if one not in ended)
    return _envelope(store, still, messenger) if still else None


def _together(
    store: Store, first: Message, messenger: Messenger | None, *, now: datetime
) -> list[Message]:
    """Return what is told as one: in a group what is the same, else what waited for one person."""
    if messenger is not None and messenger.kind.group:
        same = store.messages.in_group(first, now, limit=MOST)
        if len(same) > 1:
            return same
    if first.urgency is Urgency.LIFE_SAFETY:
        return [first]
    found = store.messages.with_it(first, now, limit=MOST)
    return [one for one in found if one.urgency is not Urgency.LIFE_SAFETY]


def sent(
    store: Store, envelope: Envelope, *, said: str, gone: Sequence[str], now: datetime
) -> None:
    """Note that it is out.

    :param said: what the messenger answered, its own number for the message at best.
    :param gone: browsers that are there no more.
    """
    store.messengers.unsubscribe(envelope.messages[0].site, gone)
    store.messages.change(
        envelope.messages, state=MessageState.SENT.value, sent_at=now, said=said[:500]
    )


def failed(
    store: Store,
    envelope: Envelope,
    *,
    why: str,
    gone: Sequence[str] = (),
    final: bool,
    now: datetime,
) -> None:
    """Note that it did not go: it is tried again, or by the person's next way, or has failed.

    :param final: trying again would not help.
    """
    store.messengers.unsubscribe(envelope.messages[0].site, gone)
    for one in envelope.messages:
        tries = one.tries + 1
        again = None
        if not final:
            again = policy.again_at(now, tries=tries, urgency=one.urgency, speed=store.speed)
        if again is not None:
            store.messages.change([one], tries=tries, said=why[:500], due_at=again)
            continue
        _give_up(store, one, tries=tries, why=why, now=now)


def retry(store: Store, message: Message, *, by: PersonCode, now: datetime) -> Message:
    """Let a message that failed begin anew.

    :raises NotAllowedNow: it has not failed.
    """
    store.journal.lock(message.site)
    if message.state is not MessageState.FAILED:
        raise NotAllowedNow(f"message {message.id} is {message.state}")
    entry = MessageSentAgain(message=message.id, to=message.person)
    store.journal.append(message.site, message.issue or THE_SITE, entry, at=now, by=by)
    store.messages.change(
        [message], state=MessageState.WAITING.value, tries=0, due_at=now, said=None
    )
    return store.messages.find(message.site, message.id)


def _give_up(store: Store, message: Message, *, tries: int, why: str, now: datetime) -> None:
    """Let a message go by the person's next way; where none is left, the journal shows it."""
    goes_on = service.lay_out_again(store, message, now=now)
    state = MessageState.PASSED_ON if goes_on else MessageState.FAILED
    store.messages.change([message], tries=tries, said=why[:500], state=state.value)
    if goes_on:
        return
    store.journal.lock(message.site)
    entry = MessageFailed(message=message.id, to=message.person, way=message.way)
    store.journal.append(message.site, message.issue or THE_SITE, entry, at=now)


def _messenger(store: Store, message: Message) -> Messenger | None:
    known = (one for one in store.messengers.all(message.site) if one.code == message.way)
    return next(known, None)


def _free(store: Store, message: Message, messenger: Messenger, *, now: datetime) -> bool:
    """Whether a messenger takes one more this minute; what is for a life is not counted."""
    if message.urgency is Urgency.LIFE_SAFETY:
        return True
    used = store.messages.sent_since(message.site, messenger.code, now - _MINUTE * store.speed)
    return used < messenger.per_minute


def _envelope(store: Store, messages: tuple[Message, ...], messenger: Messenger | None) -> Envelope:
    first = messages[0]
    codes = dict.fromkeys(one.person for one in messages)
    people = [store.people.find(first.site, code) for code in codes]
    browsers = store.messengers.of_person(first.site, first.person) if messenger is None else ()
    return Envelope(
        messages=messages,
        messenger=messenger,
        names=tuple(one.name for one in people),
        phones=tuple(one.phone for one in people if one.phone),
        subscriptions=tuple(browsers),
        site_name=store.sites.find(first.site).name,
    )
