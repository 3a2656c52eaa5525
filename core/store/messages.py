"""Messages on their way, and what became of them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.errors import NotFound
from core.facts.catalogue import Words
from core.facts.device import SiteCode
from core.facts.issue import IssueNumber, Urgency
from core.facts.message import Message, MessageKind, MessageState, MessengerCode
from core.facts.people import PersonCode
from core.store import bulk, tables

_t = tables.message
# As literals, so that the partial indices on them serve.
_WAITING: sa.ColumnElement[str] = sa.literal_column("'waiting'")
_FAILED: sa.ColumnElement[str] = sa.literal_column("'failed'")


class Messages:
    """Every SQL statement about a message."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Lay messages out to be sent: columns of the table without what only sending sets."""
        fresh = {"taken_until": None, "state": MessageState.WAITING.value, "tries": 0}
        blank = {"sent_at": None, "said": None, "answered_at": None}
        bulk.add(self._connection, _t, [{**row, **fresh, **blank} for row in rows])

    def due(self, now: datetime, *, without: Collection[tuple[SiteCode, str]]) -> Message | None:
        """Return the message that leaves next: one for a life, else what has waited longest.

        :param without: sites' ways that are passed over.
        """
        query = (
            sa.select(_t)
            .where(_t.c.state == _WAITING, _t.c.due_at <= now)
            .where(sa.or_(_t.c.taken_until.is_(None), _t.c.taken_until <= now))
            .order_by(_t.c.urgency != Urgency.LIFE_SAFETY.value, _t.c.due_at, _t.c.id)
            .limit(1)
        )
        for site, way in sorted(without):
            query = query.where(sa.or_(_t.c.site != site, _t.c.way != way))
        found = self._found(query)
        return found[0] if found else None

    def with_it(self, first: Message, now: datetime, *, limit: int) -> list[Message]:
        """Return all messages of this person by this way that may leave now."""
        return self._found(
            sa.select(_t)
            .where(
                _t.c.site == first.site,
                _t.c.person == first.person,
                _t.c.way == first.way,
                _t.c.state == _WAITING,
                _t.c.due_at <= now,
            )
            .order_by(_t.c.id)
            .limit(limit)
        )

    def in_group(self, first: Message, now: datetime, *, limit: int) -> list[Message]:
        """Return all messages by this way about the same, to whomever, that may leave now."""
        same = _t.c.issue == first.issue if first.issue is not None else _t.c.seq == first.seq
        return self._found(
            sa.select(_t)
            .where(
                _t.c.site == first.site,
                _t.c.way == first.way,
                same,
                _t.c.kind == first.kind.value,
                _t.c.state == _WAITING,
                _t.c.due_at <= now,
            )
            .order_by(_t.c.id)
            .limit(limit)
        )

    def take(self, messages: Iterable[Message], *, now: datetime, until: datetime) -> list[Message]:
        """Take messages for sending, unless somebody else was faster; return what one has."""
        taken = (
            sa.update(_t)
            .where(
                _t.c.id.in_([one.id for one in messages]),
                _t.c.state == _WAITING,
                sa.or_(_t.c.taken_until.is_(None), _t.c.taken_until <= now),
            )
            .values(taken_until=until)
            .returning(_t.c.id)
        )
        had = set(self._connection.scalars(taken))
        return [one for one in messages if one.id in had]

    def change(self, messages: Iterable[Message], **values: Any) -> None:
        """Set columns of messages; whoever took them lets go."""
        self._connection.execute(
            sa.update(_t)
            .where(_t.c.id.in_([one.id for one in messages]))
            .values(taken_until=None, **values)
        )

    def sent_since(self, site: SiteCode, way: MessengerCode, since: datetime) -> int:
        """Return how often a way was used since then; several messages sent as one count once."""
        query = (
            sa.select(_t.c.sent_at)
            .where(_t.c.site == site, _t.c.way == way, _t.c.sent_at > since)
            .distinct()
        )
        return len(self._connection.execute(query).all())

    def tried(self, message: Message) -> dict[str, MessageState]:
        """Return by which ways this message was laid out, and how each stands."""
        query = sa.select(_t.c.way, _t.c.state).where(
            _t.c.site == message.site,
            _t.c.seq == message.seq,
            _t.c.person == message.person,
        )
        return {row.way: MessageState(row.state) for row in self._connection.execute(query)}

    def of_token(self, token: str) -> Message | None:
        """Return the message of a link, whichever site wrote it: the token is the only key."""
        found = self._found(sa.select(_t).where(_t.c.token == token))
        return found[0] if found else None

    def answer(self, message: Message, *, at: datetime) -> bool:
        """Use a message's link up; False: it was used before."""
        done = self._connection.execute(
            sa.update(_t)
            .where(_t.c.id == message.id, _t.c.answered_at.is_(None))
            .values(answered_at=at)
        )
        return done.rowcount == 1

    def find(self, site: SiteCode, number: int) -> Message:
        """Return one message.

        :raises NotFound: no such message at this site.
        """
        found = self._found(sa.select(_t).where(_t.c.site == site, _t.c.id == number))
        if not found:
            raise NotFound(f"message {number} is not known here")
        return found[0]

    def latest(
        self,
        site: SiteCode,
        *,
        states: Collection[MessageState],
        limit: int,
        before: int | None = None,
    ) -> list[Message]:
        """Return messages in these states, the last first, from before ``before``."""
        query = sa.select(_t).where(
            _t.c.site == site, _t.c.state.in_(sorted(one.value for one in states))
        )
        if before is not None:
            query = query.where(_t.c.id < before)
        return self._found(query.order_by(_t.c.id.desc()).limit(limit))

    def failed(self, site: SiteCode) -> int:
        """Return how many messages of a site reached nobody."""
        query = sa.select(sa.func.count()).where(_t.c.site == site, _t.c.state == _FAILED)
        return self._connection.scalar(query) or 0

    def _found(self, query: sa.Select[Any]) -> list[Message]:
        return [_message(row) for row in self._connection.execute(query).mappings()]


def _message(row: Mapping[Any, Any]) -> Message:
    return Message(
        id=row["id"],
        site=SiteCode(row["site"]),
        seq=row["seq"],
        person=PersonCode(row["person"]),
        kind=MessageKind(row["kind"]),
        issue=IssueNumber(row["issue"]) if row["issue"] is not None else None,
        summons=row["summons"],
        urgency=Urgency(row["urgency"]),
        way=MessengerCode(row["way"]),
        words=Words(**row["words"]),
        token=row["token"],
        created_at=row["created_at"],
        due_at=row["due_at"],
        state=MessageState(row["state"]),
        tries=row["tries"],
        sent_at=row["sent_at"],
        said=row["said"],
        answered_at=row["answered_at"],
    )
