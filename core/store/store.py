"""One unit of work: every noun's queries on one connection, in one transaction."""

from datetime import datetime
from functools import cached_property

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
from core.store.followups import FollowUps
from core.store.gateways import Gateways
from core.store.handovers import Handovers
from core.store.heartbeats import Heartbeats
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
from core.store.repeats import Repeats
from core.store.replies import Replies
from core.store.reporters import Reporters
from core.store.reports import Reports
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


class Store:
    """What a service works on; it ends with the transaction that opened it."""

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
    def pictures(self) -> Pictures:
        """What is asked of cameras, and what came."""
        return Pictures(self.connection)

    @cached_property
    def comparisons(self) -> Comparisons:
        """Pairs of pictures that are compared."""
        return Comparisons(self.connection)

    @cached_property
    def findings(self) -> Findings:
        """What cameras found, and which of their rules are muted."""
        return Findings(self.connection)

    @cached_property
    def reviews(self) -> Reviews:
        """Claims that are checked against recordings."""
        return Reviews(self.connection)

    @cached_property
    def cursors(self) -> Cursors:
        """How far each stage has read the journal."""
        return Cursors(self.connection)

    @cached_property
    def editions(self) -> Editions:
        """Each site's own policy, catalogue and calendar, in versions."""
        return Editions(self.connection)

    @cached_property
    def roster(self) -> Roster:
        """Who stands where and when."""
        return Roster(self.connection)

    @cached_property
    def pauses(self) -> Pauses:
        """When ladders stand still."""
        return Pauses(self.connection)

    @cached_property
    def sites(self) -> Sites:
        """Sites, their places and devices."""
        return Sites(self.connection)

    @cached_property
    def handovers(self) -> Handovers:
        """What one shift leaves to the next."""
        return Handovers(self.connection)

    @cached_property
    def seats(self) -> Seats:
        """The watch over the seat."""
        return Seats(self.connection)

    @cached_property
    def on_tests(self) -> OnTests:
        """Devices on test."""
        return OnTests(self.connection)

    @cached_property
    def plans(self) -> Plans:
        """Floor plans."""
        return Plans(self.connection)

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
    def walls(self) -> Walls:
        """Wall displays."""
        return Walls(self.connection)

    @cached_property
    def causes(self) -> Causes:
        """Troubles that explain others."""
        return Causes(self.connection)

    @cached_property
    def storms(self) -> Storms:
        """Storms of events, and their roll-calls."""
        return Storms(self.connection)

    @cached_property
    def escalations(self) -> Escalations:
        """Steps of the ladder that have fired."""
        return Escalations(self.connection)

    @cached_property
    def notices(self) -> Notices:
        """What was said to whom."""
        return Notices(self.connection)

    @cached_property
    def messages(self) -> Messages:
        """What goes to people's telephones."""
        return Messages(self.connection)

    @cached_property
    def messengers(self) -> Messengers:
        """By whom it goes."""
        return Messengers(self.connection)

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

    @cached_property
    def issue_facts(self) -> IssueFacts:
        """What statistics know of issues."""
        return IssueFacts(self.connection)

    @cached_property
    def month_sums(self) -> MonthSums:
        """What months add up to."""
        return MonthSums(self.connection)

    @cached_property
    def closed_months(self) -> ClosedMonths:
        """Months that are frozen."""
        return ClosedMonths(self.connection)

    @cached_property
    def panels(self) -> Panels:
        """The five panels."""
        return Panels(self.connection)

    @cached_property
    def objections(self) -> Objections:
        """Objections that nobody has answered."""
        return Objections(self.connection)

    @cached_property
    def followups(self) -> FollowUps:
        """The daily cards."""
        return FollowUps(self.connection)

    @cached_property
    def alerts(self) -> Alerts:
        """Who was asked to come."""
        return Alerts(self.connection)

    @cached_property
    def copies(self) -> Copies:
        """Copies to on-site supervisors."""
        return Copies(self.connection)

    @cached_property
    def briefings(self) -> Briefings:
        """What people are to know."""
        return Briefings(self.connection)

    @cached_property
    def customers(self) -> Customers:
        """Residents and tenants."""
        return Customers(self.connection)

    @cached_property
    def reporters(self) -> Reporters:
        """Who told of what."""
        return Reporters(self.connection)

    @cached_property
    def repeats(self) -> Repeats:
        """Issues that their customers had told before."""
        return Repeats(self.connection)

    @cached_property
    def mergers(self) -> Mergers:
        """Issues that are one."""
        return Mergers(self.connection)

    @cached_property
    def names(self) -> Names:
        """What everything of a site is called."""
        return Names(self.connection)

    @cached_property
    def sketches(self) -> Sketches:
        """By which words open issues are found."""
        return Sketches(self.connection, book=self._sketchbook)

    @cached_property
    def feedbacks(self) -> Feedbacks:
        """Praise, complaints and grievances."""
        return Feedbacks(self.connection)

    @cached_property
    def visits(self) -> Visits:
        """Return visits."""
        return Visits(self.connection)

    @cached_property
    def verdict_links(self) -> VerdictLinks:
        """One-time links for customers."""
        return VerdictLinks(self.connection)

    @cached_property
    def inspections(self) -> Inspections:
        """Planned samples and their results."""
        return Inspections(self.connection)

    @cached_property
    def deeds(self) -> Deeds:
        """What people and units did or left undone."""
        return Deeds(self.connection)

    @cached_property
    def promises(self) -> Promises:
        """What customers were promised, and who called back."""
        return Promises(self.connection)

    @cached_property
    def proposals(self) -> Proposals:
        """What is proposed about people and units."""
        return Proposals(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        """What counts."""
        return Ledger(self.connection)

    @cached_property
    def manipulations(self) -> Manipulations:
        """What looks as if it was done for the points."""
        return Manipulations(self.connection)

    @cached_property
    def merit_rules(self) -> MeritRulesTexts:
        """The rules that propose."""
        return MeritRulesTexts(self.connection)
