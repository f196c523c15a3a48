"""How this server lets people sign in, for a desktop that asks before anybody has."""

from typing import Literal

from pydantic import BaseModel, Field

from marketer_desktop.services.issuer_sign_in import desktop_issuer
from marketer_desktop.services.servers import Way
from marketer_desktop.settings.settings import Settings


class OfferedIssuer(BaseModel):
    """Who signs people in for this server (OpenID Connect), which is known there as `client_id`."""

    issuer: str
    client_id: str


class SignInWays(BaseModel):
    """`password`: POST /api/login; `browser`: the page /sign-in; `oidc`: at the `issuer`."""

    service: Literal["marketer"] = "marketer"
    ways: list[Way]
    issuer: OfferedIssuer | None = Field(default=None, exclude_if=lambda value: value is None)


def sign_in_ways(settings: Settings, *, has_pages: bool) -> SignInWays:
    """What is offered; a desktop's own API `has_pages` not."""
    by = desktop_issuer(settings)
    ways: list[Way] = ["password"]
    if has_pages:
        ways.append("browser")
    if by is not None:
        ways.append("oidc")
    return SignInWays(
        ways=ways,
        issuer=OfferedIssuer(issuer=by.issuer, client_id=by.audience) if by else None,
    )
