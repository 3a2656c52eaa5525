"""One unit of work: every noun's queries on one connection, in one transaction."""

from functools import cached_property

from sqlalchemy import Connection

from core.facts.rules import Rules
from core.store.checkpoints import Checkpoints
from core.store.device_events import DeviceEvents
from core.store.escalations import Escalations
from core.store.gateways import Gateways
from core.store.heartbeats import Heartbeats
from core.store.issues import Issues
from core.store.journal import Journal
from core.store.notices import Notices
from core.store.people import People
from core.store.replies import Replies
from core.store.reports import Reports
from core.store.sessions import Sessions
from core.store.sites import Sites


class Store:
    """What a service works on; it ends with the transaction that opened it."""

    def __init__(self, connection: Connection, *, rules: Rules) -> None:
        """Bind all queries to one connection."""
        self.connection = connection
        #: The office's rules, in the version in force when the unit of work began.
        self.rules = rules

    @cached_property
    def sites(self) -> Sites:
        """Sites, their places and devices."""
        return Sites(self.connection)

    @cached_property
    def people(self) -> People:
        """Staff and units."""
        return People(self.connection)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is logged in."""
        return Sessions(self.connection)

    @cached_property
    def gateways(self) -> Gateways:
        """Gateways and their tokens."""
        return Gateways(self.connection)

    @cached_property
    def device_events(self) -> DeviceEvents:
        """The log of what devices said."""
        return DeviceEvents(self.connection)

    @cached_property
    def reports(self) -> Reports:
        """Reports, their claims and relays."""
        return Reports(self.connection)

    @cached_property
    def issues(self) -> Issues:
        """The register of issues."""
        return Issues(self.connection)

    @cached_property
    def escalations(self) -> Escalations:
        """Steps of the ladder that have fired."""
        return Escalations(self.connection)

    @cached_property
    def notices(self) -> Notices:
        """What was said to whom."""
        return Notices(self.connection)

    @cached_property
    def journal(self) -> Journal:
        """Everything that happened."""
        return Journal(self.connection)

    @cached_property
    def checkpoints(self) -> Checkpoints:
        """Seals over the journal."""
        return Checkpoints(self.connection)

    @cached_property
    def replies(self) -> Replies:
        """Answers kept for a repeated Idempotency-Key."""
        return Replies(self.connection)

    @cached_property
    def heartbeats(self) -> Heartbeats:
        """Signs of life of our own parts."""
        return Heartbeats(self.connection)
