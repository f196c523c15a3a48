"""What opens a publishing target: in the keyring, or sealed for a server's members."""

from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.organization_keys import sealing_secret
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import LOCAL_EMAIL
from marketer_desktop.storage.tables import PublishingTargetRow
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.system.encryption import CannotOpen, opened, sealed
from marketer_desktop.system.secrets import NoKeyring, forget_secret, keep_secret, secret
from marketer_desktop.system.threads import run_to_the_end

WHAT = "what opens this site"
INSTEAD = "publish into a folder"


async def is_at_this_computer(parts: Parts, work: UnitOfWork) -> bool:
    """Whether the person acts whose computer this is, not a member of a server."""
    member = parts.database.member
    if member is None:
        return True
    return (await work.people.get(member.user_id)).email == LOCAL_EMAIL


async def keep_site_secret(
    parts: Parts, work: UnitOfWork, row: PublishingTargetRow, value: str
) -> None:
    """Keep it where it belongs. Raises `ServiceError`, which says what to do instead."""
    if row.public_only:
        kept = sealed(value, sealing_secret(parts), _about(row))
        await work.publishing_targets.seal(row.id, kept)
        return
    try:
        await run_to_the_end(_keep, row.id, value)
    except NoKeyring as error:
        raise ServiceError(str(error)) from None
    await work.publishing_targets.seal(row.id, None)


async def forget_site_secret(row: PublishingTargetRow) -> None:
    """Forget it, if it is among this computer's. Raises `ServiceError`."""
    if row.public_only or row.kind == "folder":
        return
    try:
        await run_to_the_end(forget_secret, _name(row.id))
    except NoKeyring as error:
        raise ServiceError(str(error)) from None


async def site_secret(parts: Parts, row: PublishingTargetRow) -> str | None:
    """What was kept; None if it cannot be read."""
    if row.sealed_secret is None:
        return await run_to_the_end(secret, _name(row.id))
    try:
        return opened(row.sealed_secret, sealing_secret(parts), _about(row))
    except CannotOpen:
        return None


def _keep(target_id: int, value: str) -> None:
    keep_secret(_name(target_id), value, what=WHAT, instead=INSTEAD)


def _name(target_id: int) -> str:
    return f"publishing-{target_id}"


def _about(row: PublishingTargetRow) -> str:
    return f"publishing:{row.id}"
