"""Who is called answers, and who is told says that he knows: mostly, and mostly in time."""

from datetime import datetime, timedelta

from core.alerting import copies
from core.alerting import service as alerting
from core.escalation import by_hand
from core.facts.alert import Alert
from core.store.store import Store
from front.history.office import Office

#: So soon after the office was called.
SOON = timedelta(minutes=2)
_ALL = timedelta(days=30)
_MOST = 500


def answer(office: Office, store: Store, at: datetime) -> None:
    """Let people answer what they were asked just now; a few forget."""
    for alert in store.alerts.due(office.site, at + _ALL, limit=_MOST):
        _answer(office, store, alert, at)
    for copy in store.copies.due(office.site, at + _ALL, limit=_MOST):
        if office.dice.random() < 0.94:
            site, by = office.site, copy.person
            copies.read(store, site=site, issues=[copy.issue], by=by, now=at)
            copies.acknowledge(store, site=site, issue=copy.issue, by=by, now=at)


def read_notices(office: Office, store: Store, at: datetime) -> None:
    """Let people read what they were called in for since the day before; some days go by unread."""
    for person in office.people:
        for notice in store.notices.of_person(office.site, person.code, limit=_MOST):
            if notice.acknowledged_at is None and office.dice.random() < 0.85:
                by_hand.acknowledge(
                    store, site=office.site, notice=notice.id, person=person.code, now=at
                )


def _answer(office: Office, store: Store, alert: Alert, at: datetime) -> None:
    if office.dice.random() < 0.06:
        return
    coming = office.dice.random() < 0.9
    alerting.answer(store, site=office.site, alert=alert.id, by=alert.person, coming=coming, now=at)
