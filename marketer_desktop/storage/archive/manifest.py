"""What an archive says of itself: in its first member how to read it, in its last what is in it."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

FORMAT = 1
HEAD, MANIFEST = "marketer.json", "manifest.json"
MOST_BYTES = 256 * 1024 * 1024  # of a manifest: a million files have one of half as much

Name = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]{0,62}$")]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Head(BaseModel):
    """Any later format begins with these two, whatever else it may say."""

    format: Annotated[int, Field(ge=1, strict=True)]
    version: Annotated[str, Field(max_length=50, pattern=r"^[\w.+-]+$")]


class Member(_Told):
    """A file in the archive: its name, its bytes, their SHA-256 in hex."""

    name: Annotated[str, Field(max_length=1000)]
    bytes: NonNegativeInt
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Table(_Told):
    """The rows of a table, as COPY writes them, and the columns they have."""

    schema_name: Name
    name: Name
    columns: list[Name]
    rows: NonNegativeInt

    @property
    def member(self) -> str:
        """Where in the archive they are."""
        return f"rows/{self.schema_name}.{self.name}.copy"


class Sequence(_Told):
    """The number that a sequence has given last."""

    schema_name: Name
    name: Name
    last: int


class Manifest(_Told):
    """All that is in the archive; `database_bytes` is the room that its rows took."""

    made_at: Annotated[datetime, Field(strict=False)]
    revision: Annotated[str, Field(pattern=r"^\w{1,32}$")]
    database_bytes: NonNegativeInt
    tables: list[Table]
    sequences: list[Sequence]
    members: list[Member]
    missing: list[str]  # documents whose originals were not there
