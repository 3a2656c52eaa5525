"""What consoles say of the seat, and who is called to it."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from core.facts.device import SiteCode
from core.facts.people import Role
from core.facts.roster import Post, PostCode, Row, Shift, ShiftCode
from core.roster import writing
from core.store.database import Database
from core.tick import tick
from tests.api.running import PEOPLE, Centre, HandClock


def test_nobody_answers_and_the_captain_is_called(database: Database) -> None:
    clock = HandClock()
    centre = Centre.start(database, clock=clock)
    try:
        _on_duty(centre)
        operator, captain = centre.as_(Role.OPERATOR), centre.as_(Role.CAPTAIN)
        said = operator.post("/api/v1/seat", json={"present": True})
        assert said.json() == {"asked_at": None, "called_at": None}
        assert captain.post("/api/v1/seat", json={"present": True}).status_code == 403

        clock.forward(minutes=10)
        tick(database, now=clock.now())
        assert operator.get("/api/v1/seat").json()["asked_at"] is not None
        clock.forward(seconds=60)
        tick(database, now=clock.now())

        (called,) = captain.get("/api/v1/summons").json()["items"]
        assert (called["trouble"], called["acknowledged_at"]) == ("nobody_present", None)
        path = f"/api/v1/summons/{called['number']}/acknowledge"
        assert operator.post(path).status_code == 404
        assert captain.post(path).json()["acknowledged_at"] is not None
        here = operator.post("/api/v1/seat", json={"present": True}).json()
        assert here == {"asked_at": None, "called_at": None}

        assert operator.post("/api/v1/seat/mute", json={"seconds": 60}).status_code == 200
        assert operator.post("/api/v1/seat/mute", json={"seconds": 61}).status_code == 422
    finally:
        centre.stop()


def _on_duty(centre: Centre) -> None:
    """An operator is on duty from eight to eight."""
    post, day = PostCode("centre"), ShiftCode("day")
    today = centre.clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    by = PEOPLE[Role.CAPTAIN]
    with centre.database.begin() as store:
        site, now = SiteCode("garden"), centre.clock.now() - timedelta(days=1)
        seat = Post(code=post, name="监控中心", role=Role.OPERATOR, place=None, least=1)
        writing.write_post(store, site=site, post=seat, by=by, now=now)
        shift = Shift(code=day, name="白班", begins=time(8), ends=time(20))
        writing.write_shift(store, site=site, shift=shift, by=by, now=now)
        row = Row(day=today, post=post, shift=day, person=PEOPLE[Role.OPERATOR])
        writing.write(store, site=site, first=today, last=today, rows=[row], by=by, now=now)
