"""What a message is about, an issue or a summons to the seat, and whether it still matters."""

from dataclasses import dataclass

from core.facts.catalogue import Words
from core.facts.device import SiteCode
from core.facts.issue import UNHANDLED, Issue, IssueNumber, Urgency
from core.facts.message import TELLING, Message, MessageKind
from core.outbox import wording
from core.store.journal import Written
from core.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one message is about: of issue and summons one is set."""

    issue: IssueNumber | None
    summons: int | None
    urgency: Urgency
    words: Words


class Lookup:
    """What entries are about; one unit of work looks each issue up once."""

    def __init__(self, store: Store, site: SiteCode) -> None:
        """Look in this unit of work."""
        self._store = store
        self._site = site
        self._issues: dict[IssueNumber, Issue] = {}

    def of(self, entry: Written, *, summons: int | None) -> About:
        """Return what a message that this entry sets off is about.

        While nobody is at the seat a call for help reaches nobody: a summons is told as what a
        life may hang on, by all ways and at any hour (ADR 0107).
        """
        if summons is not None:
            trouble = self._store.seats.summons_of(self._site, summons).trouble
            words = wording.of_summons(trouble)
            return About(issue=None, summons=summons, urgency=Urgency.LIFE_SAFETY, words=words)
        issue = self._issue(entry.issue)
        words = wording.of(self._store, issue, kind=TELLING[entry.kind])
        return About(issue=issue.number, summons=None, urgency=issue.urgency, words=words)

    def _issue(self, number: IssueNumber) -> Issue:
        if number not in self._issues:
            self._issues[number] = self._store.issues.find(self._site, number)
        return self._issues[number]


def ended(store: Store, message: Message) -> bool:
    """Whether nobody needs to be told any more."""
    if message.summons is not None:
        summons = store.seats.summons_of(message.site, message.summons)
        stands = store.seats.calls(message.site, summons.trouble)
        return summons.acknowledged_at is not None or not stands
    if message.issue is None:  # pragma: no cover - the table's check rules it out
        return True
    issue = store.issues.find(message.site, message.issue)
    if message.kind is MessageKind.COPY:
        copy = store.copies.find(message.site, message.issue, message.person)
        return copy is not None and copy.acknowledged_at is not None
    return issue.status not in UNHANDLED
