"""OpenAPI as it is: how malformed requests are answered, which numbers and texts are taken."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from marketer_desktop.domain.brand_voice import NOT_BLANK
from marketer_desktop.services.storable import LARGEST

REFERENCE = "#/components/schemas/"
UNUSED = ("HTTPValidationError", "ValidationError")
WITHOUT_NUL = r"^[^\x00]*$"
NEITHER_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"  # nor with NUL
Schema = dict[str, Any]


def described(app: FastAPI) -> Schema:
    """The description of the app, made once.

    A malformed request is a 400 in the envelope, never FastAPI's 422; no number that comes in is
    larger than the columns of PostgreSQL, and no text has the NUL that they cannot hold, which
    services refuse without saying so field by field.
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
    """Say of every integer how large, of every text what it may be; `bounded` models are done."""
    if isinstance(schema, list):
        for each in schema:
            _bound(each, schemas, bounded)
    if not isinstance(schema, dict):
        return
    match schema.get("type"):
        case "integer" if "enum" not in schema:
            _bound_integer(schema)
        case "string" if schema.get("pattern") == NOT_BLANK:
            schema["pattern"] = NEITHER_BLANK
        case "string" if not {"enum", "const", "format", "pattern"} & schema.keys():
            schema["pattern"] = WITHOUT_NUL
        case "object" if "additionalProperties" in schema:
            schema["propertyNames"] = {"pattern": WITHOUT_NUL}
    name = str(schema.get("$ref", "")).removeprefix(REFERENCE)
    if name in schemas and name not in bounded:
        bounded.add(name)
        _bound(schemas[name], schemas, bounded)
    for each in schema.values():
        if isinstance(each, dict | list):
            _bound(each, schemas, bounded)


def _bound_integer(schema: Schema) -> None:
    """In place of a smaller bound that is there already ours would be wrong."""
    if "maximum" not in schema and "exclusiveMaximum" not in schema:
        schema["maximum"] = LARGEST
    if "minimum" not in schema and "exclusiveMinimum" not in schema:
        schema["minimum"] = -LARGEST
