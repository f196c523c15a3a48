"""Letters to people who are not signed in: sent when a mail host is configured."""

import asyncio

from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts
from marketer_desktop.settings.settings import Settings
from marketer_desktop.system.mail import MailHost, MailRefused, send_mail


def mail_host(settings: Settings) -> MailHost | None:
    """Where mails are handed in, if anywhere."""
    if settings.smtp_host is None:
        return None
    return MailHost(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.smtp_sender,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )


async def send_letter(parts: Parts, to: str, subject: str, text: str) -> bool:
    """Whether it was handed in; why not is in the log."""
    through = mail_host(parts.settings)
    if through is None:
        return False
    try:
        await asyncio.to_thread(send_mail, through, to, subject, text)
    except MailRefused as error:
        log.warning("a mail was not sent: %s", error)
        return False
    return True


def link(parts: Parts, path: str) -> str:
    """Where people find `path` of this server."""
    return f"{parts.settings.public_url.rstrip('/')}{path}"
