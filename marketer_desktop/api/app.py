"""The application: every route, in the role of one desktop or of a team server."""

import asyncio

from fastapi import FastAPI

from marketer_desktop import __version__
from marketer_desktop.api.agent_door import ApiWithAgents
from marketer_desktop.api.bounds import BoundedBodies
from marketer_desktop.api.description import described
from marketer_desktop.api.docs import add_docs
from marketer_desktop.api.failures import answer_failures
from marketer_desktop.api.hardening import Hardening, LocalAccess
from marketer_desktop.api.limits import UserLimit
from marketer_desktop.api.measuring import Measuring
from marketer_desktop.api.pages.server_pages import add_pages
from marketer_desktop.api.request_ids import RequestIds
from marketer_desktop.api.routes import (
    activities,
    agent_keys,
    audit,
    auth,
    billing,
    campaigns,
    compliance,
    content,
    documents,
    export,
    invitations,
    members,
    notifications,
    organizations,
    passwords,
    projects,
    provider_keys,
    publishing,
    revisions,
    scoring,
    service,
    stream,
    sync,
    usage,
    webhooks,
    workflows,
)
from marketer_desktop.api.routes.agents import agents
from marketer_desktop.services.parts import Parts

TITLE = "Marketer"


def create_app(parts: Parts, local: LocalAccess | None = None) -> FastAPI:
    """The API over the parts of an engine; `local` is given in the role of one desktop."""
    # Its own pages of documentation load from elsewhere; ours are bundled.
    app = ApiWithAgents(title=TITLE, version=__version__, docs_url=None, redoc_url=None)
    app.open_door(RequestIds(agents if local is None else Hardening(agents, local)))
    equip(app, parts, local)
    for module in (
        activities,
        agent_keys,
        audit,
        auth,
        billing,
        campaigns,
        compliance,
        content,
        documents,
        export,
        invitations,
        members,
        notifications,
        organizations,
        passwords,
        projects,
        provider_keys,
        publishing,
        revisions,
        scoring,
        service,
        stream,
        usage,
        webhooks,
        workflows,
    ):
        app.include_router(module.router)
    add_docs(app)
    if local is None:
        app.include_router(sync.router)
        add_pages(app)
    answer_failures(app)
    app.add_middleware(BoundedBodies)
    if local is not None:
        app.add_middleware(Hardening, access=local)
    app.add_middleware(Measuring)
    app.add_middleware(RequestIds)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def equip(app: FastAPI, parts: Parts, local: LocalAccess | None = None) -> None:
    """Give the app what its endpoints work with, in place of what they had before."""
    app.state.parts, app.state.local = parts, local
    app.state.closing = asyncio.Event()  # set when the server is told to end: streams end
    app.state.user_limit = UserLimit(parts.settings.requests_per_minute)


def create_service_app(parts: Parts) -> FastAPI:
    """What a worker answers: whether it lives and what it has done."""
    app = FastAPI(title=TITLE, version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.parts, app.state.closing = parts, asyncio.Event()
    app.include_router(service.router)
    app.add_middleware(Measuring)
    app.add_middleware(RequestIds)
    return app
