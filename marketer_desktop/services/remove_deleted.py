"""Remove for good what was deleted 30 days ago; a server does this once a day."""

from dataclasses import replace

from marketer_desktop.services.document_library import DeleteDocument, delete_document
from marketer_desktop.services.edit_organization import KEPT
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.repositories.workspaces import Member


async def remove_deleted(parts: Parts) -> int:
    """How many organizations were emptied. What is cut off goes on the next time."""
    async with parts.database.unit_of_work() as work:
        await work.paces.forget()
        members = await work.deleted_organizations.worn_out(KEPT)
        await work.commit()
    for member in members:
        await _empty(parts, member)
    return len(members)


async def _empty(parts: Parts, member: Member) -> None:
    """Documents one by one: each has a file and vectors beside its rows."""
    async with parts.database.unit_of_work() as work:
        documents = await work.deleted_organizations.documents(member.organization_id)
    for number, owner_id in documents:
        acting = replace(member, user_id=owner_id or member.user_id)
        call = DeleteDocument(document_id=number)
        await delete_document(call, parts.acting_as(acting), lambda event: None)
    async with parts.database.unit_of_work() as work:
        await work.deleted_organizations.empty(member.organization_id)
        await work.audit.record(
            None,
            member.organization_id,
            "organization.remove",
            "organization",
            member.organization_id,
        )
        await work.commit()
