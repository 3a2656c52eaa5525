"""The API's own description: an OpenAPI document, written once and served by the API itself."""

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from api.auth import COOKIE

PATH = "/api/v1/openapi.json"

_ABOUT = """The monitoring centre and the service desk of a property office.

People log in with `POST /api/v1/session` and are then known by a cookie; a change must come from
the centre's own page (`Sec-Fetch-Site: same-origin`, or an `Origin` that is this host). Gateways
show their own token. Every refusal has the form of `Problem`. Moments are RFC 3339 in UTC.
"""
_SCHEMES = {
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    "gateway": {"type": "http", "scheme": "bearer"},
    "wall": {"type": "http", "scheme": "bearer"},
}
#: Routes that ask for nobody.
OPEN = frozenset({"log_in", "read_healthz", "read_readyz", "read_metrics", "read_openapi"})


def install(app: FastAPI) -> None:
    """Serve the description; it is written once."""

    @app.get(
        PATH,
        summary="This description",
        operation_id="read_openapi",
        tags=["health"],
        response_class=Response,
        responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
    )
    async def read_openapi(request: Request) -> Response:
        """Return the OpenAPI document of this API."""
        return Response(text(request.app), media_type="application/json")


def text(app: FastAPI) -> str:
    """Return the description as JSON."""
    if app.openapi_schema is None:
        app.openapi_schema = _document(app)
    return json.dumps(app.openapi_schema, ensure_ascii=False, indent=2)


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=_ABOUT, routes=app.routes
    )
    document["components"]["securitySchemes"] = _SCHEMES
    for operations in document["paths"].values():
        for method, operation in operations.items():
            if method == "get":
                _without_key(operation)
            if operation["operationId"] not in OPEN:
                operation.setdefault("security", [{"session": []}])
            if _takes_nothing(operation):
                operation["responses"].pop("422", None)
            _in_our_form(operation)
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _without_key(operation: dict[str, Any]) -> None:
    """Leave out what only means something to a change."""
    asked = operation.pop("parameters", [])
    if left := [one for one in asked if one["name"] != "Idempotency-Key"]:
        operation["parameters"] = left


def _takes_nothing(operation: dict[str, Any]) -> bool:
    return "parameters" not in operation and "requestBody" not in operation


def _in_our_form(operation: dict[str, Any]) -> None:
    """Say ``Problem`` where FastAPI would say its own form of validation errors."""
    said = operation["responses"].get("422", {})
    schema = said.get("content", {}).get("application/json", {}).get("schema", {})
    if schema.get("$ref", "").endswith("/HTTPValidationError"):
        schema["$ref"] = "#/components/schemas/Problem"
