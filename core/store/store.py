"""One unit of work: every noun's queries on one connection, in one transaction."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection

from core.errors import NoPictures
from core.facts.device import SiteCode
from core.facts.people import PersonCode
from core.facts.rules import Edition, RuleKind, Rules
from core.store.alerts import Alerts
from core.store.blobs import Blobs
from core.store.briefings import Briefings
from core.store.causes import Causes
from core.store.checkpoints import Checkpoints
from core.store.closed_months import ClosedMonths
from core.store.comparisons import Comparisons
from core.store.copies import Copies
from core.store.cursors import Cursors
from core.store.customers import Customers
from core.store.deeds import Deeds
from core.store.device_events import DeviceEvents
from core.store.editions import Editions, Rulebook
from core.store.escalations import Escalations
from core.store.feedbacks import Feedbacks
from core.store.findings import Findings
from core.store.folds import Folds
from core.store.followups import FollowUps
from core.store.gateways import Gateways
from core.store.handovers import Handovers
from core.store.heartbeats import Heartbeats
from core.store.holds import Holds
from core.store.inspections import Inspections
from core.store.issue_facts import IssueFacts
from core.store.issues import Issues
from core.store.journal import Journal
from core.store.ledger import Ledger
from core.store.manipulations import Manipulations
from core.store.mergers import Mergers
from core.store.merit_rules import MeritRulesTexts
from core.store.messages import Messages
from core.store.messengers import Messengers
from core.store.month_sums import MonthSums
from core.store.names import Names
from core.store.notices import Notices
from core.store.objections import Objections
from core.store.on_tests import OnTests
from core.store.panels import Panels
from core.store.pauses import Pauses
from core.store.people import People
from core.store.pictures import Pictures
from core.store.plans import Plans
from core.store.promises import Promises
from core.store.proposals import Proposals
from core.store.relays import Relays
from core.store.repeats import Repeats
from core.store.replies import Replies
from core.store.reporters import Reporters
from core.store.reports import Reports
from core.store.returns import Returns
from core.store.reviews import Reviews
from core.store.roster import Roster
from core.store.seats import Seats
from core.store.sessions import Sessions
from core.store.sites import Sites
from core.store.sketchbook import Sketchbook
from core.store.sketches import Sketches
from core.store.storms import Storms
from core.store.verdict_links import VerdictLinks
from core.store.visits import Visits
from core.store.walls import Walls

_Room = TypeVar("_Room")


def _room(kind: Callable[[Connection], _Room]) -> cached_property[_Room]:
    """Return one noun's queries, which a store has from when they are first asked for."""
    return cached_property(lambda store: kind(store.connection))


class Store:
    """What a service works on; it ends with the transaction that opened it."""

    # Who and where.
    sites = _room(Sites)
    plans = _room(Plans)
    people = _room(People)
    sessions = _room(Sessions)
    gateways = _room(Gateways)
    roster = _room(Roster)
    seats = _room(Seats)
    handovers = _room(Handovers)
    customers = _room(Customers)
    names = _room(Names)
    editions = _room(Editions)

    # What is told, and who works on it.
    device_events = _room(DeviceEvents)
    on_tests = _room(OnTests)
    reports = _room(Reports)
    relays = _room(Relays)
    holds = _room(Holds)
    folds = _room(Folds)
    storms = _room(Storms)
    causes = _room(Causes)
    walls = _room(Walls)
    issues = _room(Issues)
    returns = _room(Returns)
    reporters = _room(Reporters)
    repeats = _room(Repeats)
    mergers = _room(Mergers)

    # Ladders, and who is asked or told.
    escalations = _room(Escalations)
    pauses = _room(Pauses)
    notices = _room(Notices)
    alerts = _room(Alerts)
    copies = _room(Copies)
    briefings = _room(Briefings)
    followups = _room(FollowUps)
    messages = _room(Messages)
    messengers = _room(Messengers)
    promises = _room(Promises)

    # What customers think, and what is checked.
    feedbacks = _room(Feedbacks)
    visits = _room(Visits)
    verdict_links = _room(VerdictLinks)
    inspections = _room(Inspections)
    reviews = _room(Reviews)
    pictures = _room(Pictures)
    comparisons = _room(Comparisons)
    findings = _room(Findings)

    # Months, points and panels.
    issue_facts = _room(IssueFacts)
    month_sums = _room(MonthSums)
    closed_months = _room(ClosedMonths)
    panels = _room(Panels)
    objections = _room(Objections)
    deeds = _room(Deeds)
    proposals = _room(Proposals)
    ledger = _room(Ledger)
    manipulations = _room(Manipulations)
    merit_rules = _room(MeritRulesTexts)

    # The journal, and the running of the product.
    journal = _room(Journal)
    checkpoints = _room(Checkpoints)
    cursors = _room(Cursors)
    replies = _room(Replies)
    heartbeats = _room(Heartbeats)

    def __init__(
        self,
        connection: Connection,
        *,
        rulebook: Rulebook,
        blobs: Blobs | None = None,
        sketchbook: Sketchbook | None = None,
    ) -> None:
        """Bind all queries to one connection.

        :param sketchbook: of units that only look: what one that writes has seen may yet be undone.
        """
        self.connection = connection
        self._blobs = blobs
        self._rulebook = rulebook
        self._sketchbook = sketchbook or Sketchbook()
        self._rules: dict[SiteCode, Rules] = {}

    def rules_of(self, site: SiteCode) -> Rules:
        """Return a site's rules as this unit of work sees them: asked once, then the same.

        Writers take the journal's lock first, so that nobody changes the rules meanwhile.

        :raises UnreadableRules: this version of the product cannot read what is stored.
        """
        if site not in self._rules:
            self._rules[site] = self._rulebook.of(self.editions, site)
        return self._rules[site]

    def put_in_force(
        self,
        site: SiteCode,
        *,
        kind: RuleKind,
        version: int,
        text: str,
        by: PersonCode | None,
        reason: str,
        now: datetime,
    ) -> Edition:
        """Let a site have a version of its own from this unit of work on, which sees it at once.

        :raises BadPolicy: a policy or calendar that cannot be read. :raises BadCatalogue: likewise.
        """
        edition = self.editions.add(
            site, kind=kind, version=version, text=text, since=now, by=by, reason=reason
        )
        # Not through the rulebook: what is not committed yet is nobody else's.
        self._rules[site] = self.shipped.amended(self.editions.in_force(site))
        return edition

    @property
    def shipped(self) -> Rules:
        """The rules as the product ships them: what a site has of its own goes before them."""
        return self._rulebook.shipped

    @property
    def speed(self) -> float:
        """How many seconds of the sites' clocks pass in a real one."""
        return self._rulebook.shipped.speed

    @property
    def blobs(self) -> Blobs:
        """The store of pictures.

        :raises NoPictures: this process was not told where pictures lie.
        """
        if self._blobs is None:
            raise NoPictures
        return self._blobs

    @cached_property
    def sketches(self) -> Sketches:
        """By which words open issues are found."""
        return Sketches(self.connection, book=self._sketchbook)
