"""The one table of who may do what."""

import pytest

from marketer_desktop.domain.permissions import PERMISSIONS, Permission, Role, may
from marketer_desktop.services.needed_permissions import NEEDED
from marketer_desktop.services.registry import SERVICES


def test_every_call_says_what_it_needs() -> None:
    assert NEEDED.keys() == SERVICES.keys()


def test_each_role_may_do_what_the_one_below_may() -> None:
    viewer, member, admin, owner = (PERMISSIONS[role] for role in reversed(Role))
    assert viewer < member < admin < owner


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (Role.OWNER, Permission.ORGANIZATION_DELETE, True),
        (Role.ADMIN, Permission.ORGANIZATION_DELETE, False),
        (Role.ADMIN, Permission.BILLING_UPDATE, False),
        (Role.ADMIN, Permission.BILLING_READ, True),
        (Role.ADMIN, Permission.MEMBER_INVITE, True),
        (Role.MEMBER, Permission.MEMBER_INVITE, False),
        (Role.MEMBER, Permission.ACTIVITY_PUBLISH, True),
        (Role.MEMBER, Permission.DOCUMENT_DELETE, True),
        (Role.VIEWER, Permission.DOCUMENT_READ, True),
        (Role.VIEWER, Permission.ACTIVITY_GENERATE, False),
        (Role.OWNER, Permission.INSTALLATION_MANAGE, False),
    ],
)
def test_who_may(role: Role, permission: Permission, allowed: bool) -> None:
    assert may(role, permission) is allowed


def test_only_an_administrator_manages_the_installation() -> None:
    assert may(Role.VIEWER, Permission.INSTALLATION_MANAGE, administers=True)
