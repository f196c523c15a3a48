"""Addresses of databases: any common form is read once, by libpq, into connection parameters."""

from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

SCHEMES = ("postgresql+psycopg://", "postgresql://", "postgres://")


class BadDatabaseUrl(ValueError):
    """The given text is not the address of a PostgreSQL database."""


def plain_url(url: str) -> str:
    """`url` as libpq knows it, `postgresql://…`.

    `postgres://` and SQLAlchemy's `postgresql+psycopg://` are accepted too; anything else raises
    `BadDatabaseUrl`.
    """
    for scheme in SCHEMES:
        if url.startswith(scheme):
            return "postgresql://" + url.removeprefix(scheme)
    raise BadDatabaseUrl(
        "The database address must begin with postgresql:// — for example "
        "postgresql://user:password@host:5432/marketer."
    )


def connection_parameters(url: str, *settings: str) -> dict[str, Any]:
    """The keyword arguments of `psycopg.connect` for `url`, times in UTC.

    Each of `settings` is a server setting for the session, such as `search_path=public`; they
    come after the options that the address brings along.
    """
    try:
        parameters = conninfo_to_dict(plain_url(url))
    except ProgrammingError as error:
        raise BadDatabaseUrl(f"The database address cannot be read: {error}.") from error
    given = [str(parameters["options"])] if parameters.get("options") else []
    ours = [f"-c{setting}" for setting in ("timezone=UTC", *settings)]
    return {
        "application_name": "marketer-desktop",
        **parameters,
        "options": " ".join([*given, *ours]),
    }
