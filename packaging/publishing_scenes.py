"""Publishing in the pictures: where texts go, the sheet that sends them, and the calendar."""

from datetime import datetime, timedelta
from pathlib import Path

from photographer import Photographer

from marketer_desktop.services.activity_page import ShowActivityPage
from marketer_desktop.services.publish import Publish
from marketer_desktop.services.publishing_targets import AddTarget
from marketer_desktop.ui.pages.editor.head import EditorHead
from marketer_desktop.ui.pages.settings.publishing_section import PublishingSection

MORNING = {"hour": 9, "minute": 0, "second": 0, "microsecond": 0}
PLANNED_DAYS = (1, 2, 5, 5)
READY = ("completed", "approved", "published")


async def publishing(photos: Photographer, folder: Path) -> None:
    """With nowhere to publish to, then with a folder, and a calendar with something on it."""
    await photos.show("calendar")
    await photos.take("calendar-empty")
    await photos.show("settings", section="publishing")
    await photos.take("settings-publishing-empty")
    photos.window.findChild(PublishingSection).card.add_asked.emit()
    await photos.take_sheet("target-sheet")
    await sheet(photos, "publish-empty")
    await plan(photos, folder)
    await sheet(photos, "publish")
    await photos.show("settings", section="publishing")
    await photos.take("settings-publishing")
    await photos.show("calendar")
    await photos.take("calendar")


async def plan(photos: Photographer, folder: Path) -> None:
    """One text is out, and others are to follow."""
    posts = folder / "site" / "content" / "posts"
    posts.mkdir(parents=True, exist_ok=True)
    listed = (await photos.call(ShowActivityPage())).activities
    ready = [each for each in listed if each.status in READY]
    for project_id in {each.project_id for each in listed}:
        await photos.call(
            AddTarget(name="Website", kind="folder", address=str(posts), project_id=project_id)
        )
    today = datetime.now().astimezone().replace(**MORNING)
    for each, days in zip(ready, PLANNED_DAYS, strict=False):
        at = today + timedelta(days=days)
        order = Publish(activity_id=each.id, target="Website", publish_at=at)
        await photos.call(order)


async def sheet(photos: Photographer, state: str) -> None:
    """The sheet of the text that was written."""
    await photos.show("activity", activity_id=photos.activity_id)
    photos.window.findChild(EditorHead).publish.click()
    await photos.take_sheet(state)
