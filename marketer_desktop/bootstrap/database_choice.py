"""Which database an installation uses; a password in its address goes into the keyring."""

from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from marketer_desktop.settings.settings import Settings, store_setting
from marketer_desktop.storage.addresses import connection_parameters, plain_url
from marketer_desktop.system.secrets import keep_secret, secret

EMBEDDED = "embedded"


def use_database(data_dir: Path, url: str) -> str:
    """Use `url` from the next start on; return what is shown of it.

    `embedded` is our own database. Raises `BadDatabaseUrl`, or `NoKeyring` if there is a
    password and no place to keep it.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    if url == EMBEDDED:
        store_setting(data_dir, "database_url", None)
        return EMBEDDED
    connection_parameters(url)
    parts = urlsplit(plain_url(url))
    bare = urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")))
    if parts.password:
        keep_secret(bare, parts.password)
    store_setting(data_dir, "database_url", bare)
    return bare


def chosen_url(settings: Settings) -> str | None:
    """The address with its password from the keyring; None for the embedded database."""
    url = settings.database_url
    if not url:
        return None
    parts = urlsplit(plain_url(url))
    kept = None if parts.password or not parts.username else secret(url)
    if kept is None:
        return url
    user = f"{parts.username}:{quote(kept, safe='%')}@"
    netloc = parts.netloc.replace(f"{parts.username}@", user, 1)
    return urlunsplit(parts._replace(netloc=netloc))
