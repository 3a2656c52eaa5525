"""How a problem of the history ends: dealt with, told, closed; now and then it was not solved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.desk import service as desk
from core.facts.feedback import Telling as Visit
from core.facts.feedback import Told
from core.facts.issue import UNHANDLED, IssueNumber, Outcome
from core.facts.people import Role
from core.feedback import service as feedback
from core.register import playbook
from core.store.store import Store
from front.history.office import Office

_PAPER = "纸质登记补录，当时没有照片"


@dataclass(frozen=True, slots=True)
class Handling:
    """Somebody deals with it; some time later the desk tells the customer and closes it."""

    office: Office
    issue: IssueNumber
    family: int | None

    def __call__(self, store: Store, at: datetime) -> None:
        """Mark it handled, unless somebody did."""
        office, found = self.office, store.issues.find(self.office.site, self.issue)
        if found.status not in UNHANDLED or found.assigned_to is None:
            return
        how = office.dice.choice(office.said["handled"])
        desk.mark_handled(
            store, site=office.site, issue=self.issue, by=found.assigned_to, how=how, now=at
        )
        later = at + timedelta(hours=office.dice.uniform(0.5, 14))
        office.later(later, Closing(office, self.issue, self.family))


@dataclass(frozen=True, slots=True)
class Closing:
    """The desk tells whoever told, and closes; now and then it was not solved after all."""

    office: Office
    issue: IssueNumber
    family: int | None

    def __call__(self, store: Store, at: datetime) -> None:
        """Tell the customer, and close it where he agrees."""
        office, site = self.office, self.office.site
        agent = office.one(Role.DESK_AGENT)
        solved = office.dice.random() > 0.07
        if self.family is not None:
            told = Visit(
                whom=office.said["families"][self.family],
                how=Told.TELEPHONE,
                words="已告知处理结果",
                solved=solved,
                rating=office.dice.choice((3, 4, 5, 5)) if solved else 2,
            )
            feedback.tell(store, site=site, issue=self.issue, by=agent, told=told, now=at)
            if not solved:
                again = Handling(office, self.issue, self.family)
                office.later(at + timedelta(hours=5), again)
                return
        self._waive(store, at)
        outcome = Outcome.SOLVED
        words = "已解决"
        desk.close(
            store, site=site, issue=self.issue, by=agent, outcome=outcome, words=words, now=at
        )

    def _waive(self, store: Store, at: datetime) -> None:
        """Let the supervisor say why there is no picture and no step: it was on paper."""
        site, supervisor = self.office.site, self.office.one(Role.GENERAL_GROUP_SUPERVISOR)
        stands = playbook.standing(store, store.issues.find(site, self.issue))
        said: dict[str, Any] = {"site": site, "issue": self.issue, "by": supervisor}
        if stands.pictures_lacking:
            playbook.waive_pictures(store, reason=_PAPER, now=at, **said)
        if stands.lacking:
            playbook.waive_steps(store, reason=_PAPER, now=at, **said)
