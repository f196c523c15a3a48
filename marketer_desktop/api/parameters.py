"""What stands in the path of a request."""

from typing import Annotated

from fastapi import Path

# The numbers that rows have in PostgreSQL.
Id = Annotated[int, Path(ge=1, le=2_147_483_647)]
# Tokens of links: what `secrets.token_urlsafe` makes.
LinkToken = Annotated[str, Path(min_length=1, max_length=1024, pattern=r"^[A-Za-z0-9_.\-]+$")]
