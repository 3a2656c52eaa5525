"""Cards, alerts and copies as the API answers them, each with what is to be known of its issue."""

from collections.abc import Mapping, Sequence

from api.schemas.following import AlertOut, CardOut, CopyOut, FollowingOut, IssueBrief
from api.schemas.values import Sentence
from api.views.views import Views
from core.facts.alert import Alert, Copy
from core.facts.followup import Card
from core.facts.issue import Issue, IssueNumber

Issues = Mapping[IssueNumber, Issue]


def cards(views: Views, found: Sequence[Card]) -> list[CardOut]:
    """Return cards, in the order given."""
    issues = _issues(views, [card.issue for card in found])
    return [
        CardOut(
            issue=_brief(views, issues[card.issue]),
            on=card.on,
            of=views.names.person(card.of),
            asked_at=card.asked_at,
            ends_at=card.ends_at,
            state=card.state,
            never_asked=card.never_asked,
            answered_at=card.answered_at,
            words=card.words,
        )
        for card in found
    ]


def alerts(views: Views, found: Sequence[Alert]) -> list[AlertOut]:
    """Return alerts, in the order given."""
    issues = _issues(views, [alert.issue for alert in found])
    return [_alert(views, alert, issues[alert.issue]) for alert in found]


def copies(views: Views, found: Sequence[Copy]) -> list[CopyOut]:
    """Return copies, in the order given."""
    issues = _issues(views, [copy.issue for copy in found])
    return [
        CopyOut(
            issue=_brief(views, issues[copy.issue]),
            person=views.names.person(copy.person),
            unit=views.names.units[copy.unit],
            sent_at=copy.sent_at,
            due_at=copy.due_at,
            read_at=copy.read_at,
            acknowledged_at=copy.acknowledged_at,
            overdue_at=copy.overdue_at,
        )
        for copy in found
    ]


def of_issue(views: Views, issue: Issue) -> FollowingOut:
    """Return everything that was asked and told because of one issue."""
    store = views.store
    return FollowingOut(
        cards=cards(views, store.followups.of_issue(views.site, issue.number)),
        alerts=alerts(views, store.alerts.of_issue(views.site, issue.number)),
        copies=copies(views, store.copies.of_issue(views.site, issue.number)),
    )


def _issues(views: Views, numbers: Sequence[IssueNumber]) -> Issues:
    return views.store.issues.several(views.site, set(numbers))


def _alert(views: Views, alert: Alert, issue: Issue) -> AlertOut:
    category = views.names.rules.catalogue.get(alert.category)
    first = category.first_actions_for(alert.post) if category is not None else None
    return AlertOut(
        id=alert.id,
        issue=_brief(views, issue),
        person=views.names.person(alert.person),
        post=alert.post,
        asked_at=alert.asked_at,
        due_at=alert.due_at,
        state=alert.state,
        answered_at=alert.answered_at,
        first_actions=Sentence(zh=first.zh, en=first.en) if first is not None else None,
    )


def _brief(views: Views, issue: Issue) -> IssueBrief:
    return IssueBrief(
        number=issue.number,
        status=issue.status,
        urgency=issue.urgency,
        category=views.names.category(issue.category),
        place=views.names.place(issue.place),
        words=issue.words,
        reported_at=issue.reported_at,
        first_reporter=views.names.some_person(issue.owner),
    )
