"""Errors of an engine in another process are told apart by their kinds, as far as that matters."""

from typing import Any

import pytest

from marketer_desktop.bootstrap.attached_handle import AttachedHandle
from marketer_desktop.services.call import ServiceError, WrongUse
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.services.show_plan import ShowPlan
from marketer_desktop.system.attach import RemoteError


class Owner:
    """Fails at every call."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    async def call(self, name: str, arguments: Any, emit: Any) -> Any:
        raise RemoteError(self._kind, "It did not work.")


@pytest.mark.parametrize(
    ("kind", "raised"),
    [
        ("PlanExceeded", PlanExceeded),
        ("WrongUse", WrongUse),
        ("UnknownModel", WrongUse),
        ("ServiceError", ServiceError),
        ("ZeroDivisionError", ServiceError),
    ],
)
async def test_kinds(kind: str, raised: type[ServiceError]) -> None:
    handle = AttachedHandle(Owner(kind))  # type: ignore[arg-type]
    with pytest.raises(raised, match="It did not work") as error:
        await handle.call(ShowPlan(), lambda event: None)
    assert type(error.value) is raised
