"""Features K1, K2, E11: customers and roster by table: told first, done whole, or not at all."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from core.customers import importing as customers
from core.facts.customer import Customer, CustomerCode, Home, Living
from core.facts.people import Role
from core.facts.place import PlaceCode
from core.facts.roster import Post, PostCode
from core.roster import handing
from core.roster import importing as rosters
from core.roster.forms import RosterTable
from core.sheets.trying import Outcome, Undone
from core.store.journal import THE_SITE
from tests.office import CAPTAIN, DIRECTOR, GUARD, OPERATOR, SECOND_OPERATOR, ZONE, Office
from tests.scheme.test_5_1_2_roster import DAY, FRIDAY, NIGHT, writes

MONDAY = FRIDAY + timedelta(days=3)
HEAD = "编号,姓名,电话,地点,房号,身份,入住,备注,在住\n"


def tried(bring: Callable[..., Outcome], office: Office, text: str, **more: Any) -> Outcome:
    """What a table would do; nothing of it is done."""
    return _refused(bring, office, text, dry=True, **more)


def done(bring: Callable[..., Outcome], office: Office, text: str, **more: Any) -> Outcome:
    return office.does(bring, content=text.encode(), by=DIRECTOR, dry=False, **more)


def _refused(bring: Callable[..., Outcome], office: Office, text: str, **more: Any) -> Outcome:
    try:
        office.does(bring, content=text.encode(), by=DIRECTOR, **more)
    except Undone as undone:
        return undone.outcome
    raise AssertionError("the table was done")


def known(office: Office) -> dict[str, Customer]:
    with office.database.read() as store:
        page = store.customers.page(office.site, text=None, place=None, limit=100, after=None)
    return {one.code: one for one in page}


def entries(office: Office) -> list[str]:
    with office.database.read() as store:
        return [one.kind for one in store.journal.of_issue(office.site, THE_SITE)]


# --- customers ----------------------------------------------------------------------------------


def test_residents_come_by_table_with_places_telephones_and_days(office: Office) -> None:
    text = (
        f"{HEAD}c-1,王芳,138 0013 8000；021-5555 1234,3,1502,业主,2020/5/1,有狗,是\n"
        "c-1,,,3,1602,租户,,,\n"
        "c-2,李雷,13900139000,3,901,,,,\n"
    )
    would = tried(customers.bring, office, text)
    assert [(one.row, one.code, one.before) for one in would.differences] == [
        (2, "c-1", None),
        (4, "c-2", None),
    ]
    assert known(office) == {}
    assert entries(office) == []

    assert done(customers.bring, office, text).done
    assert known(office)["c-1"] == Customer(
        code=CustomerCode("c-1"),
        name="王芳",
        phones=("138 0013 8000", "021-5555 1234"),
        homes=(
            Home(
                place=PlaceCode("3"),
                kind=Living.OWNER,
                door="1502",
                since_on=date(2020, 5, 1),
            ),
            Home(place=PlaceCode("3"), kind=Living.TENANT, door="1602"),
        ),
        note="有狗",
    )
    assert known(office)["c-2"].homes[0].kind is Living.RESIDENT
    assert entries(office) == ["customer_entered", "customer_entered", "imported"]


def test_each_bad_row_is_told_and_nothing_is_written(office: Office) -> None:
    outcome = _refused(
        customers.bring,
        office,
        f"{HEAD}c-1,王芳,1.38E+10,3,1502,业主,,,\n"
        "c-2,李雷,13900139000,99,901,业主,,,\n"
        "c-3,韩梅,,,901,,,,\n"
        "c-4,,,,,,,,\n"
        "c-5,林涛,,3,1,房客,,,\n"
        "c-6,魏华,,3,1,业主,2026-13-01,,\n"
        "c-7,好人,138,,,,,,\n"
        "c-7,别人,,3,,,,,\n",
        dry=False,
    )
    assert [(one.row, one.column) for one in outcome.mistakes] == [
        (2, "phones"),
        (3, "place"),
        (4, "place"),
        (5, "name"),
        (6, "living"),
        (7, "since"),
        (9, "name"),
    ]
    assert not outcome.done
    assert known(office) == {}


def test_a_column_that_is_not_there_leaves_what_was(office: Office) -> None:
    done(customers.bring, office, f"{HEAD}c-1,王芳,138 0013 8000,3,1502,业主,,有狗,\n")
    outcome = done(customers.bring, office, "编号,姓名\nc-1,王芳芳\n")
    (one,) = outcome.differences
    assert (one.before or {})["name"] == "王芳"
    assert known(office)["c-1"].phones == ("138 0013 8000",)
    assert known(office)["c-1"].note == "有狗"


def test_the_table_of_customers_goes_round_and_who_took_it_is_written_down(
    office: Office,
) -> None:
    done(
        customers.bring,
        office,
        f'{HEAD}c-1,王芳,138 0013 8000,3,1502,业主,2020-05-01,"=1+1，有狗",\n'
        "c-1,,,3,9,租户,,,\nc-2,李雷,,,,,,,否\n",
    )
    before = known(office)
    table = office.does(customers.hand_out, by=DIRECTOR)
    assert entries(office)[-1] == "table_taken"
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in table)
    assert tried(customers.bring, office, text).differences == ()
    assert known(office) == before


# --- the roster ---------------------------------------------------------------------------------


def grid(office: Office, first: date, days: int = 7) -> list[list[str]]:
    with office.database.read() as store:
        return handing.hand_out(
            store,
            site=office.site,
            table=RosterTable.DUTIES,
            first=first,
            days=days,
            now=office.now,
        )


def comma(table: list[list[str]]) -> str:
    return "\n".join(",".join(row) for row in table)


def stands(office: Office, first: date, last: date) -> list[tuple[date, str, str]]:
    with office.database.read() as store:
        found = store.roster.days(office.site, first, last)
    return [(one.row.day, one.row.shift, one.row.person) for one in found]


def test_posts_and_shifts_come_by_table(office: Office) -> None:
    posts = "编号,名称,角色,地点,最少\ngate,北门,安管员,3,2\n"
    shifts = "code,name,begins,ends\nday,白班,8:00,20:00\nnight,夜班,20:00,08:00:00\n"
    assert done(rosters.bring, office, posts, table=RosterTable.POSTS).done
    assert done(rosters.bring, office, shifts, table=RosterTable.SHIFTS).done
    with office.database.read() as store:
        (post,) = store.roster.posts(office.site)
        assert post == Post(
            code=PostCode("gate"), name="北门", role=Role.GUARD, place=PlaceCode("3"), least=2
        )
        assert [one.code for one in store.roster.shifts(office.site)] == ["day", "night"]
    wrong = "code,name,role,place,least\ngate,北门,保安,,1\nb c,x,guard,,1\nd,x,guard,9,-1\n"
    outcome = _refused(rosters.bring, office, wrong, table=RosterTable.POSTS, dry=False)
    assert [(one.row, one.column) for one in outcome.mistakes] == [
        (2, "role"),
        (3, "code"),
        (4, "place"),
    ]


def test_a_week_comes_as_it_hangs_on_the_wall(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    text = (
        f"岗位,班次,{MONDAY},{MONDAY + timedelta(days=1):%Y/%m/%d}\n"
        f"监控中心,day,operator 1、operator 2,{OPERATOR}\n监控中心,night,,operator 2\n"
    )
    would = tried(rosters.bring, office, text, table=RosterTable.DUTIES)
    assert [(one.row, one.code, one.before) for one in would.differences] == [
        (2, f"{MONDAY} control-room day", None),
        (2, f"{MONDAY + timedelta(days=1)} control-room day", None),
        (3, f"{MONDAY + timedelta(days=1)} control-room night", None),
    ]
    assert done(rosters.bring, office, text, table=RosterTable.DUTIES).done
    tuesday = MONDAY + timedelta(days=1)
    assert stands(office, MONDAY, tuesday) == [
        (MONDAY, DAY, OPERATOR),
        (MONDAY, DAY, SECOND_OPERATOR),
        (tuesday, DAY, OPERATOR),
        (tuesday, NIGHT, SECOND_OPERATOR),
    ]

    # The same goes round; who is crossed out is gone, and the row says so.
    assert (
        tried(
            rosters.bring, office, comma(grid(office, MONDAY)), table=RosterTable.DUTIES
        ).differences
        == ()
    )
    shorter = text.replace(f",{OPERATOR}\n", ",\n")
    (gone,) = done(rosters.bring, office, shorter, table=RosterTable.DUTIES).differences
    assert (gone.row, gone.before, gone.after) == (2, {"people": OPERATOR}, None)


def test_a_grid_is_judged_as_lines_typed_one_by_one(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    text = (
        f"post,shift,{MONDAY},{MONDAY + timedelta(days=1)}\n"
        f"control-room,day,nobody,{GUARD}\ncontrol-room,day,{OPERATOR},\n"
        f"attic,day,,{OPERATOR}\n"
    )
    outcome = _refused(rosters.bring, office, text, table=RosterTable.DUTIES, dry=False)
    assert [(one.row, one.column, one.reason) for one in outcome.mistakes] == [
        (3, "post", "stands in row 2 already")
    ]
    outcome = _refused(
        rosters.bring,
        office,
        text.replace("control-room,day,operator-1", "control-room,night,operator-1"),
        table=RosterTable.DUTIES,
        dry=False,
    )
    tuesday = str(MONDAY + timedelta(days=1))
    assert [(one.row, one.column, one.reason) for one in outcome.mistakes] == [
        (2, str(MONDAY), "there is no person 'nobody'"),
        (2, tuesday, "guard-7 is no operator, as control-room asks for"),
        (4, tuesday, "there is no post 'attic'"),
    ]
    gap = f"post,shift,{MONDAY},{MONDAY + timedelta(days=2)}\ncontrol-room,day,,\n"
    outcome = _refused(rosters.bring, office, gap, table=RosterTable.DUTIES, dry=False)
    assert [one.reason for one in outcome.mistakes] == ["the days must follow one another"]
    assert stands(office, FRIDAY, MONDAY + timedelta(days=2)) == [(FRIDAY, DAY, OPERATOR)]


def test_a_list_of_duties_is_read_too_and_what_is_over_stays(office: Office) -> None:
    writes(office, (FRIDAY, DAY, OPERATOR))
    office.at(FRIDAY, "21:00")
    text = f"日期,岗位,班次,人员\n{FRIDAY},监控中心,night,operator 2\n"
    assert done(rosters.bring, office, text, table=RosterTable.DUTIES).done
    assert stands(office, FRIDAY, FRIDAY) == [
        (FRIDAY, DAY, OPERATOR),
        (FRIDAY, NIGHT, SECOND_OPERATOR),
    ]
    late = f"日期,岗位,班次,人员\n{FRIDAY},监控中心,day,operator 2\n"
    outcome = _refused(rosters.bring, office, late, table=RosterTable.DUTIES, dry=False)
    assert [one.row for one in outcome.mistakes] == [2]
    assert "is over" in outcome.mistakes[0].reason


def test_absences_and_deputies_by_table_in_the_sites_own_time(office: Office) -> None:
    text = (
        f"人员,开始,结束,事由,代理人\nsupervisor,2026-11-23 08:00,2026/11/25 18:00,年假,{CAPTAIN}\n"
    )
    assert done(rosters.bring, office, text, table=RosterTable.ABSENCES).done
    with office.database.read() as store:
        (one,) = store.roster.absences(office.site, since=office.now)
        table = handing.hand_out(
            store,
            site=office.site,
            table=RosterTable.ABSENCES,
            first=None,
            days=7,
            now=office.now,
        )
    assert one.begins_at.astimezone(ZONE).hour == 8
    assert one.deputy == CAPTAIN
    assert tried(rosters.bring, office, comma(table), table=RosterTable.ABSENCES).differences == ()

    other = text.replace(f",{CAPTAIN}", f",{DIRECTOR}")
    (change,) = done(rosters.bring, office, other, table=RosterTable.ABSENCES).differences
    assert ((change.before or {})["deputy"], (change.after or {})["deputy"]) == (CAPTAIN, DIRECTOR)

    called_off = text.replace("代理人\n", "代理人,取消\n").replace("captain\n", "captain,是\n")
    done(rosters.bring, office, called_off, table=RosterTable.ABSENCES)
    with office.database.read() as store:
        assert store.roster.absences(office.site, since=office.now) == []

    wrong = (
        "人员,开始,结束,事由\nsupervisor,2026-11-23,2026-11-25 18:00,年假\n"
        "ghost,2026-11-23 08:00,2026-11-25 18:00,x\n"
    )
    outcome = _refused(rosters.bring, office, wrong, table=RosterTable.ABSENCES, dry=False)
    assert [(one.row, one.column) for one in outcome.mistakes] == [(2, "begins"), (3, "person")]
