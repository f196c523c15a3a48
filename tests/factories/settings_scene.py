"""A settings page with an engine that answers as told."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.plans import Plan
from marketer_desktop.services.autostart import AutostartState, ShowAutostart
from marketer_desktop.services.choose_database import DatabaseChoice, ShowDatabaseChoice
from marketer_desktop.services.daily_backups import BackupSheet, ShowBackups
from marketer_desktop.services.departures import DeparturePage, ShowDepartures
from marketer_desktop.services.diagnose import Diagnose, Diagnosis, PartReport
from marketer_desktop.services.kept_secrets import SecretsPlace, ShowSecrets
from marketer_desktop.services.lend_model import ShowLending
from marketer_desktop.services.lending import Lending
from marketer_desktop.services.local_api import LocalApi, ShowLocalApi
from marketer_desktop.services.models import ListModels, ModelEntry, ModelList
from marketer_desktop.services.organizations import ListOrganizations
from marketer_desktop.services.pages import Pagination
from marketer_desktop.services.profile import (
    Profile,
    SavePreferences,
    SaveProfile,
    ShowProfile,
)
from marketer_desktop.services.providers import ListProviders, ProviderList
from marketer_desktop.services.publishing_targets import ListTargets, PublishingTargetList
from marketer_desktop.services.pull_model import (
    Recommendation,
    Recommendations,
    RecommendModels,
)
from marketer_desktop.services.server_accounts import ServerAccountList, ShowAccounts
from marketer_desktop.services.show_plan import PlanSheet, PlanUse, ShowPlan
from marketer_desktop.services.show_sync import ShowSync, SyncReport
from marketer_desktop.services.sync_conflicts import ListConflicts
from marketer_desktop.services.sync_quarantine import ListQuarantine
from marketer_desktop.ui.pages.settings.page import SettingsPage
from tests.factories.accounts_window import make_organizations, no_conflicts, nothing_refused
from tests.fakes.fake_bridge import FakeWindow
from tests.patience import becomes_true

PROFILE = Profile(
    user_id=1, name="Ada", organization_id=1, organization="Northwind", preferences={}
)
STARTER = ModelEntry(name="starter", description="", tokens_per_second=61.2)
LLAMA = ModelEntry(name="ollama:llama3.2:3b", description="", size_bytes=2_019_393_189, chosen=True)
MODELS = ModelList(models=[STARTER, LLAMA], ollama="Ollama 0.12", ollama_running=True)
SUITED = Recommendations(
    memory_gb=16,
    models=[
        Recommendation(name=name, download_gb=5.2, memory_gb=16, about="Good.", installed=installed)
        for name, installed in (("qwen3:8b", False), ("llama3.2:3b", True))
    ],
)
PARTS = Diagnosis(
    healthy=False,
    parts=[
        PartReport(name="data folder", version="", place="/data/marketer", state="ok"),
        PartReport(
            name="ollama", version="", place="http://127.0.0.1:11434", state="off", advice="Start."
        ),
        PartReport(name="keyring", version="", place="", state="error", advice="Unlock it."),
    ],
)
NOTHING_LEFT = DeparturePage(
    departures=[],
    total_bytes=0,
    kinds=[],
    pagination=Pagination(total=0, page=1, per_page=20, pages=0),
)
NO_BACKUPS = BackupSheet(daily=True, folder=Path("/data/marketer/backups"), backups=[], bytes=0)
NO_CLOUDS = ProviderList(providers=[], keyring=True)
CLOSED = LocalApi(on=False, port=8750, state="off", has_token=False)
EMBEDDED = DatabaseChoice(in_use="embedded", next_start="embedded")


def plan_uses(limit: int | None) -> list[PlanUse]:
    """Some of everything, with the same limit."""
    return [
        PlanUse(name="projects", used=3, limit=limit),
        PlanUse(name="users", used=1, limit=limit),
        PlanUse(name="storage", used=0.4, limit=limit),
        PlanUse(name="requests", used=17, limit=limit),
    ]


LOCAL_PLAN = PlanSheet(organization="Mine", plan=Plan.LOCAL, uses=plan_uses(None), is_local=True)


class Scene:
    """A settings page with an engine that answers as told."""

    def __init__(self, qtbot: QtBot) -> None:
        frame = QWidget()
        qtbot.addWidget(frame)
        self.window = FakeWindow(
            {
                ShowProfile: PROFILE,
                SaveProfile: PROFILE,
                SavePreferences: PROFILE,
                ListModels: MODELS,
                RecommendModels: SUITED,
                ListProviders: NO_CLOUDS,
                Diagnose: PARTS,
                ShowDatabaseChoice: EMBEDDED,
                ShowLocalApi: CLOSED,
                ShowLending: Lending(state="off"),
                ShowAccounts: ServerAccountList(accounts=[]),
                ShowSync: SyncReport(accounts=[]),
                ListConflicts: no_conflicts(),
                ListQuarantine: nothing_refused(),
                ListOrganizations: make_organizations(in_team=False),
                ShowDepartures: NOTHING_LEFT,
                ShowPlan: LOCAL_PLAN,
                ShowAutostart: AutostartState(is_on=False, place="/home/ada/.config/autostart"),
                ShowSecrets: SecretsPlace(kind="keyring", name="SecretService"),
                ShowBackups: NO_BACKUPS,
                ListTargets: PublishingTargetList(targets=[]),
            },
            frame,
        )
        self.page = SettingsPage(self.window.context)
        qtbot.addWidget(self.page)
        self.page.resize(1064, 748)
        self.page.show()

    async def show(self, section: str) -> None:
        self.page.shown(section=section)
        await self.window.settle()
        await self.rest()

    async def rest(self) -> None:
        """Wait for what is read in a thread."""

        async def is_read() -> bool:
            return not self.window.tasks.is_running("settings: AboutSection")

        await becomes_true(is_read)

    def saved(self, kind: Any) -> list[Any]:
        return self.window.engine.of(kind)

    def texts(self, part: QWidget) -> list[str]:
        return [label.text() for label in part.findChildren(QLabel) if label.isVisible()]
