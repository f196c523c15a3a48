"""Photographs the real window on the real engine: every page and state, light and dark, four sizes.

`make screenshots` runs it on a screen of its own and writes `screenshots/STATE-THEME-SIZE.png`.
With names of states after the folder it writes only those.
"""

import asyncio
import contextlib
import os
import socket
import sys
import tempfile
import traceback
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

os.environ["OLLAMA_HOST"] = "127.0.0.1:9"  # pictures do not depend on what this machine has
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # and leave nothing in it

import psycopg
from photographer import SETTLE_SECONDS, Photographer
from plan_scenes import plans
from publishing_scenes import publishing
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from team_pictures import team

from marketer_desktop.cli.window import open_window
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.services.activities import CancelActivity
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.campaigns import CreateCampaign
from marketer_desktop.services.change_status import ChangeStatus
from marketer_desktop.services.databases import GetDatabaseUrl
from marketer_desktop.services.document_library import ListDocuments, TagDocument
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.import_activity import ImportActivity
from marketer_desktop.services.lend_model import EndLending, LendModels, PauseLending
from marketer_desktop.services.organizations import CreateOrganization, SwitchOrganization
from marketer_desktop.services.profile import SavePreferences, SaveProfile
from marketer_desktop.services.projects import CreateProject, UpdateProject
from marketer_desktop.services.start_activity import StartActivity
from marketer_desktop.system.places import packaged
from marketer_desktop.ui.app import desktop
from marketer_desktop.ui.pages.optimise.page import OptimisePage
from marketer_desktop.ui.pages.settings.local_api_section import LocalApiSection
from marketer_desktop.ui.pages.settings.passphrase_sheet import Purpose, ask_passphrase
from marketer_desktop.ui.pages.wizard.wizard_sheet import WizardSheet
from marketer_desktop.ui.shell.sidebar import Sidebar
from marketer_desktop.ui.theme import motion
from marketer_desktop.ui.widgets.button import Button

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PROJECT = "Spring subscriptions"
PIECES = (
    (
        "twitter",
        "Three grams more in every cup",
        "Weigh your coffee once: sixty grams for a litre is what our roastery drinks.",
        ("in_review", "approved", "published"),
    ),
    (
        "email",
        "Your first bag is on its way",
        "We roasted it this morning. Leave it closed for two days, then enjoy it for four weeks.",
        ("in_review", "approved", "published"),
    ),
    (
        "linkedin",
        "What ten small offices taught our roastery",
        "Ten offices changed to fresh beans in May. Nobody asked for a larger machine.",
        ("in_review",),
    ),
    (
        "webpage",
        "A coffee subscription for offices in Hamburg",
        "Choose how many cups you drink. We bring the beans every second Tuesday.",
        (),
    ),
)
OLDER_ACTIVITIES = (
    "ALTER TABLE activities DISABLE TRIGGER USER",
    "UPDATE activities a SET updated_at = updated_at - power(n.place, 3) * interval '1 hour' "
    "FROM (SELECT id, row_number() OVER (ORDER BY id DESC) AS place FROM activities) n "
    "WHERE n.id = a.id",
    "ALTER TABLE activities ENABLE TRIGGER USER",
)
OLDER_REQUESTS = (
    "UPDATE agent_executions e SET started_at = started_at - n.days * interval '1 day' "
    "FROM (SELECT id, (17 - 6 * ln(row_number() OVER (ORDER BY id)))::int "
    "% extract(day FROM now())::int AS days FROM agent_executions) n WHERE n.id = e.id",
)
TO_OPTIMISE = packaged("resources") / "samples" / "piece.md"
TOAST_SECONDS = 6  # it says that the piece is ready
LONG_NAME = "Bäckerei Grün & Söhne – Filiale München-Süd"


async def walk(photos: Photographer, folder: Path) -> None:
    """Every page: first with nothing in it, then as after a month of work."""
    await welcome(photos)
    await empty(photos)
    url = (await photos.call(GetDatabaseUrl())).url
    await work_of_a_month(photos, url)
    await running(photos, url)
    await filled(photos)
    await editor(photos)
    await overlays(photos)
    await publishing(photos, folder)
    await plans(photos, url)
    await failed(photos, folder)
    await team(photos)


async def welcome(photos: Photographer) -> None:
    await photos.show("welcome")
    await photos.take("welcome")
    await photos.call(SaveProfile(name="Ada Bright", organization="Kestrow Coffee Roasters"))
    await photos.call(SavePreferences(values={"welcome": {"done": True}}))


async def empty(photos: Photographer) -> None:
    for page in ("dashboard", "projects", "documents", "team", "optimise"):
        await photos.show(page)
        await photos.take(f"{page}-empty")


async def running(photos: Photographer, url: str) -> None:
    started = await photos.call(
        StartActivity(
            type="blog",
            topic="How fresh coffee keeps a small office awake",
            keywords=["office coffee", "fresh coffee"],
            words=500,
            model="starter",
        )
    )
    photos.activity_id = started.activity_id
    await photos.show("activity", activity_id=started.activity_id)
    await photos.written(started.activity_id, percent=40)
    await asyncio.sleep(2)
    await photos.take("progress-running")
    await photos.show("dashboard")
    await photos.take("dashboard-running")
    await photos.written(started.activity_id)
    await asyncio.sleep(TOAST_SECONDS)
    await asyncio.to_thread(change, url, OLDER_REQUESTS)


async def work_of_a_month(photos: Photographer, url: str) -> None:
    samples = [str(path) for path in sorted((packaged("resources") / "samples").glob("*.*"))]
    await photos.call(IngestDocuments(paths=[path for path in samples if "piece" not in path]))
    documents = (await photos.call(ListDocuments())).documents
    for entry, tag in zip(documents, ("facts", "stories", "brand"), strict=False):
        await photos.call(TagDocument(document_id=entry.id, tags=[tag]))
    await project_with_campaign(photos)
    for kind, title, text, statuses in PIECES:
        piece = ImportActivity(markdown=f"# {title}\n\n{text}", type=kind, project=PROJECT)
        made = await photos.call(piece)
        for status in statuses:
            await photos.call(ChangeStatus(activity_id=made.activity_id, status=status))
    await asyncio.to_thread(change, url, OLDER_ACTIVITIES)


def change(url: str, statements: tuple[str, ...]) -> None:
    """What no call can do: move what was just done into the days before."""
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)


async def project_with_campaign(photos: Photographer) -> None:
    voice = BrandVoice(
        tone="Warm and exact",
        style="Short sentences, no superlatives",
        preferred=["fresh roast", "our roastery"],
        forbidden=["world-class", "unleash"],
        examples=["We roast on Monday and send on Tuesday. What you drink on Friday is fresh."],
    )
    made = await photos.call(CreateProject(name=PROJECT))
    await photos.call(UpdateProject(project_id=made.project_id, brand_voice=voice))
    campaign = CreateCampaign(
        project_id=made.project_id,
        name="Offices in Hamburg",
        goal="Fifty offices that drink fresh coffee by June",
        start_date=date.today() - timedelta(days=20),
        end_date=date.today() + timedelta(days=70),
        budget_amount=4000,
        budget_currency="EUR",
    )
    await photos.call(campaign)


async def filled(photos: Photographer) -> None:
    for page in ("dashboard", "projects", "documents", "team"):
        await photos.show(page)
        await photos.take(page)
    await photos.take("drawer", photos.window.findChild(Sidebar).open_drawer)
    for tab in ("activities", "documents", "voice", "settings"):
        await photos.show("project", project_id=2, tab=tab)
        await photos.take("project" if tab == "activities" else f"project-{tab}")
    for section in ("general", "appearance", "models", "services", "backup", "privacy", "about"):
        await photos.show("settings", section=section)
        await photos.take(f"settings-{section}")
    await local_api(photos)
    await agent(photos)


async def local_api(photos: Photographer) -> None:
    await photos.show("settings", section="api")
    await photos.take("settings-api-off")
    section = photos.window.findChild(LocalApiSection)
    section.switch.click()
    await photos.settle()
    await photos.take("settings-api")
    await photos.show("settings", section="api")
    with socket.create_server(("127.0.0.1", 0)) as other:
        section.port.setValue(other.getsockname()[1])
        section.port.editingFinished.emit()
        await photos.settle()
        await photos.take("settings-api-failed")
    section.switch.click()
    await photos.settle()


async def agent(photos: Photographer) -> None:
    await photos.show("settings", section="agent")
    await photos.take("settings-agent-off")
    with contextlib.suppress(ServiceError):  # where no key can be kept, it is lent all the same
        await photos.call(LendModels(server="http://127.0.0.1:9", key="agnt_picture"))
    await photos.settle()
    await photos.take("settings-agent-waiting")
    await photos.call(PauseLending(action="pause"))
    await photos.settle()
    await photos.take("settings-agent-paused")
    await photos.call(EndLending())
    for purpose in get_args(Purpose):
        ask_passphrase(photos.context, purpose)
        await photos.take_sheet(f"passphrase-{purpose}")


async def editor(photos: Photographer) -> None:
    await photos.show("activity", activity_id=photos.activity_id)
    await photos.settle()
    for number, tab in enumerate(("content", "seo", "social", "analytics"), 1):
        photos.press(Qt.Key(Qt.Key.Key_0 + number), CONTROL_SHIFT)
        await photos.settle()
        await photos.take(f"editor-{tab}")
    photos.press(Qt.Key.Key_1, CONTROL_SHIFT)
    photos.press(Qt.Key.Key_H, CONTROL_SHIFT)
    await photos.settle()
    await photos.take("editor-revisions")
    photos.press(Qt.Key.Key_H, CONTROL_SHIFT)
    await photos.show("optimise")
    page = photos.window.findChild(OptimisePage)
    page.editor.set_text(TO_OPTIMISE.read_text("utf-8"))
    QTest.keyClicks(page.score.keyphrase, "green coffee")
    await asyncio.sleep(1)  # it is scored a moment after the last key
    await photos.settle()
    await photos.take("optimise")


async def overlays(photos: Photographer) -> None:
    await photos.show("dashboard")
    await wizard(photos)
    popovers = photos.session._popovers
    popovers.open_palette()
    await photos.settle()
    await photos.take("palette")
    popovers._palette.field.setText("coffee")
    await photos.settle()
    await photos.take("palette-search")
    popovers._palette.close_palette()
    popovers._notifications.toggle()
    await photos.settle()
    await photos.take("notifications")
    popovers._notifications.close_popover()
    popovers.open_shortcuts()
    await photos.take_sheet("shortcuts")


async def wizard(photos: Photographer) -> None:
    photos.context.go.new_activity()
    await photos.settle()
    sheet = photos.sheet(WizardSheet)
    await photos.take("wizard-1")
    sheet.go_on()
    QTest.keyClicks(sheet.content.topic, "Fresh coffee in small hotels")
    sheet.content.keywords.add("hotel coffee")
    sheet.content.keywords.add("fresh coffee")
    await photos.settle()
    await photos.take("wizard-2")
    sheet.go_on()
    await photos.settle()
    await photos.take("wizard-3")
    sheet.reject()
    await asyncio.sleep(SETTLE_SECONDS)
    await photos.take("wizard-discard")
    discard = [each for each in photos.sheet().findChildren(Button) if each.text() == "Discard"]
    discard[0].click()
    await photos.settle()


async def failed(photos: Photographer, folder: Path) -> None:
    damaged = folder / "price list 2026.pdf"
    damaged.write_bytes(b"%PDF-1.7\n1 0 obj <</Type /Catalog>>\nstartxref\n0\n%%EOF\n")
    await photos.call(IngestDocuments(paths=[damaged]))
    damaged.unlink()
    await photos.show("documents")
    await photos.take("documents-error")
    brief: dict[str, Any] = {
        "type": "email",
        "topic": "An offer for hotels",
        "keywords": ["hotel coffee"],
    }
    started = await photos.call(StartActivity(**brief, words=80, model="ollama:gone"))
    await asyncio.sleep(3)
    await photos.show("activity", activity_id=started.activity_id)
    await photos.take("progress-failed")
    stopped = await photos.call(StartActivity(**brief, words=200, model="starter"))
    await asyncio.sleep(2)
    await photos.call(CancelActivity(activity_id=stopped.activity_id))
    await photos.show("activity", activity_id=stopped.activity_id)
    await photos.take("progress-stopped")
    await photos.call(CreateProject(name=LONG_NAME))
    await photos.show("projects")
    await photos.take("projects-long-name")
    made = await photos.call(CreateOrganization(name=LONG_NAME))
    await photos.call(SwitchOrganization(organization_id=made.organization_id))
    await photos.show("dashboard")
    await photos.take("dashboard-long-name")


def main(folder: Path, wanted: set[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    on_ready = desktop.Desktop._on_ready
    under_way: list[asyncio.Future[None]] = []
    missed = ["the walk did not reach its end"]

    def ready(self: Any) -> None:
        on_ready(self)
        motion.set_reduced(True)
        photos = Photographer(self._session, folder, wanted)
        under_way.append(asyncio.ensure_future(photograph(photos, self)))

    async def photograph(photos: Photographer, self: Any) -> None:
        try:
            await photos.settle()
            await walk(photos, folder)
            missed.clear()
        except Exception:
            traceback.print_exc()
        finally:
            self.end_now()

    desktop.Desktop._on_ready = ready  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory(prefix="mkt-photo-", ignore_cleanup_errors=True) as data:
        Path(data).chmod(0o711)
        with contextlib.suppress(SystemExit):
            open_window(Path(data) / "data")
    sys.exit(*missed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]))
