"""Why a site does not take a text."""

from marketer_desktop.domain.publishing import Cause

PASSING: frozenset[Cause] = frozenset({"connection", "busy", "locked"})


class SiteProblem(Exception):
    """The message says what happened and what to do; `wait` is how long the site asks for.

    After one that passes nobody knows whether the site has done what it was asked.
    """

    def __init__(self, cause: Cause, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.cause, self.wait = cause, wait

    @property
    def passes(self) -> bool:
        """Whether the same may go well later, without anybody doing anything."""
        return self.cause in PASSING
