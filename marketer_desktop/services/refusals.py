"""The kinds of refusal that a program tells apart; a person reads their messages."""

from marketer_desktop.domain.permissions import Permission
from marketer_desktop.services.call import ServiceError, WrongUse


class NotFound(ServiceError):
    """It is not there, or belongs to another organization: which of the two is not said."""


class Conflict(ServiceError):
    """It cannot be done as things stand now: a taken name, a newer version, a run under way."""


class Unfit(WrongUse):
    """Well-formed, but it will not do here: an address, a folder or a secret that opens nothing."""


class CursorExpired(Conflict):
    """What was read so far is of another history, or of somebody else: begin anew without it."""

    def __init__(self) -> None:
        super().__init__(
            "This cursor is no longer good. Ask without one, and replace what you have."
        )


class Unauthorized(ServiceError):
    """Nobody is signed in: no token, or one that is wrong, expired or revoked."""


class InvalidGrant(Unauthorized):
    """What was to be exchanged for tokens is worth nothing: which of its parts is not said."""


class PermissionDenied(ServiceError):
    """The role does not allow it; `permission` is what it would take."""

    def __init__(self, permission: Permission) -> None:
        super().__init__("You do not have permission to perform this action")
        self.permission = permission


class QuotaExceeded(ServiceError):
    """The plan or a rate limit is used up; `retry_after` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PlanExceeded(QuotaExceeded):
    """A limit of the organization's plan is reached: a larger plan has more room."""

    def __init__(self, message: str, retry_after: int = 0) -> None:
        super().__init__(message, retry_after)


class PayloadTooLarge(ServiceError):
    """More than is taken at once."""


class UnsupportedMediaType(ServiceError):
    """By its content it is none of the kinds that can be read."""


class Unavailable(ServiceError):
    """Something that it takes does not answer just now; the same request may do later."""
