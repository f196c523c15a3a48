"""The progress page: watch a run, leave it, stop it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from marketer_desktop.domain.words import count_words
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.activities import (
    CancelActivity,
    ResumeActivity,
    ShowActivity,
)
from marketer_desktop.services.live_runs import ListRuns
from marketer_desktop.services.planned_outline import OUTLINE_REVIEW
from marketer_desktop.services.show_draft import ShowDraft
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.progress import wording
from marketer_desktop.ui.pages.progress.draft_view import DraftView
from marketer_desktop.ui.pages.progress.outline.card import OutlineCard
from marketer_desktop.ui.pages.progress.outline.review import OutlineReview
from marketer_desktop.ui.pages.progress.presenter import (
    CAN_STOP,
    RESUMABLE,
    ProgressPresenter,
    RunView,
)
from marketer_desktop.ui.pages.progress.run_card import RunCard
from marketer_desktop.ui.theme.type import code_font
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.divider import Divider
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.error_view import ErrorView
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.skeleton import Skeleton

LEFT = 320
NARROW_DRAFT = 360
UNBOUND = 16_777_215  # Qt's own word for no limit
TICK_MS = 1000
DETAILS_HEIGHT = 96
Action = tuple[str, Callable[[], None]]


class ProgressPage(Page):
    """Shows one run; the others are a choice away, and go on when the page is left."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._context = context
        self._presenter = ProgressPresenter()
        self._asked: int | None = None
        self._state: tuple[str, ...] | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_card)
        self._again: set[str] = set()
        self._make_parts()
        self._lay_out()
        self._connect()

    # What is shown.

    def _make_parts(self) -> None:
        self.open = Button(self.tr("Open"), variant="primary", icon="square-pen")
        self.write = Button(self.tr("Write it"), variant="primary", icon="sparkles")
        self.write.setToolTip(self.tr("Write it (Ctrl+Enter)"))
        self.outline = OutlineCard()
        self._review = OutlineReview(self._context, self.outline, self.write, self)
        self.chooser = Select()
        self.chooser.setAccessibleName(self.tr("Run"))
        self.card = RunCard()
        self.draft = DraftView()
        self.words = Label("", "secondary", "secondary", tabular=True)
        self.waiting = Skeleton(4)
        self.empty = EmptyState(
            "sparkles",
            self.tr("Nothing is being written"),
            self.tr("Start a piece, and watch it here while it is written."),
            self.tr("New activity"),
        )
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(code_font())
        self.details.setFixedHeight(DETAILS_HEIGHT)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.hide()

    def _lay_out(self) -> None:
        self.set_primary(self.open)
        self.head.addWidget(self.write)
        self.write.hide()
        self.title.setMinimumHeight(self.open.height())  # it does not move when that appears
        self.open.hide()
        self._notices = QVBoxLayout()
        self._notices.setSpacing(12)
        self._draft_card = Card(self.tr("Draft"))
        self._draft_card.head.addWidget(self.words)
        self._draft_card.body.setContentsMargins(0, 0, 0, 0)
        self._draft_card.body.setSpacing(0)
        self._draft_card.body.addWidget(Divider())
        self._draft_card.body.addWidget(self.draft, 1)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.chooser)
        column.addWidget(self.card, 1)
        self._run = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._run)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(20)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._draft_card, 1)
        self._columns.addWidget(self.outline, 1)
        self.outline.hide()
        self.content.addLayout(self._notices)
        for part in (self._run, self.waiting, self.empty):
            self.content.addWidget(part, 1)
        self._arrange(self.width_class())
        self._show_only(self.waiting)

    def _connect(self) -> None:
        self.open.clicked.connect(self._open)
        self.card.cancel_asked.connect(self._cancel)
        self.chooser.chosen.connect(self._choose)
        self.empty.action.connect(lambda: self._context.go.new_activity())
        self.width_class_changed.connect(self._arrange)
        self._review.approved.connect(self._on_approved)
        for keys, call in (
            ("Ctrl+.", self._cancel),
            ("Ctrl+Return", self._write),
            ("Ctrl+Enter", self._write),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)
        self._context.engine.run_events.connect(self._on_events)
        self._context.engine.changed.connect(self._on_changed)

    def shown(self, **arguments: Any) -> None:
        """Show the run of `activity_id`, else one that is under way."""
        self._asked = arguments.get("activity_id")
        self._state = None
        self.draft.begin()
        self._tick.start()
        self._start("progress: read", self._read)

    def left(self) -> None:
        """The run goes on."""
        self._tick.stop()
        self._review.keep()

    def _arrange(self, width: str) -> None:
        stacked = width == "narrow"
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self._left.setMinimumWidth(0 if stacked else LEFT)
        self._left.setMaximumWidth(UNBOUND if stacked else LEFT)
        self._draft_card.setMinimumHeight(NARROW_DRAFT if stacked else 0)
        self.outline.set_stacked(stacked)

    def _show_only(self, shown: QWidget) -> None:
        for part in (self._run, self.waiting, self.empty):
            part.setVisible(part is shown)

    # From the engine.

    def _start(self, name: str, work: Callable[[], Any]) -> None:
        """Run `work`; if the same is under way, once more after it: things have changed since."""
        if self._context.tasks.is_running(name):
            self._again.add(name)
            return

        async def until_settled() -> None:
            self._again.add(name)
            while name in self._again:
                self._again.discard(name)
                await work()

        self._context.tasks.start(name, until_settled(), self._on_error)

    async def _read(self) -> None:
        self._presenter.take_list((await self._context.engine.call(ListRuns())).runs)
        chosen = self._presenter.choose(self._asked)
        if chosen is None:
            self.set_title(self.tr("Progress"))
            self._show_only(self.empty)
            return
        await self._load(chosen)
        self._show_only(self._run)
        self._show()

    async def _load(self, activity_id: int) -> None:
        self._presenter.loading(activity_id)
        told = await self._context.engine.call(ShowActivity(activity_id=activity_id))
        draft = await self._context.engine.call(ShowDraft(activity_id=activity_id))
        if told.status == OUTLINE_REVIEW:
            await self._review.load(activity_id)
        else:
            self._review.forget(activity_id)
        self._presenter.loaded(told, draft)

    async def _read_more(self, activity_id: int) -> None:
        await self._load(activity_id)
        if activity_id == self._presenter.current:
            self._show()

    async def _read_list(self) -> None:
        self._presenter.take_list((await self._context.engine.call(ListRuns())).runs)
        self._show()

    def _on_events(self, events: list[RunEvent]) -> None:
        for activity_id in self._presenter.apply(events):
            if activity_id == self._presenter.current:
                self._start(f"progress: {activity_id}", partial(self._read_more, activity_id))
        if self._presenter.is_shown(events):
            self._show()

    def _on_changed(self, subject: str) -> None:
        if subject == "activities" and self._presenter.current is not None:
            self._start("progress: list", self._read_list)

    def _on_error(self, message: str, details: str) -> None:
        self.waiting.hide()
        if self._presenter.run is not None and self._run.isVisible():
            self._context.go.show_error(message, details)
            return
        view = ErrorView(message, details, on_retry=self._retry)
        self._replace_notice(view)

    def _retry(self) -> None:
        self._replace_notice(None)
        self._show_only(self.waiting)
        self.shown(activity_id=self._presenter.current)

    # Showing.

    def _show(self) -> None:
        run = self._presenter.run
        if run is None or self._run.isHidden():
            return
        self.set_title(wording.title(run))
        self.open.setVisible(run.status in ("completed", "needs_attention"))
        self._show_card()
        self._show_chooser()
        self._show_state(run)
        reviewed = run.status == OUTLINE_REVIEW and self._review.shows(run.activity_id)
        self.write.setVisible(reviewed)
        self.outline.setVisible(reviewed)
        self._draft_card.setVisible(not reviewed)
        blocks = run.draft.shown()
        self.draft.setPlaceholderText(wording.no_draft(run))
        self.draft.show_blocks(blocks, is_growing=not run.is_over)
        live = sum(count_words(block.text) for block in blocks if block.style != "note")
        count = run.word_count if run.is_over and run.word_count else live
        self.words.setText(self.tr("{count} words").format(count=count) if count else "")

    def _show_card(self) -> None:
        if self._presenter.run is not None:
            self.card.show_run(self._presenter.run)

    def _show_chooser(self) -> None:
        runs = self._presenter.listed
        self.chooser.setVisible(len(runs) > 1)
        shown = [wording.choice(run.title, run.status) for run in runs]
        if shown == [self.chooser.itemText(place) for place in range(self.chooser.count())]:
            self.chooser.set_value(self._presenter.current)
            return
        if self.chooser.view().isVisible():
            return
        self.chooser.clear()
        for run, text in zip(runs, shown, strict=True):
            self.chooser.add(text, run.activity_id)
        self.chooser.set_value(self._presenter.current)

    def _show_state(self, run: RunView) -> None:
        """The banner stays the same widget as long as it says the same."""
        said = wording.state(run)
        key = (str(run.activity_id), run.status, *(said or ()))
        if key == self._state:
            return
        self._state = key
        self.details.setPlainText(run.error)
        self._replace_notice(Banner(said[0], said[1], self._actions(run)) if said else None)

    def _actions(self, run: RunView) -> list[Action]:
        actions: list[Action] = []
        if run.status in RESUMABLE:
            actions.append((self.tr("Resume"), self._resume))
        if run.status == "failed" and run.error:
            actions.append((self.tr("Details"), self._toggle_details))
            actions.append((self.tr("Copy"), self._copy))
        return actions

    def _replace_notice(self, notice: QWidget | None) -> None:
        self._notices.removeWidget(self.details)
        self.details.hide()
        while (item := self._notices.takeAt(0)) is not None:
            widget = item.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        if notice is not None:
            self._notices.addWidget(notice)
            self._notices.addWidget(self.details)

    # What a person does.

    def _choose(self, activity_id: int) -> None:
        self._context.go.to("activity", activity_id=activity_id)

    def _open(self) -> None:
        self._context.go.to("activity", activity_id=self._presenter.current)

    def _write(self) -> None:
        if self.write.isVisible():
            self._review.write_it()

    def _on_approved(self, activity_id: int) -> None:
        self._presenter.approved(activity_id)
        self._show()

    def _toggle_details(self) -> None:
        self.details.setVisible(self.details.isHidden())

    def _copy(self) -> None:
        run = self._presenter.run
        if run is not None:
            QGuiApplication.clipboard().setText(run.error)
            self._context.go.toast(self.tr("Copied."))

    def _cancel(self) -> None:
        run = self._presenter.run
        if run is not None and run.status in CAN_STOP:
            self._context.tasks.start("progress: cancel", self._stop(run))

    async def _stop(self, run: RunView) -> None:
        self.card.cancel.set_loading(True)
        try:
            await self._context.engine.call(CancelActivity(activity_id=run.activity_id))
        finally:
            self.card.cancel.set_loading(False)
        await self._read_more(run.activity_id)

    def _resume(self) -> None:
        run = self._presenter.run
        if run is not None:
            self._context.tasks.start("progress: resume", self._take_up(run))

    async def _take_up(self, run: RunView) -> None:
        await self._context.engine.call(ResumeActivity(activity_id=run.activity_id, follow=False))
        run.resumed()
        self._show()
