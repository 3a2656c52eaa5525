"""五.2: ten seeded tricks are flagged, of two hundred honest shifts at most two of a hundred."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from core.facts.catalogue import CategoryCode
from core.facts.issue import IssueNumber
from core.facts.merit import Trick
from core.facts.people import PersonCode
from core.facts.place import PlaceCode
from core.scoring.case import Case
from core.scoring.tricks import Alarm, Praise, reopening, tricks

ME, AGENT = PersonCode("guard-7"), PersonCode("agent-1")
MORNING = datetime(2026, 11, 20, 1, tzinfo=UTC)


class Shift:
    """What one person found, as the journal would tell it."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.alarms: list[Alarm] = []
        self.praises: list[Praise] = []

    def finds(
        self,
        minute: float,
        words: str,
        *,
        category: str = "litter",
        place: str = "3-2",
        spot: bool = False,
        pictures: int = 1,
    ) -> Case:
        at = MORNING + timedelta(minutes=minute)
        case = Case(
            issue=IssueNumber(len(self.cases) + 1),
            opened_at=at,
            finder=ME,
            caller="staff",
            category=CategoryCode(category),
            place=PlaceCode(place),
            words=words,
            on_the_spot=spot,
            handled_by=ME if spot else AGENT,
            handled_at=at + timedelta(minutes=2),
            pictures=pictures,
        )
        self.cases.append(case)
        return case

    def alarm(self, minute: float, *, place: str = "3-2", category: str | None = None) -> None:
        self.alarms.append(
            Alarm(
                issue=IssueNumber(900 + len(self.alarms)),
                at=MORNING + timedelta(minutes=minute),
                place=PlaceCode(place),
                category=CategoryCode(category) if category else None,
            )
        )

    def praised(self, day: float, customer: str) -> None:
        number = IssueNumber(800 + len(self.praises))
        at = MORNING + timedelta(days=day)
        self.praises.append(Praise(issue=number, at=at, customer=customer))

    def flagged(self) -> set[Trick]:
        found = {
            one.trick for one in tricks(ME, self.cases, alarms=self.alarms, praises=self.praises)
        }
        return found | {flag.trick for case in self.cases if (flag := reopening(case))}


def split_with_the_same_words(shift: Shift) -> None:
    shift.finds(0, "大堂门口有垃圾")
    shift.finds(4, "大堂门口有垃圾。")


def split_under_another_category(shift: Shift) -> None:
    shift.finds(0, "水管漏水，地面有水", category="pipe_leaking")
    shift.finds(9, "水管漏水 地面有水", category="dirt")


def split_into_pieces(shift: Shift) -> None:
    for minute, words in ((0, "纸屑"), (40, "一个塑料瓶"), (80, "烟头若干个")):
        shift.finds(minute, words)


def litter_of_his_own(shift: Shift) -> None:
    for minute, words in ((0, "瓶子"), (75, "大堂纸屑"), (150, "烟头一地")):
        shift.finds(minute, words, spot=True)


def litter_of_his_own_all_day(shift: Shift) -> None:
    for at in range(6):
        shift.finds(at * 85, f"第{at}处", spot=True)


def copy_of_an_alarm(shift: Shift) -> None:
    shift.alarm(0)
    shift.finds(3, "消防通道门开着", category="door")


def copy_of_an_alarm_of_that_kind(shift: Shift) -> None:
    shift.alarm(0, category="lift_stopped")
    shift.finds(14, "电梯停了", category="lift_stopped")


def closed_and_opened_again(shift: Shift) -> None:
    case = shift.finds(0, "灯不亮", category="street_lamp")
    for minute in (10, 30):
        case.ends.append((MORNING + timedelta(minutes=minute), AGENT))
        case.reopenings.append((MORNING + timedelta(minutes=minute + 5), AGENT))


def claims_without_a_picture(shift: Shift) -> None:
    for at in range(5):
        shift.finds(at * 10, f"{at}号楼有垃圾", place=f"{at}-1", spot=True, pictures=0)


def praised_by_a_friend(shift: Shift) -> None:
    for day in (0, 2, 5):
        shift.praised(day, "c-1502")


TRICKS: list[tuple[Callable[[Shift], None], Trick]] = [
    (split_with_the_same_words, Trick.SPLIT),
    (split_under_another_category, Trick.SPLIT),
    (split_into_pieces, Trick.SPLIT),
    (litter_of_his_own, Trick.SELF_MADE),
    (litter_of_his_own_all_day, Trick.SELF_MADE),
    (copy_of_an_alarm, Trick.ALARM_COPY),
    (copy_of_an_alarm_of_that_kind, Trick.ALARM_COPY),
    (closed_and_opened_again, Trick.CLOSE_REOPEN),
    (claims_without_a_picture, Trick.NO_PICTURE),
    (praised_by_a_friend, Trick.PRAISE_RING),
]


@pytest.mark.parametrize(("trick", "expected"), TRICKS, ids=[one[0].__name__ for one in TRICKS])
def test_each_seeded_trick_is_flagged(trick: Callable[[Shift], None], expected: Trick) -> None:
    shift = Shift()
    trick(shift)
    assert expected in shift.flagged()


def test_a_trick_is_flagged_in_the_middle_of_honest_work_too() -> None:
    for trick, expected in TRICKS:
        shift = honest(7)
        trick(shift)
        assert expected in shift.flagged(), trick.__name__


WORDS = {
    "litter": ("楼道有纸屑", "电梯口有烟头", "花坛里有塑料袋", "垃圾桶满了", "地上有果皮"),
    "street_lamp": ("{n}号路灯不亮", "{n}号路灯闪烁"),
    "dirt": ("墙面有脚印", "玻璃有污渍", "地面有油迹"),
    "pipe_leaking": ("天花板滴水", "水表井渗水"),
}


def honest(seed: int) -> Shift:
    """Eight hours of rounds through eighteen places; at a stop up to three different things.

    He does not tell the same thing of the same place twice within a round: that is what a trick is.
    Now and then a device speaks, a customer thanks, an agent corrects himself.
    """
    by_lot = random.Random(seed)
    shift = Shift()
    stops = [f"{house}-{door}" for house in range(1, 7) for door in range(1, 4)]
    minute = 0.0
    while minute < 480:
        for place in stops:
            minute += by_lot.uniform(4, 9)
            if by_lot.random() > 0.2:
                continue
            for category in by_lot.sample(list(WORDS), by_lot.choice((1, 1, 1, 2, 3))):
                minute += by_lot.uniform(1, 4)
                shift.finds(
                    minute,
                    by_lot.choice(WORDS[category]).format(n=by_lot.randint(1, 60)),
                    category=category,
                    place=place,
                    spot=category in {"litter", "dirt"} and by_lot.random() < 0.6,
                    pictures=by_lot.choice((0, 1, 1, 1, 2)),
                )
    for _ in range(by_lot.randint(0, 2)):
        shift.alarm(
            by_lot.uniform(0, 480),
            place=f"{by_lot.randint(1, 6)}-{by_lot.randint(1, 3)}",
            category=by_lot.choice((None, "lift_stopped", "door")),
        )
    for _ in range(by_lot.randint(0, 2)):
        shift.praised(by_lot.uniform(0, 7), f"c-{by_lot.randint(1, 40)}")
    if shift.cases and by_lot.random() < 0.3:
        case = by_lot.choice(shift.cases)
        case.ends.append((case.opened_at + timedelta(minutes=30), AGENT))
        case.reopenings.append((case.opened_at + timedelta(minutes=50), AGENT))
    return shift


def test_of_honest_shifts_at_most_two_of_a_hundred_are_flagged() -> None:
    shifts = [honest(seed) for seed in range(500)]
    flagged = [at for at, shift in enumerate(shifts) if shift.flagged()]
    assert len(flagged) <= len(shifts) * 0.02, flagged
    assert sum(len(shift.cases) for shift in shifts) > 5_000


def test_two_lamps_are_two_and_a_call_he_took_is_none_of_his() -> None:
    shift = Shift()
    shift.finds(0, "3号路灯不亮", category="street_lamp")
    shift.finds(5, "4号路灯不亮", category="street_lamp")
    assert shift.flagged() == set()
    shift.finds(9, "4号路灯不亮", category="street_lamp").caller = "customer"
    assert shift.flagged() == set()
