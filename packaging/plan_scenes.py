"""An organization of a server in the pictures: its plan, its team, and what has left for it."""

import asyncio

import psycopg
from photographer import Photographer

from marketer_desktop.services.organizations import (
    CreateOrganization,
    ListOrganizations,
    SwitchOrganization,
)
from marketer_desktop.services.projects import CreateProject
from marketer_desktop.services.refusals import PlanExceeded
from marketer_desktop.ui.pages.team.page import TeamPage

NAME = "Kestrow Coffee Roasters GmbH"
# A team that was synced with a server, as far as it is seen in a plan, a team and a log: it is the
# organization that was made last.
JOINED = (
    "INSERT INTO accounts (server, kind, email, remote_user_id, user_id) SELECT "
    "'https://team.kestrow.example', 'password', 'ada@kestrow.example', 7, user_id "
    "FROM organization_members LIMIT 1",
    "UPDATE organizations SET plan = 'pro', max_users = 5, max_projects = 3, max_storage_gb = 50, "
    "requests_per_day = 100, requests_today = 84, plan_started_at = now() "
    "WHERE id = (SELECT max(id) FROM organizations)",
    "UPDATE sync_counters SET is_mirror = true, account_id = (SELECT max(id) FROM accounts) "
    "WHERE organization_id = (SELECT max(id) FROM organizations)",
    "INSERT INTO sync_states (account_id, last_synced_at) SELECT max(id), now() FROM accounts",
    "INSERT INTO users (email, name) VALUES ('bjoern@kestrow.example', 'Björn Åkesson'), "
    "('mai@kestrow.example', 'Nguyễn Thị Mai'), ('sam@kestrow.example', NULL)",
    "INSERT INTO organization_members (user_id, organization_id, role, joined_at, "
    "invitation_expires_at) SELECT u.id, o.id, CASE u.name WHEN 'Björn Åkesson' THEN 'admin' "
    "ELSE 'member' END, CASE WHEN u.name IS NOT NULL THEN now() END, now() + interval '7 days' "
    "FROM users u, organizations o WHERE u.email LIKE '%@kestrow.example' "
    "AND o.id = (SELECT max(id) FROM organizations) ORDER BY u.id",
    "INSERT INTO subscriptions (organization_id, stripe_subscription_id, stripe_customer_id, "
    "stripe_price_id, plan, status, currency, amount, interval, current_period_start, "
    "current_period_end) SELECT id, 'sub_1', 'cus_1', 'price_1', 'pro', 'active', 'EUR', 2900, "
    "'month', now() - interval '9 days', now() + interval '21 days' FROM organizations "
    "WHERE id = (SELECT max(id) FROM organizations)",
    "INSERT INTO invoices (organization_id, stripe_invoice_id, stripe_hosted_url, currency, "
    "amount_due, amount_paid, status, period_start, period_end) SELECT o.id, 'in_' || n, "
    "'https://invoice.stripe.com/i/' || n, 'EUR', 2900, 2900, "
    "CASE n WHEN 0 THEN 'open' ELSE 'paid' END, now() - (n * 30 + 9) * interval '1 day', "
    "now() - (n * 30 - 21) * interval '1 day' FROM organizations o, generate_series(0, 3) n "
    "WHERE o.id = (SELECT max(id) FROM organizations)",
    "INSERT INTO departures (at, account_id, destination, kind, what, times, bytes) SELECT "
    "now() - n * n * interval '7 minutes', (SELECT max(id) FROM accounts), "
    "'team.kestrow.example', (ARRAY['sync_changes', 'sync_push', 'invite', 'sign_in'])[n % 4 + 1], "
    "(ARRAY['The question what has changed', 'Changes of yours, and of usage', "
    "'An invitation: the address of who is invited, and the role', "
    "'Your address and your password'])[n % 4 + 1], 1 + n % 3, 400 + n * 1357 "
    "FROM generate_series(0, 8) n",
)
PAST_DUE = ("UPDATE subscriptions SET status = 'past_due'",)
LONG_OFFLINE = (
    "UPDATE subscriptions SET status = 'active'",
    "UPDATE sync_states SET last_synced_at = now() - interval '20 days'",
)


async def plans(photos: Photographer, url: str) -> None:
    """The organization of this computer, then one of a server; the first one is current again."""
    listed = (await photos.call(ListOrganizations())).organizations
    home = next(each.organization_id for each in listed if each.is_current)
    await photos.show("settings", section="billing")
    await photos.take("settings-billing-local")
    await photos.call(CreateOrganization(name=NAME))
    await changed(photos, url, JOINED)
    await photos.show("settings", section="billing")
    await photos.take("settings-billing")
    await photos.show("settings", section="privacy")
    await photos.take("settings-privacy-account")
    await team(photos)
    await limit(photos)
    await changed(photos, url, PAST_DUE)
    await photos.show("settings", section="billing")
    await photos.take("settings-billing-past-due")
    await changed(photos, url, LONG_OFFLINE)
    await photos.show("dashboard")
    await photos.take("plan-lapsed")
    await photos.call(SwitchOrganization(organization_id=home))


async def team(photos: Photographer) -> None:
    """Its members, and the sheet to invite more."""
    await photos.show("team")
    await photos.take("team-of-server")
    page = photos.window.findChild(TeamPage)
    page.ask_whom()
    await photos.take_sheet("team-invite")


async def limit(photos: Photographer) -> None:
    """One project more than the plan has room for."""
    await photos.show("projects")
    for number in range(4):
        try:
            await photos.call(CreateProject(name=f"Season {number + 1}"))
        except PlanExceeded:
            await photos.take_sheet("limit-reached")
            return


async def changed(photos: Photographer, url: str, statements: tuple[str, ...]) -> None:
    """What a server would tell."""
    await asyncio.to_thread(_change, url, statements)
    listed = (await photos.call(ListOrganizations())).organizations
    current = next(each.organization_id for each in listed if each.is_current)
    await photos.call(SwitchOrganization(organization_id=current))
    await photos.settle()


def _change(url: str, statements: tuple[str, ...]) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)
