"""The link in a message: it answers once, for that person, within its time (J5)."""

from datetime import datetime

from core.errors import LinkUsed, NotFound
from core.facts.message import Message
from core.outbox.policy import LINK_LASTS
from core.store.store import Store


def look(store: Store, token: str, *, now: datetime) -> Message:
    """Return what a link is about.

    :raises NotFound: nobody was sent it, its time is over, or he works here no more.
    :raises LinkUsed: it was used.
    """
    message = store.messages.of_token(token)
    if message is None:
        raise NotFound("this link is not valid")
    if message.answered_at is not None:
        raise LinkUsed
    sent_at = message.sent_at or message.due_at
    if now >= sent_at + LINK_LASTS:
        raise NotFound("this link has expired")
    if not store.people.find(message.site, message.person).active:
        raise NotFound("this link is not valid")
    return message


def use(store: Store, token: str, *, now: datetime) -> Message:
    """Use a link up, before what it answers is written in the same transaction.

    :raises NotFound: as ``look``. :raises LinkUsed: it was used.
    """
    message = look(store, token, now=now)
    store.journal.lock(message.site)
    if not store.messages.answer(message, at=now):
        raise LinkUsed
    return message
