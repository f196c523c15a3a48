"""What can come between this desktop and an account of it; a person reads the messages."""

from marketer_desktop.services.call import ServiceError


class AccountProblem(ServiceError):
    """Nothing is lost: what is on this computer stays, whatever becomes of the account."""


class Unreachable(AccountProblem):
    """The server cannot be reached, or asks to be left alone for `retry_after` seconds."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SignedOut(AccountProblem):
    """The account is signed out: only its person can sign in again."""


class TokensLocked(AccountProblem):
    """The tokens are on this computer but cannot be read until somebody unlocks them."""


class SignInRefused(AccountProblem):
    """The server, or who it trusts with that, does not let them in."""
