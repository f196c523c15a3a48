"""The editor page: head, tabs, text and panel, and the text that is open in them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, SignalInstance
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from marketer_desktop.services.check_text import TextReport
from marketer_desktop.services.content import Content
from marketer_desktop.system.places import packaged
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.advice import Advice
from marketer_desktop.ui.pages.editor.anchor import anchor_in
from marketer_desktop.ui.pages.editor.bookshelf import Bookshelf
from marketer_desktop.ui.pages.editor.citation import citation_popover
from marketer_desktop.ui.pages.editor.commands import TextCommands
from marketer_desktop.ui.pages.editor.head import EditorHead
from marketer_desktop.ui.pages.editor.history import History
from marketer_desktop.ui.pages.editor.image_intake import ImageIntake
from marketer_desktop.ui.pages.editor.notices import notice_on
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.panel import EditorPanel
from marketer_desktop.ui.pages.editor.regeneration import Regeneration
from marketer_desktop.ui.pages.editor.rewriting import Rewriting
from marketer_desktop.ui.pages.editor.side import TABS, EditorSide
from marketer_desktop.ui.pages.editor.text_column import TextColumn
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.editor.spelling import Speller
from marketer_desktop.ui.widgets.error_view import ErrorView

COMPACT_BELOW, STACKED_BELOW = 1024, 768
LINKS = ("http", "https", "mailto")


class EditorPage(QWidget):
    """`shown(activity_id=…)` opens a text; leaving the page saves it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._text: OpenText | None = None
        self._speller: Speller | None = None
        self._tab, self._panel_wanted, self._shows_history = "content", True, False
        self.head, self.side = EditorHead(), EditorSide()
        self.column, self.panel = TextColumn(), EditorPanel()
        self._editor = self.column.editor
        self._shelf = Bookshelf(context, self)
        self._commands = TextCommands(context, self._current, self)
        self._history = History(context, self.panel.revisions, self._current, self)
        self.rewriting = Rewriting(context, self._editor, self.column, self)
        self._regeneration = Regeneration(context, self.column, self.rewriting, self._current, self)
        self._images = ImageIntake(context, self._editor, self._current, self)
        self._advice = Advice(context, self._editor, self.panel, self._current, self)
        self._lay_out()
        self._connect()
        self._bind()
        self.head.set_busy(True)
        self._fit_panel()

    def shown(self, activity_id: int, tab: str = "", **_: Any) -> None:
        """Open a text, perhaps in one of its tabs."""
        if tab in TABS:
            self.show_tab(tab)
        if self._text is not None and self._text.state.activity_id == activity_id:
            self._context.tasks.start("look at text", self._text.look())
            return
        self._let_go()
        self.column.show_waiting()
        self.head.title.setText("")
        work = self._shelf.fetch(activity_id, self._editor.markdown, self._take)
        self._context.tasks.start(
            f"open text {activity_id}",
            work,
            lambda message, details: self._show_failure(activity_id, message, details),
        )

    def left(self) -> None:
        """Save what is not saved, in the background; the text stays in the editor until then."""
        self.rewriting.discard()
        self._let_go()

    def show_tab(self, tab: str) -> None:
        """Show `content`, `seo`, `social` or `analytics`."""
        self._tab, self._shows_history = tab, False
        self._panel_wanted = True
        self.side.set_current(tab)
        self._fit_panel()
        self._refresh_notice()
        self._advice.show_marks(self._tab == "seo")

    @property
    def text(self) -> OpenText | None:
        """The text that is open."""
        return self._text

    def _current(self) -> OpenText | None:
        return self._text

    # A text comes and goes.

    def _take(self, text: OpenText, markdown: str) -> None:
        """Show a text that has been read."""
        self._text = text
        state = text.state
        if state.status == "generating":
            self._text = None
            self._context.go.to("activity", activity_id=state.activity_id)
            return
        self._prepare(state.content)
        self._editor.load(markdown)
        for signal, slot in self._wires(text):
            signal.connect(slot)
        self.column.show_text()
        self.head.set_busy(False)
        self.panel.load(state)
        self.side.set_count("social", len(state.variants))
        self._refresh_status()
        self._refresh_outline()
        self._on_stand(text.saver.stand, text.saver.problem)
        text.check()
        if self._shows_history:
            self._history.read()
        self._editor.setFocus()

    def _prepare(self, content: Content) -> None:
        """Find the images of a text in its folder, and check its spelling in its language."""
        self._editor.set_base_folder(Path(content.folder))
        if self._speller is None:
            dictionaries = packaged("resources") / "dictionaries"
            self._speller = Speller(dictionaries, Path(content.dictionary))
        self._editor.set_speller(self._speller if content.language.startswith("en") else None)

    def _let_go(self) -> None:
        if self._text is not None:
            text, self._text = self._text, None
            for signal, slot in self._wires(text):
                signal.disconnect(slot)
            self._shelf.put_away(text)
        self.head.set_busy(True)

    def _wires(self, text: OpenText) -> list[tuple[SignalInstance, Callable[..., None]]]:
        return [
            (text.checked, self._on_checked),
            (text.outdated, self.panel.seo.wait),
            (text.replaced, self._replace),
            (text.status_changed, self._refresh_status),
            (text.run_began, self._go_to_run),
            (text.saver.changed, self._on_stand),
        ]

    def _replace(self, content: Content) -> None:
        """Show what was stored elsewhere while nothing was changed here."""
        if self._text is not None and self._text.state.activity_id == content.activity_id:
            self._reopen()

    def _reopen(self) -> None:
        if self._text is not None:
            activity_id = self._text.state.activity_id
            self._text.saver.stop()
            self._let_go()
            self.shown(activity_id)

    def _show_failure(self, activity_id: int, message: str, details: str) -> None:
        retry: Callable[[], None] = lambda: self.shown(activity_id)  # noqa: E731
        self.column.show_instead(ErrorView(message, details, on_retry=retry))

    def _go_to_run(self) -> None:
        if self._text is not None:
            self._context.go.to("activity", activity_id=self._text.state.activity_id)

    # What the text tells.

    def _on_edited(self) -> None:
        if self._text is not None:
            self._advice.forget_places()
            self._text.edited()

    def _on_checked(self, report: TextReport) -> None:
        if self._text is None:
            return
        self.column.status_bar.set_report(report)
        self.side.set_count("seo", self._text.state.seo or 0)
        self.panel.seo.refresh()
        self.panel.social.refresh()
        self._refresh_outline()
        self._refresh_notice()
        self._advice.show_marks(self._tab == "seo")

    def _on_stand(self, stand: str, problem: str) -> None:
        self.column.status_bar.set_stand(stand, problem)
        self._refresh_notice()

    def _refresh_status(self) -> None:
        if self._text is not None:
            state = self._text.state
            self.head.title.setText(state.heading)
            self.head.status.set(state.status, state.next_statuses())
            self._refresh_notice()

    def _refresh_outline(self) -> None:
        self.side.outline.set_headings(self._editor.outline())

    def _refresh_notice(self) -> None:
        notice = None
        if self._text is not None:
            saver = self._text.saver
            notice = notice_on(self._text.state, saver.stand, saver.problem, self._tab)
        self.column.notices.show_notice(notice)

    # What people do.

    def _act(self, action: str) -> None:
        """An action of the notice above the text."""
        text = self._text
        if text is None:
            return
        works: dict[str, Callable[[], object]] = {
            "mine": lambda: self._context.tasks.start("keep mine", self._keep_mine(text)),
            "theirs": lambda: self._context.tasks.start("use theirs", self._use_theirs(text)),
            "retry": text.saver.retry,
            "copy": lambda: QGuiApplication.clipboard().setText(self._editor.markdown()),
            "resume": self._commands.resume,
            "show": lambda: self.show_tab("seo"),
        }
        works[action]()

    async def _keep_mine(self, text: OpenText) -> None:
        await text.saver.overwrite()

    async def _use_theirs(self, text: OpenText) -> None:
        """Both stay revisions: mine is stored, then theirs is restored."""
        theirs = await self._shelf.newest_revision(text)
        if await text.saver.overwrite() and theirs is not None:
            self.panel.revisions.restore_asked.emit(theirs)

    def _show_citation(self, n: int) -> None:
        """Show the passage behind a mark in the text, below the mark."""
        self._show_source(n, anchor_in(self._editor, self._editor.cursorRect()))

    def _show_listed(self, n: int) -> None:
        """Show a passage below its row in the list of sources."""
        rows = self.panel.analytics.sources
        if rows is not None:
            self._show_source(n, anchor_in(rows, rows.visualRect(rows.currentIndex())))

    def _show_source(self, n: int, anchor: QWidget) -> None:
        if self._text is not None:
            citation_popover(anchor, n, self._text.state.source(n)).show_below()

    def _command(self, command: str, tone: str) -> None:
        if self._text is not None:
            self.rewriting.passage(self._text.state.activity_id, command, tone)

    def _on_taken(self, is_section: bool) -> None:
        if self._text is not None and is_section:
            self._text.saver.touch("regenerated")

    def toggle_history(self) -> None:
        """Show the revisions, or what was shown before."""
        self._shows_history = not self._shows_history
        self._panel_wanted = True
        self._fit_panel()
        if self._shows_history:
            self._history.read()
            self.panel.revisions.focus_list()

    def toggle_panel(self) -> None:
        """Hide the panel, or show it."""
        if self._tab == "content" and not self._shows_history:
            self.show_tab("seo")
            return
        self._panel_wanted = not self._panel_wanted
        self._fit_panel()

    # How it is laid out.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit head, tabs and panel to the window."""
        super().resizeEvent(event)
        self._fit_panel()

    def _fit_panel(self) -> None:
        width = self.window().width()
        below = width < STACKED_BELOW
        self.head.set_compact(width < COMPACT_BELOW)
        self.head.set_corner(not below)
        self.side.set_rail(width < COMPACT_BELOW)
        direction = QBoxLayout.Direction
        self._center.setDirection(direction.TopToBottom if below else direction.LeftToRight)
        self.panel.fit(width, below=below)
        view = "revisions" if self._shows_history else self._tab
        self.panel.setVisible(self._panel_wanted and view != "content")
        if view != "content":
            self.panel.show_view(view)
        self.rewriting.put()

    def _lay_out(self) -> None:
        self._center = QHBoxLayout()
        self._center.setSpacing(0)
        self._center.addWidget(self.column, 3)
        self._center.addWidget(self.panel, 2)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.side)
        body.addLayout(self._center, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(body, 1)

    def _bind(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+Shift+H": self.toggle_history,
            "Ctrl+\\": self.toggle_panel,
            "Ctrl+J": self.column.open_passage_menu,
        }
        for number, tab in enumerate(TABS, start=1):
            keys[f"Ctrl+Shift+{number}"] = partial(self.show_tab, tab)
        for sequence, work in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(work)
        for part in (self.head, self.side, self.panel):  # in the text, the find bar has these
            for sequence, replacing in (("Ctrl+F", False), ("Ctrl+H", True)):
                shortcut = QShortcut(QKeySequence(sequence), part)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(
                    partial(self.column.find_bar.open_find, replacing=replacing)
                )

    def _copy_all(self) -> None:
        self.column.copy_all()
        self._context.go.toast(said("Copied."))

    def _connect(self) -> None:
        head, column, panel = self.head, self.column, self.panel
        head.back_asked.connect(self._context.go.back)
        head.regenerate_asked.connect(self._regeneration.ask)
        head.download_asked.connect(self._commands.download)
        head.copy_asked.connect(self._copy_all)
        head.publish_asked.connect(self._commands.publish)
        head.revisions_asked.connect(self.toggle_history)
        head.status.status_asked.connect(self._commands.change_status)
        head.status.archive_asked.connect(self._commands.archive)
        self.side.tab_chosen.connect(self.show_tab)
        self.side.outline.place_asked.connect(self._editor.go_to)
        self._editor.edited.connect(self._on_edited)
        self._editor.citation_clicked.connect(self._show_citation)
        self._editor.link_clicked.connect(open_link)
        column.commands.image_asked.connect(self._images.choose)
        column.command_asked.connect(self._command)
        column.notices.chosen.connect(self._act)
        column.status_bar.retry.clicked.connect(lambda: self._act("retry"))
        self._advice.heading_changed.connect(head.title.setText)
        self._advice.variants_changed.connect(partial(self.side.set_count, "social"))
        panel.analytics.source_asked.connect(self._show_listed)
        panel.revisions.close_asked.connect(self.toggle_history)
        self._history.restored.connect(self._reopen)
        self._regeneration.all_asked.connect(self._commands.regenerate_all)
        self.rewriting.taken.connect(self._on_taken)


def open_link(address: str) -> None:
    """Open a web or mail address in the system's programs, and nothing else."""
    url = QUrl(address)
    if url.scheme() in LINKS:
        QDesktopServices.openUrl(url)
