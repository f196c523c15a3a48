"""What stands in the path of a request, and the numbers of rows in its body."""

from typing import Annotated

from fastapi import Path
from pydantic import Field, StrictInt

from marketer_desktop.domain.whole_numbers import AS_IN_JSON
from marketer_desktop.services.storable import LARGEST

# The numbers that rows have in PostgreSQL.
Id = Annotated[int, Path(ge=1, le=LARGEST)]
IdInBody = Annotated[StrictInt, Field(ge=1, le=LARGEST), AS_IN_JSON]
# Tokens of links: what `secrets.token_urlsafe` makes.
LinkToken = Annotated[str, Path(min_length=1, max_length=1024, pattern=r"^[A-Za-z0-9_.\-]+$")]
