"""Whether a project is shared with the team of a server's organization, and what that means."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.switch import Switch


class SharingCard(Card):
    """Hidden until it is told of a team: what this machine's own organizations have stays here."""

    asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SharingCard", "Team"), parent=parent)
        self.switch = Switch()
        self.switch.setAccessibleName(self.tr("Share with the team"))
        self._name = Label("", "label", wrap=True)
        self._means = Label("", "body", "secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self._name, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.setSpacing(8)
        self.body.addLayout(row)
        self.body.addWidget(self._means)
        self.hide()
        self.switch.clicked.connect(self.asked)

    def show_team(self, organization: str, host: str, *, shared: bool) -> None:
        """Show whether it is shared with that organization, whose server is `host`."""
        self._name.setText(self.tr("Share with the team of {0}").format(organization))
        self.switch.setChecked(shared)
        said = (
            self.tr(
                "Shared: this project with its campaigns, texts and their earlier versions is on "
                "{host}, and the members who may see it can work on it. Documents stay on this "
                "computer."
            )
            if shared
            else self.tr(
                "Not shared: it is only on this computer. Once it is shared, it goes to {host} "
                "with its campaigns, texts and their earlier versions; documents stay here."
            )
        )
        self._means.setText(said.format(host=host))
        self.switch.setAccessibleDescription(self._means.text())
        self.show()
