"""Who works here, and for whom."""

from PySide6.QtCore import Signal

from marketer_desktop.ui.pages.welcome.presenter import WelcomePresenter
from marketer_desktop.ui.pages.welcome.step import WelcomeStep
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.text_input import TextInput

LONGEST = 255


class NameStep(WelcomeStep):
    """A name and an organization, both as one likes."""

    entered = Signal()  # Enter in a field: go on

    def __init__(self, presenter: WelcomePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.say(
            self.tr("Welcome to Marketer"),
            self.tr("It writes from your own documents. Everything stays on this computer."),
        )
        self.name = TextInput(self.tr("Such as Ada Björk"))
        self.organization = TextInput(self.tr("Such as Northwind Coffee"))
        hint = self.tr("You can add one for each client later.")
        for field in (
            Field(self.tr("Your name"), self.name, optional=True),
            Field(self.tr("Your organization"), self.organization, hint=hint, optional=True),
        ):
            self.body.addWidget(field)
        for control in (self.name, self.organization):
            control.setMaxLength(LONGEST)
            control.returnPressed.connect(self.entered)
        self.first = self.name

    def enter(self) -> None:
        """Show what is known."""
        self.name.setText(self._presenter.name)
        self.organization.setText(self._presenter.organization)

    async def save(self) -> None:
        """Keep both."""
        await self._presenter.save_name(self.name.text(), self.organization.text())
