"""Connecting an account: the address of a server, then how to sign in there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from marketer_desktop.services.server_accounts import LONGEST_ADDRESS
from marketer_desktop.ui.pages.settings.browser_wait import BrowserWait
from marketer_desktop.ui.pages.settings.connect_presenter import Connecting
from marketer_desktop.ui.widgets.button import Button, LinkButton
from marketer_desktop.ui.widgets.card import Card
from marketer_desktop.ui.widgets.field import Field
from marketer_desktop.ui.widgets.label import Label
from marketer_desktop.ui.widgets.text_input import TextInput

LONGEST_EMAIL, LONGEST_PASSWORD = 255, 1024


class ConnectForm(Card):
    """Shows one step at a time; whoever takes what is given calls `show_step` or `fail`."""

    server_given = Signal(str)
    browser_asked = Signal()
    password_given = Signal(str, str)
    cancelled = Signal()  # the browser is not waited for any more
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Connect an account"), parent=parent)
        self._at = Connecting()
        self.away = LinkButton(self.tr("Cancel"))
        self.head.addWidget(self.away)
        self._make_server()
        self._make_ways()
        self.wait = BrowserWait()
        self.body.setSpacing(16)
        for part in (self._server_part, self._ways_part, self.wait):
            self.body.addWidget(part)
        self._connect()
        self.show_step(self._at)

    def show_step(self, at: Connecting) -> None:
        """Show where connecting stands."""
        self._at = at
        for button in (self.go_on, self.browser, self.sign_in):
            button.set_loading(False)
        self._show_ways(at)
        self.wait.set_url(at.url)
        parts = {"server": self._server_part, "ways": self._ways_part, "browser": self.wait}
        parts[at.step].show()
        self._keep_focus(parts[at.step])
        for name, part in parts.items():
            part.setVisible(name == at.step)

    def fail(self, message: str) -> None:
        """Say what went wrong, at what has to be changed."""
        at = self._at
        self.show_step(at)
        if at.step == "server":
            self.server_field.set_error(message)
            self.server.setFocus()
        elif at.with_password:
            self.password_field.set_error(message)
            self.password.setFocus()
        else:
            self._problem.setText(message)
            self._problem.show()

    def forget(self) -> None:
        """Empty it: nobody else should read here what was typed."""
        for line in (self.server, self.email, self.password):
            line.clear()
        self._clear_errors()

    def _make_server(self) -> None:
        self.server = TextInput("https://marketer.example.com")
        self.server.setMaxLength(LONGEST_ADDRESS)
        hint = self.tr("The address of Marketer's service, or of your organization's own server.")
        self.server_field = Field(self.tr("Server"), self.server, hint=hint)
        self.go_on = Button(self.tr("Continue"), variant="primary")
        self._server_part = _column(self.server_field, _row(self.go_on))

    def _make_ways(self) -> None:
        self._host = Label("", "label", elide=True)
        self.other_server = LinkButton(self.tr("Another server"))
        self.browser = Button("", variant="primary", icon="external-link")
        self.use_password = LinkButton(self.tr("Use e-mail and password"))
        self._problem = Label("", "secondary", "error_text", wrap=True)
        self.email, self.password = TextInput(), TextInput()
        self.email.setMaxLength(LONGEST_EMAIL)
        self.password.setMaxLength(LONGEST_PASSWORD)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.email_field = Field(self.tr("E-mail"), self.email)
        self.password_field = Field(self.tr("Password"), self.password)
        self.sign_in = Button(self.tr("Sign in"))
        where = QHBoxLayout()
        where.setSpacing(12)
        where.addWidget(self._host, 1)
        where.addWidget(self.other_server)
        self._in_browser = _row(self.browser, self.use_password)
        self._by_password = _column(self.email_field, self.password_field, _row(self.sign_in))
        self._none = Label(
            self.tr("This server lets nobody sign in from a desktop. Ask who runs it."),
            "body",
            "secondary",
            wrap=True,
        )
        self._ways_part = _column(self._in_browser, self._problem, self._by_password, self._none)
        column = self._ways_part.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(0, where)

    def _connect(self) -> None:
        self.away.clicked.connect(self.put_away)
        self.go_on.clicked.connect(self._give_server)
        self.server.returnPressed.connect(self._give_server)
        self.other_server.clicked.connect(self._ask_server)
        self.browser.clicked.connect(self._ask_browser)
        self.use_password.clicked.connect(self._show_password)
        self.sign_in.clicked.connect(self._give_password)
        for line in (self.email, self.password):
            line.returnPressed.connect(self._give_password)
        for line in (self.server, self.email, self.password):
            line.textEdited.connect(self._clear_errors)
        self.wait.cancelled.connect(self.cancelled)

    def _show_ways(self, at: Connecting) -> None:
        self._host.setText(at.host)
        issuer = at.issuer
        self.browser.setText(
            self.tr("Sign in with {0}").format(issuer)
            if issuer
            else self.tr("Sign in with the browser")
        )
        self.browser.updateGeometry()
        self._in_browser.setVisible(at.offers_browser)
        self.use_password.setVisible(at.offers_password and not at.with_password)
        self._by_password.setVisible(at.offers_password and at.with_password)
        self.sign_in.set_variant("secondary" if at.offers_browser else "primary")
        self._none.setVisible(at.offers_nothing)
        self._problem.hide()
        if at.email and not self.email.text():
            self.email.setText(at.email)

    def _keep_focus(self, part: QWidget) -> None:
        """The keyboard goes on with the step that is shown, not elsewhere in the window."""
        holder = QApplication.focusWidget()
        if holder is None or not self.isAncestorOf(holder) or part.isAncestorOf(holder):
            return
        if part is self.wait:
            self.wait.cancel.setFocus()
        elif part is self._server_part:
            self.server.setFocus()
        else:
            (self.email if self._at.with_password else self.browser).setFocus()

    def _show_password(self) -> None:
        self._at.with_password = True
        self.show_step(self._at)
        (self.password if self.email.text() else self.email).setFocus()

    def _ask_server(self) -> None:
        self._at.begin()
        self._clear_errors()
        self.show_step(self._at)
        self.server.setFocus()

    def _give_server(self) -> None:
        server = self.server.text().strip()
        if not server:
            self.server_field.set_error(self.tr("Enter the address of the server."))
        elif not self.go_on.is_loading:
            self.go_on.set_loading(True)
            self.server_given.emit(server)

    def _ask_browser(self) -> None:
        self._problem.hide()
        self.browser_asked.emit()

    def _give_password(self) -> None:
        email, password = self.email.text().strip(), self.password.text()
        if not email:
            self.email_field.set_error(self.tr("Enter your e-mail."))
        elif not password:
            self.password_field.set_error(self.tr("Enter your password."))
        elif not self.sign_in.is_loading:
            self.sign_in.set_loading(True)
            self.password_given.emit(email, password)

    def _clear_errors(self) -> None:
        for field in (self.server_field, self.email_field, self.password_field):
            field.set_error(None)


def _row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return box


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    for widget in widgets:
        column.addWidget(widget)
    return box
