"""Invites somebody to an organization of a server: only that can, so it is asked at once."""

from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound, PlanExceeded
from marketer_desktop.services.server_problems import Unreachable
from marketer_desktop.services.servers import Connector
from marketer_desktop.storage.repositories.plan_contacts import Mirrored

MOST = 100  # organizations in a page
LOOKED_UP = "Which organizations you belong to"
SENT = "An invitation: the address of who is invited, and the role"
PLAN = "plan"  # the detail by which a server says that a limit of the plan is reached
OFFLINE = (
    "{} cannot be reached, and only the server can invite. Nothing was sent: try again when you "
    "are online."
)


async def invite_by_server(
    parts: Parts, mirrored: Mirrored, email: str, role: str
) -> dict[str, Any]:
    """The invitation as the server tells of it; it comes here with the next sync.

    Raises `Unreachable`, `PlanExceeded`, and `ServiceError` with what the server says.
    """
    connector = await parts.servers.connector()
    try:
        number = await _number(connector, mirrored.account_id, mirrored.sync_id)
        status, body = await connector.ask(
            mirrored.account_id,
            "POST",
            f"/api/organizations/{number}/members",
            kind="invite",
            what=SENT,
            json={"email": email, "role": role},
        )
    except Unreachable as problem:
        host = urlsplit(mirrored.server).hostname
        raise Unreachable(OFFLINE.format(host), problem.retry_after) from problem
    if status != 201:
        _refuse(body)
    parts.syncer.ask(mirrored.account_id)
    told: dict[str, Any] = body["data"]
    return told


async def _number(connector: Connector, account_id: int, sync_id: UUID) -> int:
    """What the server calls the organization in its paths. Raises `NotFound`."""
    page, pages = 1, 1
    while page <= pages:
        path = f"/api/organizations?per_page={MOST}&page={page}"
        status, body = await connector.ask(account_id, "GET", path, kind="account", what=LOOKED_UP)
        if status != 200:
            _refuse(body)
        for each in body["data"]["organizations"]:
            if each["sync_id"] == str(sync_id):
                return int(each["id"])
        page, pages = page + 1, body["data"]["pagination"]["pages"]
    raise NotFound("You do not belong to this organization any more. Sync to see how it stands.")


def _refuse(body: dict[str, Any]) -> NoReturn:
    problem = body.get("error") or {}
    said = str(problem.get("message") or "The server has refused that, and did not say why.")
    if PLAN in (problem.get("details") or {}):
        raise PlanExceeded(said)
    raise ServiceError(said)
