"""Features K1, K2: customers and roster as tables over the wire, and nobody takes them unseen."""

import io
from datetime import timedelta

import httpx
import openpyxl
import pytest

from core.facts.people import Role
from core.store.journal import THE_SITE
from tests.api.running import Centre

CUSTOMERS = "/api/v1/customer-table"
ROSTER = "/api/v1/roster/tables"
HEAD = "编号,姓名,电话,地点,房号,身份,备注\n"


def bring(
    client: httpx.Client, path: str, content: bytes | str, *, dry: bool = False
) -> httpx.Response:
    sent = content if isinstance(content, bytes) else content.encode()
    return client.post(path, content=sent, params={"dry": dry})


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_customers_go_round_and_what_could_live_is_inert(centre: Centre, form: str) -> None:
    director = centre.as_(Role.DIRECTOR)
    text = f'{HEAD}c-1,王芳,13800138000,3,1502,业主,\'=HYPERLINK("x")\nc-1,,,3,9,租户,\n'
    tried = bring(director, CUSTOMERS, text, dry=True).json()
    assert (tried["done"], len(tried["differences"])) == (False, 1)
    assert bring(director, CUSTOMERS, text).json()["done"]

    handed = director.get(CUSTOMERS, params={"form": form})
    assert handed.headers["content-disposition"] == f'attachment; filename="customers.{form}"'
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(handed.content)).worksheets[0]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    else:
        assert "'=HYPERLINK" in handed.content.decode("utf-8-sig")
    again = bring(director, CUSTOMERS, handed.content).json()
    assert (again["mistakes"], again["differences"]) == ([], [])


def test_only_leaders_take_every_telephone_home_and_the_journal_says_who(centre: Centre) -> None:
    for role in (Role.DESK_AGENT, Role.OPERATOR, Role.ADMINISTRATOR):
        assert centre.as_(role).get(CUSTOMERS).status_code == 403
        assert bring(centre.as_(role), CUSTOMERS, HEAD).status_code == 403
    centre.as_(Role.DIRECTOR).get(CUSTOMERS)
    with centre.database.read() as store:
        last = store.journal.of_issue(centre.office.site, THE_SITE)[-1]
    assert (last.kind, last.by) == ("table_taken", "director")


def test_a_bad_row_of_customers_stops_all_of_them(centre: Centre) -> None:
    director = centre.as_(Role.DIRECTOR)
    said = bring(director, CUSTOMERS, f"{HEAD}c-1,王芳,,3,,,\nc-2,李雷,,nowhere,,,\n").json()
    assert [(one["row"], one["column"]) for one in said["mistakes"]] == [(3, "place")]
    assert director.get("/api/v1/customers").json()["items"] == []


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_table_of_the_roster_goes_round(centre: Centre, form: str) -> None:
    captain = centre.as_(Role.CAPTAIN)
    day = (centre.clock.now() + timedelta(days=3)).date().isoformat()
    tables = {
        "posts": "编号,名称,角色,地点,最少\nseat,监控中心,监控值班员,3,1\n",
        "shifts": "编号,名称,开始,结束\nall,全天,08:00,20:00\n",
        "duties": f"岗位,班次,{day}\n监控中心,全天,operator 1\n",
        "absences": f"人员,开始,结束,事由\nguard-7,{day} 08:00,{day} 18:00,=病假\n",
    }
    for table, text in tables.items():
        done = bring(captain, f"{ROSTER}/{table}", text).json()
        assert (done["done"], len(done["differences"])) == (True, 1), done
        asked: dict[str, str | int] = {"form": form, "first": day, "days": 28}
        handed = captain.get(f"{ROSTER}/{table}", params=asked)
        again = bring(captain, f"{ROSTER}/{table}", handed.content, dry=True).json()
        assert (again["mistakes"], again["differences"]) == ([], []), table
    assert centre.as_(Role.GUARD).get(f"{ROSTER}/posts").status_code == 403
    assert captain.get(f"{ROSTER}/posts", params={"days": 29}).status_code == 422
