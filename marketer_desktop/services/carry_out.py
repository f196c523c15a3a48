"""Carries out a call: allowed or refused, then the service, with what ails the database named."""

from typing import TypeVar, cast

from pydantic import BaseModel

from marketer_desktop.services.authorize import authorize, note_refusal
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.database_trouble import database_trouble
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import PermissionDenied
from marketer_desktop.services.registry import SERVICES

Result = TypeVar("Result", bound=BaseModel)


async def carry_out(call: Call[Result], parts: Parts, emit: Emit) -> Result:
    """The one way to a service. Raises `ServiceError` and its like."""
    name = type(call).__name__
    try:
        await authorize(parts, name)
        return cast("Result", await SERVICES[name].run(call, parts, emit))
    except PermissionDenied as refused:
        await note_refusal(parts, name, refused)
        raise
    except Exception as error:
        trouble = database_trouble(error, parts)
        if trouble is None:
            raise
        raise trouble from error
