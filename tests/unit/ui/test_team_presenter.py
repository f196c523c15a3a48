"""The team: names, days, who is alone, and who may do what about whom."""

from datetime import UTC, datetime
from typing import Any

import pytest

from marketer_desktop.domain.permissions import Permission, Role, may
from marketer_desktop.services.team import Member, MemberList
from marketer_desktop.ui.pages.team.presenter import TeamPresenter

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def member(number: int, *, you: bool = False, name: str | None = None, **told: Any) -> Member:
    about = {"member_id": number + 100, "user_id": number, "email": None, "role": "owner"}
    return Member(
        **{**about, "name": name, "joined_at": AT if you else None, "is_you": you, **told}
    )


def team(*members: Member) -> TeamPresenter:
    presenter = TeamPresenter()
    presenter.take(MemberList(members=list(members)))
    return presenter


def of_server(role: Role, *members: Member) -> TeamPresenter:
    presenter = TeamPresenter()
    presenter.take(
        MemberList(
            members=list(members),
            is_local=False,
            server="https://team.example.com",
            invites=may(role, Permission.MEMBER_INVITE),
            changes=may(role, Permission.MEMBER_UPDATE),
            removes=may(role, Permission.MEMBER_REMOVE),
            makes_owners=may(role, Permission.OWNER_UPDATE),
        )
    )
    return presenter


def test_someone_alone_is_found_and_has_no_name_at_first() -> None:
    assert TeamPresenter().you is None
    presenter = team(member(1, you=True))
    assert presenter.is_alone and presenter.you is not None
    assert (presenter.you.name, presenter.you.email) == ("", "")
    assert presenter.you.joined is not None and presenter.you.joined.year == 2026


def test_two_are_no_longer_alone() -> None:
    presenter = team(member(1, name=" Ada "), member(2, you=True))
    assert not presenter.is_alone
    assert presenter.lines[0].name == "Ada" and presenter.lines[0].joined is None
    assert presenter.you == presenter.lines[1]


@pytest.mark.parametrize(
    ("acting", "role", "roles", "removes"),
    [
        (Role.OWNER, "owner", ["admin", "member", "viewer"], True),
        (Role.OWNER, "member", ["owner", "admin", "viewer"], True),
        (Role.ADMIN, "owner", [], False),
        (Role.ADMIN, "viewer", ["admin", "member"], True),
        (Role.MEMBER, "viewer", [], False),
        (Role.VIEWER, "owner", [], False),
    ],
)
def test_roles_decide_what_can_be_done_about_others(
    acting: Role, role: str, roles: list[str], removes: bool
) -> None:
    presenter = of_server(acting, member(1, you=True), member(2, role=role))
    other = presenter.line(102)
    assert other is not None
    assert presenter.roles_for(other) == roles
    assert presenter.removes(other) is removes


def test_an_admin_is_told_that_owners_change_owners_and_a_member_is_not() -> None:
    admin = of_server(Role.ADMIN, member(1, you=True, role="admin"), member(2, role="owner"))
    assert [admin.only_for_owners(line) for line in admin.lines] == [False, True]
    plain = of_server(Role.MEMBER, member(1, you=True, role="member"), member(2, role="owner"))
    assert not plain.only_for_owners(plain.lines[1])


def test_nobody_removes_themselves_from_the_list() -> None:
    presenter = of_server(Role.OWNER, member(1, you=True), member(2))
    assert [presenter.removes(line) for line in presenter.lines] == [False, True]


def test_only_owners_offer_to_invite_owners() -> None:
    assert Role.OWNER in of_server(Role.OWNER, member(1, you=True)).offered
    admin = of_server(Role.ADMIN, member(1, you=True))
    assert admin.offered == ["admin", "member", "viewer"]
    assert admin.invites and admin.host == "team.example.com"
    assert not of_server(Role.MEMBER, member(1, you=True)).invites
