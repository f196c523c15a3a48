"""How Ghost refuses: `{errors: [{message, type, context, ...}]}`, in its own words."""

import uuid
from dataclasses import dataclass
from typing import Any

STATUSES = {
    "BadRequestError": 400,
    "UnauthorizedError": 401,
    "NoPermissionError": 403,
    "NotFoundError": 404,
    "UpdateCollisionError": 409,
    "UnsupportedMediaTypeError": 415,
    "ValidationError": 422,
}
# What is said of a failure where Ghost knows what was to be done; what it was then is the context.
TOLD = {
    "BadRequestError": "Request not understood error, cannot {}.",
    "NotFoundError": "Resource not found error, cannot {}.",
    "ValidationError": "Validation error, cannot {}.",
    "UpdateCollisionError": "Saving failed! Someone else is editing this post.",
}


@dataclass(eq=False)
class GhostError(Exception):
    """A refusal; `place` is the field that is wrong, `action` what was to be done: `save post`."""

    type: str
    message: str
    context: str | None = None
    code: str | None = None
    place: str | None = None
    details: Any = None
    action: str = ""

    @property
    def status(self) -> int:
        """The status it comes with."""
        return STATUSES[self.type]

    @property
    def body(self) -> dict[str, Any]:
        """The answer."""
        message, context = self.message, self.context
        if self.action:
            context = f"{message} {context}" if context else message
            message = TOLD[self.type].format(self.action)
        error = {
            "message": message,
            "context": context,
            "type": self.type,
            "details": self.details,
            "property": self.place,
            "help": None,
            "code": self.code,
            "id": str(uuid.uuid4()),
            "ghostErrorCode": None,
        }
        return {"errors": [error]}
