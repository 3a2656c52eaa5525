"""The daily cards, and when each site asks next: every SQL statement about them is here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from core.facts.device import SiteCode
from core.facts.followup import Card, CardState
from core.facts.issue import UNHANDLED, Issue, IssueNumber
from core.facts.people import PersonCode, UnitCode
from core.store import tables
from core.store.issue_rows import issue_of
from core.store.upsert import upsert

_t, _clock, _issue = tables.followup, tables.followup_clock, tables.issue
_open = [status.value for status in sorted(UNHANDLED)]
# As literals, so that partial indexes on the state serve.
_ASKED: sa.ColumnElement[str] = sa.literal_column("'asked'")
_MISSED: sa.ColumnElement[str] = sa.literal_column("'missed'")
_SOLVED: sa.ColumnElement[str] = sa.literal_column("'solved'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The next day that a site asks about, and when."""

    on: date
    asks_at: datetime


class FollowUps:
    """What was asked, said and missed."""

    def __init__(self, connection: Connection) -> None:
        """Work in this connection's transaction."""
        self._connection = connection

    # --- time -----------------------------------------------------------------------------------

    def sites_to_ask(self, now: datetime) -> list[SiteCode]:
        """Return the sites whose hour has come, and those that never asked."""
        site = tables.site
        query = (
            sa.select(site.c.code)
            .join_from(site, _clock, _clock.c.site == site.c.code, isouter=True)
            .where(sa.or_(_clock.c.site.is_(None), _clock.c.asks_at <= now))
            .order_by(site.c.code)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def sites_with_ended(self, now: datetime) -> list[SiteCode]:
        """Return the sites at which a day has ended with cards that nobody answered."""
        query = (
            sa.select(_t.c.site)
            .where(_t.c.state == _ASKED, _t.c.ends_at <= now)
            .distinct()
            .order_by(_t.c.site)
        )
        return [SiteCode(code) for code in self._connection.scalars(query)]

    def clock(self, site: SiteCode) -> Clock | None:
        """Return what a site asks about next; None: it never asked."""
        row = self._connection.execute(sa.select(_clock).where(_clock.c.site == site)).first()
        return Clock(on=row.on, asks_at=row.asks_at) if row is not None else None

    def set_clock(self, site: SiteCode, clock: Clock) -> None:
        """Note what a site asks about next."""
        row = {"site": site, "on": clock.on, "asks_at": clock.asks_at}
        upsert(self._connection, _clock, [row])

    def to_ask(
        self,
        site: SiteCode,
        on: date,
        *,
        reported_before: datetime,
        limit: int,
        after: IssueNumber,
    ) -> list[Issue]:
        """Return unhandled issues that somebody answers for and that have no card for the day.

        Those that their owner called solved are left out, unless they were re-opened since.
        """
        of_issue = (_t.c.site == _issue.c.site) & (_t.c.issue == _issue.c.number)
        carded = sa.exists().where(of_issue, _t.c.on == on)
        solved = sa.exists().where(
            of_issue, _t.c.state == _SOLVED, _t.c.reopened == _issue.c.reopened
        )
        rows = self._connection.execute(
            sa.select(_issue)
            .where(
                _issue.c.site == site,
                _issue.c.status.in_(_open),
                _issue.c.owner.is_not(None),
                _issue.c.reported_at < reported_before,
                _issue.c.number > after,
                ~carded,
                ~solved,
            )
            .order_by(_issue.c.number)
            .limit(limit)
        ).mappings()
        return [issue_of(row) for row in rows]

    def ended(self, site: SiteCode, now: datetime, *, limit: int) -> list[Card]:
        """Return unanswered cards of days that have ended, the oldest first."""
        return self._found(
            sa.select(_t)
            .where(_t.c.site == site, _t.c.state == _ASKED, _t.c.ends_at <= now)
            .order_by(_t.c.ends_at, _t.c.issue)
            .limit(limit)
        )

    # --- cards ----------------------------------------------------------------------------------

    def put(self, cards: Sequence[Card]) -> None:
        """Write cards; the key (site, issue, day) admits each day once."""
        upsert(self._connection, _t, [_row(card) for card in cards])

    def end(self, site: SiteCode, states: Mapping[Card, CardState]) -> None:
        """Set what became of cards."""
        if states:
            self._connection.execute(
                sa.update(_t)
                .where(
                    _t.c.site == site,
                    _t.c.issue == sa.bindparam("of_issue"),
                    _t.c.on == sa.bindparam("of_day"),
                )
                .values(state=sa.bindparam("then")),
                [
                    {"of_issue": card.issue, "of_day": card.on, "then": state.value}
                    for card, state in states.items()
                ],
            )

    def find(self, site: SiteCode, issue: IssueNumber, on: date) -> Card | None:
        """Return the card of an issue for one day."""
        found = self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue, _t.c.on == on)
        )
        return found[0] if found else None

    def of_issue(self, site: SiteCode, issue: IssueNumber) -> list[Card]:
        """Return all cards of an issue, the first day first."""
        return self._found(
            sa.select(_t).where(_t.c.site == site, _t.c.issue == issue).order_by(_t.c.on)
        )

    def open_of(self, site: SiteCode, person: PersonCode, now: datetime) -> list[Card]:
        """Return what a person is asked today about issues that are still open."""
        return self._found(
            sa.select(_t)
            .join_from(_t, _issue, (_issue.c.site == _t.c.site) & (_issue.c.number == _t.c.issue))
            .where(
                _t.c.site == site,
                _t.c.of == person,
                _t.c.state == _ASKED,
                _t.c.ends_at > now,
                _issue.c.status.in_(_open),
            )
            .order_by(_t.c.issue)
        )

    def missed(
        self,
        site: SiteCode,
        *,
        person: PersonCode | None = None,
        unit: UnitCode | None = None,
        limit: int,
        offset: int = 0,
    ) -> list[Card]:
        """Return missed days, the last first; of one person or one unit's people if any."""
        query = sa.select(_t).where(_t.c.site == site, _t.c.state == _MISSED)
        if person is not None:
            query = query.where(_t.c.of == person)
        if unit is not None:
            people = sa.select(tables.person.c.code).where(
                tables.person.c.site == site, tables.person.c.unit == unit
            )
            query = query.where(_t.c.of.in_(people))
        return self._found(
            query.order_by(_t.c.on.desc(), _t.c.issue.desc()).limit(limit).offset(offset)
        )

    def missed_days(self, site: SiteCode, person: PersonCode) -> int:
        """Return how many days a person has missed in all."""
        query = sa.select(sa.func.count()).where(
            _t.c.site == site, _t.c.of == person, _t.c.state == _MISSED
        )
        return self._connection.scalar(query) or 0

    def said_solved(self, site: SiteCode, *, limit: int, after: IssueNumber) -> list[Card]:
        """Return the cards by which owners call issues solved that the desk has not closed yet."""
        return self._found(
            sa.select(_t)
            .join_from(_t, _issue, (_issue.c.site == _t.c.site) & (_issue.c.number == _t.c.issue))
            .where(
                _t.c.site == site,
                _t.c.state == _SOLVED,
                _t.c.reopened == _issue.c.reopened,
                _t.c.issue > after,
                _issue.c.status.in_([*_open, "handled"]),
            )
            .order_by(_t.c.issue)
            .limit(limit)
        )

    def on_the_spot(self, site: SiteCode, person: PersonCode, *, since: date) -> int:
        """Return how many issues a person found since a day were handled on the spot (五.1(2))."""
        journal = tables.journal
        handled = sa.exists().where(
            journal.c.site == _issue.c.site,
            journal.c.issue == _issue.c.number,
            journal.c.kind == "handled",
            journal.c.body.contains('"on_the_spot":true'),
        )
        query = sa.select(sa.func.count()).where(
            _issue.c.site == site,
            _issue.c.owner == person,
            _issue.c.reported_on >= since,
            handled,
        )
        return self._connection.scalar(query) or 0

    def _found(self, query: sa.Select[Any]) -> list[Card]:
        return [_card(row) for row in self._connection.execute(query).mappings()]


def _row(card: Card) -> dict[str, Any]:
    return {
        "site": card.site,
        "issue": card.issue,
        "on": card.on,
        "of": card.of,
        "asked_at": card.asked_at,
        "ends_at": card.ends_at,
        "state": card.state.value,
        "answered_at": card.answered_at,
        "words": card.words,
        "reopened": card.reopened,
    }


def _card(row: Mapping[Any, Any]) -> Card:
    return Card(
        site=SiteCode(row["site"]),
        issue=IssueNumber(row["issue"]),
        on=row["on"],
        of=PersonCode(row["of"]),
        asked_at=row["asked_at"],
        ends_at=row["ends_at"],
        state=CardState(row["state"]),
        answered_at=row["answered_at"],
        words=row["words"],
        reopened=row["reopened"],
    )
