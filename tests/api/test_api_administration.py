"""Features K1, K2: people, units and places changed in the office, one by one and by table."""

import io
import zipfile
from typing import Any

import httpx
import openpyxl
import pytest
import xlsxwriter

from core.facts.people import Person, PersonCode, Role, UnitCode
from core.facts.place import Place, PlaceCode, Site
from core.store.journal import THE_SITE
from tests.api.running import ADMINISTRATOR, Centre

BASE = "/api/v1/administration"
HEAD = "code,name,unit,roles,phone,active\n"


@pytest.fixture
def admin(centre: Centre) -> httpx.Client:
    return centre.as_(Role.ADMINISTRATOR)


def kinds(centre: Centre) -> list[str]:
    with centre.database.read() as store:
        return [one.kind for one in store.journal.of_issue(centre.office.site, THE_SITE)]


def found(client: httpx.Client, of: str, code: str) -> dict[str, Any]:
    rows = client.get(BASE).json()[of]
    return next(row for row in rows if row["code"] == code)


def bring(client: httpx.Client, table: str, content: bytes | str, *, dry: bool) -> httpx.Response:
    sent = content if isinstance(content, bytes) else content.encode()
    return client.post(f"{BASE}/tables/{table}", content=sent, params={"dry": dry})


def test_a_person_is_entered_logs_in_and_leaves(centre: Centre, admin: httpx.Client) -> None:
    said = {"name": "王小明", "unit": "office", "roles": ["guard"], "phone": "138"}
    assert admin.put(f"{BASE}/people/guard-9", json=said).status_code == 200
    log_in = admin.post(f"{BASE}/people/guard-9/log-in").json()

    browser = centre.anybody()
    answer = browser.post("/api/v1/session", json={**log_in, "site": "garden"})
    assert answer.is_success, answer.text
    assert browser.get("/api/v1/notices").status_code == 200

    assert admin.put(f"{BASE}/people/guard-9", json={**said, "active": False}).is_success
    assert browser.get("/api/v1/notices").status_code == 401
    assert found(admin, "people", "guard-9")["edited"]
    assert kinds(centre) == ["person_changed", "log_in_renewed", "person_changed"]


def test_a_password_is_kept_under_no_key(admin: httpx.Client) -> None:
    answer = admin.post(f"{BASE}/people/guard-7/log-in", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["error"]) == (422, "key_used")


def test_the_last_administrator_stays(admin: httpx.Client) -> None:
    said = {"name": "admin", "unit": "office", "roles": ["guard"]}
    for change in ({}, {"roles": ["administrator"], "active": False}):
        answer = admin.put(f"{BASE}/people/{ADMINISTRATOR}", json={**said, **change})
        assert answer.status_code == 409, answer.text


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("people/x", {"name": "x", "unit": "nowhere", "roles": ["guard"]}, 404),
        ("people/x", {"name": "x", "unit": "office", "roles": []}, 422),
        ("people/a%20b", {"name": "x", "unit": "office", "roles": ["guard"]}, 422),
        ("units/clean", {"name": "x", "kind": "subcontractor", "retired": True}, 409),
        ("places/3", {"name": "x", "parent": "3-2"}, 409),
        ("places/new", {"name": "x", "parent": "nowhere"}, 404),
        ("places/3-2", {"name": "x", "parent": "3", "retired": True}, 409),  # a device hangs there
        ("places/site", {"name": "x", "retired": True}, 409),
    ],
)
def test_what_cannot_be_is_refused_as_in_the_site_file(
    centre: Centre, admin: httpx.Client, path: str, said: dict[str, object], status: int
) -> None:
    before = admin.get(BASE).json()

    answer = admin.put(f"{BASE}/{path}", json=said)

    assert answer.status_code == status, answer.text
    assert admin.get(BASE).json() == before
    assert kinds(centre) == []


def test_a_retired_place_is_offered_no_more_and_still_known(admin: httpx.Client) -> None:
    said = {"name": "旧泵房", "parent": "site"}
    assert admin.put(f"{BASE}/places/pump", json=said).is_success
    assert admin.put(f"{BASE}/places/pump", json={**said, "retired": True}).is_success

    codes = [place["code"] for place in admin.get("/api/v1/places").json()["items"]]
    assert "pump" not in codes
    assert found(admin, "places", "pump")["retired"]


def test_the_site_file_does_not_undo_what_the_office_changed(
    centre: Centre, admin: httpx.Client
) -> None:
    said = {"name": "卫七", "unit": "office", "roles": ["squad_leader"]}
    assert admin.put(f"{BASE}/people/guard-7", json=said).is_success
    assert admin.put(f"{BASE}/places/3", json={"name": "三号楼", "parent": "site"}).is_success
    people = [
        Person(code=PersonCode(code), name="as in the file", unit=UnitCode("office"))
        for code in ("guard-7", "captain")
    ]
    places = {
        PlaceCode(code): Place(code=PlaceCode(code), name="as in the file")
        for code in ("3", "site")
    }
    garden = centre.office.site

    with centre.database.begin() as store:  # as `shouwen up` does at each start
        store.people.seed(garden, [], people)
        store.sites.seed(Site(code=garden, name="x", zone="Asia/Shanghai", places=places))

    assert found(admin, "people", "guard-7")["name"] == "卫七"
    assert found(admin, "people", "captain")["name"] == "as in the file"
    assert found(admin, "places", "3")["name"] == "三号楼"
    assert found(admin, "places", "site")["name"] == "as in the file"


# --- tables -------------------------------------------------------------------------------------


def test_a_dry_run_tells_everything_and_does_nothing(centre: Centre, admin: httpx.Client) -> None:
    before = admin.get(BASE).json()
    table = HEAD + "guard-7,卫七,office,guard,,\nguard-9,王小明,office,班长、安管员,138,是\n"

    told = bring(admin, "people", table, dry=True).json()

    assert not told["done"]
    assert told["mistakes"] == []
    assert [(one["row"], one["code"]) for one in told["differences"]] == [
        (2, "guard-7"),
        (3, "guard-9"),
    ]
    assert told["differences"][0]["before"]["name"] == "guard 7"
    assert told["differences"][1]["after"]["roles"] == ["guard", "squad_leader"]
    assert admin.get(BASE).json() == before
    assert kinds(centre) == []
    assert bring(admin, "people", table, dry=False).json()["done"]
    assert kinds(centre) == ["person_changed", "person_changed", "imported"]
    assert bring(admin, "people", table, dry=False).json()["differences"] == []


def test_one_mistake_and_nothing_is_done(centre: Centre, admin: httpx.Client) -> None:
    before = admin.get(BASE).json()
    table = HEAD + (
        "guard-8,李,office,guard,,\n"
        "guard-8,李,office,guard,,\n"
        "guard 9,王,office,guard,,\n"
        "guard-10,赵,nowhere,guard,,\n"
        "guard-11,钱,office,king,,maybe\n"
        f"{ADMINISTRATOR},admin,office,guard,,\n"
    )

    told = bring(admin, "people", table, dry=False).json()

    assert not told["done"]
    assert [(one["row"], one["column"]) for one in told["mistakes"]] == [
        (3, "code"),
        (4, "code"),
        (5, None),
        (6, "roles"),
        (7, None),
    ]
    assert admin.get(BASE).json() == before
    assert kinds(centre) == []


def test_places_may_stand_in_any_order(admin: httpx.Client) -> None:
    table = "编号,名称,上级\nb-1,一单元,b\nb,乙栋,site\n"
    assert bring(admin, "places", table, dry=False).json()["done"]
    ring = bring(admin, "places", "code,name,parent\nr,r,s\ns,s,r\n", dry=False).json()
    assert [one["reason"] for one in ring["mistakes"]] == ["lies within itself"] * 2


@pytest.mark.parametrize("table", ["people", "units", "places"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_table_that_is_handed_out_comes_back_the_same(
    admin: httpx.Client, table: str, form: str
) -> None:
    said = {"name": "=cmd|' /C calc'!A0", "kind": "office"}
    assert admin.put(f"{BASE}/units/odd", json=said).is_success
    handed = admin.get(f"{BASE}/tables/{table}", params={"form": form})
    assert handed.is_success

    told = bring(admin, table, handed.content, dry=True).json()

    assert told["mistakes"] == []
    assert told["differences"] == []
    assert told["rows"] == len(admin.get(BASE).json()[table])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_chinese_tables_are_read_however_they_were_saved(
    admin: httpx.Client, encoding: str
) -> None:
    table = "编号,名称,类别\r\nlift,电梯维保,分包单位\r\n".encode(encoding)
    told = bring(admin, "units", table, dry=False).json()
    assert told["differences"][0]["after"]["name"] == "电梯维保"


def book(*rows: list[str]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet()
        for down, row in enumerate(rows):
            page.write_row(down, 0, row)  # what begins with = becomes a formula
    return kept.getvalue()


def test_a_formula_is_a_mistake_and_never_carried_out(admin: httpx.Client) -> None:
    content = book(["code", "name", "kind"], ["lift", '=HYPERLINK("http://x","y")', "office"])
    told = bring(admin, "units", content, dry=False).json()
    assert (told["done"], told["mistakes"][0]["row"]) == (False, 2)
    assert told["mistakes"][0]["column"] == "name"


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"\0" * (200 * 1024 * 1024))
    return kept.getvalue()


def entities() -> bytes:
    good, kept = io.BytesIO(book(["code"])), io.BytesIO()
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(kept, "w") as file:
        for part in source.namelist():
            said = source.read(part).decode()
            file.writestr(part, said.replace("?>", f"?>{laughs}", 1))
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        entities(),
        b"PK\x03\x04 and then nothing",
        b"\xd0\xcf\x11\xe0 an old workbook",
        "code,name".encode("utf-16"),
        b"\xff\xfe\x00\x00",
        b"\x00\x01\x02\x80\xff",
        b'code,name\n"never closed',
        b"code,name\n" + b"x,y\n" * 5002,
        b"code" + b",x" * 40,
        b"code,name\nx," + b"y" * 600,
    ],
    # Named by hand: a zip begins with the time at which it was made, and workers must agree.
    ids=[
        "bomb",
        "entities",
        "broken zip",
        "old workbook",
        "utf-16",
        "only a mark",
        "rubbish",
        "open quote",
        "too many rows",
        "too many columns",
        "too long a cell",
    ],
)
def test_what_is_no_table_is_refused_whole(
    centre: Centre, admin: httpx.Client, content: bytes
) -> None:
    answer = bring(admin, "units", content, dry=False)
    assert (answer.status_code, answer.json()["error"]) == (400, "not_readable"), answer.text
    assert kinds(centre) == []


def test_an_empty_table_and_foreign_headings_are_mistakes(admin: httpx.Client) -> None:
    for content in (b"", b"\n\n", b"code,name\nx,y\n", b"code,name,kind,shoe\nx,y,office,44\n"):
        told = bring(admin, "units", content, dry=False).json()
        assert not told["done"]
        assert told["mistakes"]


def test_a_workbook_handed_out_opens_and_holds_text(admin: httpx.Client) -> None:
    content = admin.get(f"{BASE}/tables/units").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0] == ("code", "name", "kind", "retired")
