"""The page *Optimise a text*: any text, checked while it is written."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services.import_activity import ReadTextFile
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.optimise.check_card import CheckCard
from marketer_desktop.ui.pages.optimise.presenter import OptimisePresenter
from marketer_desktop.ui.pages.optimise.text_editor import EXTENSIONS, TextEditor, markdown_of
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.empty_state import EmptyState
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.page import Page
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.text_input import TextInput

PANEL = 384
PANEL_MEDIUM = 344
NARROW_TEXT = 320
WAIT_MS = 400  # after the last key: a check in the middle of a word helps nobody
UNBOUND = 16_777_215  # Qt's own word for no limit


class OptimisePage(Page):
    """The text on the left, what is asked of it and what the checks say on the right."""

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
        self.save = Button(self.tr("Save as activity"), variant="primary", icon="file-plus")
        self.type = Select()
        for kind, name in self._types().items():
            self.type.add(name, kind)
        self.keyphrase = TextInput(self.tr("What people search for"))
        self.counts = Label("", "secondary", "secondary", tabular=True)
        self.checks = CheckCard()
        self.empty = EmptyState(
            "gauge",
            self.tr("No checks yet"),
            self.tr("They appear as soon as there is a text."),
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
        self.set_primary(self.save)
        self._text_card = Card(self.tr("Text"))
        self._text_card.head.addWidget(self.counts)
        self._text_card.body.setContentsMargins(4, 0, 4, 4)
        self._text_card.body.addWidget(self.editor, 1)
        self._panel = QWidget()
        panel = QVBoxLayout(self._panel)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(16)
        panel.addWidget(Field(self.tr("Type"), self.type))
        self._keyphrase = Field(self.tr("Keyphrase"), self.keyphrase, optional=True)
        panel.addWidget(self._keyphrase)
        panel.addWidget(self.checks)
        panel.addWidget(self.empty)
        panel.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(20)
        self._columns.addWidget(self._text_card, 1)
        self._columns.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(self._columns, 1)
        self._arrange(self.width_class())

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._on_text)
        self.editor.file_dropped.connect(self.open_file)
        self.keyphrase.textChanged.connect(self._on_text)
        self.type.chosen.connect(lambda _: self._check_soon(0))
        self.checks.show_asked.connect(self.editor.show_place)
        self.open.clicked.connect(self._ask_file)
        self.save.clicked.connect(
            lambda: self._context.tasks.start("optimise: save", self._saved())
        )
        self.width_class_changed.connect(self._arrange)

    def _arrange(self, width: str) -> None:
        narrow = width == "narrow"
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        panel = PANEL_MEDIUM if width == "medium" else PANEL
        self._panel.setMinimumWidth(0 if narrow else panel)
        self._panel.setMaximumWidth(UNBOUND if narrow else panel)
        self._text_card.setMinimumHeight(NARROW_TEXT if narrow else 0)

    def _on_text(self) -> None:
        self._check_soon(WAIT_MS)

    def _check_soon(self, wait: int) -> None:
        self._presenter.markdown = self.editor.toPlainText()
        self._presenter.keyphrase = self.keyphrase.text()
        self._presenter.type = self.type.value()
        self._show()
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
        report = None if self._presenter.is_empty else self._presenter.report
        self.save.setEnabled(not self._presenter.is_empty)
        self.checks.setVisible(report is not None)
        self.empty.setVisible(self._presenter.is_empty)
        self._keyphrase.set_counter("")
        self.counts.setText("")
        if report is None:
            return
        said = self.tr("{words} words · {minutes} min read")
        self.counts.setText(said.format(words=report.word_count, minutes=report.minutes))
        if self._presenter.keyphrase.strip():
            once = report.keyphrase.count == 1
            use = self.tr("1 use") if once else self.tr("{count} uses")
            density = self.tr("density {density:.1f}%").format(density=report.keyphrase.density)
            self._keyphrase.set_counter(f"{use.format(count=report.keyphrase.count)} · {density}")
        self.checks.show_report(self._presenter)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a text"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{extension}" for extension in EXTENSIONS)
        dialog.setNameFilter(f"{self.tr('Texts')} ({patterns})")
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    async def _opened(self, path: Path) -> None:
        told = await self._context.engine.call(ReadTextFile(path=path))
        self.editor.set_text(markdown_of(told.text) if told.kind == "html" else told.text)
        self._check_soon(0)

    async def _saved(self) -> None:
        self._check_soon(WAIT_MS)
        self.save.set_loading(True)
        try:
            kept = await self._context.engine.call(self._presenter.save())
        finally:
            self.save.set_loading(False)
        self._presenter.clear()
        self.editor.set_text("")
        self.keyphrase.clear()
        self._context.go.to("activity", activity_id=kept.activity_id)
