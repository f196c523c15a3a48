"""Rate limits: of everybody who is signed in, and of an address that offers passwords."""

import math

from fastapi import Depends, Request

from marketer_desktop.services.pace_of_address import keep_pace
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import QuotaExceeded
from marketer_desktop.system.pace import Pace

TOO_MANY = "Too many requests. Nothing was done; try again a little later."


class UserLimit:
    """So many requests a minute for each account, in this process; 0 is any number."""

    def __init__(self, a_minute: int) -> None:
        self._pace = Pace(a_minute) if a_minute else None

    def count(self, user_id: int) -> None:
        """Count a request. Raises `QuotaExceeded`."""
        wait = self._pace.keep(user_id) if self._pace is not None else 0.0
        if wait:
            raise QuotaExceeded(TOO_MANY, math.ceil(wait))


async def limited_by_address(request: Request) -> None:
    """Count a request in which a password is offered, or a mail asked for."""
    parts: Parts = request.app.state.parts
    await keep_pace(parts, request.client.host if request.client else "unknown")


LimitedByAddress = Depends(limited_by_address)
