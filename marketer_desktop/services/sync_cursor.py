"""The cursor of a sync: how far a client has come in each stream; only the server reads it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, ValidationError

from marketer_desktop.services.refusals import CursorExpired

LONGEST = 30_000  # characters: some hundreds of organizations
Key = UUID | Literal["own"]
Version = Annotated[int, Field(ge=0, lt=2**63)]


class Place(BaseModel):
    """Where the reading of a stream was left: the last version it goes to, and the next row."""

    stream: Key
    to: Version
    step: Annotated[int, Field(ge=0, le=100)] = 0
    after: UUID | None = None


class Cursor(BaseModel):
    """For whom and in which history it is good; the versions that were read to the end."""

    epoch: UUID
    user_id: int
    read: dict[Key, Version] = Field(default_factory=dict)
    place: Place | None = None

    def since(self, stream: Key) -> int:
        """The last version that was read of a stream; -1 before the first."""
        return self.read.get(stream, -1)


def written(cursor: Cursor) -> str:
    """The cursor as clients keep it."""
    return urlsafe_b64encode(cursor.model_dump_json(exclude_none=True).encode()).decode()


def cursor_of(given: str | None, epoch: UUID, user_id: int) -> Cursor:
    """The cursor a client sends, or one at the beginning. Raises `CursorExpired`."""
    if given is None:
        return Cursor(epoch=epoch, user_id=user_id)
    try:
        cursor = Cursor.model_validate_json(urlsafe_b64decode(given.encode()))
    except (ValueError, ValidationError) as error:
        raise CursorExpired from error
    if (cursor.epoch, cursor.user_id) != (epoch, user_id):
        raise CursorExpired
    return cursor
