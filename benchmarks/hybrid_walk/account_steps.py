"""The first half: an account, edits on both sides, the plan, and a team."""

import json
from typing import Any

from benchmarks.hybrid_walk.api import Api
from benchmarks.hybrid_walk.desktop_side import OPENED_BY, Desktop
from benchmarks.hybrid_walk.seeing import expect
from benchmarks.hybrid_walk.server_side import EMAIL, PASSWORD, SLUG, Server
from tests.factories.stripe import BEGAN, SECRET, event, invoice, subscription

FRIEND, PROJECT = "bo@example.com", "Spring"


class AccountSteps:
    """In this order, each once; each returns what was seen."""

    def __init__(self, server: Server, desktop: Desktop) -> None:
        self._server, self._desktop = server, desktop

    def connect(self) -> str:
        """An organization at the server, and a desktop that joins it with a password."""
        company = {"name": "My Company", "slug": SLUG}
        made = self._server.founder().ask("POST", "/api/organizations", **company)
        self.number = int(made["id"])
        self.there = self._server.founder(SLUG)
        self._desktop.command("secrets", "passphrase", typed=f"{OPENED_BY}\n")
        words = ("account", "connect", self._server.address, "--email", EMAIL)
        said = self._desktop.command(*words)
        self._sync()
        self.here = self._desktop.api(SLUG)
        return f"{said.strip()} {self._plan()}"

    def edit_here(self) -> str:
        """A project that is shared is at the server after a round."""
        made = self.here.ask("POST", "/api/projects", name=PROJECT, share_with_team=True)
        self._project_here = int(made["id"])
        found = self._projects(self.there)
        expect(found == [], f"before the sync the server has {found}")
        self._sync()
        (found,) = self.there.ask("GET", "/api/projects")["projects"]
        expect(found["name"] == PROJECT, f"the server has {found}")
        self.project = int(found["id"])
        return f"the server has the project “{PROJECT}” after one round"

    def edit_there(self) -> str:
        """What somebody changes at the server is here after a round."""
        words = "Said at the server"
        self.there.ask("PATCH", f"/api/projects/{self.project}", description=words)
        self._sync()
        found = self.here.ask("GET", f"/api/projects/{self._project_here}")["description"]
        expect(found == words, f"the desktop has {found!r}")
        return f"the desktop has its description “{words}”"

    def conflict(self) -> str:
        """One field, changed on both sides, is decided by a person."""
        self.there.ask("PATCH", f"/api/projects/{self.project}", name="Summer")
        self.here.ask("PATCH", f"/api/projects/{self._project_here}", name="Autumn")
        state = self._desktop.synced().state
        expect(state == "needs_attention", f"two names for one project are {state}")
        listed = json.loads(self._desktop.command("sync", "conflicts", "--json"))
        (found,) = listed["conflicts"]
        sides = (found["mine"], found["theirs"])
        expect(sides == ("Autumn", "Summer"), f"the conflict is {found}")
        self._desktop.command("sync", "decide", str(found["conflict_id"]), "--keep", "mine")
        (account,) = json.loads(self._desktop.command("sync", "now", "--json"))["accounts"]
        expect(account["state"] == "up_to_date", f"the sync has ended as {account}")
        names = self._projects(self.there)
        expect(names == ["Autumn"], f"the server has {names}")
        return "“Autumn” here and “Summer” there: decided, and “Autumn” on both sides"

    def limit(self) -> str:
        """The free plan has room for one, and the desktop says so."""
        return f"“{self.here.refusal('POST', self._members(), email=FRIEND, role='member')}”"

    def pay(self) -> str:
        """A signed event of Stripe changes the plan; an unsigned one does not."""
        whose = {"organization_id": str(self.number)}
        told = event("customer.subscription.created", subscription(metadata=whose))
        expect(self.there.tell_of(told, "another secret") == 401, "a false signature was taken")
        expect(self.there.tell_of(told, SECRET) == 200, "a signed event was not taken")
        self._sync()
        paid = self._billing()["subscription"]
        expect(paid and paid["amount"] == 5800, f"the desktop shows the subscription {paid}")
        return f"{self._plan()}, paid with {_money(paid['amount'], paid)} a {paid['interval']}"

    def invoice(self) -> str:
        """An invoice that is paid is on the desktop."""
        told = invoice(status="paid", amount_paid=5800)
        expect(self.there.tell_of(event("invoice.paid", told, BEGAN + 9), SECRET) == 200, "refused")
        self._sync()
        found = self.here.ask("GET", "/api/billing/invoices")["invoices"]
        expect(len(found) == 1 and found[0]["status"] == "paid", f"the desktop shows {found}")
        return f"the desktop shows one of {_money(found[0]['amount_paid'], found[0])}, paid"

    def invite(self) -> str:
        """The desktop invites, the server makes the link, and who follows it is a member here."""
        made = self.here.ask("POST", self._members(), email=FRIEND, role="member")
        token = made["link"].rsplit("/", 1)[1]
        given = {"name": "Bo", "password": PASSWORD}
        self._server.client().ask("POST", f"/api/invitations/{token}/accept", **given)
        self._sync()
        found = self.here.ask("GET", self._members())["members"]
        seen = {each["user"]["email"]: (each["role"], each["status"]) for each in found}
        expect(seen.get(FRIEND) == ("member", "active"), f"the team here is {seen}")
        return f"{FRIEND} has accepted, and is one of {len(found)} members on the desktop"

    def _sync(self) -> None:
        account = self._desktop.synced()
        expect(account.state == "up_to_date", f"the sync has ended as {account}")

    def _projects(self, api: Api) -> list[str]:
        return [str(each["name"]) for each in api.ask("GET", "/api/projects")["projects"]]

    def _members(self) -> str:
        """The path of the organization's members on the desktop, which has its own numbers."""
        listed = self.here.ask("GET", "/api/organizations")["organizations"]
        number = next(each["id"] for each in listed if each["slug"] == SLUG)
        return f"/api/organizations/{number}/members"

    def _billing(self) -> dict[str, Any]:
        found: dict[str, Any] = self.here.ask("GET", "/api/billing/subscription")
        return found

    def _plan(self) -> str:
        told = self._billing()
        limits = f"projects: {told['max_projects']}, members: {told['max_users']}"
        return f"The desktop shows the plan “{told['plan']}” ({limits})"


def _money(cents: int, of: dict[str, Any]) -> str:
    return f"{cents / 100:.2f} {of['currency']}"
