"""One unit of work: every noun's queries on one connection, in one transaction."""

from functools import cached_property

from sqlalchemy import Connection

from core.errors import NoPictures
from core.facts.rules import Rules
from core.store.blobs import Blobs
from core.store.checkpoints import Checkpoints
from core.store.comparisons import Comparisons
from core.store.cursors import Cursors
from core.store.device_events import DeviceEvents
from core.store.escalations import Escalations
from core.store.gateways import Gateways
from core.store.heartbeats import Heartbeats
from core.store.issues import Issues
from core.store.journal import Journal
from core.store.notices import Notices
from core.store.people import People
from core.store.pictures import Pictures
from core.store.replies import Replies
from core.store.reports import Reports
from core.store.reviews import Reviews
from core.store.sessions import Sessions
from core.store.sites import Sites


class Store:
    """What a service works on; it ends with the transaction that opened it."""

    def __init__(self, connection: Connection, *, rules: Rules, blobs: Blobs | None = None) -> None:
        """Bind all queries to one connection."""
        self.connection = connection
        self._blobs = blobs
        #: The office's rules, in the version in force when the unit of work began.
        self.rules = rules

    @property
    def blobs(self) -> Blobs:
        """The store of pictures.

        :raises NoPictures: this process was not told where pictures lie.
        """
        if self._blobs is None:
            raise NoPictures
        return self._blobs

    @cached_property
    def pictures(self) -> Pictures:
        """What is asked of cameras, and what came."""
        return Pictures(self.connection)

    @cached_property
    def comparisons(self) -> Comparisons:
        """Pairs of pictures that are compared."""
        return Comparisons(self.connection)

    @cached_property
    def reviews(self) -> Reviews:
        """Claims that are checked against recordings."""
        return Reviews(self.connection)

    @cached_property
    def cursors(self) -> Cursors:
        """How far each stage has read the journal."""
        return Cursors(self.connection)

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
