"""五.2(3)②: recordings show whether what was found on site was handled."""

from datetime import timedelta

import pytest

from core.errors import Incomplete, NotAllowedNow, NotFound, NotPermitted
from core.evidence import keeping
from core.facts.device import DeviceCode, EventType
from core.facts.evidence import Label, PictureState, WantKind
from core.facts.issue import IssueNumber, Outcome, Status
from core.facts.place import Place, PlaceCode, Site
from core.facts.review import Review, ReviewState, Verdict, Why
from core.verification import service as verification
from tests.office import AGENT, DIRECTOR, OPERATOR, SECOND_OPERATOR, SUPERVISOR, Office
from tests.recordings import (
    CAMERA,
    compares,
    hang_camera,
    here,
    pictures,
    says,
    shoots_all,
    wants,
    wants_soon,
)


@pytest.fixture
def watched(office: Office) -> Office:
    """The office with a camera that sees the door."""
    hang_camera(office)
    return office


def review(office: Office, issue: IssueNumber) -> Review | None:
    with office.database.read() as store:
        return next(iter(store.reviews.of_issues(office.site, [issue]).get(issue, [])[-1:]), None)


DOOR_FLOOR = ((0.1, 0.5), (0.9, 0.5), (0.9, 1.0))


def test_a_comparison_is_wanted_in_the_region_of_the_issues_place_with_both_moments(
    office: Office,
) -> None:
    hang_camera(office, covers=("3",), regions={"3": DOOR_FLOOR})  # the door, 3-2, lies in it
    issue = claimed(office)
    attached = {one.sha256: one for one in here(office, issue)}

    (want,) = [one for one in wants(office) if one.kind is WantKind.COMPARISON]

    assert want.region == DOOR_FLOOR
    assert want.before_at == attached[want.before].taken_at
    assert want.after_at == attached[want.after].taken_at


def test_where_nobody_drew_a_region_the_whole_picture_is_compared(watched: Office) -> None:
    claimed(watched)

    (want,) = [one for one in wants(watched) if one.kind is WantKind.COMPARISON]

    assert want.region is None


def queue(office: Office) -> list[IssueNumber]:
    with office.database.read() as store:
        return [one.issue for one in verification.queue(store, site=office.site, limit=50)]


def decides(office: Office, issue: IssueNumber, verdict: Verdict, **said: object) -> Review:
    told = {"by": SUPERVISOR, "reason": "录像里看得清", **said}
    return office.does(verification.decide, issue=issue, verdict=verdict, **told)


def claimed(office: Office, category: str = "litter") -> IssueNumber:
    """A problem at a covered place, pictured when told, and said to be handled."""
    issue = office.accepted(category=category)
    shoots_all(office)
    office.now += timedelta(hours=1)
    office.handled(issue)
    shoots_all(office, words="cleared")
    return issue


# --- pictures of each report --------------------------------------------------------------------


def test_a_report_at_a_covered_place_bears_pictures_from_before_at_and_after(
    watched: Office,
) -> None:
    report = watched.press()
    shoots_all(watched)

    attached = here(watched, report.issue)

    assert [one.label for one in attached] == [Label.BEFORE, Label.AT, Label.AFTER]
    assert [(one.moment - report.told_at).total_seconds() for one in attached] == [-5, 0, 10]
    assert {one.report for one in attached} == {report.number}
    assert all(one.masked for one in attached)
    assert watched.kinds(report.issue).count("picture_attached") == 3


def test_the_picture_after_a_call_is_wanted_once_its_moment_has_come(watched: Office) -> None:
    watched.press()
    watched.tick()
    assert [one.label for one in wants(watched)] == [Label.BEFORE, Label.AT]

    watched.now += timedelta(seconds=11)
    assert [one.label for one in wants(watched)] == [Label.BEFORE, Label.AT, Label.AFTER]


def test_where_a_report_turns_out_to_be_the_cameras_of_that_place_are_asked_once(
    office: Office,
) -> None:
    yard = DeviceCode("cam-yard")
    with office.database.begin() as store:
        site = store.sites.find(office.site)
        places = {PlaceCode("yard"): Place(code=PlaceCode("yard"), name="院子")}
        store.sites.seed(Site(code=site.code, name=site.name, zone=site.zone, places=places))
    hang_camera(office)
    hang_camera(office, code=yard, covers=("yard",))
    report = office.press()
    assert {one.camera for one in wants_soon(office)} == {CAMERA}

    office.claim(report)
    office.complete(report, place="yard")
    office.tick()
    office.complete(report, place="yard")

    asked = [(one.camera, one.label) for one in wants_soon(office)]
    assert sorted(asked) == sorted(
        (camera, label)
        for camera in (CAMERA, yard)
        for label in (Label.BEFORE, Label.AT, Label.AFTER)
    )


def test_a_report_where_no_camera_looks_wants_none(office: Office) -> None:
    hang_camera(office, covers=("elsewhere",))
    issue = office.press().issue

    assert wants_soon(office) == []
    assert pictures(office, issue) == []


def test_a_picture_that_cannot_be_taken_says_why(watched: Office) -> None:
    issue = watched.press().issue
    for want in wants_soon(watched):
        says(watched, want, EventType.SNAPSHOT_TAKEN, {"reason": "the camera does not answer"})

    assert {(one.state, one.reason) for one in pictures(watched, issue)} == {
        (PictureState.MISSING, "the camera does not answer")
    }
    assert watched.kinds(issue).count("picture_missing") == 3
    assert wants(watched) == []


def test_a_place_that_is_only_known_later_is_pictured_then(watched: Office) -> None:
    hang_camera(watched, covers=("3",))
    issue = watched.accepted()
    shoots_all(watched)

    assert len(here(watched, issue)) == 3


# --- the queue ----------------------------------------------------------------------------------


def test_a_claim_at_a_covered_place_comes_to_the_queue_by_rule(watched: Office) -> None:
    issue = claimed(watched)

    found = review(watched, issue)

    assert queue(watched) == [issue]
    assert found is not None
    assert found.why is Why.RULE
    assert found.handlers == (AGENT,)
    assert "review_asked" in watched.kinds(issue)


def test_a_claim_where_no_camera_looks_is_not_checked_so(office: Office) -> None:
    issue = office.accepted(category="litter")
    office.handled(issue)
    office.tick()

    assert review(office, issue) is None


def test_it_is_due_three_days_before_the_recorder_overwrites(office: Office) -> None:
    hang_camera(office, keep_days=7)
    issue = claimed(office)

    found = review(office, issue)

    assert found is not None
    assert found.overwritten_at == found.handled_at + timedelta(days=7)
    assert found.due_at == found.handled_at + timedelta(days=4)


def test_a_recorder_that_overwrites_soon_makes_it_due_at_once(office: Office) -> None:
    hang_camera(office, keep_days=2)
    found = review(office, claimed(office))

    assert found is not None
    assert found.due_at == found.asked_at


def test_of_other_claims_about_one_in_ten_is_drawn_and_anybody_can_draw_again(
    watched: Office,
) -> None:
    issues = [watched.accepted(category="noise") for _ in range(60)]
    for issue in issues:
        watched.handled(issue)
    watched.tick()

    drawn = {issue for issue in issues if review(watched, issue) is not None}
    claims = {
        issue: next(one for one in watched.journal(issue) if one.kind == "handled")
        for issue in issues
    }

    assert drawn == {issue for issue, claim in claims.items() if int(claim.hash[:8], 16) % 100 < 10}


def test_a_claim_that_is_taken_back_leaves_the_queue(watched: Office) -> None:
    issue = claimed(watched)
    watched.reopened(issue)
    watched.tick()

    found = review(watched, issue)
    assert queue(watched) == []
    assert found is not None
    assert found.state is ReviewState.WITHDRAWN


# --- the verdict --------------------------------------------------------------------------------


def test_the_machine_compares_before_and_after_of_one_camera(watched: Office) -> None:
    issue = claimed(watched)
    want = compares(watched)

    before, after = (
        next(one for one in here(watched, issue) if one.label is label)
        for label in (Label.BEFORE, Label.NOW)
    )
    assert (want.before, want.after) == (before.sha256, after.sha256)
    assert "compared" in watched.kinds(issue)
    assert Label.COMPARED in {one.label for one in here(watched, issue)}


@pytest.mark.parametrize("by", [AGENT])
def test_who_handled_it_does_not_judge_it(watched: Office, by: str) -> None:
    issue = claimed(watched)

    with pytest.raises(NotPermitted):
        decides(watched, issue, Verdict.HANDLED, by=by)
    assert queue(watched) == [issue]


def test_who_dealt_with_it_on_the_spot_does_not_judge_it_either(watched: Office) -> None:
    report = watched.claim(watched.press())
    watched.complete(report, category="litter")
    watched.does(_handled_on_the_spot, report=report.number, by=OPERATOR, how="清走了")
    watched.tick()

    with pytest.raises(NotPermitted):
        decides(watched, report.issue, Verdict.HANDLED, by=OPERATOR)
    assert decides(watched, report.issue, Verdict.HANDLED, by=SECOND_OPERATOR).verdict


def _handled_on_the_spot(*args: object, **said: object) -> object:
    from core.monitoring import service as monitoring  # noqa: PLC0415 - only this story needs it

    return monitoring.handled_on_the_spot(*args, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by_machine", "verdict", "agreed"),
    [
        ("gone", Verdict.HANDLED, True),
        ("unchanged", Verdict.HANDLED, False),
        ("unchanged", Verdict.NOT_HANDLED, True),
        ("too_dark", Verdict.NOT_HANDLED, None),
        ("gone", Verdict.CANNOT_TELL, None),
    ],
)
def test_agreement_with_the_machine_is_recorded(
    watched: Office, *, by_machine: str, verdict: Verdict, agreed: bool | None
) -> None:
    issue = claimed(watched)
    compares(watched, by_machine)

    assert decides(watched, issue, verdict).agreed is agreed


def test_handled_leaves_the_issue_where_it_stands(watched: Office) -> None:
    issue = claimed(watched)
    decides(watched, issue, Verdict.HANDLED)

    assert watched.issue(issue).status is Status.HANDLED
    assert queue(watched) == []
    with pytest.raises(NotFound):
        decides(watched, issue, Verdict.NOT_HANDLED)


def test_not_handled_reopens_with_the_old_clock_and_steps_past_due_fire_at_once(
    watched: Office,
) -> None:
    issue = claimed(watched)
    reported_at = watched.issue(issue).reported_at
    watched.closed(issue, Outcome.SOLVED)
    watched.now += timedelta(days=4)
    decides(watched, issue, Verdict.NOT_HANDLED)
    watched.tick()

    found = watched.issue(issue)
    assert (found.status, found.reopened) == (Status.ACCEPTED, 1)
    assert found.reported_at == reported_at
    assert watched.called_in(issue) == [SUPERVISOR, DIRECTOR]
    assert watched.kinds(issue).index("reviewed") < watched.kinds(issue).index("reopened")


def test_a_verdict_has_a_reason_and_a_claim_that_stands(watched: Office) -> None:
    issue = claimed(watched)
    with pytest.raises(Incomplete):
        decides(watched, issue, Verdict.HANDLED, reason="  ")
    watched.reopened(issue)
    with pytest.raises(NotAllowedNow):
        decides(watched, issue, Verdict.HANDLED)


def test_handled_again_it_is_checked_again(watched: Office) -> None:
    issue = claimed(watched)
    decides(watched, issue, Verdict.NOT_HANDLED)
    watched.tick()
    watched.now += timedelta(hours=1)
    watched.handled(issue)
    watched.tick()

    assert queue(watched) == [issue]


# --- how long pictures are kept -----------------------------------------------------------------


def test_nothing_of_an_open_issue_is_deleted(watched: Office) -> None:
    issue = watched.accepted()
    shoots_all(watched)
    watched.fast_forward(days=200)

    assert len(here(watched, issue)) == 3


def test_after_thirty_days_hash_and_reason_stay(watched: Office) -> None:
    issue = claimed(watched, category="noise")
    watched.closed(issue)
    watched.fast_forward(days=29)
    found = review(watched, issue)
    if found is not None:  # it was drawn by lot: what somebody is to look at is held
        decides(watched, issue, Verdict.HANDLED)
    assert here(watched, issue)

    watched.fast_forward(days=2)

    gone = pictures(watched, issue)
    assert {one.state for one in gone} == {PictureState.DELETED}
    assert {one.reason for one in gone} == {"retention of 30 days"}
    assert all(one.sha256 for one in gone)
    assert watched.kinds(issue).count("picture_deleted") == len(gone)


def test_what_somebody_is_to_look_at_is_held(watched: Office) -> None:
    issue = claimed(watched)
    watched.closed(issue)
    watched.fast_forward(days=60)

    assert len(here(watched, issue)) == 4


def test_a_refuted_claim_keeps_its_pictures_for_ninety_days(watched: Office) -> None:
    issue = claimed(watched)
    decides(watched, issue, Verdict.NOT_HANDLED)
    watched.closed(issue, Outcome.NOT_OURS)
    watched.fast_forward(days=80)
    assert here(watched, issue)

    watched.fast_forward(days=20)
    assert here(watched, issue) == []


def test_each_look_is_written_down_with_its_purpose(watched: Office) -> None:
    issue = claimed(watched)
    picture = here(watched, issue)[0]
    assert picture.sha256

    watched.does(keeping.look, issue=issue, sha256=picture.sha256, by=OPERATOR, purpose="处理报事")

    last = watched.journal(issue)[-1]
    assert (last.kind, last.by) == ("picture_viewed", OPERATOR)
    assert "处理报事" in last.body
    with pytest.raises(Incomplete):
        watched.does(keeping.look, issue=issue, sha256=picture.sha256, by=OPERATOR, purpose=" ")
