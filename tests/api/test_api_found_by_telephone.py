"""A guard's telephone speaks with the API: sent once, in his own name, and not without end."""

from datetime import timedelta

from core.facts import moment
from core.facts.people import Role
from tests.api.running import Centre
from tests.api.test_api_added_pictures import adds, telephone
from tests.recordings import hang_camera


def found(**more: object) -> dict[str, object]:
    return {"place": "3-2", "category": "litter", "words": "纸箱堆在门口", **more}


def test_a_report_sent_again_is_there_once(centre: Centre) -> None:
    hang_camera(centre.office)
    guard = centre.as_(Role.GUARD)
    written = moment.text(centre.clock.now() - timedelta(hours=3))
    once = {"Idempotency-Key": "report-of-the-basement"}
    told = [
        guard.post("/api/v1/tellings", json=found(told_at=written), headers=once) for _ in range(3)
    ]

    assert {answer.status_code for answer in told} == {201}
    assert len({answer.text for answer in told}) == 1
    said = told[0].json()
    assert (said["status"], moment.text(moment.parse(said["told_at"]))) == ("forwarded", written)
    assert said["received_at"] > said["told_at"]
    mine = guard.get("/api/v1/issues", params={"mine": True, "open": True}).json()["items"]
    assert [row["number"] for row in mine] == [said["issue"]]
    report = centre.as_(Role.OPERATOR).get(f"/api/v1/reports/{said['report']}").json()
    assert (report["channel"], report["caller"]["person"]["code"]) == ("mobile", "guard-7")

    photo = telephone()
    for _ in range(2):
        answer = adds(guard, said["issue"], photo, taken_at=written, origin="gallery", place="3-2")
        assert answer.is_success, answer.text
    pictures = guard.get(f"/api/v1/issues/{said['issue']}").json()["pictures"]
    assert [one["origin"] for one in pictures if one["by"]] == ["gallery"]


def test_on_the_spot_is_opened_and_ended(centre: Centre) -> None:
    hang_camera(centre.office)
    cleaner = centre.as_(Role.CLEANER)
    told = cleaner.post("/api/v1/tellings", json=found(how="当场清理")).json()
    assert told["status"] == "handled"
    end = f"/api/v1/tellings/{told['issue']}/end"
    assert cleaner.post(end).status_code == 409
    now = moment.text(centre.clock.now())
    assert adds(cleaner, told["issue"], telephone(), taken_at=now).is_success

    assert centre.as_(Role.GUARD).post(end).status_code == 404
    ended = cleaner.post(end).json()
    assert (ended["status"], ended["outcome"]) == ("closed", "handled_on_the_spot")
    assert cleaner.get("/api/v1/followups").json()["on_the_spot"] == 1


def test_a_telephone_that_sends_in_a_loop_is_slowed_and_nobody_else(centre: Centre) -> None:
    guard = centre.as_(Role.GUARD)
    answers = [guard.post("/api/v1/tellings", json=found()) for _ in range(30)]
    assert {answer.status_code for answer in answers} == {201}
    for _ in range(100):  # on a slow machine one more becomes free now and then
        slowed = guard.post("/api/v1/tellings", json=found())
        if slowed.status_code != 201:
            break

    assert (slowed.status_code, slowed.json()["error"]) == (429, "too_often")
    assert int(slowed.headers["Retry-After"]) >= 1
    assert centre.as_(Role.CLEANER).post("/api/v1/tellings", json=found()).status_code == 201


def test_nobody_tells_in_anothers_name(centre: Centre) -> None:
    said = {**found(), "channel": "mobile", "caller": {"kind": "staff", "person": "cleaner-3"}}
    assert centre.as_(Role.OPERATOR).post("/api/v1/reports", json=said).status_code == 400
    assert centre.as_(Role.DESK_AGENT).post("/api/v1/issues", json=said).status_code == 400
    assert centre.as_(Role.GUARD).post("/api/v1/tellings", json=said).status_code == 422
    assert centre.as_(Role.ADMINISTRATOR).post("/api/v1/tellings", json=found()).status_code == 403


def test_who_is_called_sees_where_and_what_to_do(centre: Centre) -> None:
    told = centre.as_(Role.CLEANER).post("/api/v1/tellings", json=found(category="lift_stopped"))
    assert told.status_code == 201, told.text
    centre.office.now = centre.clock.now()
    centre.office.tick()
    guard = centre.as_(Role.GUARD)
    (alert,) = guard.get("/api/v1/alerts", params={"open": True}).json()["items"]

    seen = guard.get(f"/api/v1/alerts/{alert['id']}").json()
    assert seen == alert
    assert seen["issue"]["place"]["code"] == "3-2"
    assert seen["first_actions"]["zh"]
    # He is called to the place; whose issue it is stays with those who deal with it.
    assert guard.get(f"/api/v1/issues/{told.json()['issue']}").status_code == 404
    assert centre.as_(Role.CLEANER).get(f"/api/v1/alerts/{alert['id']}").status_code == 404
