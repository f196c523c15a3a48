"""Where texts go, as things are set up now; without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketer_desktop.services.diagnose import Diagnosis
from marketer_desktop.services.providers import ProviderList
from marketer_desktop.services.server_accounts import ServerAccountList
from marketer_desktop.ui.pages.settings.presenter import is_here

CLOUDS = ("openai:", "anthropic:", "mistral:")


@dataclass(frozen=True)
class Privacy:
    """None for what stays on this machine.

    `servers` are those that the person is signed in to, `clouds` those that there are keys of.
    """

    data_folder: str
    model_elsewhere: str | None
    database_elsewhere: str | None
    lent_to: str | None = None
    servers: tuple[str, ...] = ()
    clouds: tuple[str, ...] = ()

    @property
    def own_texts_leave(self) -> bool:
        """Whether a part that sees the person's own texts is elsewhere."""
        return not (self.model_elsewhere is None and self.database_elsewhere is None)


def privacy(
    diagnosis: Diagnosis,
    database: str,
    lent_to: str = "",
    servers: Sequence[str] = (),
    clouds: Sequence[str] = (),
) -> Privacy:
    """Read off the parts' places; `database` is `embedded` or an address, like `lent_to`."""
    places = {part.name: part.place for part in diagnosis.parts}
    chosen = next((p.version for p in diagnosis.parts if p.name == "chosen model"), "")
    host = places.get("ollama", "").split(" ")[0]
    elsewhere = host if chosen.startswith("ollama:") and not is_here(host) else None
    if chosen.startswith(CLOUDS):
        elsewhere = places["chosen model"]
    return Privacy(
        data_folder=places.get("data folder", ""),
        model_elsewhere=elsewhere,
        database_elsewhere=None if database == "embedded" or is_here(database) else database,
        lent_to=lent_to or None,
        servers=tuple(servers),
        clouds=tuple(clouds),
    )


def servers_of(listed: ServerAccountList) -> list[str]:
    """The hosts that the person is signed in to, each once."""
    signed_in = [account.host for account in listed.accounts if account.state == "signed_in"]
    return list(dict.fromkeys(signed_in))


def clouds_of(listed: ProviderList) -> list[str]:
    """The clouds that could be chosen: there is a key."""
    return [each.title for each in listed.providers if each.source is not None]
