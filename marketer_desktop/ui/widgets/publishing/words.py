"""What the window calls kinds of targets and states of publications."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from marketer_desktop.domain.publishing import Kind
from marketer_desktop.services.publications import Publication

KINDS: tuple[Kind, ...] = ("wordpress", "ghost", "webhook", "folder")
ICONS: dict[Kind, str] = {
    "wordpress": "globe",
    "ghost": "globe",
    "webhook": "link",
    "folder": "folder",
}


def said(text: str) -> str:
    """A text about publishing in the user's language."""
    return QCoreApplication.translate("Publishing", text)


def kind_name(kind: Kind) -> str:
    """The kind for people."""
    names = {
        "wordpress": "WordPress",
        "ghost": "Ghost",
        "webhook": said("Webhook"),
        "folder": said("Folder"),
    }
    return names[kind]


def state_of(told: Publication) -> tuple[str, str]:
    """The state for people, and its tone."""
    states = {
        "waiting": (said("Scheduled") if told.publish_at else said("Waiting"), "accent"),
        "scheduled": (said("Scheduled"), "accent"),
        "draft": (said("Draft at the site"), "neutral"),
        "published": (said("Published"), "success"),
        "failed": (said("Not sent"), "error"),
        "cancelled": (said("Cancelled"), "neutral"),
    }
    if told.state == "waiting" and told.problem:
        return said("Trying again"), "warning"
    return states[told.state]


def moment(at: datetime) -> str:
    """A day and a time of this computer's zone."""
    local = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    return QLocale().toString(local, "d MMM yyyy, HH:mm")
