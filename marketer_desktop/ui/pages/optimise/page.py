"""The page *Optimise a text*: any text, scored while it is written, mended check by check."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.fix_check import FixedText
from marketer_desktop.services.import_activity import ReadTextFile
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.optimise.panel import BAR_ROOM, SidePanel
from marketer_desktop.ui.pages.optimise.presenter import OptimisePresenter, Version
from marketer_desktop.ui.pages.optimise.text_editor import EXTENSIONS, TextEditor, markdown_of
from marketer_desktop.ui.pages.optimise.variants_sheet import VariantsSheet
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.scoring.findings import Finding
from marketer_desktop.ui.widgets.scoring.score_panel import ScorePanel
from marketer_desktop.ui.widgets.select import Select

PANEL = 384
PANEL_MEDIUM = 344
NARROW_TEXT = 320
WAIT_MS = 400  # after the last key: a check in the middle of a word helps nobody


class OptimisePage(Page):
    """The text on the left, its score and what is to improve on the right."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Optimise a text"))
        self._context, self._presenter = context, OptimisePresenter()
        self._again = False
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._check)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show()

    def shown(self, **arguments: Any) -> None:
        """The text is still there."""
        self.editor.setFocus()

    def open_file(self, path: Path) -> None:
        """Put the text of a file in the place of what is there."""
        self._context.tasks.start("optimise: open", self._opened(path))

    def _make_parts(self) -> None:
        self.editor = TextEditor()
        self.open = Button(self.tr("Open file"), icon="folder-open")
        self.repurpose = Button(self.tr("Repurpose"), icon="share-2")
        self.repurpose.setToolTip(self.tr("Make posts and a mail of this text"))
        self.save = Button(self.tr("Save as activity"), variant="primary", icon="file-plus")
        self.type = Select()
        for kind, name in self._types().items():
            self.type.add(name, kind)
        self.score = ScorePanel()
        self.counts = Label("", "secondary", "secondary", tabular=True)
        self.empty = EmptyState(
            "gauge",
            self.tr("No score yet"),
            self.tr("Paste or open a text. It is scored while you write."),
        )

    def _types(self) -> dict[ContentType, str]:
        return {
            ContentType.BLOG: self.tr("Blog post"),
            ContentType.WEBPAGE: self.tr("Web page"),
            ContentType.LINKEDIN: self.tr("LinkedIn post"),
            ContentType.TWITTER: self.tr("X post or thread"),
            ContentType.EMAIL: self.tr("Email"),
        }

    def _lay_out(self) -> None:
        self.head.addWidget(self.open)
        self.head.addWidget(self.repurpose)
        self.set_primary(self.save)
        self._text_card = Card(self.tr("Text"))
        self._text_card.head.addWidget(self.counts)
        self._text_card.body.setContentsMargins(4, 0, 4, 4)
        self._text_card.body.addWidget(self.editor, 1)
        self._panel = SidePanel()
        self._panel.column.addWidget(Field(self.tr("Type"), self.type))
        self._panel.column.addWidget(self.score)
        self._panel.column.addWidget(self.empty)
        self._panel.column.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(20)
        self._columns.addWidget(self._text_card, 1)
        self._columns.addWidget(self._panel)
        self.content.addLayout(self._columns, 1)
        self._arrange(self.width_class())

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._on_text)
        self.editor.file_dropped.connect(self.open_file)
        self.type.chosen.connect(self._on_type)
        self.score.field_edited.connect(self._on_field)
        self.score.show_asked.connect(self._point_at)
        self.score.fix_asked.connect(self._fix)
        self.score.highlight_toggled.connect(lambda _: self._mark())
        self.open.clicked.connect(self._ask_file)
        tasks = self._context.tasks
        self.repurpose.clicked.connect(
            lambda: tasks.start("optimise: repurpose", self._repurposed())
        )
        self.save.clicked.connect(lambda: tasks.start("optimise: save", self._saved()))
        self.width_class_changed.connect(self._arrange)

    def _pad(self) -> None:
        """The bar of the panel stands in the page's margin: cards and buttons end in one line."""
        super()._pad()
        margins = self._column.contentsMargins()
        bar = 0 if self.width_class() == "narrow" else BAR_ROOM
        margins.setRight(margins.right() - bar)
        self._column.setContentsMargins(margins)
        self.head.setContentsMargins(0, 0, bar, 0)

    def _arrange(self, width: str) -> None:
        narrow = width == "narrow"
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._panel.fit(None if narrow else PANEL_MEDIUM if width == "medium" else PANEL)
        self._text_card.setMinimumHeight(NARROW_TEXT if narrow else 0)

    # What people do.

    def _on_text(self) -> None:
        self._presenter.set_text(self.editor.toPlainText())
        self.editor.point_at([])
        self._check_soon(WAIT_MS)

    def _on_field(self, name: str, value: str) -> None:
        self._presenter.set_field(name, value)
        self._check_soon(WAIT_MS)

    def _on_type(self, kind: ContentType) -> None:
        self._presenter.type = kind
        self._check_soon(0)

    def _point_at(self, finding: Finding) -> None:
        """Select what a check speaks of."""
        exact = finding.group != "contract"  # its places are counted in the visible text
        is_same = self._presenter.markdown == self._presenter.checked_markdown
        self.editor.point_at(finding.places, exact=exact and is_same)

    def _mark(self) -> None:
        wanted = self.score.highlight.isChecked()
        self.editor.mark_words(self._presenter.fields["keyphrase"].strip() if wanted else "")

    def _fix(self, check_id: str) -> None:
        self._context.tasks.start("optimise: fix", self._fixed(check_id))

    def _put(self, version: Version) -> None:
        """Show another version; a changed text is one step to undo."""
        self.editor.replace_text(version.markdown)
        self._presenter.put(version)
        self._check_soon(0)

    def _undo(self, before: Version, after: Version) -> None:
        if self._presenter.version() == after:
            if before.markdown != after.markdown:
                self.editor.undo()
            self._put(before)
        else:
            self._context.go.toast(self.tr("The text was changed since. Use Ctrl+Z to go back."))

    # What is shown.

    def _check_soon(self, wait: int) -> None:
        self._presenter.markdown = self.editor.toPlainText()
        self._show()
        self.score.set_waiting(True)
        self._wait.start(wait)

    def _check(self) -> None:
        if self._presenter.is_empty:
            return
        self._again = not self._context.tasks.start("optimise: check", self._checked())

    async def _checked(self) -> None:
        while True:
            self._again = False
            asked = self._presenter.check()
            report = await self._context.engine.call(asked)
            if self._presenter.take(asked, report):
                self._show()
            if not self._again:
                return

    def _show(self) -> None:
        presenter = self._presenter
        report = None if presenter.is_empty else presenter.report
        for button in (self.save, self.repurpose):
            button.setEnabled(not presenter.is_empty)
        self.score.setVisible(report is not None)
        self.empty.setVisible(presenter.is_empty)
        self.score.set_searched(presenter.is_searched)
        self.score.set_fields(presenter.fields)
        self.score.search.set_place(self.tr("your-site.example"))
        self._mark()
        self.counts.setText("")
        if report is not None:
            said = self.tr("{words} words · {minutes} min read · Flesch {flesch}")
            self.counts.setText(
                said.format(
                    words=f"{report.word_count:,}",
                    minutes=report.minutes,
                    flesch=round(report.score.flesch),
                )
            )
            self.score.set_findings(presenter.findings(), report.score, report.keyphrase)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a text"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{extension}" for extension in EXTENSIONS)
        dialog.setNameFilter(f"{self.tr('Texts')} ({patterns})")
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    # What the engine does.

    async def _opened(self, path: Path) -> None:
        told = await self._context.engine.call(ReadTextFile(path=path))
        self.editor.set_text(markdown_of(told.text) if told.kind == "html" else told.text)
        self._check_soon(0)

    async def _fixed(self, check_id: str) -> None:
        before = self._presenter.version()
        self.score.set_fixing(check_id)
        try:
            told: FixedText = await self._context.engine.call(self._presenter.fix(check_id))
        finally:
            self.score.set_fixing("")
        go = self._context.go
        if self._presenter.version() != before:
            go.toast(self.tr("The text was changed meanwhile. Nothing was fixed."))
        elif told.outcome != "fixed":
            go.toast(told.message)
        else:
            after = self._presenter.take_fixed(told)
            self._put(after)
            go.toast(told.message, self.tr("Undo"), lambda: self._undo(before, after))

    async def _repurposed(self) -> None:
        self.repurpose.set_loading(True)
        try:
            told = await self._context.engine.call(self._presenter.repurpose())
        finally:
            self.repurpose.set_loading(False)
        sheet = VariantsSheet(self._context.go.window(), told.variants, self.tr("You"))
        sheet.copied.connect(lambda: self._context.go.toast(self.tr("Copied.")))
        sheet.closed.connect(sheet.deleteLater)
        sheet.open_sheet()

    async def _saved(self) -> None:
        self.save.set_loading(True)
        try:
            kept = await self._context.engine.call(self._presenter.save())
        finally:
            self.save.set_loading(False)
        self._presenter.clear()
        self.editor.set_text("")
        self._context.go.to("activity", activity_id=kept.activity_id)
