"""Signing out: what becomes of what was synced, and of changes that were not sent yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from marketer_desktop.services.server_accounts import ServerAccount
from marketer_desktop.ui.pages.settings.rows import IconLine
from marketer_desktop.ui.widgets.banner import Banner
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.checkbox import CheckBox
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.sync_words import SyncWords

WIDTH = 480


class SignOutSheet(Sheet):
    """What was synced stays here unless it is said otherwise."""

    confirmed = Signal(bool)  # whether what was synced is to go

    def __init__(self, window: QWidget, account: ServerAccount, waiting: int) -> None:
        title = self.tr("Sign out of {0}?").format(account.host)
        super().__init__(window, title, width=WIDTH, height=0)
        self._waiting = waiting
        self.remove = CheckBox(self.tr("Also remove what was synced from this computer"))
        self.warning = Banner("warning", "")
        self._cancel = Button(self.tr("Cancel"))
        self.act = Button(self.tr("Sign out"), variant="primary")
        for icon, text in self._said():
            self.body.addWidget(IconLine(icon, text))
        self.body.addWidget(self.remove)
        self.body.addWidget(self.warning)
        self.footer.addStretch(1)
        self.footer.addWidget(self._cancel)
        self.footer.addWidget(self.act)
        self._cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self._finish)
        self.remove.toggled.connect(self._follow)
        self.closed.connect(self.deleteLater)
        self._follow(False)

    def _said(self) -> list[tuple[str, str]]:
        kept = self.tr(
            "What was synced stays on this computer: you can read it and go on writing. Changes "
            "wait until you sign in again."
        )
        own = self.tr("Your own organizations have nothing to do with it and stay as they are.")
        key = self.tr("This computer forgets the sign-in, and the server ends it.")
        return [("key-round", key), ("hard-drive", kept), ("shield", own)]

    def _follow(self, remove: bool) -> None:
        self.act.set_variant("danger" if remove else "primary")
        self.act.setText(self.tr("Sign out and remove") if remove else self.tr("Sign out"))
        self.act.updateGeometry()
        said = self.tr(
            "Shared projects are then only on the server. Projects that you never shared, or that "
            "have documents, stay here."
        )
        waits = SyncWords(self).waiting(self._waiting)
        if waits:
            lost = self.tr("{0}, and would be lost.").format(waits)
            said = f"{lost} {said}"
        self.warning.set("warning", said)
        self.warning.setVisible(remove)

    def _finish(self) -> None:
        self.confirmed.emit(self.remove.isChecked())
        self.accept()
