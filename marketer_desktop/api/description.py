"""OpenAPI as it is: how malformed requests are answered, and which numbers are taken."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from marketer_desktop.services.storable import LARGEST

REFERENCE = "#/components/schemas/"
UNUSED = ("HTTPValidationError", "ValidationError")
Schema = dict[str, Any]


def described(app: FastAPI) -> Schema:
    """The description of the app, made once.

    A malformed request is a 400 in the envelope, never FastAPI's 422; no number that comes in is
    larger than the columns of PostgreSQL, which services refuse without saying so field by field.
    """
    if app.openapi_schema is None:
        told = get_openapi(title=app.title, version=app.version, routes=app.routes)
        schemas = told.get("components", {}).get("schemas", {})
        for unused in UNUSED:
            schemas.pop(unused, None)
        bounded: set[str] = set()
        for path in told["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
                for schema in _asked(operation):
                    _bound(schema, schemas, bounded)
        app.openapi_schema = told
    return app.openapi_schema


def _asked(operation: Schema) -> Iterator[Schema]:
    """The schemas of what a request may hold."""
    for parameter in operation.get("parameters", []):
        yield parameter["schema"]
    for body in operation.get("requestBody", {}).get("content", {}).values():
        yield body["schema"]


def _bound(schema: Any, schemas: Schema, bounded: set[str]) -> None:
    """Say of every integer within how large it may be; `bounded` are the models done already."""
    if isinstance(schema, list):
        for each in schema:
            _bound(each, schemas, bounded)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "integer" and "enum" not in schema:
        # In place of a smaller bound that is there already this would be wrong.
        if "maximum" not in schema and "exclusiveMaximum" not in schema:
            schema["maximum"] = LARGEST
        if "minimum" not in schema and "exclusiveMinimum" not in schema:
            schema["minimum"] = -LARGEST
    name = str(schema.get("$ref", "")).removeprefix(REFERENCE)
    if name in schemas and name not in bounded:
        bounded.add(name)
        _bound(schemas[name], schemas, bounded)
    for each in schema.values():
        if isinstance(each, dict | list):
            _bound(each, schemas, bounded)
