"""How organizations are listed: this computer's own, and each account's under its name."""

from marketer_desktop.services.organizations import HomeAccount, OrganizationEntry
from marketer_desktop.ui.app.workspaces import workspaces

TEAM, SAAS = "https://team.example.com", "https://app.example.com:8443"


def entry(number: int, server: str = "", email: str = "ada@example.com") -> OrganizationEntry:
    account_id = hash((server, email))
    account = HomeAccount(account_id=account_id, server=server, email=email) if server else None
    return OrganizationEntry(
        organization_id=number,
        name=f"Organization {number}",
        slug="x",
        plan="local",
        role="owner",
        is_current=False,
        account=account,
    )


def homes(*listed: OrganizationEntry) -> list[str]:
    return [each.home for each in workspaces(listed)]


def test_an_account_goes_by_its_server() -> None:
    assert homes(entry(1), entry(2, TEAM), entry(3, TEAM), entry(4, SAAS)) == [
        "",
        "team.example.com",
        "team.example.com",
        "app.example.com",
    ]


def test_two_accounts_on_one_server_are_told_apart() -> None:
    told = homes(entry(1, TEAM), entry(2, TEAM, "bo@example.com"), entry(3, SAAS))
    assert told == [
        "ada@example.com · team.example.com",
        "bo@example.com · team.example.com",
        "app.example.com",
    ]
