"""The sheet in which somebody is invited: whom and as what, then the link to hand over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from marketer_desktop.domain.permissions import Role
from marketer_desktop.services.invite_member import Invitation
from marketer_desktop.ui.pages.team.role_words import RoleWords
from marketer_desktop.ui.widgets.button import Button
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.select import Select
from marketer_desktop.ui.widgets.sheet import Sheet
from marketer_desktop.ui.widgets.text_input import TextInput

WIDTH = 480
LONGEST = 255


class InviteSheet(Sheet):
    """`asked` has the address and the role; it stays open until `invited`, or shows why not."""

    asked = Signal(str, str)

    def __init__(self, window: QWidget, host: str, roles: list[Role]) -> None:
        super().__init__(window, self.tr("Invite to the team"), width=WIDTH, height=0)
        words = RoleWords(self)
        self.email = TextInput("name@example.com")
        self.email.setMaxLength(LONGEST)
        self.role = Select()
        for role in roles:
            self.role.add(words.role(role), str(role))
        self.role.set_value(str(Role.MEMBER))
        hint = self.tr("The invitation is made by {0}: you have to be online.").format(host)
        self.email_field = Field(self.tr("E-mail"), self.email, hint=hint)
        self.role_field = Field(self.tr("Role"), self.role)
        self.said = Label("", "body", wrap=True)
        self.link = TextInput()
        self.link.setReadOnly(True)
        self.copy = Button(self.tr("Copy link"), icon="copy")
        self._done = QWidget()
        row = QHBoxLayout(self._done)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.link, 1)
        row.addWidget(self.copy)
        self.cancel = Button(self.tr("Cancel"))
        self.invite = Button(self.tr("Invite"), variant="primary")
        for part in (self.email_field, self.role_field, self.said, self._done):
            self.body.addWidget(part)
        self.footer.addStretch(1)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.invite)
        self.said.hide()
        self._done.hide()
        self._connect()

    def fail(self, message: str) -> None:
        """Say why nobody was invited."""
        self.invite.set_loading(False)
        self.email_field.set_error(message)
        self.email.setFocus()

    def invited(self, told: Invitation) -> None:
        """Give the link; it is told this once."""
        self.invite.set_loading(False)
        self.invite.hide()
        self.email_field.hide()
        self.role_field.hide()
        mail = self.tr("{0} is invited, and a mail with this link is on its way.")
        by_hand = self.tr(
            "{0} is invited. The server sends no mails: hand over this link yourself. It is shown "
            "only now."
        )
        self.said.setText((mail if told.mail_sent else by_hand).format(told.email))
        self.link.setText(told.link)
        self.link.setCursorPosition(0)
        self.said.show()
        self._done.show()
        self.cancel.setText(self.tr("Close"))
        self.copy.setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.invite.clicked.connect(self._finish)
        self.copy.clicked.connect(self._copy)
        self.email.returnPressed.connect(self._finish)
        self.email.textEdited.connect(lambda: self.email_field.set_error(None))
        self.closed.connect(self.deleteLater)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.link.text())

    def _finish(self) -> None:
        email = self.email.text().strip()
        if "@" not in email:
            self.email_field.set_error(self.tr("Enter an e-mail address."))
        elif not self.invite.is_loading:
            self.invite.set_loading(True)
            self.asked.emit(email, self.role.value())
