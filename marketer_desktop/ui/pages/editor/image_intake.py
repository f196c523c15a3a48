"""Images on their way into a text: what they show is asked, then they are copied and put in."""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from marketer_desktop.services.add_asset import AddAsset, Asset
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.pages.editor.open_text import OpenText
from marketer_desktop.ui.pages.editor.wording import said
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.editor.editor import MarkdownEditor
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

PASTED = "pasted-image.png"


class ImageSheet(Sheet):
    """Asks what an image shows; Enter inserts it."""

    def __init__(self, window: QWidget, name: str, alt: str) -> None:
        super().__init__(window, said("Image"), width=480, height=0)
        self.alt = TextInput(said("A cup of coffee beside a laptop"))
        self.alt.setText(alt)
        self.alt.selectAll()
        hint = said("What it shows, for those who cannot see it: {0}").format(name)
        self.body.addWidget(Field(said("Alternative text"), self.alt, hint=hint))
        self.insert = Button(said("Insert"), variant="primary")
        self.insert.clicked.connect(self.accept)
        self.alt.returnPressed.connect(self.accept)
        cancel = Button(said("Cancel"))
        cancel.clicked.connect(self.reject)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.insert)
        self.answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

    def accept(self) -> None:
        """Insert it with what was typed."""
        self._settle(self.alt.text().strip())
        super().accept()

    def reject(self) -> None:
        """Leave the image out."""
        self._settle(None)
        super().reject()

    def _settle(self, alt: str | None) -> None:
        if not self.answer.done():
            self.answer.set_result(alt)


class ImageIntake(QObject):
    """Takes one image after another."""

    def __init__(
        self,
        context: PageContext,
        editor: MarkdownEditor,
        current: Callable[[], OpenText | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._editor, self._current = context, editor, current
        self._turn = asyncio.Lock()
        self._count = 0
        editor.image_added.connect(self.take)
        editor.alt_text_asked.connect(self.describe)

    def choose(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self._context.go.window(), said("Insert image"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(said("Images") + " (*.png *.jpg *.jpeg *.gif *.webp)")
        dialog.filesSelected.connect(self._take_all)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_all(self, paths: list[str]) -> None:
        for path in paths:
            self.take(Path(path))

    def describe(self, alt: str) -> None:
        """Ask anew what the image at the cursor shows."""
        sheet = ImageSheet(self._context.go.window(), said("This image"), alt)
        sheet.insert.setText(said("Save"))
        sheet.open_sheet()
        self._context.tasks.start("describe image", self._described(sheet))

    async def _described(self, sheet: ImageSheet) -> None:
        try:
            alt = await sheet.answer
        finally:
            sheet.close_sheet()
            sheet.deleteLater()
        if alt is not None:
            self._editor.set_alt_text(alt)
            self._editor.setFocus()

    def take(self, image: object) -> None:
        """A file (`Path`), or the bytes of a picture from the clipboard."""
        text = self._current()
        if text is not None and isinstance(image, Path | bytes):
            self._count += 1
            self._context.tasks.start(f"insert image {self._count}", self._insert(text, image))

    async def _insert(self, text: OpenText, image: Path | bytes) -> None:
        async with self._turn:
            name = image.name if isinstance(image, Path) else PASTED
            alt = image.stem.replace("-", " ").replace("_", " ") if isinstance(image, Path) else ""
            sheet = ImageSheet(self._context.go.window(), name, alt)
            sheet.open_sheet()
            try:
                said_alt = await sheet.answer
            finally:
                sheet.close_sheet()
                sheet.deleteLater()
            if said_alt is None:
                return
            asset: Asset = await self._context.engine.call(_call(text, image))
        if text is self._current():
            self._editor.insert_image(asset.path, said_alt)
            self._editor.setFocus()


def _call(text: OpenText, image: Path | bytes) -> AddAsset:
    if isinstance(image, Path):
        return AddAsset(activity_id=text.state.activity_id, source=image)
    return AddAsset(
        activity_id=text.state.activity_id,
        base64=base64.b64encode(image).decode(),
        filename=PASTED,
    )
