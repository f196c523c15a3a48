"""Who one is: sign in, and the account with its organizations."""

from marketer_desktop.api.asking import Anybody
from marketer_desktop.api.router import EnvelopeRouter
from marketer_desktop.services.log_in import LoggedIn, LogIn

router = EnvelopeRouter(prefix="/api", tags=["auth"])


@router.post("/login")
async def log_in(asked: LogIn, who: Anybody) -> LoggedIn:
    """A token for an e-mail address and its password."""
    return await who.call(asked)
