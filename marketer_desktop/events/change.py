"""That something has changed: what was stored, not how."""

from typing import Literal

from pydantic import BaseModel

Subject = Literal[
    "accounts",
    "activities",
    "documents",
    "lending",
    "models",
    "notifications",
    "organizations",
    "profile",
    "projects",
    "publishing",
    "secrets",
    "settings",
    "sync",
]


class Change(BaseModel):
    """Rows of `subject` have changed; whoever shows them reads them again."""

    subject: Subject
