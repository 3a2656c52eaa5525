"""五.1(2): what is done about each kind of problem; required steps and pictures lock the end."""

import json

import pytest

from core.desk import service as desk
from core.errors import Incomplete, NotAllowedNow, NotFound, PicturesLacking, StepsOpen
from core.facts.device import DeviceCode
from core.facts.evidence import Asked, Label
from core.facts.issue import Issue, IssueNumber, Outcome, Status, Urgency
from core.facts.people import PersonCode
from core.facts.report import Cause
from core.monitoring import service as monitoring
from core.register import playbook
from core.register.playbook import Standing
from tests.office import AGENT, OPERATOR, SUPERVISOR, Office


def done(
    office: Office,
    issue: IssueNumber,
    step: str,
    *,
    answer: str | None = None,
    words: str = "",
    by: PersonCode = OPERATOR,
) -> Issue:
    return office.does(playbook.do_step, issue=issue, step=step, by=by, answer=answer, words=words)


def stands(office: Office, issue: IssueNumber) -> Standing:
    with office.database.read() as store:
        return playbook.standing(store, store.issues.find(office.site, issue))


def on_the_way(office: Office, issue: IssueNumber) -> list[str]:
    return [step.code for step in stands(office, issue).way]


def waive(office: Office, issue: IssueNumber, *, what: str) -> Issue:
    act = playbook.waive_steps if what == "steps" else playbook.waive_pictures
    return office.does(act, issue=issue, by=SUPERVISOR, reason="现场已确认")


def picture(office: Office, issue: IssueNumber, label: Label) -> None:
    """A camera took a picture now, and its bytes are here."""
    with office.database.begin() as store:
        asked = Asked(
            issue=issue, report=None, camera=DeviceCode("cam-1"), label=label, moment=office.now
        )
        store.pictures.ask(office.site, [asked], now=office.now, give_up_at=office.now)
        found = store.pictures.of_issues(office.site, [issue])[issue][-1]
        store.pictures.change(
            found, state="here", since=office.now, look_at=None, sha256=f"{found.id:064x}"
        )


def test_required_steps_lock_handled_on_the_spot_and_the_end(office: Office) -> None:
    report = office.claim(office.press())
    office.complete(report, category="pipe_leak", words="水管爆了")
    with pytest.raises(StepsOpen, match="near_power"):
        office.does(monitoring.handled_on_the_spot, report=report.number, by=OPERATOR, how="已关阀")

    done(office, report.issue, "near_power", answer="no")
    with pytest.raises(StepsOpen, match="valve"):
        office.does(monitoring.handled_on_the_spot, report=report.number, by=OPERATOR, how="已关阀")
    done(office, report.issue, "valve", answer="yes")
    office.does(monitoring.handled_on_the_spot, report=report.number, by=OPERATOR, how="已关阀")

    assert office.issue(report.issue).status is Status.HANDLED


def test_what_the_desk_has_to_do_locks_the_end_and_not_the_spot(office: Office) -> None:
    issue = office.accepted(category="lift_stopped", words="电梯停了")
    done(office, issue, "anybody_inside", answer="no")
    done(office, issue, "maintenance", words="40 分钟到")
    office.handled(issue)
    with pytest.raises(StepsOpen, match="tell_customers"):
        office.closed(issue)

    done(office, issue, "tell_customers", by=AGENT)

    assert office.closed(issue).status is Status.CLOSED


def test_the_answer_decides_and_both_ways_can_be_replayed(office: Office) -> None:
    real = office.forwarded(category="fire", words="冒烟")
    false = office.forwarded(category="fire", words="烟感报警")

    done(office, real, "smoke_seen", answer="yes")
    done(office, false, "smoke_seen", answer="no")

    assert on_the_way(office, real) == [
        "smoke_seen", "call_119", "evacuate", "director", "cause", "reset",
    ]  # fmt: skip
    assert on_the_way(office, false) == ["smoke_seen", "cause", "reset"]
    for issue in (real, false):
        steps = [json.loads(one.body) for one in office.journal(issue) if one.kind == "step_done"]
        assert [step["step"] for step in steps] == ["smoke_seen"]


def test_a_fire_panel_is_never_reset_before_the_cause_is_known(office: Office) -> None:
    issue = office.forwarded(category="fire", words="烟感报警")
    done(office, issue, "smoke_seen", answer="no")
    with pytest.raises(NotAllowedNow, match="waits for step 'cause'"):
        done(office, issue, "reset")
    with pytest.raises(Incomplete, match="Cause"):
        done(office, issue, "cause")

    done(office, issue, "cause", words="烧焦的锅")
    done(office, issue, "reset")

    assert stands(office, issue).lacking == ()


def test_a_step_may_be_done_again_and_the_last_answer_counts(office: Office) -> None:
    issue = office.forwarded(category="fire", words="烟感报警")
    done(office, issue, "smoke_seen", answer="no")
    done(office, issue, "smoke_seen", answer="yes")

    assert "call_119" in on_the_way(office, issue)
    assert office.kinds(issue).count("step_done") == 2


def test_steps_that_are_not_there_are_refused(office: Office) -> None:
    report = office.claim(office.press())
    with pytest.raises(Incomplete, match="category"):
        done(office, report.issue, "smoke_seen", answer="no")
    office.complete(report, category="fire", words="烟感报警")
    with pytest.raises(NotFound, match="no step"):
        done(office, report.issue, "dance")
    with pytest.raises(NotFound, match="no answer"):
        done(office, report.issue, "smoke_seen", answer="perhaps")
    with pytest.raises(Incomplete, match="needs an answer"):
        done(office, report.issue, "smoke_seen")


def test_another_category_has_its_own_steps(office: Office) -> None:
    report = office.claim(office.press())
    office.complete(report, category="pipe_leak", words="水")
    done(office, report.issue, "near_power", answer="no")
    office.complete(report, category="lift_trapped", words="有人被困")

    assert stands(office, report.issue).did == {}
    assert stands(office, report.issue).lacking[0].code == "calm"


def test_a_supervisor_lets_it_end_without_steps_and_says_why(office: Office) -> None:
    issue = office.accepted(category="pipe_leak", words="水管爆了")
    office.handled(issue)
    with pytest.raises(StepsOpen):
        office.closed(issue, Outcome.NOT_OURS)
    with pytest.raises(Incomplete, match="reason"):
        office.does(playbook.waive_steps, issue=issue, by=SUPERVISOR, reason=" ")

    waive(office, issue, what="steps")
    office.closed(issue, Outcome.NOT_OURS)
    office.reopened(issue)

    assert stands(office, issue).steps_waived is None
    with pytest.raises(StepsOpen):
        office.closed(issue, Outcome.NOT_OURS)


def test_nothing_is_waived_that_is_not_lacking(office: Office) -> None:
    issue = office.accepted()
    for what in ("steps", "pictures"):
        with pytest.raises(NotAllowedNow, match="no required"):
            waive(office, issue, what=what)


def test_litter_is_not_closed_as_solved_without_a_picture_from_after(office: Office) -> None:
    issue = office.accepted(category="litter", words="楼道有垃圾", urgency=Urgency.ORDINARY)
    picture(office, issue, Label.AT)
    office.handled(issue)
    with pytest.raises(PicturesLacking, match="after"):
        office.closed(issue)

    picture(office, issue, Label.NOW)

    assert office.closed(issue).outcome is Outcome.SOLVED


def test_a_picture_taken_before_anybody_says_handled_shows_it_too(office: Office) -> None:
    """A cleaner clears it, takes the picture, and says so afterwards."""
    issue = office.accepted(category="litter", words="楼道有垃圾", urgency=Urgency.ORDINARY)
    office.fast_forward(minutes=20)
    picture(office, issue, Label.NOW)
    office.fast_forward(minutes=5)
    office.handled(issue)

    assert office.closed(issue).status is Status.CLOSED


def test_a_picture_from_before_a_reopening_does_not_show_the_new_handling(office: Office) -> None:
    issue = office.accepted(category="litter", words="楼道有垃圾", urgency=Urgency.ORDINARY)
    office.handled(issue)
    picture(office, issue, Label.NOW)
    office.closed(issue)
    office.reopened(issue)
    office.fast_forward(hours=1)
    office.handled(issue)

    with pytest.raises(PicturesLacking):
        office.closed(issue)


def test_pictures_are_waived_by_a_supervisor_or_the_issue_ends_otherwise(office: Office) -> None:
    waived = office.accepted(category="litter", words="垃圾", urgency=Urgency.ORDINARY)
    not_ours = office.accepted(category="litter", words="红线外", urgency=Urgency.ORDINARY)
    office.handled(waived)

    waive(office, waived, what="pictures")

    assert office.closed(waived).status is Status.CLOSED
    assert office.closed(not_ours, Outcome.NOT_OURS).status is Status.CLOSED


def test_what_needed_nothing_needs_no_steps(office: Office) -> None:
    report = office.claim(office.press())
    office.complete(report, category="fire", words="演习")
    office.does(
        monitoring.dismiss, report=report.number, by=OPERATOR, cause=Cause.TEST, reason="消防演习"
    )

    with pytest.raises(NotAllowedNow, match="dismissed"):
        done(office, report.issue, "smoke_seen", answer="no")
    assert office.does(desk.reopen, issue=report.issue, by=AGENT, reason="不是演习").reopened == 1
