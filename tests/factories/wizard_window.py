"""The wizard over a window, with what its engine answers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.services.brief_suggestions import (
    BriefChoices,
    BriefSuggestion,
    SuggestBrief,
)
from marketer_desktop.services.document_library import (
    DocumentEntry,
    DocumentList,
    ListDocuments,
)
from marketer_desktop.services.projects import (
    CampaignRef,
    ListProjects,
    ProjectList,
    ProjectSummary,
)
from marketer_desktop.services.start_activity import StartActivity, StartedActivity
from marketer_desktop.ui.pages.wizard.wizard import Wizard
from marketer_desktop.ui.pages.wizard.wizard_sheet import WizardSheet
from tests.fakes.fake_bridge import FakeWindow

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CTRL = Qt.KeyboardModifier.ControlModifier


def project(number: int, name: str, *campaigns: tuple[int, str]) -> ProjectSummary:
    return ProjectSummary(
        project_id=number,
        name=name,
        is_archived=False,
        campaigns=[CampaignRef(campaign_id=n, name=each) for n, each in campaigns],
        activity_count=0,
        published_count=0,
        document_count=0,
        updated_at=NOW,
    )


def document(number: int, filename: str) -> DocumentEntry:
    return DocumentEntry(
        id=number,
        filename=filename,
        project_id=1,
        project="Spring",
        type="pdf",
        size=1,
        status="indexed",
        percent=None,
        error=None,
        tags=[],
        chunk_count=1,
        pages=1,
        created_at=NOW,
        path=Path("x.pdf"),
    )


PROJECTS = ProjectList(
    projects=[project(1, "Spring", (11, "General"), (12, "Launch")), project(2, "Autumn")]
)
DOCUMENTS = DocumentList(documents=[document(5, "brand.pdf"), document(6, "facts.pdf")], tags=[])
SUGGESTION = BriefSuggestion(
    choices=BriefChoices(project_id=1, campaign_id=12, document_ids=[6]),
    keywords=["CRM", "email"],
    model="starter",
)


class Scene:
    """The wizard over a window, with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.frame = QWidget()
        qtbot.addWidget(self.frame)
        self.frame.resize(1280, 800)
        self.window = FakeWindow(
            {
                SuggestBrief: SUGGESTION,
                ListProjects: PROJECTS,
                ListDocuments: DOCUMENTS,
                StartActivity: StartedActivity(activity_id=77, model="starter"),
            },
            self.frame,
        )
        self.answers = self.window.engine.answers
        self.wizard = Wizard(self.window.context)

    async def open(self, **prefill: Any) -> WizardSheet:
        self.frame.show()
        self.frame.activateWindow()
        self.qtbot.waitUntil(self.frame.isActiveWindow)
        self.wizard.open(**prefill)
        await self.window.settle()
        assert self.wizard.sheet is not None
        return self.wizard.sheet

    async def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        target = self.frame.focusWidget() or self.frame
        self.qtbot.keyClick(target, key, modifier)
        await self.window.settle()

    async def click(self, button: QAbstractButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        await self.window.settle()

    def sent(self) -> StartActivity:
        (call,) = self.window.engine.of(StartActivity)
        assert isinstance(call, StartActivity)
        return call
