"""What an organization has used."""

from typing import Annotated

from fastapi import Query

from marketer_desktop.api.asking import AsMember
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.usage import ShowUsage, UsageReport

router = EnvelopeRouter(prefix="/api/usage", tags=["usage"])


@router.get("")
async def show_usage(asked: Annotated[ShowUsage, Query()], who: AsMember) -> UsageReport:
    """What was used, by day, month, type, model, user or project."""
    return await who.call(asked)
