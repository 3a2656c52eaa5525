"""Who may do what: every route × every role, from the table and over the wire."""

import re
from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.app import bare_app
from api.dependencies import Permitted, delivering, gateway
from api.description import OPEN
from api.permissions import MAY, Action, allowed
from core.facts.people import Role
from tests.api.running import Centre

#: Gateways show a token of their own.
DELIVERING = {
    "deliver_device_events",
    "beat_gateway",
    "read_wants",
    "deliver_picture",
    "fetch_picture",
}

#: Wall displays show the token of their link.
LOOKING = {"read_wall"}


def routes() -> Iterator[tuple[str, str, str, Action | None]]:
    """Every route: operation, method, path, and the action that stands before it."""
    for route in iter_route_contexts(bare_app().routes):
        assert isinstance(route.original_route, APIRoute), "every route is described"
        actions = {
            one.call.action for one in _within(route.dependant) if isinstance(one.call, Permitted)
        }
        assert len(actions) <= 1
        for method in route.methods or ():
            path = str(route.path)
            yield route.operation_id, method, path, next(iter(actions), None)


def _within(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield one
        yield from _within(one)


GUARDED = [(method, path, action) for _, method, path, action in routes() if action is not None]


def test_every_route_names_its_action_or_is_known_to_be_open() -> None:
    without = {operation for operation, _, _, action in routes() if action is None}

    assert without == OPEN | DELIVERING | LOOKING


def test_every_gateway_route_asks_for_a_token() -> None:
    asking = {
        route.operation_id
        for route in iter_route_contexts(bare_app().routes)
        if {one.call for one in _within(route.dependant)} & {delivering, gateway}
    }

    assert asking == DELIVERING


def test_every_action_is_in_the_table_and_stands_before_a_route() -> None:
    assert set(MAY) == set(Action)
    assert {action for _, _, action in GUARDED} == set(Action)


@pytest.mark.parametrize(("method", "path", "_action"), GUARDED)
def test_nobody_gets_in_without_a_session(
    alone: Centre, method: str, path: str, _action: Action
) -> None:
    answer = alone.anybody().request(method, _filled(path), json={})

    assert answer.status_code == 401, answer.text
    assert answer.json()["error"] == "not_logged_in"


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_table_says_and_nothing_else(alone: Centre, role: Role) -> None:
    browser = alone.as_(role)
    for method, path, action in GUARDED:
        if action in {Action.USE_SESSION, Action.FOLLOW_STREAM}:
            continue  # everybody's; logging out would end this walk, the stream does not end
        answer = browser.request(method, _filled(path), json={})
        where = f"{role} {method} {path}: {answer.status_code} {answer.text[:200]}"
        if allowed({role}, action):
            assert answer.status_code in {200, 404, 409, 422}, where
        else:
            assert answer.status_code == 403, where
            assert answer.json()["error"] == "not_permitted", where


def test_gateway_routes_take_no_unknown_token(alone: Centre) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}):
        client = alone.anybody(**headers)
        for path in ("/api/v1/device-events", "/api/v1/gateways/heartbeat"):
            answer = client.post(path, json=[])
            assert answer.status_code == 401, answer.text
            assert answer.json()["error"] == "unknown_gateway"


def test_a_log_in_is_no_gateway_and_a_gateway_is_not_logged_in(alone: Centre) -> None:
    assert alone.as_(Role.ADMINISTRATOR).post("/api/v1/device-events").status_code == 401
    assert alone.gateway().get("/api/v1/queue").status_code == 401


def _filled(path: str) -> str:
    """A path to something that does not exist."""
    return re.sub(r"\{\w+\}", "999999", path)
