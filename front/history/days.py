"""What comes with the days: families move in, owners follow up, customers speak, months end."""

from datetime import datetime, timedelta
from functools import partial

from core.customers import service as customers
from core.facts.customer import Customer, CustomerCode, Home, Living
from core.facts.feedback import FeedbackKind, Said, Told
from core.facts.followup import FollowUpWord
from core.facts.issue import IssueNumber
from core.facts.merit import Decision
from core.facts.month import MonthCode
from core.facts.people import Role
from core.facts.review import Verdict
from core.feedback import service as feedback
from core.followup import service as followup
from core.scoring.deciding import Choice, decide_all
from core.statistics import closing
from core.store.store import Store
from core.verification import service as verification
from front.history.ending import Handling
from front.history.office import Office


def move_in(office: Office, store: Store, at: datetime) -> None:
    """Enter the families whom the office serves."""
    families = [
        Customer(
            code=CustomerCode(f"family-{n + 1:02}"),
            name=name,
            phones=(f"1390000{n:04}",),
            homes=(
                Home(
                    place=office.homes[n * 2 % len(office.homes)],
                    kind=Living.OWNER,
                    door=f"{n % 16 + 1:02}{n % 4 + 1:02}",
                ),
            ),
        )
        for n, name in enumerate(office.said["families"])
    ]
    desk_agent = office.one(Role.DESK_AGENT)
    customers.enter(store, site=office.site, customers=families, by=desk_agent, now=at)


def evening(office: Office, store: Store, at: datetime) -> None:
    """Whoever was asked says how it stands, mostly."""
    for person in office.people:
        for card in store.followups.open_of(office.site, person.code, at):
            if office.dice.random() < 0.12:
                continue
            followup.answer(
                store,
                site=office.site,
                issue=card.issue,
                by=person.code,
                word=FollowUpWord.STILL_OPEN,
                words=office.dice.choice(office.said["followed"]),
                now=at,
            )


def recordings(office: Office, store: Store, at: datetime) -> None:
    """Let an operator look at the recordings of what is said to be handled, mostly."""
    for n, review in enumerate(verification.queue(store, site=office.site, limit=50)):
        if office.dice.random() < 0.8:
            office.later(at + timedelta(minutes=n), partial(look, office, review.issue))


def look(office: Office, issue: IssueNumber, store: Store, at: datetime) -> None:
    """Say what a recording shows; what was not handled is dealt with the next day."""
    verdict = office.dice.choices(list(office.said["looked"]), (18, 1, 1))[0]
    verification.decide(
        store,
        site=office.site,
        issue=issue,
        by=office.one(Role.OPERATOR),
        verdict=Verdict(verdict),
        reason=office.dice.choice(office.said["looked"][verdict]),
        now=at,
    )
    if Verdict(verdict) is Verdict.NOT_HANDLED:
        office.later(at + timedelta(hours=14), Handling(office, issue, None))


def opinion(office: Office, store: Store, at: datetime) -> None:
    """Let a customer praise, complain or bear a grudge; the desk answers, mostly."""
    kind = office.dice.choices(list(FeedbackKind), (5, 3, 2))[0]
    about = office.one(office.dice.choice((Role.ENGINEER, Role.CLEANER, Role.GUARD)))
    said = Said(
        kind=kind,
        words=office.dice.choice(office.said[kind.value]),
        person=about if kind is not FeedbackKind.GRIEVANCE else None,
        customer=CustomerCode(f"family-{office.dice.randint(1, len(office.said['families'])):02}"),
    )
    agent = office.one(Role.DESK_AGENT)
    entered = feedback.enter(store, site=office.site, said=said, by=agent, now=at)
    if kind is not FeedbackKind.PRAISE and office.dice.random() < 0.8:
        feedback.answer(
            store,
            site=office.site,
            feedback=entered.number,
            by=agent,
            how=Told.TELEPHONE,
            words="已了解情况并致歉，说明了处理办法",
            now=at + timedelta(hours=office.dice.randint(1, 20)),
        )


def decisions(office: Office, store: Store, at: datetime) -> None:
    """Let the director decide most of what waits; the newest stay for whoever opens the desk."""
    waiting = store.proposals.waiting(office.site, limit=60)[:-4]
    choices = [
        Choice(
            proposal=one.id,
            decision=Decision.APPROVED if office.dice.random() < 0.8 else Decision.REFUSED,
            reason=office.dice.choice(office.said["decided"]),
        )
        for one in waiting
    ]
    director = office.one(Role.DIRECTOR)
    decide_all(store, site=office.site, choices=choices, by=director, now=at)


def month_ends(office: Office, store: Store, at: datetime) -> None:
    """Let the director close the month before, where the product saw it whole."""
    last = (at.astimezone(office.zone).replace(day=1) - timedelta(days=1)).date()
    director = office.one(Role.DIRECTOR)
    month = MonthCode(f"{last:%Y-%m}")
    closing.close(store, site=office.site, month=month, by=director, now=at)
