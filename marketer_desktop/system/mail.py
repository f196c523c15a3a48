"""Mails by SMTP, for a server that was told of a mail host."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

SECONDS = 20.0
OURS = "localhost"
Security = Literal["starttls", "tls", "none"]


class MailRefused(RuntimeError):
    """The mail host does not answer, or does not take the mail."""


@dataclass(frozen=True)
class MailHost:
    """Where mails are handed in; without a `user` nobody signs in there."""

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = None


def send_mail(through: MailHost, to: str, subject: str, text: str) -> None:
    """Hand in one mail; waits for the mail host. Raises `MailRefused`."""
    try:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = through.sender, to, subject
        message.set_content(text)
        with _connected(through) as host:
            if through.security == "starttls":
                host.starttls(context=ssl.create_default_context())
            if through.user is not None:
                host.login(through.user, through.password or "")
            host.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise MailRefused(str(error)) from error


def _connected(through: MailHost) -> smtplib.SMTP:
    # Our own name is not looked up, and not told.
    if through.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(through.host, through.port, OURS, timeout=SECONDS, context=context)
    return smtplib.SMTP(through.host, through.port, OURS, timeout=SECONDS)
