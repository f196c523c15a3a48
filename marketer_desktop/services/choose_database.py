"""Which database an installation uses; a password in its address goes into the keyring."""

import asyncio
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import BaseModel

from marketer_desktop.services.call import Call, Emit, ServiceError, WrongUse
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings, load_settings, store_setting
from marketer_desktop.storage.addresses import BadDatabaseUrl, connection_parameters, plain_url
from marketer_desktop.storage.database import Database
from marketer_desktop.system.secrets import NoKeyring, keep_secret, secret

EMBEDDED = "embedded"
TRY_SECONDS = 10.0


class DatabaseChoice(BaseModel):
    """`in_use` now and `next_start`: `embedded`, or an address without its password."""

    in_use: str
    next_start: str


class DatabaseAnswer(BaseModel):
    """What answers there, such as `PostgreSQL 16.14`."""

    version: str


class ShowDatabaseChoice(Call[DatabaseChoice]):
    """Which database is used."""


class TryDatabase(Call[DatabaseAnswer]):
    """See whether a PostgreSQL answers at `url`."""

    url: str


class ChooseDatabase(Call[DatabaseChoice]):
    """Use the database at `url`, or our own for `embedded`, from the next start on."""

    url: str


async def show_database_choice(
    call: ShowDatabaseChoice, parts: Parts, emit: Emit
) -> DatabaseChoice:
    """Compare what is used with what is stored."""
    stored = await asyncio.to_thread(load_settings, parts.data_dir)
    used = None if parts.postgres is not None else parts.settings.database_url
    return DatabaseChoice(in_use=used or EMBEDDED, next_start=stored.database_url or EMBEDDED)


async def try_database(call: TryDatabase, parts: Parts, emit: Emit) -> DatabaseAnswer:
    """Connect, ask for the version, and leave."""
    try:
        database = Database(call.url, pool_size=1)
    except BadDatabaseUrl as error:
        raise WrongUse(str(error)) from error
    try:
        async with asyncio.timeout(TRY_SECONDS):
            return DatabaseAnswer(version=await database.server_version())
    except TimeoutError as error:
        raise ServiceError("Nothing answered in 10 s. Check host, port and firewall.") from error
    except Exception as error:  # the driver's own words name what is wrong with the address
        raise ServiceError(_refusal(error)) from error
    finally:
        await database.close()


def _refusal(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
    return f"No connection: {said}. Check the address, the user and the password."


async def choose_database(call: ChooseDatabase, parts: Parts, emit: Emit) -> DatabaseChoice:
    """Keep the choice; the running engine stays where it is."""
    try:
        await asyncio.to_thread(use_database, parts.data_dir, call.url)
    except BadDatabaseUrl as error:
        raise WrongUse(str(error)) from error
    except NoKeyring as error:
        raise ServiceError(str(error)) from error
    parts.bus.changed("settings")
    return await show_database_choice(ShowDatabaseChoice(), parts, emit)


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
        keep_secret(
            bare,
            parts.password,
            what="the password",
            instead="give the address in the variable MARKETER_DATABASE_URL",
        )
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
