"""A change happens once, however often it is asked for, and whoever asks at the same time."""

from concurrent.futures import ThreadPoolExecutor

from core.facts.device import SiteCode
from core.facts.issue import IssueNumber
from core.facts.people import Person, PersonCode, Role, UnitCode
from tests.api.running import Centre, completion, telling

KEY = {"Idempotency-Key": "once-1"}


def test_told_again_with_the_same_key_it_happens_once(centre: Centre) -> None:
    operator = centre.as_(Role.OPERATOR)

    first = operator.post("/api/v1/reports", json=telling(), headers=KEY)
    again = operator.post("/api/v1/reports", json=telling(), headers=KEY)

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert len(operator.get("/api/v1/queue").json()["items"]) == 1


def test_the_key_of_another_request_is_refused(centre: Centre) -> None:
    operator = centre.as_(Role.OPERATOR)
    operator.post("/api/v1/reports", json=telling(), headers=KEY)

    other_body = operator.post("/api/v1/reports", json=telling(words="别的"), headers=KEY)
    other_path = operator.post("/api/v1/reports/1/claim", headers=KEY)

    assert (other_body.status_code, other_path.status_code) == (422, 422)
    assert other_body.json()["error"] == other_path.json()["error"] == "key_used"


def test_a_key_is_its_persons_own(centre: Centre) -> None:
    first = centre.as_(Role.DESK_AGENT).post("/api/v1/issues", json=telling(), headers=KEY)
    other = centre.as_(Role.OPERATOR).post("/api/v1/reports", json=telling(), headers=KEY)

    assert (first.status_code, other.status_code) == (201, 201)


def test_what_was_refused_may_be_tried_again_with_the_same_key(centre: Centre) -> None:
    number = centre.ring()
    operator = centre.as_(Role.OPERATOR)
    path = f"/api/v1/reports/{number}/complete"
    assert operator.post(path, json=completion(), headers=KEY).status_code == 409

    operator.post(f"/api/v1/reports/{number}/claim")

    assert operator.post(path, json=completion(), headers=KEY).status_code == 200


def test_a_double_click_at_the_same_moment_happens_once(centre: Centre) -> None:
    operators = [centre.as_(Role.OPERATOR) for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda one: one.post("/api/v1/reports", json=telling(), headers=KEY), operators
            )
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1


def test_of_fifty_who_claim_at_once_one_holds_it(centre: Centre) -> None:
    number = centre.ring()
    many = [PersonCode(f"racer-{index:02}") for index in range(50)]
    with centre.database.begin() as store:
        store.people.seed(
            SiteCode("garden"),
            [],
            [
                Person(
                    code=code, name=code, unit=UnitCode("office"), roles=frozenset({Role.OPERATOR})
                )
                for code in many
            ],
        )
    browsers = [centre.as_(code) for code in many]

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda one: one.post(f"/api/v1/reports/{number}/claim"), browsers))

    won = [answer.json() for answer in answers if answer.status_code == 200]
    lost = [answer.json() for answer in answers if answer.status_code == 409]
    assert (len(won), len(lost)) == (1, 49)
    holder = won[0]["claim"]["by"]["code"]
    assert won[0]["claim"]["mine"] is True
    assert {one["error"] for one in lost} == {"not_yours"}
    assert {one["present"]["claim"]["by"]["code"] for one in lost} == {holder}
    assert {one["present"]["claim"]["mine"] for one in lost} == {False}
    with centre.database.read() as store:
        issue = IssueNumber(won[0]["issue"])
        kinds = [entry.kind for entry in store.journal.of_issue(SiteCode("garden"), issue)]
    assert kinds.count("claimed") == 1
