"""Who may do what at the WordPress stand-in: roles, application passwords, Basic auth."""

import base64
import binascii
import re
import secrets
import string
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.web_site import Request
from tests.fakes.wordpress_rest import Refusal

CONTRIBUTES = ("edit_posts", "read", "level_1", "level_0", "delete_posts")
WRITES = (
    *CONTRIBUTES,
    "upload_files",
    "edit_published_posts",
    "publish_posts",
    "level_2",
    "delete_published_posts",
)
EDITS = (
    *WRITES,
    "moderate_comments",
    "manage_categories",
    "manage_links",
    "unfiltered_html",
    "edit_others_posts",
    "edit_pages",
    "publish_pages",
    "delete_others_posts",
    "delete_private_posts",
    "edit_private_posts",
    "read_private_posts",
)
ROLES = {
    "subscriber": ("read", "level_0"),
    "contributor": CONTRIBUTES,
    "author": WRITES,
    "editor": EDITS,
    "administrator": (*EDITS, "manage_options", "edit_users", "list_users", "switch_themes"),
}


@dataclass
class User:
    """Somebody with an account; the password is an application password."""

    id: int
    name: str
    role: str
    password: str = field(default_factory=lambda: new_password())

    def may(self, capability: str) -> bool:
        """Whether the role has it."""
        return capability in ROLES[self.role]


def new_password() -> str:
    """An application password as WordPress shows it, in groups of four."""
    letters = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(24))
    return " ".join(re.findall("....", letters))


def bare(password: str) -> str:
    """What of an application password counts."""
    return re.sub(r"[^A-Za-z0-9]", "", password)


def signed_in(request: Request, users: dict[str, User], names_wrong: bool) -> User | None:
    """Whose name and application password came; None if none came, or wrong ones.

    WordPress has said nothing of wrong ones since 6.3.2: it finds them wrong only after it has
    asked for errors. It says so where it is older, or a plugin has asked before who is there.
    """
    try:
        return _holder(request, users)
    except Refusal:
        if names_wrong:
            raise
        return None


def _holder(request: Request, users: dict[str, User]) -> User | None:
    kind, _, given = str(request.headers.get("Authorization") or "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(given).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    user = users.get(name)
    if user is None and "@" in name:
        raise Refusal(
            401,
            "invalid_email",
            "<strong>Error:</strong> Unknown email address. Check again or try your username.",
        )
    if user is None:
        raise Refusal(
            401,
            "invalid_username",
            "<strong>Error:</strong> Unknown username. Check again or try your email address.",
        )
    if bare(password) != bare(user.password):
        raise Refusal(
            401,
            "incorrect_password",
            "The provided password is an invalid application password.",
        )
    return user


def me(user: User | None, context: str, address: str) -> dict[str, Any]:
    """The answer of `users/me`."""
    if user is None:
        raise Refusal(401, "rest_not_logged_in", "You are not currently logged in.")
    seen: dict[str, Any] = {
        "id": user.id,
        "name": user.name,
        "url": address if user.id == 1 else "",
        "description": "",
        "link": f"{address}/author/{user.name}/",
        "slug": user.name,
    }
    if context != "edit":
        return seen | {"meta": []}
    capabilities = dict.fromkeys([*ROLES[user.role], user.role], True)
    return seen | {
        "username": user.name,
        "first_name": "",
        "last_name": "",
        "email": f"{user.name}@example.com",
        "locale": "en_US",
        "nickname": user.name,
        "roles": [user.role],
        "capabilities": capabilities,
        "extra_capabilities": {user.role: True},
        "meta": {"persisted_preferences": []},
    }
