"""The application: every route, in the role of one desktop or of a team server."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from marketer_desktop import __version__
from marketer_desktop.api.failures import answer_failures
from marketer_desktop.api.request_ids import RequestIds
from marketer_desktop.api.routes import auth, projects
from marketer_desktop.services.parts import Parts

TITLE = "Marketer"


def create_app(parts: Parts) -> FastAPI:
    """The API over the parts of an engine."""
    # Its own pages of documentation load from elsewhere; ours are bundled.
    app = FastAPI(title=TITLE, version=__version__, docs_url=None, redoc_url=None)
    app.state.parts = parts
    for module in (auth, projects):
        app.include_router(module.router)
    answer_failures(app)
    app.add_middleware(RequestIds)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """OpenAPI as it is: a malformed request is a 400 in the envelope, never FastAPI's 422."""
    if app.openapi_schema is None:
        described = get_openapi(title=app.title, version=app.version, routes=app.routes)
        for path in described["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        for unused in ("HTTPValidationError", "ValidationError"):
            described.get("components", {}).get("schemas", {}).pop(unused, None)
        app.openapi_schema = described
    return app.openapi_schema
