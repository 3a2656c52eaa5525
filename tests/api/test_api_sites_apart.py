"""Every route of the description, asked at one site with ids of another (features K3, decision 9).

The walk is made from the API's own description: a new route is walked by itself, and one whose
path names something for which there is no rule here fails until somebody writes the rule.
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import sqlalchemy as sa
from PIL import Image

from api.app import bare_app
from api.description import text
from core.facts import moment
from core.facts.briefing import Audience, BriefingSort, Draft
from core.facts.device import SiteCode
from core.facts.people import Person, PersonCode, Role, Unit, UnitCode, UnitKind
from core.facts.place import Place, PlaceCode, Site
from core.facts.rules import Rules
from core.monitoring import handover, sheet
from core.store import tables
from core.store.database import Database
from core.store.store import Store
from core.training import service as training
from tests.api.running import Centre, HandClock, completion, telling
from tests.recordings import hang_camera, jpeg, sha256

HERE, THERE = SiteCode("garden"), SiteCode("harbour")
#: Stands in every name and sentence of the other site, and in nothing that a test asks with.
SECRET = "别处独有的字"
DESCRIPTION: dict[str, Any] = json.loads(text(bare_app()))

#: Rows that time writes by itself, whoever asks.
OWN_WAY = {"heartbeat", "checkpoint", "counter", "cursor", "session"}

#: Where the ids of a path's last fixed word stand. All exist at the other site only.
NUMBERS: Mapping[str, sa.Column[Any]] = {
    "reports": tables.report.c.number,
    "issues": tables.issue.c.number,
    "notices": tables.notice.c.id,
    "alerts": tables.alert.c.id,
    "followups": tables.followup.c.issue,
    "copies": tables.copy.c.issue,
    "briefings": tables.briefing.c.number,
    "reviews": tables.review.c.id,
    "pauses": tables.pause.c.id,
    "feedback": tables.feedback.c.number,
    "inspections": tables.inspection.c.number,
    "absences": tables.absence.c.id,
    "proposals": tables.proposal.c.id,
    "tellings": tables.issue.c.number,
    "storms": tables.storm.c.number,
    "promises": tables.promise.c.id,
    "messages": tables.message.c.id,
    "summons": tables.summons.c.id,
    "handovers": tables.handover.c.number,
    "on-test": tables.on_test.c.id,
    "walls": tables.wall.c.number,
}
#: Parameters that belong to no site: the same word everywhere, with this site's own answer.
SHARED = {
    "month": "2026-11",
    "cell": "all.told.",
    "panel": "counts",
    "kind": "calendar",
    "year": "2026",
    "table": "people",
    "consequence": "commend",
}
#: Codes a site gives itself: theirs are free here, and what is made here touches nothing there.
OWN_CODES: Mapping[str, sa.Column[Any]] = {
    "customers": tables.customer.c.code,
    "people": tables.person.c.code,
    "units": tables.unit.c.code,
    "places": tables.place.c.code,
    "plans": tables.plan.c.code,
    "posts": tables.post.c.code,
    "shifts": tables.shift.c.code,
}

#: Codes and numbers of the other site by the name of a field in a body or a query.
PERSON, PLACE, UNIT = "person-there", "place-there", "unit-there"
ENDLESS = {"follow_stream"}  # tests/api/test_api_stream.py tells two sites' streams apart
#: Named by the hash of what is sent: other bytes are refused before anybody looks.
BY_CONTENT = {"deliver_picture", "add_picture"}
SESSIONS = {"log_in", "log_out", "read_session"}  # by name and password, and one's own


@dataclass(frozen=True, kw_only=True)
class Route:
    """One operation of the description."""

    method: str
    path: str
    operation: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.operation["operationId"])

    @property
    def by_gateway(self) -> bool:
        return {"gateway": []} in self.operation.get("security", [])

    def parameters(self, where: str) -> list[Mapping[str, Any]]:
        asked = self.operation.get("parameters", [])
        return [one for one in asked if one["in"] == where]


ROUTES = [
    Route(method=method.upper(), path=path, operation=operation)
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
    if operation["operationId"] not in ENDLESS | SESSIONS
]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, rules: Rules) -> Iterator[Centre]:
    """A centre with an empty site here, and one full of everything there."""
    folder = tmp_path_factory.mktemp("two")
    database = Database.open(
        f"sqlite:///{folder / 'store.sqlite'}", rules=rules, pictures=folder / "pictures"
    )
    database.migrate()
    running = Centre.start(database, sites=(HERE, THERE), clock=HandClock())
    _live(running)
    yield running
    running.stop()
    database.close()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nothing_of_another_site_is_reached(two: Centre, route: Route) -> None:
    before = _rows(two.database)
    gateway, browser = two.gateway(site=HERE), two.as_(PersonCode("everything"), site=HERE)
    client = gateway if route.by_gateway else browser

    for path, theirs in _paths(two.database, route):
        answer = _ask(client, route, path)
        where = f"{route.method} {path}: {answer.status_code} {answer.text[:300]}"
        assert SECRET not in answer.text, where
        assert SECRET not in str(answer.headers), where
        assert answer.status_code < 500 or route.name == "read_readyz", where
        if theirs:
            assert not answer.is_success, where
            # What is not even read proves nothing: bodies here are as the description asks.
            assert answer.status_code == 404 or route.name in BY_CONTENT, where
    assert _rows(two.database) == before, f"{route.method} {route.path} changed the other site"


def test_ids_of_every_kind_exist_there_and_not_here(two: Centre) -> None:
    for word, column in {
        **NUMBERS,
        "sha256": tables.picture_file.c.sha256,
        "version": tables.edition.c.version,
    }.items():
        assert _ids(two.database, column, THERE), f"nothing to ask for under {word}"
        assert not _ids(two.database, column, HERE), word


def test_somebody_there_is_answered_by_the_same_paths(two: Centre) -> None:
    """Else the walk would prove only that the paths are wrong."""
    there = two.as_(PersonCode("everything-there"), site=THERE)
    seen = set()
    for route in ROUTES:
        if route.method != "GET" or route.by_gateway or not route.parameters("path"):
            continue
        for path, theirs in _paths(two.database, route):
            answer = _ask(there, route, path)
            if theirs and answer.is_success:
                seen.add(route.name)
                break
        else:
            assert not any(theirs for _, theirs in _paths(two.database, route)), route.name
    assert {"read_report", "read_issue", "read_journal"} <= seen


# --- what is asked ------------------------------------------------------------------------------


def _paths(database: Database, route: Route) -> list[tuple[str, bool]]:
    """Every filling of a path with what exists there, and whether it names something of theirs."""
    fillings: list[tuple[str, bool]] = [(route.path, False)]
    for parameter in route.parameters("path"):
        name = parameter["name"]
        word = route.path.split(f"/{{{name}}}", maxsplit=1)[0].rsplit("/", 1)[-1]
        values, theirs = _values(database, word, name)
        fillings = [
            (path.replace(f"{{{name}}}", quote(str(value), safe="")), own or theirs)
            for path, own in fillings
            for value in values
        ]
    return fillings


def _values(database: Database, word: str, name: str) -> tuple[list[object], bool]:
    if name in SHARED:
        return [SHARED[name]], False
    if name == "sha256":
        return list(_ids(database, tables.picture_file.c.sha256, THERE)), True
    if name in {"number", "report", "issue"} and word in NUMBERS:
        return list(_ids(database, NUMBERS[word], THERE)), True
    if name == "unit":
        return [UNIT], True
    if name == "version":
        return list(_ids(database, tables.edition.c.version, THERE)), True
    if name == "code" and word in OWN_CODES:
        return list(_ids(database, OWN_CODES[word], THERE)), False
    pytest.fail(f"no rule for {{{name}}} after /{word}/: say above which ids of a site it names")


def _ask(client: httpx.Client, route: Route, path: str) -> httpx.Response:
    query = {
        one["name"]: _said(one["schema"], one["name"])
        for one in route.parameters("query")
        if one.get("required") or one["name"] in FIELDS
    }
    content = route.operation.get("requestBody", {}).get("content", {})
    if not content or "application/json" in content:
        schema = content.get("application/json", {}).get("schema")
        body = BODIES.get(route.name) or (_said(schema, "") if schema else None)
        return client.request(route.method, path, params=query, json=body)
    kind = next(iter(content))
    return client.request(
        route.method, path, params=query, content=b"[]", headers={"Content-Type": kind}
    )


#: What is said in fields of these names, in bodies and queries: theirs, wherever that can be.
FIELDS: Mapping[str, object] = {
    "person": PERSON, "to": PERSON, "owner": PERSON, "deputy": PERSON, "instead_of": PERSON,
    "place": PLACE, "parent": PLACE, "unit": UNIT, "units": [UNIT], "people": [PERSON],
    "category": "street_lamp", "categories": ["street_lamp"], "month": "2026-11",
    "issue": 1, "report": 1, "of": 1, "into": 1, "reports": [1, 2], "issues": [1, 2],
    "language": "zh", "on": "2026-11-20", "device": "door-3-2", "wait": 0,
    "customer": "customer-there", "inspector": PERSON,
}  # fmt: skip


#: Where a body must be said otherwise than its schema alone tells.
BODIES: Mapping[str, Any] = {
    "correct_first_reporter": {"person": PERSON, "reason": "x"},
    # Refused, for it names nothing of theirs and would be the first one here.
    "grant_wall": {"name": ""},
}


def _said(schema: Mapping[str, Any], name: str) -> Any:
    """Something a schema takes, with ids of the other site wherever a field bears such a name."""
    if "$ref" in schema:
        return _said(_resolved(schema["$ref"]), name)
    if name in FIELDS:
        return FIELDS[name]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _said(schema[several][0], name)
    fill = _PLAIN.get(schema.get("type", ""))
    return fill(schema) if fill is not None else "x"


def _object(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _said(one, key) for key, one in schema.get("properties", {}).items()}


def _text(schema: Mapping[str, Any]) -> str:
    forms = {"date-time": "2026-11-20T01:00:00Z", "date": "2026-11-20", "time": "08:00:00"}
    if "format" in schema:
        return forms.get(schema["format"], "x")
    return "2026-11" if "\\d{4}" in schema.get("pattern", "") else "x" * schema.get("minLength", 1)


_PLAIN: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "object": _object,
    "string": _text,
    "array": lambda schema: [_said(schema.get("items", {}), "")],
    "boolean": lambda _schema: True,
    "integer": lambda schema: schema.get("minimum", 1),
    "number": lambda schema: schema.get("minimum", 0),
}


def _resolved(reference: str) -> Mapping[str, Any]:
    found: Any = DESCRIPTION
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    assert isinstance(found, dict)
    return found


# --- what stands there --------------------------------------------------------------------------


def _ids(database: Database, column: sa.Column[Any], site: SiteCode) -> list[Any]:
    table = column.table
    with database.read() as store:
        query = sa.select(column).where(table.c.site == site).order_by(column).limit(4)
        return list(store.connection.scalars(query))


def _rows(database: Database) -> dict[str, list[Any]]:
    """Everything the other site has."""
    found = {}
    with database.read() as store:
        for table in tables.metadata.sorted_tables:
            if "site" not in table.c or table.name in OWN_WAY:
                continue
            query = sa.select(table).where(table.c.site == THERE)
            rows = sorted(repr(row) for row in store.connection.execute(query))
            found[table.name] = rows
        site = sa.select(tables.site).where(tables.site.c.code == THERE)
        found["site"] = [repr(row) for row in store.connection.execute(site)]
    return found


def _live(centre: Centre) -> None:
    """Let the other site have something of every kind."""
    _people(centre.database)
    office = centre.offices[THERE]
    hang_camera(office, covers=(PLACE,))
    agent = centre.as_(Role.DESK_AGENT, site=THERE)
    for category in ("street_lamp", "pipe_leak"):
        number = centre.ring(site=THERE)
        said = completion(category=category, words=SECRET, place=PLACE)
        said["caller"] = {"kind": "staff", "person": "cleaner-3"}
        path = f"/api/v1/reports/{number}"
        operator = centre.as_(Role.OPERATOR, site=THERE)
        for act, body in (("claim", {}), ("complete", said), ("forward", {})):
            answer = operator.post(f"{path}/{act}", json=body)
            assert answer.is_success, answer.text
        assert agent.post(f"/api/v1/issues/{answer.json()['issue']}/accept").is_success
    told = agent.post("/api/v1/issues", json=telling(words=SECRET, place=PLACE))
    assert told.is_success, told.text
    handled = f"/api/v1/issues/{told.json()['number']}/handled"
    assert agent.post(handled, json={"how": SECRET}).is_success
    added = _photo()
    put = f"/api/v1/issues/{told.json()['number']}/pictures/{sha256(added)}"
    seen = {"shows": "after", "origin": "taken", "taken_at": moment.text(centre.clock.now())}
    answer = agent.put(put, params=seen, content=added, headers={"Content-Type": "image/jpeg"})
    assert answer.is_success, answer.text
    shot = jpeg(SECRET)
    name, headers = sha256(shot), {"Content-Type": "image/jpeg"}
    sent = centre.gateway(site=THERE).put(f"/api/v1/pictures/{name}", content=shot, headers=headers)
    assert sent.is_success, sent.text
    drawn = centre.as_(Role.CAPTAIN, site=THERE).put(
        "/api/v1/plans/plan-there/drawing",
        params={"name": SECRET},
        content=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!--{SECRET}--></svg>',
    )
    assert drawn.is_success, drawn.text
    office.now = centre.clock.now()
    with centre.database.begin() as store:
        training.publish(
            store,
            site=THERE,
            draft=Draft(sort=BriefingSort.NOTICE, title=SECRET, words=SECRET, audience=Audience()),
            by=PersonCode("director"),
            now=office.now,
        )
    _rooms(centre)
    with centre.database.begin() as store:
        proposal = {
            "key": "x", "rule": "x", "person": PERSON, "points": 1, "consequence": "commend",
            "zh": SECRET, "en": SECRET, "evidence": [], "month": "2026-11", "objection": "none",
            "proposed_at": office.now, "objection_until": office.now,
        }  # fmt: skip
        store.connection.execute(sa.insert(tables.proposal).values(site=THERE, **proposal))
        _told(store, office.now)
    for _ in range(3):
        office.fast_forward(days=1)
        centre.clock.forward(days=1)  # type: ignore[attr-defined] # the hand clock
    while office.tick().followed:
        pass


def _rooms(centre: Centre) -> None:
    """Let every room of the other site hold something."""
    issue = f"issues/{_ids(centre.database, tables.issue.c.number, THERE)[0]}"
    customer = {"name": SECRET, "phones": [], "homes": [], "note": SECRET, "active": True}
    away = {"begins_at": "2026-11-24T00:00:00Z", "ends_at": "2026-11-25T00:00:00Z"}
    hours = {"begins": "08:00", "ends": "16:00"}
    plan = {"month": "2026-11", "places": [PLACE], "categories": ["litter"], "many": 2}
    said: list[tuple[str, str, dict[str, object]]] = [
        ("POST", "customers/customer-there", customer),
        ("POST", "feedback", {"kind": "praise", "words": SECRET, "customer": "customer-there"}),
        ("POST", "inspections", {**plan, "inspector": "captain"}),
        ("PUT", "roster/posts/post-there", {"name": SECRET, "role": "guard", "place": PLACE}),
        ("PUT", "roster/shifts/shift-there", {"name": SECRET, **hours}),
        ("POST", "roster/absences", {"person": PERSON, "reason": SECRET, **away}),
        ("POST", f"{issue}/pause", {"until": "2026-11-21T00:00:00Z", "reason": SECRET}),
        ("POST", "on-test", {"device": "door-3-2", "minutes": 30, "reason": SECRET}),
        ("POST", "walls", {"name": SECRET}),
        (
            "POST",
            f"{issue}/promises",
            {"due_at": "2026-11-21T00:00:00Z", "words": SECRET, "whom": SECRET},
        ),
    ]
    somebody = centre.as_(PersonCode("everything-there"), site=THERE)
    for method, path, body in said:
        answer = somebody.request(method, f"/api/v1/{path}", json=body)
        assert answer.is_success, f"{path} {answer.text}"
    seed = somebody.get("/api/v1/rules/calendar/seed/2026").json()["text"]
    calendar = {"text": f"# {SECRET}\n{seed}", "base": 0, "reason": SECRET}
    answer = somebody.put("/api/v1/rules/calendar", json=calendar)
    assert answer.is_success, answer.text


def _told(store: Store, now: datetime) -> None:
    """What time or a storm would have written, and a sheet that two have signed."""
    for table, row in (
        (tables.storm, {"number": 1, "since": now, "began_at": now, "due_at": now, "peak": 9}),
        (tables.summons, {"person": PERSON, "trouble": "nobody_present", "at": now}),
        (
            tables.message,
            {
                "seq": 1, "person": PERSON, "kind": "notice", "issue": 1, "urgency": "urgent",
                "way": "push", "words": {"zh": SECRET, "en": SECRET}, "token": "t" * 32,
                "created_at": now, "due_at": now, "state": "failed", "tries": 1,
            },
        ),
    ):  # fmt: skip
        store.connection.execute(sa.insert(table).values(site=THERE, **row))
    handover.note(store, site=THERE, words=SECRET, by=PersonCode("operator-1"), now=now)
    handover.sign(
        store,
        site=THERE,
        outgoing=PersonCode("operator-1"),
        incoming=PersonCode("operator-2"),
        read=sheet.build(store, THERE, now=now).sha256,
        now=now,
    )


def _photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(file, "JPEG")
    return file.getvalue()


def _people(database: Database) -> None:
    with database.begin() as store:
        for site, code in ((HERE, "everything"), (THERE, "everything-there")):
            known = store.people.find(site, PersonCode("director"))
            everybody = replace(known, code=PersonCode(code), roles=frozenset(Role))
            store.people.seed(site, [], [everybody])
        unit = Unit(code=UnitCode(UNIT), name=SECRET, kind=UnitKind.SUBCONTRACTOR)
        store.people.seed(
            THERE, [unit], [Person(code=PersonCode(PERSON), name=SECRET, unit=unit.code)]
        )
        place = Place(code=PlaceCode(PLACE), name=SECRET, parent=PlaceCode("site"))
        site_there = Site(code=THERE, name=SECRET, zone="Asia/Shanghai", places={place.code: place})
        store.sites.seed(site_there)
