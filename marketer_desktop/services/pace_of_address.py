"""How often passwords may be offered from one address, to all processes of a server together."""

import math

from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import QuotaExceeded


async def keep_pace(parts: Parts, address: str) -> None:
    """Count an attempt. Raises `QuotaExceeded`."""
    if not parts.settings.logins_per_minute:
        return
    async with parts.database.unit_of_work() as work:
        wait = await work.paces.keep(f"login {address}"[:255], parts.settings.logins_per_minute)
        await work.commit()
    if wait:
        raise QuotaExceeded(
            "Too many attempts from this address. Wait a little before the next one.",
            max(1, math.ceil(wait)),
        )
