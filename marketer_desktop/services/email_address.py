"""E-mail addresses as requests give them; whether one works, only a mail to it can tell."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=255, pattern=r"^[^@\s<>,;:\x00-\x1f]+@[^@\s<>,;:]+$"
    ),
    AfterValidator(str.lower),
]
