"""Connecting an account step by step: the server, a way to sign in, and waiting for a browser."""

from dataclasses import dataclass, field
from typing import Literal

from marketer_desktop.services.servers import ServerWays, Way

Step = Literal["server", "ways", "browser"]
IN_BROWSER: tuple[Way, ...] = ("browser", "oidc")


@dataclass
class Connecting:
    """`email` is that of an account that is to be signed in again; `url` the page to sign in on."""

    step: Step = "server"
    found: ServerWays | None = None
    email: str = ""
    url: str = ""
    with_password: bool = field(default=False, init=False)

    def begin(self, email: str = "") -> None:
        """Ask for a server, or for another one."""
        self.step, self.found, self.email, self.url = "server", None, email, ""
        self.with_password = False

    def found_server(self, found: ServerWays) -> None:
        """Offer what the server offers; e-mail and password at once if there is nothing else."""
        self.step, self.found, self.url = "ways", found, ""
        self.with_password = not self.offers_browser

    def wait(self) -> None:
        """The person is asked to go on in the browser."""
        self.step, self.url = "browser", ""

    def cancel(self) -> None:
        """Back to the choice of a way."""
        self.step = "server" if self.found is None else "ways"

    @property
    def host(self) -> str:
        """The server's name as people say it."""
        return self.found.host if self.found is not None else ""

    @property
    def offers_browser(self) -> bool:
        """Whether there is a page to sign in on."""
        return self.found is not None and any(way in self.found.ways for way in IN_BROWSER)

    @property
    def offers_password(self) -> bool:
        """Whether e-mail and password will do."""
        return self.found is not None and "password" in self.found.ways

    @property
    def offers_nothing(self) -> bool:
        """Whether this server lets nobody in from a desktop."""
        return self.found is not None and not self.offers_browser and not self.offers_password

    @property
    def issuer(self) -> str:
        """Who vouches for the person in the browser, if it is not the server itself."""
        if self.found is None or "browser" in self.found.ways or "oidc" not in self.found.ways:
            return ""
        return self.found.issuer or ""
