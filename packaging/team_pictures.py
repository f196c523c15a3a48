"""The window joined to a team server: accounts, sync, conflicts, refusals, sharing."""

import asyncio
import tempfile
from pathlib import Path

from photographer import Photographer
from PySide6.QtGui import QDesktopServices
from team_server import ADA, PASSWORD, Colleague, team_server

from marketer_desktop.services.activities import ListActivities
from marketer_desktop.services.content import OpenContent, SaveContent
from marketer_desktop.services.import_activity import ImportActivity
from marketer_desktop.services.kept_secrets import SetPassphrase
from marketer_desktop.services.lend_model import EndLending, LendModels, ShowLending
from marketer_desktop.services.organizations import ListOrganizations, SwitchOrganization
from marketer_desktop.services.projects import CreateProject, ListProjects, UpdateProject
from marketer_desktop.services.show_sync import ShowSync, SyncNow
from marketer_desktop.services.sync_quarantine import DiscardQuarantined, ListQuarantine
from marketer_desktop.ui.pages.settings.account_section import AccountSection
from marketer_desktop.ui.pages.settings.connect_form import ConnectForm
from marketer_desktop.ui.widgets.button import Button

PIECE = """# Coffee for the winter terrace

Guests stay for eleven minutes. A small cup that is hot serves them better than a large one.

We roast on Monday and send on Tuesday. What you pour on Friday is fresh."""
PROJECT = "Winter terrace"


async def team(photos: Photographer) -> None:
    """From the first address to a server that is gone."""
    await photos.show("settings", section="account")
    await photos.take("account-none")
    await photos.call(SetPassphrase(new="a passphrase for pictures"))
    with tempfile.TemporaryDirectory(prefix="mkt-team-", ignore_cleanup_errors=True) as folder:
        with team_server(Path(folder) / "data") as address:
            colleague = Colleague(address)
            colleague.invite_ada()
            await connecting(photos, address)
            await sharing(photos)
            await organization(photos)
            await differing(photos, colleague)
            await refused(photos, colleague)
            await lending(photos, colleague, address)
        await photos.call(SyncNow())
        await account(photos, "account-offline")


async def connecting(photos: Photographer, address: str) -> None:
    """By the browser, which is given up, then with a password."""
    form = photos.window.findChild(AccountSection).form
    form.server.setText(address)
    form.go_on.click()
    await photos.settle()
    await photos.take("account-ways")
    opened, QDesktopServices.openUrl = QDesktopServices.openUrl, lambda url: True
    form.browser.click()
    await asyncio.sleep(1)
    await photos.take("account-browser")
    form.wait.cancel.click()
    QDesktopServices.openUrl = opened
    form.use_password.click()
    form.email.setText(ADA)
    form.password.setText("another one")
    form.sign_in.click()
    await until_answered(form)
    await photos.take("account-wrong")
    form.password.setText(PASSWORD)
    form.sign_in.click()
    await until_synced(photos)
    await account(photos, "account")
    popover = photos.session._popovers._sync.popover
    popover.toggle()
    await photos.take("sync")
    popover.close_popover()
    section = photos.window.findChild(AccountSection)
    next(iter(section.cards.values())).sign_out.click()
    await photos.take_sheet("account-sign-out")


async def until_answered(form: ConnectForm) -> None:
    """Wait for what the server says to a password."""
    while True:
        if not form.sign_in.is_loading:
            return
        await asyncio.sleep(0.2)


async def until_synced(photos: Photographer, state: str = "up_to_date") -> None:
    """Wait for the state; a person sees it, too."""
    while True:
        told = (await photos.call(ShowSync())).accounts
        if told and told[0].state == state:
            break
        await asyncio.sleep(0.2)
    await photos.settle()


async def account(photos: Photographer, state: str) -> None:
    """The section of the settings in this state."""
    await photos.show("settings", section="account")
    await photos.settle()
    await photos.take(state)


async def sharing(photos: Photographer) -> None:
    """A project that its team sees."""
    listed = (await photos.call(ListOrganizations())).organizations
    team = next(each for each in listed if each.account is not None)
    await photos.call(SwitchOrganization(organization_id=team.organization_id))
    made = await photos.call(CreateProject(name=PROJECT))
    await photos.call(UpdateProject(project_id=made.project_id, share_with_team=True))
    await photos.call(ImportActivity(markdown=PIECE, project=PROJECT))
    await photos.show("project", project_id=made.project_id, tab="settings")
    await photos.take("project-shared")
    await until_synced(photos)


async def organization(photos: Photographer) -> None:
    """What its server has told of it."""
    await photos.show("settings", section="billing")
    await photos.take("account-billing")
    await photos.show("team")
    await photos.take("account-team")


async def lending(photos: Photographer, colleague: Colleague, address: str) -> None:
    """The starter model writes for the colleague, then pauses."""
    colleague.ask("PATCH", colleague.organization, llm_mode="local_agent")
    key = colleague.ask("POST", "/api/agent-keys", name="Ada's desk")["key"]
    await photos.call(LendModels(server=address, key=key))
    await photos.show("settings", section="agent")
    await until_lent(photos, "connected")
    brief = {"content_type": "email", "target_word_count": 60, "topic": "Coffee for the terrace"}
    activity = colleague.ask("POST", "/api/workflows/execute", **brief)["activity_id"]
    await until_lent(photos, "writing")
    await photos.take("settings-agent-writing")
    await until_written(colleague, activity)
    await photos.settle()
    await photos.take("settings-agent-answered")
    await photos.call(EndLending())


async def until_written(colleague: Colleague, activity: int) -> None:
    """Wait for the text that the colleague has asked for."""
    while True:
        if colleague.ask("GET", f"/api/activities/{activity}")["status"] != "generating":
            return
        await asyncio.sleep(0.5)


async def until_lent(photos: Photographer, state: str) -> None:
    """Wait until the agent or one of its requests is so."""
    while True:
        told = await photos.call(ShowLending())
        if state in (told.state, *(each.state for each in told.requests)):
            break
        await asyncio.sleep(0.1)
    await photos.settle()


async def differing(photos: Photographer, colleague: Colleague) -> None:
    """Both sides change the same before they hear of each other."""
    row, piece = colleague.row("project", name=PROJECT), colleague.row("activity")
    content = dict(piece["data"]["content"])
    content["final_content"] = PIECE.replace("eleven", "twelve").replace("Tuesday", "Wednesday")
    colleague.change(row, name="The terrace in winter")
    colleague.change(piece, content=content)
    project = next(
        each for each in (await photos.call(ListProjects())).projects if each.name == PROJECT
    )
    await photos.call(UpdateProject(project_id=project.project_id, name="Terrace, winter"))
    number = (await photos.call(ListActivities(limit=1))).activities[0].activity_id
    text = await photos.call(OpenContent(activity_id=number))
    mine = PIECE.replace("eleven", "ten").replace("small cup", "cup")
    await photos.call(SaveContent(activity_id=number, base_revision=text.revision, markdown=mine))
    await until_synced(photos, "needs_attention")
    await account(photos, "account-conflicts")
    deciding = photos.window.findChild(AccountSection).deciding
    while deciding.isVisible():
        buttons = deciding.findChildren(Button)
        next(each for each in buttons if each.text() == "Keep mine").click()
        await photos.settle()
    await until_synced(photos)


async def refused(photos: Photographer, colleague: Colleague) -> None:
    """What was allowed when it was written, and is not when it is sent."""
    person = {"email": ADA, "name": "Ada Bright"}
    colleague.change(colleague.row("member", user=person), role="viewer")
    project = (await photos.call(ListProjects())).projects[0]
    await photos.call(UpdateProject(project_id=project.project_id, name="Not for a viewer"))
    await until_synced(photos, "needs_attention")
    await account(photos, "account-refused")
    for change in (await photos.call(ListQuarantine())).refused:
        await photos.call(DiscardQuarantined(refused_id=change.refused_id))
