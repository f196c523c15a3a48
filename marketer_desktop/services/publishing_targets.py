"""Publishing targets: the sites and folders that texts of a project go to."""

import asyncio
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from marketer_desktop.domain.publishing import Cause, Kind
from marketer_desktop.domain.server_address import server_address
from marketer_desktop.publishing.sites.folder import Folder
from marketer_desktop.publishing.sites.ghost_api import NO_KEY
from marketer_desktop.publishing.sites.post import Site
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.open_site import TITLES, open_site
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict, NotFound, Unfit
from marketer_desktop.services.site_pages import place_of
from marketer_desktop.services.site_secrets import (
    forget_site_secret,
    is_at_this_computer,
    keep_site_secret,
)
from marketer_desktop.services.storable import RowNumber
from marketer_desktop.storage.tables import PublishingTargetRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

EXAMPLE = "https://www.example.com"
LONGEST_SECRET = 1000
NEEDED = {
    "wordpress": "WordPress takes a user name and an application password: give both.",
    "ghost": "Ghost takes an Admin API key: give it.",
    "webhook": "A webhook is signed with a secret: give the one that its receiver knows.",
}
OTHERS_FOLDER = "Folders of a server are not its members’ to write to. Use a site or a webhook."
NAMED = "There is already a target “{name}” in this project. Choose another name."


class PublishingTarget(BaseModel):
    """A site or a folder; its secret is never shown."""

    id: int
    name: str
    kind: Kind
    title: str
    address: str
    account: str | None
    project_id: int
    project: str


class PublishingTargetList(BaseModel):
    """By name."""

    targets: list[PublishingTarget]


class ListTargets(Call[PublishingTargetList]):
    """Where texts can go: those of one project, or of all."""

    project_id: RowNumber | None = None


class AddTarget(Call[PublishingTarget]):
    """A site or folder for a project, the default one if none is named.

    One with this address that is there already gets the new name, account and secret. `account` is
    a WordPress user; `secret` an application password, an Admin API key, or what a webhook is
    signed with. A folder has neither.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    name: str = Field(min_length=1, max_length=255)
    kind: Kind
    address: str = Field(min_length=1, max_length=2000)
    account: str | None = Field(default=None, max_length=255)
    secret: str | None = Field(default=None, max_length=LONGEST_SECRET, repr=False)
    project_id: RowNumber | None = None
    project: str | None = None


class RemoveTarget(Call[PublishingTargetList]):
    """Send nothing there any more; what is there stays."""

    target_id: RowNumber


class TargetCheck(BaseModel):
    """Whether a target takes texts: what answers there, or what is in the way and why."""

    ok: bool
    site: str = ""
    notes: list[str] = []
    cause: Cause | None = None
    problem: str = ""


class CheckTarget(Call[TargetCheck]):
    """Ask a target whether it would take texts; none is sent."""

    target_id: RowNumber


async def list_targets(call: ListTargets, parts: Parts, emit: Emit) -> PublishingTargetList:
    """Nothing is asked of the sites."""
    async with parts.database.unit_of_work() as work:
        found = await _listed(work, call.project_id)
        await work.commit()
    return found


async def add_target(call: AddTarget, parts: Parts, emit: Emit) -> PublishingTarget:
    """Keep the target and what opens it. Raises `Unfit` for what cannot be one."""
    name = " ".join(call.name.split())
    async with parts.database.unit_of_work() as work:
        here = await is_at_this_computer(parts, work)
        address = await _address(call, here)
        secret = _secret(call)
        place = await place_of(work, call.project_id, call.project)
        same_name = await work.publishing_targets.named(place.project_id, name)
        if same_name is not None and (same_name.kind, same_name.address) != (call.kind, address):
            raise Conflict(NAMED.format(name=name))
        row = await work.publishing_targets.add(
            place.organization_id,
            place.project_id,
            name=name,
            kind=call.kind,
            address=address,
            account=call.account,
            public_only=not here,
        )
        if secret is not None:
            await keep_site_secret(parts, work, row, secret)
        told = await _told(work, row.id)
        details = {"kind": call.kind, "address": address}
        await work.audit.record(
            place.user_id, place.organization_id, "publishing.add", "target", row.id, details
        )
        await work.commit()
    parts.bus.changed("publishing")
    return told


async def remove_target(call: RemoveTarget, parts: Parts, emit: Emit) -> PublishingTargetList:
    """What waits for it is not sent; its secret is forgotten."""
    async with parts.database.unit_of_work() as work:
        row = await existing_target(work, call.target_id)
        member = await work.workspaces.member()
        await work.publications.cancel_for(row.id)
        await forget_site_secret(row)
        await work.publishing_targets.remove(row.id)
        await work.audit.record(
            member.user_id, member.organization_id, "publishing.remove", "target", row.id
        )
        found = await _listed(work, None)
        await work.commit()
    parts.bus.changed("publishing")
    return found


async def check_target(call: CheckTarget, parts: Parts, emit: Emit) -> TargetCheck:
    """What is in the way is an answer, not a failure."""
    async with parts.database.unit_of_work() as work:
        row = await existing_target(work, call.target_id)
        await work.commit()
    try:
        site = await open_site(parts, row)
    except SiteProblem as problem:
        return TargetCheck(ok=False, cause=problem.cause, problem=str(problem))
    return await _checked(site)


async def existing_target(work: UnitOfWork, target_id: int) -> PublishingTargetRow:
    """The target of this number. Raises `NotFound`."""
    found = await work.publishing_targets.visible(target_id)
    member = await work.workspaces.member()
    gone = found is None or found[0].removed_at is not None
    if found is None or gone or found[0].organization_id != member.organization_id:
        raise NotFound(f"There is no publishing target {target_id}.")
    return found[0]


async def _checked(site: Site) -> TargetCheck:
    try:
        checked = await site.check()
    except SiteProblem as problem:
        return TargetCheck(ok=False, cause=problem.cause, problem=str(problem))
    finally:
        await site.close()
    return TargetCheck(ok=True, site=checked.site, notes=list(checked.notes))


async def _address(call: AddTarget, here: bool) -> str:
    if call.kind == "folder":
        if not here:
            raise Unfit(OTHERS_FOLDER)
        path = await asyncio.to_thread(lambda: Path(call.address).expanduser().absolute())
        try:
            await Folder(path).check()
        except SiteProblem as problem:
            raise Unfit(str(problem)) from None
        return str(path)
    # Receivers of webhooks tell their callers apart by what stands in the query.
    plain, mark, query = call.address.partition("?" if call.kind == "webhook" else "\n")
    try:
        return f"{server_address(plain, EXAMPLE)}{mark}{query}"
    except ValueError as error:
        raise Unfit(str(error)) from None


def _secret(call: AddTarget) -> str | None:
    """What opens the site. Raises `Unfit` if it, or who it belongs to, is missing."""
    if call.kind == "folder":
        return None
    secret = (call.secret or "").strip()
    if not secret or (call.kind == "wordpress" and not (call.account or "").strip()):
        raise Unfit(NEEDED[call.kind])
    if call.kind == "ghost" and ":" not in secret:
        raise Unfit(NO_KEY)
    return secret


async def _listed(work: UnitOfWork, project_id: int | None) -> PublishingTargetList:
    member = await work.workspaces.member()
    found = await work.publishing_targets.list(member.organization_id, project_id)
    return PublishingTargetList(targets=[_entry(row, project) for row, project in found])


async def _told(work: UnitOfWork, target_id: int) -> PublishingTarget:
    found = await work.publishing_targets.visible(target_id)
    assert found is not None  # it was added, in this transaction
    return _entry(*found)


def _entry(row: PublishingTargetRow, project: str) -> PublishingTarget:
    return PublishingTarget.model_validate(
        {
            "id": row.id,
            "name": row.name,
            "kind": row.kind,
            "title": TITLES[row.kind],
            "address": row.address,
            "account": row.account,
            "project_id": row.project_id,
            "project": project,
        }
    )
