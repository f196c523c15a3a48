"""A target as something that takes texts: of its kind, with its secret; what leaves is noted."""

from pathlib import Path

from marketer_desktop.domain.loopback import is_loopback
from marketer_desktop.observability.departures import Noted
from marketer_desktop.publishing.sites.folder import Folder
from marketer_desktop.publishing.sites.ghost import Ghost
from marketer_desktop.publishing.sites.ghost_api import GhostApi
from marketer_desktop.publishing.sites.post import Site
from marketer_desktop.publishing.sites.problems import SiteProblem
from marketer_desktop.publishing.sites.webhook import Webhook
from marketer_desktop.publishing.sites.wire import Note, SiteWire
from marketer_desktop.publishing.sites.wordpress import WordPress
from marketer_desktop.publishing.sites.wordpress_api import WordPressApi
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.site_secrets import site_secret
from marketer_desktop.storage.tables import PublishingTargetRow

TITLES = {
    "wordpress": "WordPress",
    "ghost": "Ghost",
    "webhook": "Webhook",
    "folder": "Folder",
}
LOCKED = (
    "What opens “{name}” is not to be found among the secrets of this computer. Unlock them, or "
    "give it again."
)


async def open_site(parts: Parts, row: PublishingTargetRow) -> Site:
    """The site of a target, to be closed. Raises `SiteProblem` if its secret cannot be read."""
    if row.kind == "folder":
        return Folder(Path(row.address))
    secret = await site_secret(parts, row)
    if secret is None:
        raise SiteProblem("locked", LOCKED.format(name=row.name))
    wire = SiteWire(row.address, _note(parts, row), public_only=row.public_only)
    if row.kind == "wordpress":
        return WordPress(WordPressApi(wire, row.account or "", secret))
    if row.kind == "ghost":
        return Ghost(GhostApi(wire, secret))
    return Webhook(wire, secret)


def _note(parts: Parts, row: PublishingTargetRow) -> Note:
    what = f"A text for {TITLES[row.kind]}, or a question about one"

    def note(host: str, size: int) -> None:
        if not is_loopback(host):
            parts.departures.note(Noted("publish", host, what), size)

    return note
