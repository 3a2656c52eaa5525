"""五.1(1), 五.1(2): who finds a problem reports it by his own telephone, or deals with it there."""

import hashlib
import io
from datetime import timedelta

import pytest
from PIL import Image

from core.alerting import policy as alerting_policy
from core.alerting import service as alerting
from core.errors import Incomplete, NotAllowedNow, NotFound, NotReadable, PicturesLacking
from core.evidence import adding
from core.evidence.adding import Added
from core.facts.alert import Alert
from core.facts.catalogue import CategoryCode
from core.facts.evidence import Label, Origin
from core.facts.issue import Caller, CallerKind, Issue, IssueNumber, Outcome, Status
from core.facts.people import PersonCode, Role
from core.facts.place import PlaceCode
from core.facts.report import Channel, Report, Telling
from core.finder import service as finder
from tests.office import CLEANER, GUARD, OPERATOR, Office
from tests.recordings import hang_camera


def finds(
    office: Office,
    by: PersonCode = GUARD,
    *,
    category: str = "litter",
    how: str | None = None,
    ago: timedelta = timedelta(0),
) -> tuple[Issue, Report]:
    telling = Telling(
        channel=Channel.MOBILE,
        caller=Caller(kind=CallerKind.STAFF, person=by),
        words="纸箱堆在门口",
        told_at=office.now - ago,
        place=PlaceCode("3-2"),
        category=CategoryCode(category),
    )
    return office.does(finder.tell, telling=telling, how=how, by=by)


def shows(office: Office, issue: Issue, label: Label, by: PersonCode = GUARD) -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red" if label is Label.NOW else "blue").save(file, "JPEG")
    content = file.getvalue()
    said = Added(shows=label, taken_at=office.now, origin=Origin.TAKEN)
    with office.database.begin() as store:
        adding.add(
            store,
            issue=store.issues.find(office.site, issue.number),
            received=hashlib.sha256(content).hexdigest(),
            made=adding.read(content, sha256=hashlib.sha256(content).hexdigest()),
            said=said,
            by=by,
            now=office.now,
        )


def test_what_a_guard_finds_is_with_the_desk_at_once_and_his(office: Office) -> None:
    issue, report = finds(office)

    assert (issue.status, issue.owner) == (Status.FORWARDED, GUARD)
    assert (report.channel, report.queued) == (Channel.MOBILE, True)
    assert office.kinds(issue.number)[:3] == ["told", "first_reporter_named", "forwarded"]
    # The row stays before the operators until the desk has accepted it.
    assert [row.number for row in office.queue()] == [report.number]


def test_life_safety_rings_at_the_centre(office: Office) -> None:
    issue, report = finds(office, category="lift_trapped")

    assert issue.status is Status.REPORTED
    assert report.priority == 0


def test_without_a_net_the_time_of_writing_counts(office: Office) -> None:
    issue, report = finds(office, ago=timedelta(hours=5))

    assert report.told_at == issue.reported_at == office.now - timedelta(hours=5)
    assert report.received_at == office.now
    assert "clock_doubted" not in office.kinds(issue.number)


@pytest.mark.parametrize("hours", [-48, 24 * 8, 24 * 365 * 20], ids=["ahead", "week", "decades"])
def test_a_clock_that_cannot_be_loses_no_report(office: Office, hours: int) -> None:
    issue, report = finds(office, ago=timedelta(hours=hours))

    assert report.told_at == office.now
    assert office.kinds(issue.number).count("clock_doubted") == 1


def test_nobody_speaks_by_anothers_telephone(office: Office) -> None:
    telling = Telling(
        channel=Channel.MOBILE,
        caller=Caller(kind=CallerKind.STAFF, person=CLEANER),
        words="纸箱",
        place=PlaceCode("3-2"),
        category=CategoryCode("litter"),
    )
    with pytest.raises(NotReadable):
        office.does(finder.tell, telling=telling, how=None, by=GUARD)


def test_on_the_spot_is_one_act_and_ends_with_the_picture(office: Office) -> None:
    hang_camera(office)
    issue, report = finds(office, how="当场清理")
    assert (issue.status, report.queued) == (Status.HANDLED, False)
    with pytest.raises(NotAllowedNow):
        office.does(finder.end, issue=issue.number, by=GUARD)  # nothing shows it yet

    shows(office, issue, Label.NOW)
    ended = office.does(finder.end, issue=issue.number, by=GUARD)
    assert (ended.status, ended.outcome) == (Status.CLOSED, Outcome.HANDLED_ON_THE_SPOT)
    assert office.does(finder.end, issue=issue.number, by=GUARD) == ended
    assert office.kinds(issue.number).count("closed") == 1
    with office.database.read() as store:
        since = office.now.date() - timedelta(days=1)
        assert store.followups.on_the_spot(office.site, GUARD, since=since) == 1
    with pytest.raises(NotFound):
        office.does(finder.end, issue=issue.number, by=CLEANER)


def test_what_needs_more_pictures_stays_for_the_desk(office: Office) -> None:
    hang_camera(office)
    issue, _ = finds(office, category="notice", how="换了告示")
    shows(office, issue, Label.NOW)
    with pytest.raises(PicturesLacking):
        office.does(finder.end, issue=issue.number, by=GUARD)
    shows(office, issue, Label.BEFORE)
    assert office.does(finder.end, issue=issue.number, by=GUARD).status is Status.CLOSED


def test_dealt_with_needs_a_word_of_how(office: Office) -> None:
    with pytest.raises(Incomplete):
        finds(office, how=" ")


def called(office: Office, who: PersonCode) -> list[Alert]:
    with office.database.read() as store:
        return store.alerts.open_of(
            office.site, who, since=office.now - alerting_policy.STALE, limit=50
        )


def test_a_missed_call_drops_off_by_itself(office: Office) -> None:
    other = office.hires("guard-8", Role.GUARD)
    finds(office, by=OPERATOR, category="lift_stopped")
    office.tick()
    (first,) = called(office, GUARD) + called(office, other)
    office.fast_forward(minutes=30)
    assert [one.id for one in called(office, first.person)] == [first.id]  # he may still come

    second = other if first.person == GUARD else GUARD
    (next_,) = called(office, second)
    office.does(alerting.answer, alert=next_.id, by=second, coming=True)
    assert called(office, first.person) == []
    with office.database.read() as store, pytest.raises(NotFound):
        alerting.mine(store, site=office.site, alert=next_.id, by=first.person)


def test_a_call_nobody_answered_is_stale_after_a_shift(office: Office) -> None:
    issue, _ = finds(office, by=OPERATOR, category="lift_stopped")
    office.tick()
    office.fast_forward(minutes=30)
    assert [one.issue for one in called(office, GUARD)] == [IssueNumber(issue.number)]
    office.fast_forward(hours=13)
    assert called(office, GUARD) == []
