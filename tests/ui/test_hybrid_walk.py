"""One way through the window: account, edits, plan, team and agent, at a server that listens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.plans import LIMITS, Plan
from marketer_desktop.hybrid.account.accounts import connect
from marketer_desktop.hybrid.agent.lend import lend
from marketer_desktop.hybrid.sync.runner import synced
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.factory import ModelFactory
from marketer_desktop.llm.starter import StarterServer
from marketer_desktop.services.begin_syncing import begin_syncing
from marketer_desktop.services.organizations import ListOrganizations, SwitchOrganization
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.projects import CreateProject
from marketer_desktop.ui.app.sync_watch import ROUND, SyncWatch
from marketer_desktop.ui.pages.project.page import ProjectPage
from marketer_desktop.ui.pages.settings.page import SettingsPage
from marketer_desktop.ui.pages.team.invite_sheet import InviteSheet
from marketer_desktop.ui.pages.team.page import TeamPage
from marketer_desktop.ui.shell.topbar import Topbar
from tests.factories.agent_hub import Hub, agent_hub
from tests.factories.engines import running_parts
from tests.factories.mirrors import bare_parts
from tests.factories.near_window import NearWindow
from tests.factories.serving import PASSWORD, Teammate, add_organization, add_teammate
from tests.factories.stripe import BEGAN, PRICES, SECRET, event, invoice, send, subscription
from tests.fakes.memory_keyring import MemoryKeyring, keyring_in_use
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.scripted_chat_model import ScriptedChatModel

LEFT = Qt.MouseButton.LeftButton
MAIL = {"topic": "Fresh coffee", "content_type": "email", "target_word_count": 60}
FRIEND = "bo@example.com"


class Desk:
    """The pages of a window with an engine that reaches the server of the hub."""

    def __init__(self, qtbot: QtBot, parts: Parts, hub: Hub, owner: Teammate) -> None:
        self.qtbot, self.hub, self.owner = qtbot, hub, owner
        self.window = NearWindow(qtbot, parts)
        self.topbar = Topbar()
        column = QVBoxLayout(self.window.frame)
        column.addWidget(self.topbar)
        self.settings = SettingsPage(self.window.context)
        self.project = ProjectPage(self.window.context)
        self.team = TeamPage(self.window.context)
        self._pages: list[Any] = [self.settings, self.project, self.team]
        for page in self._pages:
            column.addWidget(page)
        self.watch = SyncWatch(self.window.context, self.topbar)

    async def call(self, call: Any) -> Any:
        return await self.window.bridge.call(call)

    def go(self, page: Any, **arguments: Any) -> None:
        """Show one page, as navigation does."""
        for each in self._pages:
            each.setVisible(each is page)
        page.shown(**arguments)

    async def click(self, widget: QWidget) -> None:
        """Once it can be seen and used."""
        await self.window.until(lambda: widget.isVisible() and widget.isEnabled())
        self.qtbot.mouseClick(widget, LEFT)

    async def type(self, line: QLineEdit, text: str) -> None:
        """Once there is a place for it."""
        await self.window.until(line.isVisible)
        self.qtbot.keyClicks(line, text)

    async def sync(self) -> None:
        """Ask for it in the bar at the top, and wait until all is told to both sides."""
        await self.window.until(lambda: not self.window.context.tasks.is_running(ROUND))
        self.watch.popover.sync_asked.emit()
        await self.window.until(lambda: not self.window.context.tasks.is_running(ROUND))
        await self.says("Up to date")

    async def says(self, word: str) -> None:
        """Wait until the bar at the top says so."""
        await self.window.until(lambda: self.topbar.sync.text() == word)

    async def reads(self, part: QWidget, text: str) -> None:
        """Wait until a person can read this."""

        def there() -> bool:
            labels = [each for each in part.findChildren(QLabel) if each.isVisible()]
            return any(text in each.text() for each in labels)

        await self.window.until(there)

    @asynccontextmanager
    async def colleague(self) -> AsyncIterator[httpx.AsyncClient]:
        """Somebody who works on the server."""
        async with self.hub.server.client(self.owner) as client:
            yield client


@pytest.fixture
async def hub(migrated_url: str, tmp_path: Path) -> AsyncIterator[Hub]:
    """A server that writes with a model of its own, if it is let."""
    model, embeddings = ScriptedChatModel(about="coffee"), MiniLmEmbeddings()
    async with running_parts(migrated_url, tmp_path / "server", model, embeddings) as parts:
        parts.settings.stripe_webhook_secret = SECRET
        parts.settings.stripe_prices = dict(PRICES)  # type: ignore[arg-type]
        async with agent_hub(parts) as hub:
            yield hub
    embeddings.close()


@pytest.fixture
async def desk(qtbot: QtBot, hub: Hub, second_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    organization = await add_organization(hub.parts, "My Company", plan="free")
    async with hub.parts.database.unit_of_work() as work:
        await work.organizations.change(organization[0], LIMITS[Plan.FREE]._asdict())
        await work.commit()
    owner = await add_teammate(hub.parts, "user@example.com", organization)
    with keyring_in_use(MemoryKeyring()), OllamaServer() as ollama:
        async with bare_parts(second_url, tmp_path / "desk") as bare:
            own = replace(bare, models=ModelFactory(StarterServer(tmp_path), ollama.address))
            own.servers.learn(partial(connect, own))
            own.syncer.learn(partial(synced, own))
            own.lender.learn(partial(lend, own))
            await own.queue.open()
            desk = Desk(qtbot, own, hub, owner)
            syncing = asyncio.create_task(begin_syncing(own))
            yield desk
            await own.lender.close()
            syncing.cancel()
            await asyncio.gather(syncing, return_exceptions=True)
            await desk.window.close()
            await own.syncer.close()
            await own.servers.close()
            await own.queue.stop()


async def connected(desk: Desk) -> None:
    """Settings → Account: the address of the server, then e-mail and password."""
    form = desk.settings.account.form
    desk.go(desk.settings, section="account")
    await desk.type(form.server, desk.hub.server.url)
    await desk.click(form.go_on)
    await desk.click(form.use_password)
    await desk.type(form.email, desk.owner.email)
    await desk.type(form.password, PASSWORD)
    await desk.click(form.sign_in)
    await desk.says("Up to date")
    await desk.reads(desk.settings.account, "My Company")
    listed = (await desk.call(ListOrganizations())).organizations
    team = next(each for each in listed if each.account is not None)
    await desk.call(SwitchOrganization(organization_id=team.organization_id))


async def edited(desk: Desk) -> int:
    """A project is shared by its switch, and changed at the server; its number there."""
    made = await desk.call(CreateProject(name="Spring"))
    desk.go(desk.project, project_id=made.project_id, tab="settings")
    await desk.click(desk.project.settings.sharing.switch)
    await desk.window.until(lambda: desk.topbar.sync.text().endswith(" waiting"))
    await desk.sync()
    async with desk.colleague() as colleague:
        (project,) = (await colleague.get("/api/projects")).json()["data"]["projects"]
        path = f"/api/projects/{project['id']}"
        assert (await colleague.patch(path, json={"name": "Summer"})).status_code == 200
    await desk.sync()
    await desk.reads(desk.project, "Summer")
    return int(project["id"])


async def paid(desk: Desk) -> None:
    """Settings → Billing, before and after Stripe's events."""
    billing = desk.settings.billing
    desk.go(desk.settings, section="billing")
    await desk.window.until(lambda: billing.pill.text() == "Free")
    await desk.reads(billing, "1 of 3 used")
    whose = {"organization_id": str(desk.owner.organization_id)}
    told = subscription(metadata=whose)
    async with httpx.AsyncClient(base_url=desk.hub.server.url, trust_env=False) as stripe:
        made = event("customer.subscription.created", told)
        assert (await send(stripe, made)).status_code == 200
        bill = invoice(status="paid", amount_paid=5800)
        assert (await send(stripe, event("invoice.paid", bill, BEGAN + 9))).status_code == 200
    await desk.sync()
    await desk.window.until(lambda: billing.pill.text() == "Pro")
    await desk.reads(billing, "1 of 50 used")
    await desk.reads(billing, "58.00 USD a month")
    model = billing.invoices.table.model()
    await desk.window.until(lambda: model.rowCount() == 1)
    assert [model.index(0, column).data() for column in (1, 2)] == ["Paid", "58.00 USD"]


async def invited(desk: Desk) -> None:
    """Team → Invite; who follows the link is in the list."""
    desk.go(desk.team)
    await desk.click(desk.team.invite)
    sheet = desk.window.frame.findChild(InviteSheet)
    assert sheet is not None
    await desk.type(sheet.email, FRIEND)
    await desk.click(sheet.invite)
    await desk.window.until(lambda: bool(sheet.link.text()))
    path = f"/api/invitations/{sheet.link.text().rsplit('/', 1)[1]}/accept"
    await desk.click(sheet.cancel)
    async with httpx.AsyncClient(base_url=desk.hub.server.url, trust_env=False) as guest:
        given = {"name": "Bo", "password": "fresh coffee every day"}
        assert (await guest.post(path, json=given)).status_code == 200
    await desk.sync()
    model = desk.team.table.model()
    await desk.window.until(lambda: model.index(1, 0).data() == f"Bo, {FRIEND}")
    assert (model.rowCount(), model.index(1, 1).data()) == (2, "Member")


async def lent(desk: Desk, project: int) -> None:
    """Settings → Agent: connected with a key, live while it writes, then paused."""
    agent, key = desk.settings.lending, (await desk.hub.socket(desk.owner)).key
    desk.go(desk.settings, section="agent")
    await desk.type(agent.form.server, desk.hub.server.url)
    await desk.type(agent.form.key, key)
    await desk.click(agent.form.connect_button)
    await desk.window.until(lambda: agent.pill.text() == "Connected")
    await desk.hub.has(1)
    async with desk.colleague() as colleague:
        organization = f"/api/organizations/{desk.owner.organization_id}"
        await colleague.patch(organization, json={"llm_mode": "local_agent"})
        asked = {**MAIL, "project_id": project}
        queued = await colleague.post("/api/workflows/execute", json=asked)
        path = f"/api/activities/{queued.json()['data']['activity_id']}"
        await desk.reads(agent.served, "Answered")
        while (row := (await colleague.get(path)).json()["data"])["status"] == "generating":
            await desk.window.fake.settle()
    assert row["status"] in ("completed", "needs_attention"), row["error"]
    assert row["model"] == "agent:llama3.2:3b"
    await desk.reads(agent.served, " answered")
    await desk.click(agent.pause)
    await desk.window.until(lambda: agent.pill.text() == "Paused")
    await desk.hub.has(0)


async def test_connected_edited_paid_invited_lent_and_paused(desk: Desk) -> None:
    desk.watch.read()
    await connected(desk)
    project = await edited(desk)
    await paid(desk)
    await invited(desk)
    await lent(desk, project)
