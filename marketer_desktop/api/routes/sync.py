"""What desktops keep a copy of, and what they have changed in it."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query
from pydantic import BaseModel, Field

from marketer_desktop.api.asking import AsPerson
from marketer_desktop.api.router import EnvelopeRouter, refusals
from marketer_desktop.domain.sync import MOST_MUTATIONS, ChangePage, Mutation, Pushed
from marketer_desktop.services.push_changes import PushChanges
from marketer_desktop.services.sync_changes import PullChanges

router = EnvelopeRouter(prefix="/api/sync", tags=["sync"])


class ChangesPushed(BaseModel):
    """The next changes of a client, in their order."""

    client_id: UUID
    mutations: Annotated[list[Mutation], Field(max_length=MOST_MUTATIONS)]


@router.get("/changes")
async def pull_changes(asked: Annotated[PullChanges, Query()], who: AsPerson) -> ChangePage:
    """What has changed since the cursor, in all organizations of the person."""
    return await who.call(asked)


@router.post("/push", responses=refusals(413))
async def push_changes(
    asked: ChangesPushed, who: AsPerson, idempotency_key: Annotated[UUID, Header()]
) -> Pushed:
    """Carry out what a desktop has changed; the same key is given the same answer again."""
    return await who.call(PushChanges(idempotency_key=idempotency_key, **dict(asked)))
