"""What may be quoted."""

from PySide6.QtCore import Signal

from marketer_desktop.ui.pages.welcome.file_list import FileList
from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter
from marketer_desktop.ui.pages.welcome.step import WelcomeStep
from marketer_desktop.ui.pages.welcome.voice_step import EXTENSIONS
from marketer_desktop.ui.widgets.drop_zone import DropZone


class DocumentsStep(WelcomeStep):
    """Reading goes on while one goes on."""

    files_given = Signal(list)  # of Path

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self.say(
            self.tr("What should it know?"),
            self.tr("Your texts quote these documents and name the page. Add more at any time."),
        )
        self.zone = DropZone(self.tr("Drop PDF, Word, Markdown, HTML or text files"), EXTENSIONS)
        self.zone.dropped.connect(self.files_given)
        self.files = FileList(presenter)
        self.body.addWidget(self.zone)
        self.body.addWidget(self.files)
        self.first = self.zone

    def enter(self) -> None:
        """Show what is known."""
        self.files.fill()
