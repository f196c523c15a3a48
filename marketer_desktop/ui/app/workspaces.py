"""The organizations as the account menu lists them, each with the account that it came by."""

from collections.abc import Sequence

from marketer_desktop.services.organizations import HomeAccount, OrganizationEntry
from marketer_desktop.ui.bridge.server_host import host_of
from marketer_desktop.ui.shell.account_menu import WorkspaceEntry


def workspaces(listed: Sequence[OrganizationEntry]) -> list[WorkspaceEntry]:
    """An account goes by its server; by its address too where there are several on one server."""
    accounts = {each.account.account_id: each.account for each in listed if each.account}
    hosts = [host_of(account.server) for account in accounts.values()]

    def home(account: HomeAccount | None) -> str:
        if account is None:
            return ""
        host = host_of(account.server)
        return host if hosts.count(host) == 1 else f"{account.email} · {host}"

    return [WorkspaceEntry(each.organization_id, each.name, home(each.account)) for each in listed]
