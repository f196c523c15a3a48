"""The editor page in a window, with an engine that answers from a small store."""

import asyncio
from typing import Any
from uuid import UUID

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from marketer_desktop.domain.checks.check import Check
from marketer_desktop.domain.comparison import compared
from marketer_desktop.domain.scoring.verdict import Position, Score
from marketer_desktop.services.add_asset import AddAsset, Asset
from marketer_desktop.services.call import ServiceError
from marketer_desktop.services.change_status import ArchiveActivity, ChangeStatus, StatusChange
from marketer_desktop.services.check_text import CheckText, TextReport
from marketer_desktop.services.content import OpenContent, SaveContent, Saved
from marketer_desktop.services.fix_check import FixCheck, FixedText
from marketer_desktop.services.regenerate import (
    RegenerateActivity,
    RegenerateSection,
    StartedAgain,
)
from marketer_desktop.services.revisions import (
    Comparison,
    DiffRevisions,
    ListRevisions,
    RestoreRevision,
    RevisionEntry,
    RevisionList,
)
from marketer_desktop.services.rewrite import RewritePassage, Rewritten
from marketer_desktop.ui.pages.editor.page import EditorPage
from tests.factories.reports import report_of
from tests.fakes.fake_bridge import FakeWindow
from tests.patience import becomes_true
from tests.unit.ui.test_editor_presenter import NOW, content

KEPT = ("markdown", "title", "description", "slug", "keyphrase", "variants")
TWICE = "“A cup costs” stands there more than 3 times."


class Store:
    """What an engine keeps of one text, as far as the page sees it."""

    def __init__(self, **values: Any) -> None:
        self.content = content(title="Coffee for the office", **values)
        self.saves: list[SaveContent] = []
        self.refuse: Exception | None = None
        self.score: Score | None = None
        self.fixes: list[FixCheck] = []
        self.fixed: dict[str, Any] = {"outcome": "none", "message": "No fix was found."}
        self.checks = [
            Check(id="word_count", hard=True, passed=True, message="42 words."),
            Check(
                id="repetition",
                hard=True,
                passed=False,
                message=TWICE,
                positions=[Position(start=100, end=111, text="A cup costs")],
            ),
        ]

    def save(self, call: SaveContent) -> Saved | Exception:
        if self.refuse is not None:
            return self.refuse
        if call.base_revision != self.content.revision:
            return ServiceError("Not saved: this text was changed elsewhere.")
        self.saves.append(call)
        changed = {"markdown": call.markdown, "revision": call.base_revision + 1}
        self.content = self.content.model_copy(update=changed)
        return Saved(revision=self.content.revision, word_count=9, saved_at=NOW)

    def check(self, call: CheckText) -> TextReport:
        uses = call.markdown.lower().count("coffee")
        return report_of(self.checks, self.score, uses=uses)

    def fix(self, call: FixCheck) -> FixedText:
        self.fixes.append(call)
        kept = {name: getattr(call, name) for name in KEPT}
        return FixedText(report=report_of(self.checks), **{**kept, **self.fixed})

    def change(self, call: ChangeStatus | ArchiveActivity) -> StatusChange:
        before, status = self.content.status, getattr(call, "status", "archived")
        self.content = self.content.model_copy(update={"status": status})
        return StatusChange(activity_id=7, before=before, status=status)

    def revisions(self, call: ListRevisions) -> RevisionList:
        return RevisionList(
            revisions=[
                RevisionEntry(
                    number=number, reason=reason, title="T", word_count=40, at=NOW, by=None
                )
                for number, reason in ((2, "edited"), (1, "generated"))
            ]
        )

    def answers(self) -> dict[Any, Any]:
        return {
            OpenContent: lambda call: self.content,
            SaveContent: self.save,
            CheckText: self.check,
            FixCheck: self.fix,
            ChangeStatus: self.change,
            ArchiveActivity: self.change,
            ListRevisions: self.revisions,
            DiffRevisions: lambda call: Comparison(
                a=call.a, b=call.b, changes=compared("Old text", "New text")
            ),
            RestoreRevision: Saved(revision=9, word_count=9, saved_at=NOW),
            RewritePassage: Rewritten(text="A cup is cheap.", invented=["9"], lost_citations=[1]),
            RegenerateSection: Rewritten(text="Fresh words.", invented=[], lost_citations=[]),
            RegenerateActivity: StartedAgain(activity_id=7, run_id=UUID(int=7)),
            AddAsset: Asset(
                path="assets/cup.png", filename="cup.png", media_type="image/png", size_bytes=9
            ),
        }


class Opened:
    """A page with a text in it."""

    def __init__(self, qtbot: QtBot, store: Store, size: tuple[int, int]) -> None:
        self.store = store
        self.main = QMainWindow()
        qtbot.addWidget(self.main)
        self.fake = FakeWindow(store.answers(), self.main)
        self.page = EditorPage(self.fake.context)
        self.editor = self.page.column.editor
        self.main.setCentralWidget(self.page)
        self.main.resize(*size)
        self.main.show()

    async def open(self) -> None:
        self.page.shown(activity_id=7)
        await self.until(lambda: self.page.text is not None and bool(self.calls(CheckText)))
        await self.fake.settle()

    def calls(self, kind: Any) -> list[Any]:
        return self.fake.engine.of(kind)

    async def until(self, condition: Any, seconds: float = 5.0) -> None:
        async def holds() -> bool:
            await self.fake.settle()
            return bool(condition())

        await becomes_true(holds, seconds)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.editor, text)

    def select(self, text: str) -> None:
        self.editor.setTextCursor(self.editor.document().find(text))

    async def close(self) -> None:
        self.store.refuse = None
        self.page.left()
        await self.fake.settle()
        await asyncio.sleep(0.01)
        await self.fake.tasks.close()
